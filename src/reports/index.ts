import { custody } from './case.ts'
import { csv } from './csv.ts'
import { ecs } from './ecs.ts'
import { html } from './html.ts'
import { iris } from './iris.ts'
import { json } from './json.ts'
import { coverage, findings } from './jsonl.ts'
import { mailboxesCsv } from './mailboxes-csv.ts'
import { management } from './management.ts'
import { markdown } from './markdown.ts'
import { misp } from './misp.ts'
import { navigator } from './navigator.ts'
import { notices } from './notices.ts'
import { ocsf } from './ocsf.ts'
import type { Report } from './report.ts'
import { sarif } from './sarif.ts'
import { stix } from './stix.ts'
import { timesketchCsv, timesketchJsonl } from './timesketch.ts'

export { isLanguage, type Language, languages } from './plain/languages.ts'
export { diffHtml } from './diff-html.ts'
export { nothingNamed, type Report, type Sharing, type Tlp, tlps, type Wishes } from './report.ts'
export { diffText } from './diff-text.ts'
export { summaryJson } from './summary.ts'
export { summaryHead, summaryLine, textReport } from './text.ts'

/** The answer and what it rests on, complete: written before every other report, and without which there is no result. */
export const core: readonly Report[] = [json, findings, coverage]

/** Written for every server. */
export const always: readonly Report[] = [...core, mailboxesCsv, html]

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
