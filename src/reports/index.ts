import { csv } from './csv.ts'
import { html } from './html.ts'
import { json } from './json.ts'
import { coverage, findings } from './jsonl.ts'
import { mailboxesCsv } from './mailboxes-csv.ts'
import { management } from './management.ts'
import { markdown } from './markdown.ts'
import { notices } from './notices.ts'
import type { Report } from './report.ts'

export { isLanguage, type Language, languages } from './plain/languages.ts'
export { diffText } from './diff-text.ts'
export { summaryJson } from './summary.ts'
export { summaryHead, summaryLine, textReport } from './text.ts'

/** Written for every server. */
export const always: readonly Report[] = [json, findings, coverage, mailboxesCsv, html]

/** Every form of the answer that is a file; those beyond `always` are asked for with `--format`. */
export const reports: readonly Report[] = [...always, markdown, csv, management, notices]
