import type { Parser } from '../parser.ts';
/**
 * `schtasks /query /v /fo csv` with the English names of its columns: one line a task and trigger, with the names again
 * above each folder of tasks. Its times are written as the culture of the machine has it, so these events have none.
 * https://learn.microsoft.com/windows-server/administration/windows-commands/schtasks-query
 */
export declare const taskCsv: Parser;
