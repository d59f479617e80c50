import type { Parser } from '../parser.ts';
import { type WindowsRecord } from './record.ts';
/**
 * Windows events as `Key=value` text: one a line, or the blocks of several lines that Splunk's WinEventLog input writes
 * (https://docs.splunk.com/Documentation/Splunk/latest/Data/MonitorWindowseventlogdata).
 */
export declare const keyValueEvents: Parser;
/** The record of a line `TimeCreated=… EventCode=4688 CommandLine="cmd.exe /c whoami"`, null when it is no such line. */
export declare function recordOfLine(text: string): WindowsRecord | null;
/** The record of a block: a date, `Key=value` lines, and a message to the end; null when it is none. */
export declare function fieldsOfBlock(text: string): WindowsRecord | null;
