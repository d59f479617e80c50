import type { Parser } from '../parser.ts';
/**
 * Events as the Event Viewer copies them (`Copy Details as Text`), which people paste into reports: ten lines of a label and
 * a value in a fixed order, in the language of Windows, and below the last one the text of the event. Times are local.
 */
export declare const copiedEvents: Parser;
