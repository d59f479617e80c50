import type { Event, Place } from '../../model/event.ts';
import { type DateOrder } from '../common/local-time.ts';
import type { Parser, Sink } from '../parser.ts';
/**
 * Message traces of Exchange Online: a row a recipient, as Get-MessageTrace and Get-MessageTraceV2 give them to Export-Csv
 * (the Microsoft Extractor Suite does so), and the summary or extended report of a historical search. No body is in them.
 * https://learn.microsoft.com/powershell/module/exchange/get-messagetracev2
 */
export declare const messageTrace: Parser;
/** A row of a trace by its columns, each with its name; null where it has neither a time nor an address. */
export declare function traceEvent(columns: Iterable<readonly [name: string, value: string]>, order: DateOrder | null, raw: string, at: Place): Event | null;
/** What a trace says of itself at its end: that it may be cut, and which organization it is of. */
export declare class TraceAccount {
    #private;
    add({ fields }: Event): void;
    finish(path: string, sink: Sink): void;
}
