import type { Parser } from '../parser.ts';
/**
 * Fields of an event of Sysmon or of process creation, a line each, without the event around them, as reports quote what a
 * tool displayed: `ParentImage: …`, `CommandLine: …`. Which event it is shows by the fields. In a folder of a server such a text
 * is a user's file.
 */
export declare const fieldLines: Parser;
