import { type XmlElement } from '../../lib/xml.ts';
import type { FieldValue } from '../../model/event.ts';
import type { Parser } from '../parser.ts';
/**
 * Scheduled tasks as XML: the files below `Windows\System32\Tasks` (UTF-16, without extension), exports of a task, and
 * the output of `schtasks /query /xml`. One event a task. Its time is the date of registration that the task states.
 * https://learn.microsoft.com/windows/win32/taskschd/task-scheduler-schema and [MS-TSCH] 2.5
 */
export declare const taskXml: Parser;
/** What a task does, as fields, out of its XML wherever that stands. Passwords are masked. */
export declare function taskOfXml(task: XmlElement): Record<string, FieldValue>;
