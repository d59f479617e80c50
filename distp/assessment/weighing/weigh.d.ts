import type { FindingWithHits } from '../../findings/findings.ts';
import type { CompromisedAccounts, Joined, Tie } from '../../findings/intrusions.ts';
import type { Elsewhere } from '../../model/case-keys.ts';
import { type Weighed } from '../../model/sign.ts';
import type { WeighedSubject } from '../../model/weight.ts';
import type { ExplanationContext } from './explanations/explanation.ts';
import type { Origins } from '../../activity/origins.ts';
/** What the evidence comes to: each subject for each question that its acts answer, and each finding for its own question. */
export type Weighing = {
    readonly subjects: readonly WeighedSubject[];
    /** What the subject of a finding comes to for the question that the finding answers, by the id of the finding. */
    readonly of: ReadonlyMap<string, Weighed>;
};
/**
 * Weighs findings: their signs by subject, less what explains them, and then what a hard tie to an intrusion adds, until nothing
 * changes. `ties`: findings, by their numbers, that belong together for certain; `written`: pages that came after acts that write.
 */
export declare function weigh(found: readonly FindingWithHits[], ties: readonly Tie[], around: WeighingContext, written?: Joined['written']): Weighing;
/** What explanations and signs of persons are looked for in: these only where origins were counted. */
export type WeighingContext = ExplanationContext & {
    readonly origins?: Origins;
    /** What belongs to intrusions on other servers of the case. */
    readonly elsewhere?: Elsewhere['hostile'];
};
/** Accounts, sessions and their like that came to more than a lead without an intrusion, by the id of each finding about them. */
export declare function compromisedAccounts(found: readonly FindingWithHits[], { subjects }: Weighing): CompromisedAccounts;
/** The findings with what they come to. What is explained is informational; an attempt, and a lead in no intrusion, is low. */
export declare function asWeighed(found: readonly FindingWithHits[], { of }: Weighing): FindingWithHits[];
