import { type Assessment } from '../../model/assessment.ts';
import { type ActionFact } from '../../model/response.ts';
import { type Actor } from '../../model/actor.ts';
import { type Rare, type Requests } from '../../model/requests.ts';
import { type Opinion } from '../../model/other-tools.ts';
import { type Mailbox } from '../../model/mailbox.ts';
import { type Answer, type AnswerCoverage, type Is, type Question, type Verdict } from '../../model/answer.ts';
import { type BlindSpot } from '../../model/coverage.ts';
import { type Intrusion, type Finding } from '../../model/finding.ts';
import { type Persistence } from '../../model/persistence.ts';
import { type Stage } from '../../model/stages.ts';
import { type TimeBasis, type FirstAndLast } from '../../model/event.ts';
import { stateKinds, type LogKind } from '../../model/log-kinds.ts';
/** The six questions in their order, as one asks them. */
export declare const questionTexts: Readonly<Record<Question, {
    readonly short: string;
    readonly asks: string;
}>>;
export declare const questionOrder: readonly Question[];
export declare const isWords: Readonly<Record<Is, string>>;
/** The verdict in two or three words. */
export declare function verdictWords(verdict: Pick<Verdict, 'is' | 'sure'>): string;
/** What the verdict means, in one line, whatever the server. */
export declare const verdictMeans: Readonly<Record<Verdict['is'], string>>;
export declare const patchedTooLateWords: (late: boolean | null) => string;
export declare const stageTexts: Readonly<Record<Stage, string>>;
export declare const stageOrder: readonly Stage[];
export declare const certainties: Readonly<Record<Mailbox['certainty'], string>>;
export declare const persistenceKinds: Readonly<Record<Persistence['kind'], string>>;
export declare const persistenceStates: Readonly<Record<Persistence['state'], string>>;
/** What of this server an action is about. */
export declare function factWords({ subject, what, is }: ActionFact): string;
/** How what another tool says relates to the findings here. */
export declare const opinionWords: Readonly<Record<Opinion['is'], string>>;
/** What other tools said, by tool: how many of each relation. */
export declare function opinionsByTool(opinions: readonly Opinion[]): readonly (readonly [tool: string, words: string])[];
export declare const timeBases: Readonly<Record<TimeBasis, string>>;
/** Campaigns that were not asked, by the reason. */
export declare function notAsked({ campaigns }: Assessment): [reason: string, names: string[]][];
/** `2021-03-03 04:23:22 UTC`; what is no time is said to be unknown. */
export declare function utc(time: string | null): string;
/** What was known, in one sentence: two results with the same digest come from the same rules. */
export declare function knowledgeWords({ knowledge }: Assessment): string;
/** `2021-03-03 UTC`. */
export declare function formatDay(time: string | null): string;
/** From when to when, without saying the same day twice. */
export declare function span(from: string | null, to: string | null): string;
/** `1.4 MB`, in powers of ten. */
export declare function bytes(n: number): string;
/** Findings that show steps of an intruder: those that the answers rest on, whatever was tried before. */
export declare function attackerSteps({ answers, findings }: Pick<Assessment, 'answers' | 'findings'>): ReadonlySet<string>;
/**
 * When the steps of a story were taken, and when its clients scanned or tried before. A story of attempts alone has no
 * steps.
 */
export declare function storyTimes(intrusion: Pick<Intrusion, 'findings' | 'first' | 'last'>, byId: ReadonlyMap<string, Finding>, steps: ReadonlySet<string>): {
    readonly steps: FirstAndLast | null;
    readonly attempts: FirstAndLast | null;
};
/** `2021-03-03 04:23 – 2021-03-05 16:02 UTC; scans and attempts: …`. */
export declare function storySpan({ steps, attempts }: ReturnType<typeof storyTimes>): string;
/** What would settle a question, with its times as the rest of the report writes them. */
export declare function settles(wouldChange: string): string;
/** The questions that are open, those together that the same things would settle. */
export declare function openQuestions({ answers }: Assessment): readonly {
    readonly questions: readonly Question[];
    readonly settle: readonly string[];
}[];
export { stateKinds as notLogs };
/** Holes of the same hours are one, with the logs that have it: logs often stop together. */
export declare function holesTogether(coverage: Assessment['coverage']): readonly {
    readonly from: string;
    readonly to: string;
    readonly logs: readonly string[];
    readonly reasons: readonly string[];
}[];
/** Why entries are missing: a silence of the log, or what of it was not read. */
export declare function holeWords(hole: {
    readonly reasons: readonly string[];
}): string;
/** Files that were not read and could hold a way back in, each once. */
export declare function blindPaths(coverage: Assessment['coverage']): string[];
/** The same with the reason, and every kind of state that is not complete without the file. */
export declare function blindFiles({ blind }: Assessment['coverage']): (BlindSpot & {
    readonly kinds: readonly LogKind[];
})[];
/** The sentence of an answer, beside its `yes`. */
export declare function sayingOf(answer: Answer): string;
/** Log coverage for one question: `46.5 of 77 days`, null where the question needs no logs. */
export declare function reach(coverage: AnswerCoverage): string | null;
/**
 * What the logs do not reach of the time that matters, for the question that they answer least: `50 of 71 days`. What was
 * proven is proven without them.
 */
export declare function missingWords({ answers, verdict }: Assessment): string;
/** Is the verdict independent of missing logs? */
export declare function isProven({ is, sure }: Verdict): boolean;
/** The same as a sentence; a question about the state at the end has one hour. */
export declare function reachSentence(coverage: AnswerCoverage): string | null;
/** A question about the state at the end has one hour. */
export declare function isState({ of }: AnswerCoverage): boolean;
/** `5 hours`, `12 days`. */
export declare function lasting(hours: number): string;
/** The first letter in upper case. */
export declare function capital(text: string): string;
/** What a campaign is called, by its id. */
export declare function campaignNames(assessment: Assessment): ReadonlyMap<string, string>;
/** A reason as the answers write them: a finding, or a sentence with its subject in front. */
export type Reason = {
    readonly finding: Finding;
} | {
    readonly subject: string;
    readonly sentence: string;
};
/** Separates ids of findings from sentences in a `because`. */
export declare function reasons(because: readonly string[], findings: ReadonlyMap<string, Finding>): readonly Reason[];
/** Findings that an answer, an intrusion, a mailbox or a way back rests on. */
export declare function restedOn(assessment: Assessment): ReadonlySet<string>;
/** The findings that matter most first: what answers rest on, then the furthest stage, then the level, then time. */
export declare function byWeight(assessment: Assessment): readonly Finding[];
/** Earliest first; those without a time last; then by id. */
export declare function earliestFirst(a: Finding, b: Finding): number;
/** Persistence that several findings show is one entry. */
export declare function waysBackIn(persistence: readonly Persistence[]): readonly Persistence[];
/** Requests to the front end, in one to three sentences. */
export declare function requestsWords({ rows, clients, agents, paths, beyond }: Requests): string;
/** A rare page or program in a line. */
export declare function rareWords({ value, client, rows, first, last }: Rare): string;
/** Chains have a number in a report, and an id in the data. */
export declare function byStory({ intrusions }: Pick<Assessment, 'intrusions'>): (text: string) => string;
/** A known actor that was weighed and is not named; the other hypotheses have no name. */
export declare function isWeighedOnly({ named, references }: Actor): boolean;
/** Was an actor that has a name weighed? */
export declare function speaksOfNames({ actors }: Assessment): boolean;
/** A hypothesis in a line: actor, likelihood, and its intrusions where there are several. */
export declare function hypothesisWords(actor: Actor, { intrusions }: Pick<Assessment, 'intrusions'>): string;
export declare const weighedOnly = "weighed, not named";
export declare const likelihoodWords = "The words stand for chances, as intelligence services use them (ICD 203): almost no chance (1\u20135 in 100), very unlikely (5\u201320), unlikely (20\u201345), roughly even chance (45\u201355), likely (55\u201380), very likely (80\u201395), almost certain (95\u201399).";
