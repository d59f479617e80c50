import { textOf, type Found } from './detection.ts'
import { iso } from './lib/time.ts'
import { mailboxesNamed } from './mailbox-names.ts'
import type { Event, Mailbox } from './model.ts'

/** Whose mail, by which way, how much and how sure, from the rows of collection and exfiltration. */
export function mailboxesOf(found: readonly Found[]): Mailbox[] {
  const boxes = new Map<string, Draft>()
  for (const f of found) {
    const { finding } = f
    if (!f.counts || !(finding.means || finding.stage === 'collection' || finding.stage === 'exfiltration')) continue
    if (
      finding.stage === 'attempt' ||
      finding.stage === 'recon' ||
      finding.stage === 'context' ||
      finding.stage === 'write'
    )
      continue
    const joined = finding.notes.some((note) => note.startsWith('joined by'))
    for (const { event } of f.hits) {
      const own = mailboxOf(event)
      for (const mailbox of own ? [own] : mailboxesNamed(event)) {
        const certainty = joined ? 'joined' : finding.proves && finding.chain ? 'named' : 'possible'
        const key = mailbox.toLowerCase()
        const box = boxes.get(key) ?? {
          mailbox,
          certainty,
          means: new Set(),
          first: null,
          last: null,
          requests: 0,
          bytes: 0,
          because: new Set(),
        }
        box.certainty = stronger(box.certainty, certainty)
        box.means.add(finding.means ?? 'unknown')
        box.requests++
        box.bytes += bytesOf(event)
        if (event.time !== null) {
          box.first = Math.min(box.first ?? event.time, event.time)
          box.last = Math.max(box.last ?? event.time, event.time)
        }
        box.because.add(finding.id)
        boxes.set(key, box)
      }
    }
  }
  return [...boxes.values()]
    .sort((a, b) => order.indexOf(b.certainty) - order.indexOf(a.certainty) || (a.mailbox < b.mailbox ? -1 : 1))
    .map((box) => ({
      ...box,
      means: [...box.means].sort(),
      first: iso(box.first),
      last: iso(box.last),
      because: [...box.because].sort(),
    }))
}

type Draft = {
  mailbox: string
  certainty: Mailbox['certainty']
  means: Set<string>
  first: number | null
  last: number | null
  requests: number
  bytes: number
  because: Set<string>
}

const order: readonly Mailbox['certainty'][] = ['unknown', 'possible', 'joined', 'named']

function stronger(a: Mailbox['certainty'], b: Mailbox['certainty']): Mailbox['certainty'] {
  return order.indexOf(a) >= order.indexOf(b) ? a : b
}

/** The mailbox that a row names: the one acted as, impersonated, exported or asked for; never the machine account. */
function mailboxOf(event: Event): string | null {
  for (const name of ['ActAsUser', 'ImpersonatedUser', 'ActAsUserEmail', 'MailboxId']) {
    const value = textOf(event, name)
    if (value && !value.endsWith('$') && !/^(NT AUTHORITY|S-1-5-18)/i.test(value)) return value
  }
  const parameters = textOf(event, 'Parameters')
  const exported = parameters && /-Mailbox\s+"{0,2}['"]?([^'"\s]+)/i.exec(parameters)
  if (exported) return exported[1]!
  const script = textOf(event, 'ScriptBlockText') ?? textOf(event, 'CommandLine')
  const typed = script && /New-MailboxExportRequest\b.*?-Mailbox\s+['"]?([^'"\s]+)/is.exec(script)
  if (typed) return typed[1]!
  const anchor = textOf(event, 'SsrfQuery') ?? textOf(event, 'cs-uri-query')
  const asked = anchor && /[?&]?MailboxId=([^&\s#]+@[^&\s#]+)/i.exec(anchor)
  return asked ? asked[1]! : null
}

function bytesOf(event: Event): number {
  const value = event.fields.ResponseSize ?? event.fields['sc-bytes'] ?? event.fields.ResponseBytes
  const n = Number(Array.isArray(value) ? (value as readonly unknown[])[0] : value)
  return Number.isFinite(n) && n > 0 ? n : 0
}
