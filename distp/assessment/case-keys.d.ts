import type { Origins } from '../activity/origins.ts';
import type { FindingWithHits } from '../findings/findings.ts';
import { type CaseKeys, type Elsewhere } from '../model/case-keys.ts';
import { type Weighed } from '../model/sign.ts';
import type { RuleInfo } from '../model/rule.ts';
import type { Scan } from '../model/scan.ts';
/** What the keys of a server are made of. */
export type CaseFacts = {
    readonly scans: readonly Scan[];
    readonly infos: ReadonlyMap<string, RuleInfo>;
    readonly proxies: ReadonlySet<string>;
    readonly found: readonly FindingWithHits[];
    /** What a finding comes to, by its id. */
    readonly weighed: ReadonlyMap<string, Weighed>;
    readonly origins: Origins;
    readonly elsewhere: Elsewhere;
    readonly server: {
        readonly name: string;
        readonly names?: ReadonlySet<string>;
    };
};
/** The keys that a server shares with the others of its case: bounded, and independent of the order of its files. */
export declare function caseKeysOf(facts: CaseFacts): CaseKeys;
/** Evidence of other servers that counts here, one sentence for each server. */
export declare function elsewhereNotes({ hostile, front, answers }: Elsewhere): readonly string[];
