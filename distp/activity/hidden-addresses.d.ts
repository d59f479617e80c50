/** Addresses that are hidden on a day (since 1970); null: on the last ones. */
type HiddenOnDay = (day: number | null) => readonly ReadonlySet<string>[];
/**
 * Addresses of proxies, which hide clients. What happened is judged by who was one on its day: the set has those of the last
 * days, which anyone who adds days may have written.
 */
export declare class HiddenAddresses extends Set<string> {
    #private;
    constructor(onDay: HiddenOnDay);
    isAt(client: string, day: number): boolean;
}
/** Is an address one of a proxy at a time (ms), or, where none is known, on the last days? */
export declare function isHiddenAt(hidden: ReadonlySet<string>, client: string, time: number | null): boolean;
export {};
