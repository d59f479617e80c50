import type { FindingWithHits } from './findings.ts';
import { type ComputedFinding, type TenantActivity } from './tenant-findings.ts';
/** Consent by which an application got access to mail, and what it read within the hour, where it read nothing before. */
export declare function consentThenReading({ cloud, facts }: TenantActivity, consents: readonly FindingWithHits[]): ComputedFinding[];
/** Mailboxes that others than their owners opened from networks that are new, where that is no habit. */
export declare function reachOfOthers({ cloud, places }: TenantActivity): ComputedFinding[];
/** Addresses and sessions that have signs against an account, since when. */
type Marks = {
    readonly clients: Map<string, number>;
    readonly sessions: Map<string, number>;
};
/**
 * Mail that compromised accounts opened or sent in the sessions and from the addresses that have signs against them, until their
 * password or their sessions were reset. What they did from their own places stays their owners'.
 */
export declare function mailOfAccounts({ cloud, places }: TenantActivity, marks: AccountMarks, resets: readonly FindingWithHits[]): ComputedFinding[];
/** The first sign-in of such accounts at such an address, within the day before its first sign: how the intruder got in. */
export declare function signInsOfAccounts({ signIns }: TenantActivity, marks: AccountMarks): ComputedFinding[];
type AccountMarks = ReadonlyMap<string, Marks>;
/** Of each account the addresses and sessions with signs against it, and since when. */
export declare function accountMarks({ places }: TenantActivity, signs: readonly FindingWithHits[]): AccountMarks;
export {};
