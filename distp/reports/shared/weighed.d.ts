import { type CampaignAnswer } from '../../model/answer.ts';
import type { Assessment } from '../../model/assessment.ts';
import type { Finding } from '../../model/finding.ts';
import { type SubjectKind, type Weighed } from '../../model/sign.ts';
import { type WeighedSubject } from '../../model/weight.ts';
/** What a finding comes to: what its subject does, and otherwise why nothing was weighed. */
export type ComesTo = Weighed | 'context' | 'not-counted';
export declare const comesToWords: Readonly<Record<ComesTo, string>>;
/** What weighs most first. */
export declare const comesToOrder: readonly ComesTo[];
/** What each of these words means. */
export declare const comesToMeans: Readonly<Record<ComesTo, string>>;
/** The question that settles a lead, to be put to those who run the server or use the account. */
export declare const settlingQuestions: Readonly<Record<SubjectKind, string>>;
/** Does the finding count here, as far as its notes say? */
export declare function countsForServer({ notes }: Finding): boolean;
/** What a finding comes to, as a reader is shown it. */
export declare function comesTo(finding: Finding): ComesTo;
/** `what it is or does (no ordinary work looks like it)`. */
export declare function signOfWords({ sign: { kind, strength } }: Pick<Finding, 'sign'>): string;
/** What weighs most for the verdict: each subject once. */
export declare function verdictSubjects(assessment: Pick<Assessment, 'verdict' | 'answers' | 'subjects'>): readonly WeighedSubject[];
/** What is worth a look and changes no answer. Those who only probed come last. */
export declare function otherLeads({ subjects }: Pick<Assessment, 'subjects'>): readonly WeighedSubject[];
/** What to look at for a subject: the next steps that its rules name, each once. */
export declare function nextSteps({ findings }: WeighedSubject, byId: ReadonlyMap<string, Finding>): readonly string[];
/** Campaigns of whose exploitation period a part lies before the logs, with that part. */
export declare function beyondLogs({ campaigns }: Pick<Assessment, 'campaigns'>): readonly {
    readonly campaign: CampaignAnswer;
    readonly from: string;
    readonly to: string;
}[];
/** What the general question is called: alone, or beside campaigns whose findings are theirs. */
export declare function generalName({ campaigns }: Pick<Assessment, 'campaigns'>): string;
