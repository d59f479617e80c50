import type { Parser } from '../parser.ts';
/**
 * Records of Microsoft 365 and Entra as reports quote them: JSON with comments, with members left out or without the braces around
 * it, and dictionaries of Python. In a folder of a server, and where the text is JSON, other parsers read it.
 */
export declare const looseRecords: Parser;
