import { type LogKind } from '../model/log-kinds.ts';
/** A row of a log of requests: numbers of its client and path and of its id (0 for none), and the place of the row. */
export type RequestRow = {
    readonly asked: number;
    readonly id: number;
    readonly log: LogKind;
    readonly time: number;
    readonly place: string;
};
/**
 * The request of each row by a number, the same for rows of one request: IIS and HttpProxy (and the logs of the back end)
 * record the same request, and what counts requests must count it once. Rows belong together by the id of the request, else
 * one row of IIS and one of HttpProxy with the same client, path and time. Null where no two rows do.
 */
export declare function requestsOfRows(rows: number, of: (row: number) => RequestRow | null): Uint32Array | null;
