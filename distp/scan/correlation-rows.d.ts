import type { CorrelationRows } from '../model/rule.ts';
import type { Event, FieldValue } from '../model/event.ts';
import type { KnownLogKind } from '../model/log-kinds.ts';
import type { RecordDetails } from '../parsers/record-scanner.ts';
import type { EventRule } from '../rules/rule.ts';
/** Rows kept of one artifact for correlations (what they have in common counts as some more), and the longest value of them. */
export declare const TRAILED: {
    weight: number;
    value: number;
};
/** Rows of one file that answer one rule, for correlations. */
export declare class CorrelationRowTable {
    #private;
    constructor({ info, trail }: EventRule);
    /** How much more is kept now. `values`: of the fields that correlations ask for. */
    add(row: CorrelationRow, values: readonly (string | null)[], hasRoom: boolean): number;
    /** A row with a time for which there is no room. */
    pass(): void;
    /** Once, when all rows came. */
    trail(): CorrelationRows;
}
/** What a trail has of a row. */
export type CorrelationRow = Pick<Event, 'time' | 'log' | 'timeBasis' | 'host' | 'client' | 'user' | 'at'> & {
    identity(): number;
    request?(): readonly [asked: number, id: number];
};
export declare function rowOfRecord({ time, client, user, at, id }: RecordDetails, log: KnownLogKind): CorrelationRow;
/** The values of the fields that correlations ask a row for, as one text each; null where it has none. */
export declare function trailValues({ trail }: EventRule, event: Event): (string | null)[];
export declare function trailValue(value: FieldValue | undefined): string | null | undefined;
/** Numbers by which rows of several logs are known as of one request: client and path, and its id. Zero where there is none. */
export declare function requestNumbers({ client, fields, request }: Event): readonly [asked: number, id: number];
/** The number of a record that stands in every export of it, whatever its form. */
export declare function numberOfRecord(id: string, user: string | null, client: string | null): number;
