import type { Identities } from './identities.ts';
import { type Logons } from './logons.ts';
/** Addresses from which accounts log on, by what the logs say of other days. Accounts that were refused there do not count. */
export declare class KnownOrigins {
    #private;
    /** `from`: since when the logs that an assessment needs go on without a break. What lies before explains nothing of what came later. */
    constructor(logons: Pick<Logons, 'served' | 'refused'>, identities: Pick<Identities, 'accountOf'>, from?: number | null);
    /**
     * Why an address is one from which accounts of the organization log on: three that were never refused there did so on the days
     * just before. Null where it is none. `byTables`: days that only tables of events name count, too, as they do for refusals that only
     * tables name.
     */
    before(client: string, time: number, byTables?: boolean): string | null;
    /** The same, of the days before and after: of an address with no other sign. */
    onOtherDays(client: string, time: number, byTables?: boolean): string | null;
    isServedAt(account: string, client: string): boolean;
    /** Accounts that were served from an address on the day of an act or near it, by more than tables of events. */
    accountsAt(client: string, time: number): readonly string[];
    /** Was any account served from an address on the days just before that of an act? */
    isUsedBefore(client: string, time: number): boolean;
}
