import type { Mailbox } from '../../model/mailbox.ts'
import { csvRow } from './findings-csv.ts'
import type { Report } from '../report.ts'
import { certainties } from '../../locales/en/words.ts'
import { meansWords, ordinaryWords, unknownWords } from '../../locales/en/mailboxes.ts'

/** mailboxes.csv: the affected mailboxes, one line each, for those who notify their owners. */
export const mailboxesCsv: Report = {
  name: 'mailboxes',
  file: 'mailboxes.csv',
  *write({ mailboxes }) {
    yield csvRow(header)
    for (const mailbox of mailboxes) yield csvRow(row(mailbox))
  },
}

const header = [
  'mailbox',
  'certainty',
  'certainty (text)',
  'access methods',
  'access methods (text)',
  'first (UTC)',
  'last (UTC)',
  'requests',
  'bytes',
  'items',
  'operations',
  'clients',
  'other names',
  'baseline',
  'leads (not proof)',
  'undetermined',
  'findings',
]

function row(m: Mailbox): readonly (string | number | null)[] {
  return [
    m.mailbox,
    m.certainty,
    certainties[m.certainty],
    m.accessMethods.join(' '),
    m.accessMethods.map(meansWords).join('; '),
    m.first,
    m.last,
    m.requests,
    m.bytes,
    m.items,
    m.operations.map(([operation, n]) => `${operation} ${n}`).join('; '),
    m.clients.join(' '),
    m.names.join('; '),
    ordinaryWords(m),
    m.ordinary?.leads.join('; ') ?? '',
    unknownWords(m),
    m.because.join(' '),
  ]
}
