import type { DeviceTally } from '../model/scan.ts';
import type { Place } from '../model/event.ts';
/** A device at a mailbox, from a first request to a last one: after more than eleven days of silence it is another use. */
export type DeviceUse = {
    /** As the rows have it. */
    readonly mailbox: string;
    readonly device: string;
    /** Whence the first request came; empty where no row tells. */
    readonly client: string;
    /** Rows of IIS, and of HttpProxy: a request has one in each of the two logs. */
    readonly rows: readonly [iis: number, proxy: number];
    /** Rows that ask for content: what else there is sets up the device. */
    readonly content: number;
    readonly first: number;
    readonly last: number;
    readonly isProxyLog: boolean;
    /** The first row. */
    readonly at: Place;
    readonly sha256: string;
};
/** Requests of mobile devices in all files. */
export declare class Devices {
    #private;
    beyond: number;
    get isEmpty(): boolean;
    /** A file that is there twice is counted once; `isBeside`: of a log that explains nothing only devices count that no other log has. */
    addFile(tally: DeviceTally | undefined, path: string, sha256: string, isBeside?: boolean): void;
    /** When the first request of any device was served; null where none was. */
    get begins(): number | null;
    /** When each device was first served, whosever mailbox it asked for: of its uses that last until this time, or are later. */
    firsts(until: number): ReadonlyMap<string, number>;
    /** In an order that does not depend on that of the files. */
    uses(): readonly DeviceUse[];
    /** Devices that were refused for the password of a mailbox, in such an order. */
    refused(): readonly DeviceUse[];
}
