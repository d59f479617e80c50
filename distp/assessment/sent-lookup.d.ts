import type { Identities } from '../activity/identities.ts';
import { type Logons } from '../activity/logons.ts';
import { type Burst, type SentMail } from '../activity/sent-mail.ts';
import type { Hit } from '../model/rule.ts';
import type { EventRule } from '../rules/rule.ts';
/** What is looked up: what was counted of mail that was sent, and who logged on from where. */
export type SentLookupInput = {
    readonly sent: Pick<SentMail, 'bursts'>;
    readonly logons: Pick<Logons, 'served'>;
    readonly identities: Pick<Identities, 'accountOf'>;
    readonly events: readonly EventRule[];
};
/** The rule of such rows, restricted to the hours that stand out, and the logs that record these. */
export type MassMail = {
    readonly bursts: readonly Burst[];
    readonly rules: readonly EventRule[];
    readonly files: ReadonlySet<string>;
    readonly places: Places;
};
/** What is to be read again; null where no account sent far more than before. */
export declare function massMailToRead(input: SentLookupInput): MassMail | null;
/**
 * The rows as hits of one match for each account, with the address from which it was served for the first time in the day before; none
 * where there are fewer recipients than were counted, as copies of a log make it.
 */
export declare function massMailHits(hits: ReadonlyMap<string, readonly Hit[]>, { bursts, places }: MassMail): ReadonlyMap<string, readonly Hit[]>;
/** Where accounts are served outside. */
declare class Places {
    #private;
    constructor({ logons, identities }: Pick<SentLookupInput, 'logons' | 'identities'>);
    /** The address at which the account was served for the first time in the day before the end of an hour; the latest of several. */
    newAddressOf(sender: string, hour: number): string | null;
}
export {};
