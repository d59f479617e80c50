import type { Line } from '../../lib/lines.ts';
import type { Parser, Sink, Source } from '../parser.ts';
import { type WindowsRecord } from './record.ts';
/**
 * Windows events as rows of a CSV: `Get-WinEvent | Export-Csv`
 * (https://learn.microsoft.com/dotnet/api/system.diagnostics.eventing.reader.eventlogrecord), `Get-EventLog`
 * (https://learn.microsoft.com/dotnet/api/system.diagnostics.eventlogentry), what the Event Viewer saves, and EvtxECmd.
 */
export declare const csvEvents: Parser;
/** What the exporters call the parts of an event, by the names that a record has in PowerShell. */
export declare const eventColumns: ReadonlyMap<string, string>;
export type EventColumns = {
    readonly names: readonly string[];
    readonly delimiter: string;
    readonly utc: boolean;
    /** Of the Event Viewer: words in the language of Windows, and the text in a last column without a heading. */
    readonly isViewer: boolean;
};
export type EventRow = {
    readonly values: string[];
    readonly text: string;
    readonly offset: number;
    readonly length: number;
    readonly number: number;
};
/** Of an event that is written over several lines, as much text as is kept. */
export declare const LONGEST_TEXT = 262144;
/** The row with one more line of the same event. */
export declare function withLine(row: EventRow, { text, offset, length }: Line): EventRow;
/**
 * Rows with local times, in the order in which they came: what one of them says of its time in UTC tells the zone of the
 * rows beside it, and all together tell the order of day and month.
 */
export declare class LocalRows {
    #private;
    constructor(source: Source, sink: Sink);
    hold(record: WindowsRecord, row: EventRow): void;
    finish(): void;
}
export declare function recordOfRow(header: EventColumns, values: readonly string[]): WindowsRecord | null;
