import type { Assessment } from '../../model/assessment.ts';
import type { CveExposure } from '../../model/exposure.ts';
import type { Finding } from '../../model/finding.ts';
import type { Confidence } from '../../model/stages.ts';
import type { Victim } from './victim-names.ts';
export type TheirsKind = 'address' | 'host' | 'url' | 'page' | 'file';
/** One thing of the attacker's. */
export type Theirs = {
    readonly kind: TheirsKind;
    /** An address, a name of a host, a URL, the path of a page as requests name it, or the SHA-256 of a file. */
    readonly value: string;
    /** Of a file: its name, and its path on the server. */
    readonly name: string | null;
    readonly path: string | null;
    readonly findings: readonly Finding[];
    /** Rows, at least: of each log those of the rule that matched most. */
    readonly count: number;
    readonly first: string | null;
    readonly last: string | null;
    readonly confidence: Confidence;
};
/** What is the attacker's, in the order of kinds and values. What names the victim is left out and counted. */
export declare function theirsOf(assessment: Assessment, victim: Victim | null): {
    things: readonly Theirs[];
    left: number;
};
/** The vulnerabilities that findings which count are of, with what is known of each; by name. */
export declare function usedCves({ findings, exposure, }: Assessment): readonly {
    readonly cve: string;
    readonly known: CveExposure | null;
}[];
/** Findings that a form for others speaks of: those that count and show at least an attempt. */
export declare function attackFindings({ findings }: Assessment): readonly Finding[];
