import { type WindowsRecord, type WindowsTime } from '../record.ts';
import { type EventNode } from './tree.ts';
/** The record that the XML of one event tells of; `written` is the time of the record itself, for want of a better. */
export declare function recordOf(nodes: readonly EventNode[], written: WindowsTime): WindowsRecord;
/** The time that stands in the header of a record. */
export declare function writtenAt(low: number, high: number): WindowsTime;
/** The blocks of an event that say something about it rather than hold its data. */
export declare const NO_DATA: ReadonlySet<string>;
