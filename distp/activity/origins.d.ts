import { type Event } from '../model/event.ts';
import type { CloudRun } from './cloud-audit.ts';
import type { Devices } from './devices.ts';
import type { Logons } from './logons.ts';
import type { MailUse } from './mailbox-use.ts';
/** Is the origin of an act new for its account? `unknown`: the account has no history to compare with. */
export type Newness = 'new' | 'used' | 'unknown';
type Counted = {
    readonly mail: Pick<MailUse, 'uses' | 'identities'>;
    readonly devices: Pick<Devices, 'uses'>;
    readonly cloud: Pick<CloudRun, 'acts' | 'cells'>;
    readonly logons?: Pick<Logons, 'explaining' | 'served'>;
};
export declare class Origins {
    #private;
    /** `from`: as `KnownOrigins` has it; `ofTenant`: for what a tenant records. */
    constructor(counted: Counted, begins: number | null, from?: number | null, ofTenant?: Origins | null);
    /** The name of an account by which its uses are held together. */
    accountOf(name: string): string;
    /** One name for all names of an account or a mailbox, in lower case; accounts of two domains have two. */
    personOf(name: string): string;
    /** The first day (since 1970) on which any account was active from each network or device; 0 where the logs begin with it. */
    places(): readonly (readonly [origin: string, day: number])[];
    /**
     * Whether the account was at work from there before, and had not left it: not on the first day of the logs, and from elsewhere on
     * five days.
     */
    newnessOf(account: string, event: Event): Newness;
    /** Was an account active from the network of this address before that day, or already as the logs begin, and not long before? */
    wasUsedBefore(client: string, time: number): boolean;
    /** Did the account open this mailbox of another from another network on a day before? */
    wasOpenedElsewhere(account: string, mailbox: string, client: string, time: number): boolean;
    /** Does the account open this mailbox from an address where it opens its own, too, other than that of the event? */
    isOpenedFromOwnPlace(account: string, mailbox: string, except: string | null): boolean;
}
export {};
