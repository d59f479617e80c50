import type { CloudRun } from '../activity/cloud-audit.ts';
import { type FindingWithHits, type KnownActivity } from './findings.ts';
import { type Identities } from '../activity/identities.ts';
import type { Intrusion } from '../model/finding.ts';
import type { RuleInfo } from '../model/rule.ts';
/** A client that comes back within a week is taken for the same one. */
export declare const SAME_CLIENT: number;
/** What an intruder is known by, why, and from when to when. */
export type IntruderTrace = {
    readonly by: string;
    from: number;
    to: number;
    readonly intrusion: string;
};
export type IntruderTraces = Readonly<Record<'clients' | 'sessions' | 'apps', ReadonlyMap<string, IntruderTrace>>>;
/** Findings of mail that was opened or sent by what an intruder is known by: an address, a session, an application. */
export declare function mailInStories(found: readonly FindingWithHits[], cloud: CloudRun, infos: ReadonlyMap<string, RuleInfo>, server: {
    readonly name: string;
    readonly proxies: ReadonlySet<string>;
}, known: KnownActivity): {
    readonly found: readonly FindingWithHits[];
    readonly notes: readonly string[];
};
/** By what the intruder of each story is known: of stories that the tenant's own rows alone tell, nothing is. */
export declare function tiesOf(found: readonly FindingWithHits[], proxies: ReadonlySet<string>): IntruderTraces;
/**
 * The stories with what accounts first did in the cloud that each exposed: from an address that the account had not used
 * before. It is a lead: a traveller has a new address, too.
 */
export declare function withCloudActs(intrusions: readonly Intrusion[], found: readonly FindingWithHits[], cloud: CloudRun, identities: Identities): readonly Intrusion[];
/** The intrusions, each with its sentences that begin with a time. */
export declare function withSentences(intrusions: readonly Intrusion[], told: ReadonlyMap<string, readonly string[]>): readonly Intrusion[];
/** Accounts that an intrusion on the server itself names, by their address, and since when. */
export declare function exposedAccounts(found: readonly FindingWithHits[], identities: Identities): ReadonlyMap<string, {
    readonly intrusion: string;
    readonly time: number;
}>;
