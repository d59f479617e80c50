import type { Event } from '../../model/event.ts';
/** What stands in the lines that a row takes: a line, or a record of CSV. */
type RowText = {
    readonly text: string;
    readonly offset: number;
    readonly length: number;
    readonly number: number;
};
/** The event of a row. Roles that the row does not fill (host, client, user, target, request, session) are null. */
export declare function rowEvent(path: string, { text, offset, length, number }: RowText, event: Pick<Event, 'log' | 'sources' | 'time' | 'timeBasis' | 'fields'> & Partial<Event>): Event;
export {};
