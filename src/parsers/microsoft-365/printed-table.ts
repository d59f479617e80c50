import { markdownCells } from '../windows-events/field-table.ts'

/** What reports call the columns of an audit log, without blanks, marks and zone. */
const COLUMNS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    CreationTime:
      'creationtime creationdate creationtimeutc timeutc time timestamp timestamputc date dateutc datetime datetimeutc',
    Operation: 'operation operations activity',
    UserId: 'userid userids user userprincipalname upn account',
    ClientIP: 'clientip ip ipaddress clientipaddress sourceip actoripaddress',
    Details: 'details parameters properties information detail',
    MailboxOwnerUPN: 'mailbox mailboxowner mailboxownerupn',
    UserAgent: 'useragent clientinfostring',
    ResultStatus: 'resultstatus result',
    Workload: 'workload',
    ObjectId: 'objectid',
    Target: 'target',
  }).flatMap(([name, said]) => said.split(' ').map((one): [string, string] => [one, name])),
)
const RULE = /^\|[\s:|-]{3,2000}$/
/** A line that heads such a table. */
export const PRINTED_HEAD = /\|\s{0,40}[`*]{0,2}(?:operations?|activity)[`*]{0,2}\s{0,40}\|/i

/** A row with the place of its line in the text. */
export type PrintedRecord = { readonly value: Record<string, unknown>; readonly from: number; readonly to: number }

/** Records of the audit log of Microsoft 365 in tables of Markdown: `| CreationTime | Operation | UserId | ClientIP | Details |`. */
export function printedRecords(text: string): PrintedRecord[] {
  if (!PRINTED_HEAD.test(text)) return []
  const found: PrintedRecord[] = []
  let columns: readonly (string | undefined)[] | null = null
  let from = 0
  for (const line of text.split('\n')) {
    const own = line.trim()
    const to = from + line.length
    if (!own.startsWith('|') || !own.endsWith('|') || own.length > 32_768) columns = null
    else if (!RULE.test(own)) {
      const cells = markdownCells(own).map((cell) => cell.replaceAll(/[`*]/g, '').trim())
      if (columns === null || cells.length !== columns.length) columns = columnsOf(cells)
      else found.push({ value: recordOf(columns, cells), from, to })
    }
    from = to + 1
  }
  return found
}

/** A name in small letters without blanks and marks. */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]/g, '')
}

/** What a search names a property that was changed: `ModifiedProperties.ConsentAction.Permissions.NewValue`. */
const MODIFIED = /^ModifiedProperties\.([\w.]{1,80})\.NewValue$/i

/** The columns of a table of operations of users; null where it is none. */
function columnsOf(cells: readonly string[]): readonly (string | undefined)[] | null {
  const names = cells.map((cell) => (MODIFIED.test(cell) ? cell : COLUMNS.get(plainName(cell))))
  return names.includes('Operation') && names.includes('UserId') && names.includes('CreationTime') ? names : null
}

function recordOf(columns: readonly (string | undefined)[], cells: readonly string[]): Record<string, unknown> {
  const record: Record<string, unknown> = {}
  for (const [i, name] of columns.entries()) {
    const value = cells[i]!
    if (name === undefined || value === '' || value === '-') continue
    const modified = MODIFIED.exec(name)?.[1]
    if (modified !== undefined) {
      const NewValue = value.replaceAll(/<br ?\/?>/g, ' ').replaceAll(/\\([[\]|])/g, '$1')
      record.ModifiedProperties = [
        ...((record.ModifiedProperties as object[] | undefined) ?? []),
        { Name: modified, NewValue },
      ]
    } else if (name !== 'Details') record[name] = value
    else {
      const pairs = pairsOf(value)
      record.Parameters = pairs
      for (const { Name, Value } of pairs) if (OWN.has(Name)) record[Name] = Value
    }
  }
  return record
}

/** Details that a record has beside its parameters. */
const OWN: ReadonlySet<string> = new Set([
  'UserAgent',
  'MailAccessType',
  'LogonType',
  'MailboxOwnerUPN',
  'SessionId',
  'ResultStatus',
])
const NAME = /(?:^|[;,]\s{0,4})([A-Z]\w{1,40})\s?[:=]\s?/g

/** `Name: "."; MoveToFolder: RSS Feeds`: each value ends where the next name begins. */
function pairsOf(text: string): { Name: string; Value: string }[] {
  const names = [...text.matchAll(NAME)]
  return names.map((name, i) => ({
    Name: name[1]!,
    Value: text
      .slice(name.index + name[0].length, names[i + 1]?.index ?? text.length)
      .trim()
      .replaceAll(/^"|"$/g, ''),
  }))
}
