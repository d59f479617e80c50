import type { Devices } from '../activity/devices.ts'
import { type AtForm, type Guessing, guessingIn, isManyAccounts, type Success } from '../activity/guessing.ts'
import type { Identities } from '../activity/identities.ts'
import type { KnownOrigins } from '../activity/known-origins.ts'
import type { Logons } from '../activity/logons.ts'
import type { MailUse } from '../activity/mailbox-use.ts'
import type { LogonRow } from '../activity/served-days.ts'
import { counted } from '../lib/amounts.ts'
import { iso } from '../lib/time.ts'
import { type Event, fieldText } from '../model/event.ts'
import type { Hit, RuleInfo } from '../model/rule.ts'
import type { Strength } from '../model/sign.ts'
import type { Stage } from '../model/stages.ts'
import { type IsMailShown, mailShownBy } from './ews-mail.ts'
import { compareByTime, type FindingWithHits, foundOf, type KnownActivity } from './findings.ts'
import type { Located } from './located.ts'

// Findings of passwords that were guessed, made of what was counted: each row of a refusal is ordinary.

/** Most findings of one kind; the rest are only counted. */
const MOST = 500
/** The strongest first: an attacker can make up as many of the others as he likes. */
const GRADES: readonly Success['grade'][] = ['decisive', 'strong', 'weak']

type Server = { readonly name: string; readonly names?: ReadonlySet<string>; readonly proxies: ReadonlySet<string> }
type Counted = {
  readonly logons: Logons
  readonly devices: Devices
  readonly mail: Pick<MailUse, 'uses'>
  readonly identities: Pick<Identities, 'accountOf'>
  readonly knownOrigins: KnownOrigins
  readonly explainsFrom?: number | null
}

/** Guessing, and accounts that were served after it; `found`: what the rules found, with refusals at logon forms among it. */
export function guessingFindings(
  found: readonly FindingWithHits[],
  input: Counted,
  infos: ReadonlyMap<string, RuleInfo>,
  server: Server,
  known: KnownActivity,
): { readonly found: readonly FindingWithHits[]; readonly notes: readonly string[] } {
  const rules = [...infos.values()].filter(
    ({ computedBy, sign }) => computedBy === 'logons' && sign.kind === 'guessing',
  )
  if (rules.length === 0) return NOTHING
  const ruleOf = (stage: Stage, strength: Strength): RuleInfo | undefined =>
    rules.find((rule) => rule.stage === stage && rule.sign.strength === strength)
  const { guessed, successes } = guessingIn({ ...input, proxies: server.proxies, forms: formsIn(found) })
  const one = (
    rule: RuleInfo | undefined,
    hits: readonly Made[],
    key: string,
    rows: number,
    says: string,
  ): FindingWithHits[] =>
    rule === undefined
      ? []
      : [
          foundOf(
            hits.map((hit) => locatedLogon(hit, rule, { key, rows, says })),
            server,
            known,
          ),
        ]
  const attempts = guessed.filter(isManyAccounts)
  const isMailShown = mailShownBy(input.mail, input.identities)
  const made = [
    ...attempts
      .slice(0, MOST)
      .flatMap((each) =>
        one(
          ruleOf('attempt', each.kind === 'form' ? 'strong' : 'decisive'),
          each.rows,
          keyOf(each),
          each.times,
          `${saysOf(each)}.`,
        ),
      ),
    ...[...successes]
      .sort((a, b) => GRADES.indexOf(a.grade) - GRADES.indexOf(b.grade))
      .slice(0, MOST)
      .flatMap((each) => successFindings(each, ruleOf, one, isMailShown)),
  ]
  const beyond = Math.max(0, attempts.length - MOST) + Math.max(0, successes.length - MOST)
  const notes = [
    ...(input.logons.beyond > 0
      ? [
          `logons: ${counted(input.logons.beyond, 'row')} beyond the limit of distinct logons; guessing may be among them`,
        ]
      : []),
    ...(beyond > 0 ? [`logons: ${counted(beyond, 'further case')} of guessing counted and not shown`] : []),
  ]
  return { found: made.sort(compareByTime), notes }
}

const NOTHING = { found: [], notes: [] } as const

type One = (
  rule: RuleInfo | undefined,
  hits: readonly Made[],
  key: string,
  rows: number,
  says: string,
) => FindingWithHits[]

/** The logon, and the mail that it showed. */
function successFindings(
  { guessing, grade, user, client, row, mail }: Success,
  ruleOf: (stage: Stage, strength: Strength) => RuleInfo | undefined,
  one: One,
  isMailShown: IsMailShown,
): FindingWithHits[] {
  const where =
    grade === 'weak'
      ? `${saysOf(guessing)}; the account was then served from ${client}, a network that was new.`
      : guessing.kind === 'tool' && !guessing.clients.has(client)
        ? `${saysOf(guessing)}; the account was then served from ${client} with that program.`
        : `${saysOf(guessing)}; the account was then served there.`
  const key = [keyOf(guessing), user, client, row.mailbox ?? ''].join('\0')
  const logon = one(ruleOf('credentials', grade), [{ ...row, user, client }], key, 1, where)
  if (mail === null || grade === 'weak' || !isMailShown(mail, user, client)) return logon
  const rule = ruleOf('collection', 'strong')
  const withMethod = rule && { ...rule, accessMethod: guessing.kind === 'device' ? 'mobile' : methodOf(mail) }
  return [...logon, ...one(withMethod, [{ ...mail, user, client }], key, 1, where)]
}

/** By which protocol mail was shown. */
export function methodOf({ log, isEws }: LogonRow): string {
  return isEws ? 'ews' : (METHODS[log] ?? 'owa')
}

const METHODS: Readonly<Record<string, string>> = {
  'httpproxy-eas': 'mobile',
  'httpproxy-mapi': 'mapi',
  'httpproxy-rpchttp': 'rpc',
  'httpproxy-rest': 'rest',
  'imap-pop': 'imap',
}

function keyOf({ kind, origin, accounts, first }: Guessing): string {
  return [kind, origin, kind === 'hidden' ? [...accounts].join(',') : '', first].join('\0')
}

/** `40 accounts were refused from 203.0.113.7 120 times from … to …` */
function saysOf({ kind, origin, accounts, times, first, last, known }: Guessing): string {
  const who =
    accounts.size > 0
      ? `${counted(accounts.size, 'account')} ${accounts.size === 1 ? 'was' : 'were'} refused`
      : 'Passwords were refused'
  const what = {
    address: 'from',
    network: 'from the network',
    tool: 'with the program',
    protocol: 'by the protocol',
    device: 'for the device',
    form: 'at the logon form from',
    hidden: 'from hidden addresses',
  }[kind]
  const from = kind === 'hidden' ? what : `${what} ${origin.replace(/[^\x20-\x7e]/g, '?').slice(0, 64)}`
  return `${who} ${from}, ${counted(times, 'time')}, ${iso(first)} to ${iso(last)}${known === null ? '' : ` (${known.replace(/\.$/, '')})`}`
}

type Made = LogonRow & { readonly user: string; readonly client: string }

/** The row of a logon as a hit of a rule. */
export function locatedLogon(
  { log, at, time, user, client, sha256, mailbox, isOfDevice, isEws }: Made,
  info: RuleInfo,
  match: NonNullable<Hit['match']>,
): Located {
  const name = user === '' ? null : user
  const address = client === '' ? null : client
  // What EWS shows an account is its own, as far as the front end says.
  const own = mailbox ?? (isEws ? name : null)
  const event: Event = {
    log,
    sources: [],
    time,
    timeBasis: 'format',
    fields: {
      'cs-username': name,
      'c-ip': address,
      // That EWS answered does not say that it showed mail.
      ...(isEws && info.stage === 'collection' ? {} : { Succeeded: info.stage !== 'attempt' }),
      ...(own === null ? {} : { ActAsUser: own }),
      ...pathOf(log, { isOfDevice: isOfDevice === true, isEws: isEws === true }),
    },
    raw: '',
    at,
    host: null,
    client: address,
    user: name,
    target: null,
    request: null,
    session: null,
  }
  return { rule: info.id, matched: ['cs-username'], event, match, sha256, info, joined: [] }
}

/** What names the mailbox of the user in a row of the front end. */
function pathOf(log: string, { isOfDevice, isEws }: { isOfDevice: boolean; isEws: boolean }): Record<string, string> {
  if (isEws) return { 'cs-uri-stem': '/ews/exchange.asmx' }
  if (isOfDevice || log === 'httpproxy-eas') return { 'cs-uri-stem': '/Microsoft-Server-ActiveSync' }
  return { 'cs-uri-stem': '/owa/' }
}

/** Refusals at logon forms, by address. */
function formsIn(found: readonly FindingWithHits[]): AtForm[] {
  return found.flatMap(({ finding, hits, counts }): AtForm[] => {
    const { sign, stage, client, count, first, last } = finding
    const [head] = hits
    const isForm = counts && sign.kind === 'guessing' && stage === 'context' && head?.match !== undefined
    if (!isForm || client === null || first === null || last === null) return []
    // What a header says of the client counts only where a proxy sent it.
    if ((fieldText(head.event, 'forwarded-client') ?? client) !== client) return []
    const { log, at, time } = head.event
    const row = { log, at, sha256: finding.locators[0]?.artifact ?? '', time: time ?? Date.parse(first) }
    return [{ client, times: count, first: Date.parse(first), last: Date.parse(last), row }]
  })
}
