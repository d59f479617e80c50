import type { AssessmentInput } from './assessment-input.ts';
import { type Question } from '../../model/answer.ts';
import type { CveExposure } from '../../model/exposure.ts';
import type { Finding } from '../../model/finding.ts';
import { type GapReason } from '../../model/evidence.ts';
/** What each question asks, as the end of a sentence that begins with "whether" or "no evidence that". */
export declare const asks: Readonly<Record<Question, string>>;
/** What happened, where an answer holds, by the findings that it rests on: `an attacker planted a web shell and ran code`. */
export declare function formatActs(question: Question, findings: readonly Finding[]): string;
type Named = Pick<CveExposure, 'cve' | 'alias' | 'exploited' | 'published'>;
/** Vulnerabilities by name, those that attackers use first, then the newest. */
export declare function vulnerabilityNames(all: readonly Named[]): string[];
/** `a.log (damaged), b.log (encrypted), c.log (access denied) and 4 more files`: files that were not read, each once. */
export declare function listUnread(unread: readonly {
    readonly path: string;
    readonly reason: GapReason;
}[]): string;
export declare function narrowed(input: AssessmentInput, sentence: string): string;
export declare function formatDate(time: number): string;
/** The last day of a time whose end is not in it: midnight ends the day before. */
export declare function formatLastDay(end: number): string;
/** `from 2021-01-03 to 2021-02-21` of whole days, of which the end is not in the time; else the hours, too. */
export declare function formatSpan(from: number, to: number): string;
export declare function stamp(time: number): string;
/** `January to May 2021`, `March 2021`, `December 2020 to May 2021`: the months of a time whose end is not in it. */
export declare function formatMonths(from: number, to: number): string;
export {};
