import type { Assessment } from '../../model/assessment.ts';
import type { Is, Verdict } from '../../model/answer.ts';
import { type Style, type TerminalLayout } from './layout.ts';
/** The summary for a terminal: verdict, answers, intrusions, what was not read, what to do first, where the files are. */
export declare function textReport(assessment: Assessment, terminal: TerminalLayout): string;
/** One server for a run over many: name, verdict, and the six answers in their order, in one line or, in little room, two. */
export declare function summaryLine(assessment: Assessment, terminal: TerminalLayout): string;
/** The heading of summary lines, one or two lines. */
export declare function summaryHead(terminal: TerminalLayout): string;
export declare const isStyle: Readonly<Record<Is, Style>>;
export declare const verdictStyle: Readonly<Record<Verdict['is'], Style>>;
