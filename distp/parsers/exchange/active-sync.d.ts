import type { Fields } from '../../model/event.ts';
import { type KnownLogKind } from '../../model/log-kinds.ts';
import { type RowLayout } from '../row-layout.ts';
/** The kind of a log of HttpProxy; that of IIS is 0. One more where the request was refused. */
export declare const OF_PROXY = 2;
export declare const REFUSED = 1;
/** The request of a device: what it is counted by, its client, and whether it fetches content. */
export type DeviceRequest = {
    readonly value: string;
    readonly client: string;
    readonly isContent: boolean;
};
/** Is that the path of requests of devices? */
export declare function isOfDevices(path: string): boolean;
/** The request of a device; null for another request, and for one that was neither served nor refused for its password. */
export declare function deviceOf(fields: Fields, client: string | null, log: KnownLogKind): DeviceRequest | null;
/** What it is counted by, of values as they stand in a row, parted by NUL. */
export declare function deviceIn(value: string, layout: RowLayout, userColumn: number): string | null;
/** Who asked with which device, in a log of which kind. */
export declare function deviceUser(value: string): readonly [user: string, device: string, kind: number];
/** Where what tells of a device stands in rows of a layout; null where not all is there. */
export declare function deviceColumns(layout: RowLayout): {
    readonly path: number;
    readonly query: number;
    readonly user: number;
    readonly status: number;
} | null;
