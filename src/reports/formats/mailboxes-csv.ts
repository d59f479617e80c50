import type { Mailbox } from '../../model/mailbox.ts'
import { csvRow } from './findings-csv.ts'
import type { Report } from '../report.ts'
import { certainties } from '../../locales/en/words.ts'
import { meansWords, ordinaryWords, unknownWords } from '../../locales/en/mailboxes.ts'

/** mailboxes.csv: whose mail, a line a mailbox, for those who must be told and for those who tell them. */
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
  'how sure',
  'means',
  'by which way',
  'first (UTC)',
  'last (UTC)',
  'requests',
  'bytes',
  'items',
  'operations',
  'clients',
  'other names',
  'measured against',
  'leads (no proof)',
  'cannot be known',
  'findings',
]

function row(m: Mailbox): readonly (string | number | null)[] {
  return [
    m.mailbox,
    m.certainty,
    certainties[m.certainty],
    m.means.join(' '),
    m.means.map(meansWords).join('; '),
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
