import { custody } from './formats/case-uco.js';
import { csv } from './formats/findings-csv.js';
import { ecs } from './formats/ecs.js';
import { htmlReport } from './html/page.js';
import { iris } from './formats/iris.js';
import { assessmentJson } from './formats/assessment-json.js';
import { coverage, findings } from './formats/findings-jsonl.js';
import { mailboxesCsv } from './formats/mailboxes-csv.js';
import { management } from './briefing/management.js';
import { markdown } from './formats/markdown.js';
import { misp } from './formats/misp.js';
import { navigator } from './formats/attack-navigator.js';
import { notices } from './briefing/notices.js';
import { ocsf } from './formats/ocsf.js';
import { sarif } from './formats/sarif.js';
import { stix } from './formats/stix.js';
import { timesketchCsv, timesketchJsonl } from './formats/timesketch.js';
export { isLanguage, briefingLanguages } from './briefing/languages.js';
export { caseJson } from './case/json.js';
export { casePage } from './case/page.js';
export { caseLines } from './case/terminal.js';
export { diffHtml } from './comparison/html.js';
export { nothingNamed, tlps } from './report.js';
export { diffText } from './comparison/text.js';
export { summaryJson } from './formats/summary-json.js';
export { summaryHead, summaryLine, textReport } from './terminal/summary.js';
/** The answer and what it rests on, complete: written before every other report, and without which there is no result. */
export const core = [assessmentJson, findings, coverage];
/** Written for every server. */
export const always = [...core, mailboxesCsv, htmlReport];
/** Every form of the answer that is a file; those beyond `always` are asked for with `--format`. */
export const reports = [
    ...always,
    markdown,
    csv,
    management,
    notices,
    stix,
    misp,
    navigator,
    timesketchCsv,
    timesketchJsonl,
    ecs,
    ocsf,
    custody,
    iris,
    sarif,
];
//# sourceMappingURL=index.js.map