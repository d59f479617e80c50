import type { Parser } from '../parser.ts';
/**
 * Texts of events alone, as reports quote them: without log, number and time, which the first sentence implies where it is
 * English. The text reaches to the next sentence of this kind. In a folder of a server such a text is a user's file.
 */
export declare const bareEvents: Parser;
