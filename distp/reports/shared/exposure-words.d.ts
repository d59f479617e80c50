import { type Assessment } from '../../model/assessment.ts';
import { type Condition, type CveExposure, type CveState, type KnownUntil, type Support } from '../../model/exposure.ts';
export declare const cveStates: Readonly<Record<CveState, string>>;
export declare const conditionStates: Readonly<Record<Condition['is'], string>>;
/** Vulnerabilities by what they mean for the reader; those that others are known to have used come first. */
export declare function exposureGroups({ exposure: { cves }, coverage }: Assessment): {
    readonly open: readonly CveExposure[];
    /** Open, and made public only after the evidence ends. */
    readonly since: readonly CveExposure[];
    readonly was: readonly CveExposure[];
    readonly unknown: readonly CveExposure[];
    readonly fixed: readonly CveExposure[];
};
/** Until when builds and vulnerabilities are known, and that the evidence goes on after that. */
export declare function knownWords({ exposure: { known }, coverage }: Pick<Assessment, 'exposure' | 'coverage'>): string;
/** Does the evidence end after the day until which builds and vulnerabilities are known? */
export declare function isBeyond(known: KnownUntil, { last }: Pick<Assessment['coverage'], 'last'>): boolean;
/** How many were open at the end, and before. */
export declare function exposureWords(assessment: Assessment): string;
/** The update that runs, and what is newer. */
export declare function updateWords({ update, released, newestOfCu, newest }: Support): string;
/** What the end of support means for this server. */
export declare function supportWords({ product, end, later, is }: Support): string;
/** What closes it here: the update for this cumulative update, or what to install instead. */
export declare function fixWords({ fixedBy, remedy }: CveExposure): string;
/** What else decides, with its state, and what mitigates, in a line. */
export declare function conditionWords({ conditions, mitigations }: CveExposure): string;
/** `CVE-2021-26855 (ProxyLogon)`. */
export declare function nameWords({ cve, alias }: CveExposure): string;
/** From when to when the server was vulnerable, as far as builds show. */
export declare function openWords(cve: CveExposure): string;
/** What a CVE's intervals come to: neighbours of one state are one, whatever build they were read from. */
export declare function joinedIntervals(cve: CveExposure): CveExposure['intervals'];
