import type { Identities } from '../activity/identities.ts';
import { type Logons } from '../activity/logons.ts';
import type { Origins } from '../activity/origins.ts';
import { type FindingWithHits, type KnownActivity } from '../findings/findings.ts';
import type { CompromisedAccounts } from '../findings/intrusions.ts';
import type { RuleInfo } from '../model/rule.ts';
type Server = {
    readonly name: string;
    readonly names?: ReadonlySet<string>;
    readonly proxies: ReadonlySet<string>;
};
type Counted = {
    readonly logons: Pick<Logons, 'believed'>;
    readonly identities: Pick<Identities, 'isSame' | 'addressOf'>;
    readonly origins: Pick<Origins, 'newnessOf' | 'wasUsedBefore'>;
};
/** The findings, and by the id of each that of the first sign of its account. */
export type LaterLogons = {
    readonly found: readonly FindingWithHits[];
    readonly after: ReadonlyMap<string, string>;
};
/** Logons of compromised accounts at addresses that are new for them and for the organization. */
export declare function laterLogons(found: readonly FindingWithHits[], { logons, identities, origins }: Counted, byAccount: CompromisedAccounts, infos: ReadonlyMap<string, RuleInfo>, server: Server, known: KnownActivity): LaterLogons;
export {};
