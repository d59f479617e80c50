import type { Scan } from '../model/scan.ts';
import type { Finding } from '../model/finding.ts';
import type { Hit, RuleInfo } from '../model/rule.ts';
import { type Stage } from '../model/stages.ts';
import { type Elsewhere } from '../model/case-keys.ts';
import type { TrafficTable } from '../activity/requests.ts';
import { type Located } from './located.ts';
import { type ServedAt } from './client-addresses.ts';
/** A finding with the hits it was made of, for the joins that follow. */
export type FindingWithHits = {
    /** It joined its intrusion by time alone: within a day of the attacker, hours after the last step. */
    readonly byTimeAlone?: true;
    readonly finding: Finding;
    /** It may be the owner's of a compromised account: its address is not taken for the intruder's. */
    readonly isPerhapsOwners?: true;
    /** The account, as it is named there, used the right that it gave to itself from this address, as these findings show. */
    readonly used?: {
        readonly user: string;
        readonly client: string;
        readonly findings: readonly string[];
    };
    /** The act writes a file whose name its rows need not contain. */
    readonly writesFile?: true;
    /** `joined`: which row of the front end the hit joins, and how. */
    readonly hits: readonly (Hit & {
        readonly joined?: readonly string[];
        readonly misplaced?: true;
        readonly custom?: true;
    })[];
    /** False when it is shown but counts for nothing here: own scanner, accepted, another host's row. */
    readonly counts: boolean;
    /** It counts for nothing since its rows name another host, and nothing else is against it. */
    readonly isForeign?: true;
};
/** What the operator declares: authorized scanners, and findings that were reviewed and accepted. */
export type KnownActivity = {
    readonly scanners: readonly {
        readonly address: string;
        readonly from: number | null;
        readonly to: number | null;
        readonly name: string;
    }[];
    readonly accepted: readonly {
        readonly id: string;
        readonly reason: string;
        readonly by: string;
        readonly date: string;
    }[];
    /** Tests and other work that were announced: who or what did what (a stage; null: anything), when, and why. */
    readonly announced?: readonly {
        /** A client address or block, an account, or the name of a subject. */
        readonly subject: string;
        readonly act: Stage | null;
        readonly from: number;
        readonly to: number;
        readonly reason: string;
        readonly by: string;
    }[];
};
export declare const nothingKnown: KnownActivity;
/** Makes findings of hits: one per rule, client, target and day. Context rows count only when they join another finding. */
export declare function detect(scans: readonly Scan[], infos: ReadonlyMap<string, RuleInfo>, server: {
    readonly name: string;
    readonly names?: ReadonlySet<string>;
    /** Addresses of proxies that hide clients. */
    readonly proxies: ReadonlySet<string>;
    readonly servedAt?: ServedAt;
    /** First and last entry of all logs. */
    readonly logs: {
        readonly first: number | null;
        readonly last: number | null;
    };
}, known: KnownActivity, window?: {
    readonly from: number | null;
    readonly to: number | null;
} | null, elsewhere?: Elsewhere): FindingWithHits[];
/** One finding of hits that belong together. */
export declare function foundOf(group: readonly Located[], server: {
    readonly name: string;
    readonly names?: ReadonlySet<string>;
    readonly proxies: ReadonlySet<string>;
}, known: KnownActivity): FindingWithHits;
/** Total order: time, then place, then rule. */
export declare function compareByTime(a: FindingWithHits, b: FindingWithHits): number;
/** Which addresses are taken for proxies, with their shares: clients behind them are known only where a header is logged. */
export declare function proxyNote(hidden: ReadonlySet<string>, traffic: TrafficTable): readonly string[];
