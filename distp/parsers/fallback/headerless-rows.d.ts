import type { Parser } from '../parser.ts';
/**
 * Rows of IIS, HTTPERR and Exchange logs inside other text: what Select-String, findstr and grep print, what people
 * paste into reports and forum posts. Several logs may stand in one file, with headers in the middle or none at all,
 * and Windows events between them, one a line. Only a `#Fields:` line as the logs write it says what values mean; a row
 * of IIS without one must fit a set of default fields as it stands, since nothing tells whether somebody made it up.
 */
export declare const snippet: Parser;
