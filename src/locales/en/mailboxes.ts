import { formatCount, counted } from '../../lib/amounts.ts'
import type { Is } from '../../model/answer.ts'
import { type Assessment } from '../../model/assessment.ts'
import { type Mailbox, type Spread } from '../../model/mailbox.ts'
import { bytes, certainties, isWords, span } from './words.ts'

// What reports say of mailboxes: how they were read, how much, and how sure that is.

/** By which way mail was read, as the packs name it and as a reader knows it; a name that is not here stays as it is. */
export function meansWords(means: string): string {
  return meansNames.get(means) ?? means
}

const meansNames: ReadonlyMap<string, string> = new Map([
  ['ews', 'EWS through the front end'],
  ['mapi', 'MAPI through the front end'],
  ['owa', 'Outlook on the web'],
  ['rpc', 'Outlook Anywhere (RPC over HTTP)'],
  ['imap', 'IMAP or POP'],
  ['rest', 'REST API'],
  ['oab', 'offline address book'],
  ['export', 'mailbox export'],
  ['download', 'file download'],
  ['forwarding', 'forwarding'],
  ['search', 'mailbox search'],
  ['rights', 'delegate access'],
  ['mobile', 'mobile device (ActiveSync)'],
  ['database', 'copy of the mailbox database'],
  ['transport', 'copies made in transport'],
  ['queue', 'message copied from a queue'],
  ['mailbox', 'mail opened in Exchange Online'],
  ['application', 'application that reads mail in Exchange Online'],
  ['sync', 'whole folders copied (MailItemsAccessed, Sync)'],
  ['sent', 'mail sent from the mailbox'],
  ['logon', 'logon to the mailbox'],
  ['unknown', 'method unknown'],
])

/** By which ways, for a person. */
export function waysOf({ accessMethods }: Mailbox): string {
  return accessMethods.length === 0 ? 'method unknown' : accessMethods.map(meansWords).join(', ')
}

/** How much: requests, what they were, answers, items where the log counts them. */
export function mailboxAmount({ requests, operations, bytes: size, items }: Mailbox): string {
  if (requests === 0 && size === 0) return 'amount not recorded'
  const what = operations.slice(0, 6).map(([operation, n]) => `${operation} ${formatCount(n)}`)
  return [
    `${counted(requests, 'request')}${what.length === 0 ? '' : ` (${what.join(', ')})`}`,
    size === 0 ? 'size not recorded' : bytes(size),
    ...(items === null ? [] : [`${counted(items, 'item')} requested individually`]),
  ].join(', ')
}

/** The same in a few words. */
export function shortAmount({ requests, bytes: size }: Mailbox): string {
  if (requests === 0 && size === 0) return 'amount not recorded'
  return size === 0 ? counted(requests, 'request') : `${counted(requests, 'request')}, ${bytes(size)}`
}

/** The busiest day of the access beside what is ordinary; empty where no log counts that. */
export function ordinaryWords({ ordinary, days }: Mailbox): string {
  if (ordinary === null || days.length === 0) return ''
  const byDay = new Map<string, { requests: number; bytes: number }>()
  for (const { day, requests, bytes: size } of days) {
    const sum = byDay.get(day) ?? { requests: 0, bytes: 0 }
    byDay.set(day, { requests: sum.requests + requests, bytes: sum.bytes + size })
  }
  const most = [...byDay.values()].reduce((a, b) => (b.requests > a.requests ? b : a))
  const { thisMailbox, organization } = ordinary
  const of = ({ requests, bytes: size }: Spread): string =>
    `median ${counted(requests.median, 'request')}, 95th percentile ${formatCount(requests.p95)} (${bytes(size.median)} and ${bytes(size.p95)})`
  const ownWords =
    thisMailbox.days === 0
      ? 'these logs contain no other day of this mailbox'
      : `${counted(thisMailbox.days, 'other day')} of this mailbox: ${of(thisMailbox)}`
  const beyond = ordinary.beyond === 0 ? '' : `; ${counted(ordinary.beyond, 'row')} beyond the limit not compared`
  return `busiest day of this access: ${counted(most.requests, 'request')}, ${bytes(most.bytes)}; ${ownWords}; days of ${counted(ordinary.mailboxes, 'mailbox', 'mailboxes')}: ${of(organization)}${beyond}`
}

export function unknownWords({ undetermined }: Mailbox): string {
  return undetermined.join(' ')
}

/** The paragraph on affected mailboxes for those who notify. */
export function noticeOf(m: Mailbox): string {
  const when = m.first === null ? 'time not recorded' : span(m.first, m.last)
  return `Access method: ${waysOf(m)}; ${when}; ${mailboxAmount(m)}. Certainty: ${certainties[m.certainty]}.${m.undetermined.length === 0 ? '' : ` Undetermined: ${unknownWords(m)}`}`
}

/** Whom to notify: certain mailboxes of people. */
export function toNotify({ mailboxes }: Assessment): readonly Mailbox[] {
  return mailboxes.filter(({ certainty }) => certainty === 'named' || certainty === 'joined')
}

/** The number of certain mailboxes, and the others beside it. */
export function mailboxesWords(assessment: Assessment): string {
  return summarizeMailboxes(assessment, {
    certain: (n) => `${formatCount(n)} for certain`,
    possible: (n) => `${formatCount(n)} possible`,
    anyForATime: 'any mailbox possible for a period',
    whose: (isAnyKnown) =>
      isAnyKnown ? 'other affected mailboxes cannot be determined' : 'affected mailboxes cannot be determined',
    comma: ', ',
    unknownWhich: 'unknown which',
    is: isWords,
  })
}

/** The same in the words of any language. */
export function summarizeMailboxes({ mailboxes, answers }: Assessment, words: MailboxWords): string {
  const of = (scope: Mailbox['scope'], ...is: Mailbox['certainty'][]): number =>
    mailboxes.filter((m) => m.scope === scope && is.includes(m.certainty)).length
  const [known, possible] = [of('mailbox', 'named', 'joined'), of('mailbox', 'possible')]
  const taken = answers.find((x) => x.question === 'mail-taken')?.is ?? 'cannot-tell'
  const isTaken = taken === 'yes' || taken === 'likely'
  const parts = [
    ...(known > 0 ? [words.certain(known)] : []),
    ...(possible > 0 ? [words.possible(possible)] : []),
    ...(of('server', 'possible') > 0 ? [words.anyForATime] : []),
    // Where it cannot be determined whether mail was read at all, nothing is said of whose.
    ...(of('server', 'unknown') > 0 && (isTaken || known > 0) ? [words.whose(known > 0)] : []),
  ]
  if (parts.length > 0) return parts.join(words.comma)
  return isTaken ? words.unknownWhich : words.is[taken]
}

/** Words about numbers of mailboxes; `is`: answers to the question about mail. */
export type MailboxWords = {
  readonly certain: (mailboxes: number) => string
  readonly possible: (mailboxes: number) => string
  readonly anyForATime: string
  readonly whose: (isAnyKnown: boolean) => string
  readonly comma: string
  readonly unknownWhich: string
  readonly is: Readonly<Record<Is, string>>
}
