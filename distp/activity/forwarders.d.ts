import type { hopsOf } from '../parsers/exchange/logons.ts';
/** Logons of one client as one file has them. */
type Sent = {
    readonly hops: ReturnType<typeof hopsOf>;
    readonly rows: number;
    readonly isServed: boolean;
    readonly first: number;
};
/** Who sends X-Forwarded-For, by the logons of logs that have it. */
export declare class Forwarders {
    #private;
    /** Logons of one file that has the header. */
    addFile(sent: readonly Sent[]): void;
    get isAny(): boolean;
    /** The addresses of proxies among them: on the last days, or on a day (since 1970). */
    proxies(day?: number | null): ReadonlySet<string>;
}
export {};
