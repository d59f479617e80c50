import { type Event } from '../model/event.ts';
import type { DailyShares } from '../activity/daily-shares.ts';
import type { MailboxesByClient } from '../activity/mailbox-use.ts';
import type { TrafficTable } from '../activity/requests.ts';
/** Did the front end serve an account from an address? */
export type ServedAt = (account: string, address: string) => boolean;
/** The client of a row of the back end is the front end, which is nobody's address, unless it is a user's own. */
export declare function withClient(event: Event, hidden: ReadonlySet<string>, servedAt?: ServedAt): Event;
/**
 * Addresses of proxies, which hide clients: as few of the busiest as send 80 % of the front end's rows, at most two, if many
 * use them; or all addresses when all are private. One attacker may send as many rows: with one program, on few days, mostly
 * refused, or for few mailboxes. An address for which the logs name few mailboxes belongs to their users. Rows of earlier days,
 * which may be forged, neither make a proxy nor hide one.
 */
export declare function proxies(traffics: Traffics, mail: MailboxesByClient, days: DailyShares): ReadonlySet<string>;
/** The same by the days up to one (since 1970), for what happened on it; null: by the last days. */
export declare function proxiesByDay({ client: clients }: Traffics, mail: MailboxesByClient, days: DailyShares): (day: number | null) => ReadonlySet<string>;
type Traffics = {
    readonly client: TrafficTable;
};
export {};
