import type { Finding } from '../model.ts'
import { visible } from '../lib/tty.ts'
import type { Report } from './report.ts'

/** findings.csv: the findings as a table, for a spreadsheet. Raw rows stand in findings.jsonl. */
export const csv: Report = {
  name: 'csv',
  file: 'findings.csv',
  write: ({ findings }) => csvText([header, ...findings.map(row)]),
}

/** Rows as text for a spreadsheet. */
export function csvText(rows: readonly (readonly (string | number | null)[])[]): string {
  return rows.map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')
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
  'campaign',
  'CVEs',
  'ATT&CK',
  'log',
  'file',
  'line or record',
  'chain',
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
    f.campaign,
    f.cves.join(' '),
    f.attack.join(' '),
    f.log,
    at?.path ?? null,
    at?.line ?? at?.record ?? null,
    f.chain,
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
  const text = visible(String(value ?? ''))
  const formula = typeof value === 'string' && /^[\s"']*[=+\-@|%␉␊␍＝＋－＠]/.test(text)
  return `"${(formula ? `'${text}` : text).replaceAll('"', '""')}"`
}
