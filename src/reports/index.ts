import { custody } from './formats/case-uco.ts'
import { csv } from './formats/findings-csv.ts'
import { ecs } from './formats/ecs.ts'
import { htmlReport } from './html/page.ts'
import { iris } from './formats/iris.ts'
import { assessmentJson } from './formats/assessment-json.ts'
import { coverage, findings } from './formats/findings-jsonl.ts'
import { mailboxesCsv } from './formats/mailboxes-csv.ts'
import { management } from './briefing/management.ts'
import { markdown } from './formats/markdown.ts'
import { misp } from './formats/misp.ts'
import { navigator } from './formats/attack-navigator.ts'
import { notices } from './briefing/notices.ts'
import { ocsf } from './formats/ocsf.ts'
import type { Report } from './report.ts'
import { sarif } from './formats/sarif.ts'
import { stix } from './formats/stix.ts'
import { timesketchCsv, timesketchJsonl } from './formats/timesketch.ts'

export { isLanguage, type Language, briefingLanguages } from '../locales/languages.ts'
export { caseJson } from './case/json.ts'
export { casePage } from './case/page.ts'
export { caseLines } from './case/terminal.ts'
export { diffHtml } from './comparison/html.ts'
export { nothingNamed, type Report, type Sharing, type Tlp, tlps, type Wishes } from './report.ts'
export { diffText } from './comparison/text.ts'
export { summaryJson } from './formats/summary-json.ts'
export { summaryHead, summaryLine, textReport } from './terminal/summary.ts'

/** The answer and what it rests on, complete: written before every other report, and without which there is no result. */
export const core: readonly Report[] = [assessmentJson, findings, coverage]

/** Written for every server. */
export const always: readonly Report[] = [...core, mailboxesCsv, htmlReport]

/** Every form of the answer that is a file; those beyond `always` are asked for with `--format`. */
export const reports: readonly Report[] = [
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
]
