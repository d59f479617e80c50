import type { CloudRun } from '../activity/cloud-audit.ts';
import type { RuleInfo } from '../model/rule.ts';
import type { TenantFacts } from '../model/sign-ins.ts';
import { type FindingWithHits, type KnownActivity } from './findings.ts';
import { type FederationTokens } from './tenant-federation.ts';
/**
 * What was counted of accounts of a tenant, as findings: passwords that were guessed, sessions that two parties use, applications that
 * read mail after a consent, and the mail of compromised accounts.
 */
export declare function tenantAccounts(found: readonly FindingWithHits[], cloud: CloudRun, infos: ReadonlyMap<string, RuleInfo>, server: {
    readonly name: string;
    readonly proxies: ReadonlySet<string>;
}, known: KnownActivity, facts: TenantFacts, federation: FederationTokens): {
    readonly found: readonly FindingWithHits[];
    readonly notes: readonly string[];
};
