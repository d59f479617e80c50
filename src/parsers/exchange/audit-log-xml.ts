import { CultureTimes } from '../common/culture-times.ts'
import { childElement, childElements, type XmlElement } from '../../lib/xml.ts'
import { type Audited, adminAudit, mailboxAudit, type Pair } from './audit-log-export.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { isSecretName, MASK, maskCommand } from '../../lib/mask-secrets.ts'
import { configEvent, readXml } from '../config/xml-reader.ts'
import { squeezed } from '../../lib/squeeze.ts'

/**
 * `SearchResult.xml`: rows of the mailbox audit log or the admin audit log as Exchange mails them. One element `Event` a
 * row, what it says in its attributes.
 */
export const auditXml: Parser = {
  name: 'audit-xml',
  title: 'Audit log of Exchange as XML',
  product: 'mail',
  recognize,
  read,
}

function recognize({ text }: Head): number {
  const row = /<SearchResults?\b[^<>]{0,512}>\s*<Event\s([^>]{0,8192})/.exec(text)?.[1]
  if (row === undefined) return 0
  return /\bCmdlet\s*=/.test(row) || /\bMailboxGuid\s*=|\bLogonType\s*=/.test(row) ? 92 : 0
}

async function read(source: Source, sink: Sink): Promise<number> {
  const times = new CultureTimes((event) => sink.event(event))
  const parsed = await readXml(source, sink, {
    whole: ({ name, attributes }) => name === 'Event' && attributes.size > 0,
    take: (tag) => {
      const audited = rowOf(tag.element)
      if (!audited) return
      const { when, ...row } = audited
      const fields = tag.cut ? { ...row.fields, Cut: 'true' } : row.fields
      const event = configEvent(source, row.log, tag, fields, row.target)
      times.take({ ...event, ...row, fields, raw: maskCommand(event.raw), snippet: true }, when)
    },
    what: 'audit log',
  })
  times.finish()
  return parsed
}

/** Names that the XML has for what the shell calls otherwise. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['mailboxresolvedownername', 'owner'],
  ['logonuserdisplayname', 'logonuserdn'],
  ['cmdletname', 'cmdlet'],
])

function rowOf(element: XmlElement): Audited | null {
  if (element.name !== 'Event') return null
  const attributes = new Map([...element.attributes].map(([name, value]) => [name.toLowerCase(), value]))
  const of = (name: string): string | null => {
    const lower = name.toLowerCase()
    return attributes.get(lower) || attributes.get(NAMES.get(lower) ?? '') || null
  }
  if (of('Cmdlet') !== null) {
    const parameters = pairsIn(childElement(element, 'CmdletParameters'), 'Value')
    return adminAudit(of, parameters, pairsIn(childElement(element, 'ModifiedProperties'), 'NewValue'))
  }
  if (of('Operation') === null || of('LogonType') === null) return null
  const row = mailboxAudit(of)
  const items = childElements(childElement(element, 'SourceItems')).slice(0, MANY)
  const subjects = items.flatMap((item) => item.attributes.get('Subject') || [])
  return subjects.length === 0 ? row : { ...row, fields: { ...row.fields, SourceItemSubjectsList: subjects } }
}

const MANY = 200

function pairsIn(element: XmlElement | null, value: string): Pair[] {
  return childElements(element)
    .slice(0, MANY)
    .flatMap(({ attributes }) => {
      const name = attributes.get('Name')
      if (!name) return []
      const text = attributes.get(value) ?? ''
      return {
        name: name.replace(/[^\w.]/g, ''),
        value: isSecretName(name) && text !== '' ? MASK : squeezed(text, 4096),
      }
    })
}
