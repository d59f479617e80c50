import type { Report } from './report.ts';
export { isLanguage, type Language, briefingLanguages } from './briefing/languages.ts';
export { caseJson } from './case/json.ts';
export { casePage } from './case/page.ts';
export { caseLines } from './case/terminal.ts';
export { diffHtml } from './comparison/html.ts';
export { nothingNamed, type Report, type Sharing, type Tlp, tlps, type Wishes } from './report.ts';
export { diffText } from './comparison/text.ts';
export { summaryJson } from './formats/summary-json.ts';
export { summaryHead, summaryLine, textReport } from './terminal/summary.ts';
/** The answer and what it rests on, complete: written before every other report, and without which there is no result. */
export declare const core: readonly Report[];
/** Written for every server. */
export declare const always: readonly Report[];
/** Every form of the answer that is a file; those beyond `always` are asked for with `--format`. */
export declare const reports: readonly Report[];
