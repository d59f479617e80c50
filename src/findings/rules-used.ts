import { withoutDomain } from '../model/account-names.ts'
import { rank } from '../model/stages.ts'
import type { FindingWithHits } from './findings.ts'
import { joins } from './joins.ts'
import { mailboxesIn } from './mailbox-names.ts'

/** Acts that set rules or a forwarding in a mailbox, by their numbers, each with the mail that its rules sent out afterwards. */
export function rulesUsed(found: readonly FindingWithHits[]): readonly number[][] {
  const sent = found.flatMap((f, i) =>
    isMailOfRule(f) ? [{ i, ...timesOf(f), target: f.finding.target, mailboxes: mailboxesOf(f) }] : [],
  )
  if (sent.length === 0) return []
  return found.flatMap((f, i) => {
    if (!isRuleSet(f)) return []
    const { first } = timesOf(f)
    const own = mailboxesOf(f)
    const ofMailbox = sent.filter((mail) => [...mail.mailboxes].some((name) => own.has(name)))
    const known = new Set(ofMailbox.flatMap(({ target, first: sentAt }) => (sentAt < first ? [target] : [])))
    const used = ofMailbox.filter(
      (mail) => mail.first >= first && mail.first <= first + joins['rule used'].within && !known.has(mail.target),
    )
    return used.length === 0 ? [] : [[i, ...used.map((mail) => mail.i)]]
  })
}

function isRuleSet({ counts, finding: { persistence, stage, time } }: FindingWithHits): boolean {
  const isRule = persistence === 'inbox-rule' || persistence === 'forwarding'
  return (
    counts && isRule && time !== null && rank(stage) >= rank('access') && stage !== 'cleanup' && stage !== 'context'
  )
}

/** Mail that message tracking shows as sent by a rule or a setting of its mailbox. */
function isMailOfRule({ counts, finding: { log, accessMethod, time } }: FindingWithHits): boolean {
  return counts && log === 'message-tracking' && accessMethod === 'forwarding' && time !== null
}

function timesOf({ finding: { first, time } }: FindingWithHits): { readonly first: number } {
  return { first: Date.parse(first ?? time!) }
}

function mailboxesOf({ hits }: FindingWithHits): ReadonlySet<string> {
  return new Set(hits.slice(0, 500).flatMap(({ event }) => mailboxesIn(event).map(withoutDomain)))
}
