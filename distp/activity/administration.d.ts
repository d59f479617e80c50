import { type Event, type Fact } from '../model/event.ts';
import type { Artifact } from '../model/evidence.ts';
import type { Scan } from '../model/scan.ts';
/** The administrative act that an event records, to be kept with the file; null where it records none. */
export declare function administrationIn(event: Event): string | null;
export declare class Administration {
    #private;
    /** Files outside the folders of their product do not count, nor do logs that explain nothing. */
    constructor(scans: readonly Pick<Scan, 'recorded' | 'artifact'>[], doubted?: ReadonlySet<Artifact>);
    /** On how many days before that of this time the account administered. */
    daysBefore(account: string, time: number): number;
}
/** Does an event of Windows with this number say that Exchange, or an update of it, was installed? */
export declare function isUpdateOfExchange(event: Event, id: number): boolean;
export declare function updateFact({ time, log, host, at }: Event): Fact;
