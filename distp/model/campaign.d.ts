import type { LogKind } from './log-kinds.ts';
import type { Wanted, Question } from './answer.ts';
/** Alternatives of log kinds; an hour is covered when every kind of one alternative is. `httpproxy-*`: each protocol seen. */
export type Needs = Readonly<Partial<Record<Question, readonly (readonly LogKind[])[]>>>;
export declare const assessments: readonly ['when-exposed', 'when-indicated'];
/** What must be there to say that there was no intrusion at all, whatever its way (a pack with `general: true`). */
export type GeneralQuestion = {
    readonly name: string;
    readonly needs: Needs;
    /** Instead of these, by product. */
    readonly needsOf: Readonly<Record<string, Needs>>;
    readonly cannotSee: readonly string[];
    readonly wouldChange: Readonly<Partial<Record<Question, readonly Wanted[]>>>;
    /** Instead of these, by product. */
    readonly wouldChangeOf: Readonly<Record<string, Readonly<Partial<Record<Question, readonly Wanted[]>>>>>;
};
/** What pack.yml says about its campaign. A pack without an exploitation period (what holds for every campaign) has none. */
export type Campaign = {
    readonly id: string;
    readonly name: string;
    readonly summary: string;
    readonly cves: readonly string[];
    /** The CVEs whose fix ends the exposure: the window ends when all of these are fixed. */
    readonly vulnerabilities: readonly string[];
    readonly products: readonly string[];
    /** First known exploitation and the end of mass exploitation. `massFrom`: when mass exploitation began, where that is later. */
    readonly exploitation: {
        readonly from: string;
        readonly to: string;
        readonly massFrom?: string;
    };
    /**
     * Of vulnerabilities that few exploited: assessed where a vulnerable build is seen in the exploitation period, or only
     * where a finding indicates it. A time without logs then takes nothing from the verdict.
     */
    readonly assess?: (typeof assessments)[number];
    readonly needs: Needs;
    readonly cannotSee: readonly string[];
    readonly references: readonly string[];
    readonly wouldChange: Readonly<Partial<Record<Question, readonly Wanted[]>>>;
};
