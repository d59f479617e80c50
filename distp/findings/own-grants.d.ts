import { type Identities } from '../activity/identities.ts';
import type { Origins } from '../activity/origins.ts';
import type { RuleInfo } from '../model/rule.ts';
import { type FindingWithHits, type KnownActivity } from './findings.ts';
type Server = {
    readonly name: string;
    readonly names?: ReadonlySet<string>;
    readonly proxies: ReadonlySet<string>;
};
type Counted = {
    readonly identities: Pick<Identities, 'accountOf'>;
    readonly origins: Pick<Origins, 'newnessOf' | 'wasUsedBefore'>;
};
/** The grants as findings about the account; none where it used them from its own places. */
export declare function ownGrants(found: readonly FindingWithHits[], { identities, origins }: Counted, infos: ReadonlyMap<string, RuleInfo>, server: Server, known: KnownActivity): readonly FindingWithHits[];
export {};
