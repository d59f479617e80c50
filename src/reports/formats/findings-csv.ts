import type { Finding } from '../../model/finding.ts'
import { visible } from '../../lib/terminal.ts'
import type { Report } from '../report.ts'
import { comesTo } from '../shared/weighed.ts'
import { comesToWords } from '../../locales/en/finding-weights.ts'

/** findings.csv: the findings as a table, for a spreadsheet. Raw rows stand in findings.jsonl. */
export const csv: Report = {
  name: 'csv',
  file: 'findings.csv',
  *write({ findings }) {
    yield csvRow(header)
    for (const finding of findings) yield csvRow(row(finding))
  },
}

/** A row as text for a spreadsheet, with its end of line: the one way by which any text of ours becomes CSV. */
export function csvRow(cells: readonly (string | number | null)[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

const header = [
  'time (UTC)',
  'last (UTC)',
  'stage',
  'title',
  'client',
  'user',
  'target',
  'count',
  'level',
  'confidence',
  'comes to',
  'subject',
  'sign',
  'strength',
  'campaign',
  'CVEs',
  'ATT&CK',
  'log',
  'file',
  'line or record',
  'intrusion',
  'notes',
  'rule',
  'author',
  'license',
  'id',
]

function row(f: Finding): readonly (string | number | null)[] {
  const at = f.locators[0]
  return [
    f.first ?? f.time,
    f.last,
    f.stage,
    f.title,
    f.client,
    f.user,
    f.target,
    f.count,
    f.level,
    f.confidence,
    comesToWords[comesTo(f)],
    f.sign.subject,
    f.sign.kind,
    f.sign.strength,
    f.campaign,
    f.cves.join(' '),
    f.attack.join(' '),
    f.log,
    at?.path ?? null,
    at?.line ?? at?.record ?? null,
    f.intrusion,
    f.notes.join('; '),
    f.rule,
    f.author,
    f.license,
    f.id,
  ]
}

// Every cell is quoted. What a spreadsheet would run as a formula gets an apostrophe, also behind blanks: a program that
// trims cells must not bring it back to life. https://owasp.org/www-community/attacks/CSV_Injection
function cell(value: string | number | null): string {
  const text = bounded(visible(String(value ?? '')))
  const formula = typeof value === 'string' && /^[\s"']*[=+\-@|%␉␊␍＝＋－＠]/.test(text)
  return `"${(formula ? `'${text}` : text).replaceAll('"', '""')}"`
}

/** A cell of Excel holds 32,767 characters; what is longer would spill into the next or be refused. */
const MOST = 32_000

function bounded(text: string): string {
  if (text.length <= MOST) return text
  const kept = text.slice(0, MOST)
  return `${kept.isWellFormed() ? kept : kept.slice(0, -1)}… (cut, ${text.length} characters in all)`
}
