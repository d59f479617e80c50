import { type FindingWithHits } from '../findings/findings.ts';
import { type Identities } from '../activity/identities.ts';
import type { StillThere } from './persistent-settings.ts';
/** Names of one account. */
type Names = Pick<Identities, 'isSame' | 'addressOf'>;
/**
 * Compromised accounts whose password no other account reset, or that no other account disabled, after the last act of the intruder:
 * the finding of that act, and the account. The account itself may be in the intruder's hands: what it changes ends nothing.
 */
export declare function openAccounts(counted: readonly FindingWithHits[], names: Names): StillThere[];
type LastAct = {
    readonly finding: string;
    readonly account: string;
    readonly time: number;
};
type EndOfAccess = {
    readonly account: string;
    readonly time: number;
};
/** When accounts that are not compromised ended the access of others. */
export declare function endsOfAccess(counted: readonly FindingWithHits[], compromised: readonly Pick<LastAct, 'account'>[], names: Names): readonly EndOfAccess[];
export {};
