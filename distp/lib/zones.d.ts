/** A time zone by name (`Europe/Berlin`) or fixed offset (`+01:00`, `UTC`); null when there is none of that name. */
export declare function zoneOf(name: string): Zone | null;
/** Plain data, so that it crosses a thread. */
export type Zone = {
    readonly name: string;
    readonly fixed: number | null;
};
/** The UTC time of a wall-clock time of the zone (given as if it were UTC). Of a repeated hour the first is taken. */
export declare function utcOf(zone: Zone, local: number): number;
/** The wall-clock time of the zone at a UTC time, given as if it were UTC. */
export declare function wallOf(zone: Zone, utc: number): number;
