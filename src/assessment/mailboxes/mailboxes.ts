import { placeOfMail } from '../../findings/mail-key.ts'
import type { CloudRun } from '../../activity/cloud-audit.ts'
import type { CoverageMeter } from '../coverage/coverage.ts'
import { type FindingWithHits } from '../../findings/findings.ts'
import { isBackEnd, isServiceLog, type LogKind, recordsCloudMail } from '../../model/log-kinds.ts'
import { fieldText, type Event } from '../../model/event.ts'
import { type Identities, isAddress, isPerson } from '../../activity/identities.ts'
import { addToSet } from '../../lib/collections.ts'
import { Moments } from '../../lib/moments.ts'
import { DAY, dayOf, hourOf, iso } from '../../lib/time.ts'
import type { MailUse } from '../../activity/mailbox-use.ts'
import { mailboxesIn } from '../../findings/mailbox-names.ts'
import type { Mailbox, MailboxDay } from '../../model/mailbox.ts'
import type { Answer } from '../../model/answer.ts'
import { isIntrusion } from '../../findings/serious.ts'
import { isAtLeastLikely, type SubjectKind } from '../../model/sign.ts'

/** The address of a person by any name. */
type Who = Pick<Identities, 'addressOf'>

/** Knowledge besides findings: log coverage, identities, and all requests to mailboxes. */
export type MailboxContext = {
  readonly server: string
  readonly meter: Pick<CoverageMeter, 'covers'>
  readonly identities: Who
  readonly use: MailUse
  /** What audit logs of the cloud count; null where there are none. */
  readonly cloud?: CloudRun
}

/** The log that says whose mail a request of the front end was about, by the way that it took. */
const tells: Readonly<Record<string, { readonly kind: LogKind; readonly log: string } | undefined>> = {
  ews: { kind: 'ews', log: 'EWS log' },
  mapi: { kind: 'mapihttp', log: 'MapiHttp log' },
}
/** Both logs stamp the end of a request. */
const SAME_MOMENT = 5_000
const LISTED = { clients: 20, days: 400, operations: 40, names: 10 }

/**
 * Whose mail, by which way, how much and how sure. What opens every mailbox of the server and says of none which it was
 * stands at the end, as a time in which it could be any.
 */
export function mailboxesOf(found: readonly FindingWithHits[], given: MailboxContext): Mailbox[] {
  const around = { ...given, identities: byRequests(found, given.identities) }
  const taken = found.filter((f) => takesMail(f))
  const company = intrusions(found)
  const drafts = new Map<string, Draft>()
  const counted = addCounted(drafts, found, around)
  addTaken(drafts, taken, counted, company, around)
  const open = openAccess(taken, found, around.meter)
  addContext(drafts, found, open, around)
  const named = [...drafts.values()]
    .sort((a, b) => order.indexOf(b.certainty) - order.indexOf(a.certainty) || (a.mailbox < b.mailbox ? -1 : 1))
    .map((draft) => finished(draft, around))
  return [...named, ...windows(open, around.server), ...unnamed(taken, company, drafts, around.server)]
}

/**
 * Who is who, also by requests: the front end records the account of one, and the back end, under the same id, its address. An account
 * with several addresses, or an address of several accounts, stays what it is.
 */
function byRequests(found: readonly FindingWithHits[], known: Who): Who {
  const names = new Map<string, Set<string>>()
  for (const { finding, hits } of found) {
    if (finding.intrusion === null) continue
    for (const { event } of hits)
      if (event.user !== null && isPerson(event.user))
        for (const key of keysOfRequest(event)) addToSet(names, key, event.user.toLowerCase())
  }
  const [accounts, addresses] = [new Map<string, Set<string>>(), new Map<string, Set<string>>()]
  for (const own of names.values()) {
    const [address] = [...own].filter(isAddress)
    const [account] = [...own].filter((name) => !isAddress(name))
    if (own.size !== 2 || address === undefined || account === undefined) continue
    addToSet(accounts, account, address)
    addToSet(addresses, address, account)
  }
  const only = new Map<string, string>()
  for (const [account, [address, second]] of accounts)
    if (address !== undefined && second === undefined && addresses.get(address)!.size === 1) only.set(account, address)
  return only.size === 0 ? known : { addressOf: (name) => known.addressOf(only.get(name.toLowerCase()) ?? name) }
}

/** The id of a request; of one that was counted at the front end its client and second, which the back end records, too. */
function keysOfRequest({ request, client, time, log }: Event): readonly string[] {
  const second = Math.floor((time ?? 0) / 1_000)
  if (request !== null) return log === 'ews' && client !== null ? [request, `${client}\0${second}`] : [request]
  if (client === null || time === null || !/^(?:httpproxy-ews|iis-frontend)$/.test(log)) return []
  return [second, second - 1, second + 1].map((at) => `${client}\0${at}`)
}

/** Findings that rows are counted for by mailbox and day, and the places of these rows. */
type Counted = { readonly found: ReadonlySet<FindingWithHits>; readonly places: ReadonlySet<string> }

/** What is counted by mailbox and day comes first: rows of it that other rules match are among those. */
function addCounted(
  drafts: Map<string, Draft>,
  all: readonly FindingWithHits[],
  { identities }: MailboxContext,
): Counted {
  const found = new Set(all.filter(({ hits }) => hits.some(({ event }) => event.fields.CellRows !== undefined)))
  const places = new Set<string>()
  for (const f of found)
    for (const { event } of f.hits) {
      places.add(placeOfMail(event, identities) ?? '')
      const isContext = f.finding.stage === 'context'
      const certainty = isContext ? 'possible' : 'named'
      // A lead names no mailbox.
      const isNamed = f.counts && f.finding.accessMethod !== null && (isContext || isAtLeastLikely(f.finding.is))
      if (isNamed) for (const name of mailboxesIn(event)) add(drafts, name, certainty, f, event, identities)
    }
  return { found, places }
}

/** Mailboxes that the rows of findings name. */
function addTaken(
  drafts: Map<string, Draft>,
  taken: readonly FindingWithHits[],
  counted: Counted,
  company: ReadonlyMap<string, readonly string[]>,
  { identities }: MailboxContext,
): void {
  for (const f of taken) {
    // An address book is no mail.
    if (counted.found.has(f) || f.finding.accessMethod === 'oab') continue
    const sure = f.finding.is === 'yes'
    const accompanied = isAccompanied(f, company)
    // What ordinary work looks like too counts only in the company of an intrusion.
    if (!sure && f.finding.is !== 'likely' && !accompanied) continue
    for (const hit of f.hits) {
      // What only came within a day of the attacker, hours after him, may be an administrator's.
      const isOfStory = (accompanied && !f.byTimeAlone) || isOfAccount(f)
      const certainty = hit.joined?.length ? 'joined' : sure || isOfStory ? 'named' : 'possible'
      const place = placeOfMail(hit.event, identities)
      const isIn = place !== null && counted.places.has(place)
      for (const name of mailboxesIn(hit.event)) add(drafts, name, certainty, f, hit.event, identities, isIn)
    }
  }
}

/** Mailboxes in rows of ordinary work, while an attacker could read any by the same method. */
function addContext(
  drafts: Map<string, Draft>,
  found: readonly FindingWithHits[],
  open: readonly Access[],
  { identities }: MailboxContext,
): void {
  for (const { finding, hits } of found) {
    if (finding.stage !== 'context' || !finding.accessMethod) continue
    for (const { event } of hits) {
      if (!open.some((access) => isWithin(access, finding.accessMethod!, event.time))) continue
      for (const name of mailboxesIn(event)) add(drafts, name, 'possible', { finding }, event, identities)
    }
  }
}

/** By a compromised account: the entry names the mailbox, and the intrusion is the account's. */
function isOfAccount({ finding: { intrusion, is, sign } }: FindingWithHits): boolean {
  return intrusion !== null && isAtLeastLikely(is) && ofAccounts.has(sign.subject)
}

const ofAccounts: ReadonlySet<SubjectKind> = new Set(['account', 'application', 'session', 'device'])

/** Is there an intrusion, other than itself, in its intrusion? */
function isAccompanied({ finding }: FindingWithHits, company: ReadonlyMap<string, readonly string[]>): boolean {
  return (company.get(finding.intrusion ?? '') ?? []).some((id) => id !== finding.id)
}

/** Open questions where no log shows whether mail was read: an attacker had access, and logs are missing. */
export function openMailboxes(answers: readonly Answer[], server: string): Mailbox[] {
  const is = (question: Answer['question']): Answer | undefined => answers.find((a) => a.question === question)
  const entered = (['exploited', 'compromised'] as const).flatMap((question) => {
    const answer = is(question)
    return answer && (answer.is === 'yes' || answer.is === 'likely') ? [answer] : []
  })
  const mail = is('mail-taken')
  if (entered.length === 0 || mail?.is !== 'cannot-tell') return []
  const { missing, from, to } = mail.coverage
  return [
    {
      ...whole(server, 'unknown', [], [...new Set(entered.flatMap(({ because }) => because.filter(isFinding)))]),
      first: missing[0]?.from ?? from,
      last: missing.at(-1)?.to ?? to,
      undetermined: [
        'An attacker had access, and these logs do not show whether mail was read.',
        ...mail.missingEvidence.map((one) => `What would show it: ${one.replace(/\.$/, '')}.`),
      ],
    },
  ]
}

/** The certain ones: what a sentence counts. */
export function certainOf(mailboxes: readonly Mailbox[]): readonly Mailbox[] {
  return mailboxes.filter(({ certainty }) => certainty === 'named' || certainty === 'joined')
}

type Draft = {
  mailbox: string
  names: Set<string>
  certainty: Mailbox['certainty']
  accessMethods: Set<string>
  first: number | null
  last: number | null
  requests: number
  bytes: number
  items: number | null
  operations: Map<string, number>
  days: Map<string, MailboxDay>
  clients: Set<string>
  because: Set<string>
  /** A request has a row in each log that records it: it is counted once. */
  seen: Set<string>
}

const order: readonly Mailbox['certainty'][] = ['unknown', 'possible', 'joined', 'named']

function stronger(a: Mailbox['certainty'], b: Mailbox['certainty']): Mailbox['certainty'] {
  return order.indexOf(a) >= order.indexOf(b) ? a : b
}

function takesMail({ counts, finding }: FindingWithHits): boolean {
  const { stage, accessMethod } = finding
  if (!counts || stage === 'attempt' || stage === 'recon' || stage === 'context' || stage === 'write') return false
  if (finding.is === 'nothing') return false
  return accessMethod !== null || stage === 'collection' || stage === 'exfiltration'
}

/** Findings that show an intrusion, by their intrusion. */
function intrusions(found: readonly FindingWithHits[]): ReadonlyMap<string, readonly string[]> {
  const of = new Map<string, string[]>()
  for (const { counts, finding } of found) {
    if (!counts || finding.intrusion === null || !isIntrusion(finding)) continue
    const ids = of.get(finding.intrusion)
    if (ids) ids.push(finding.id)
    else of.set(finding.intrusion, [finding.id])
  }
  return of
}

function add(
  drafts: Map<string, Draft>,
  name: string,
  certainty: Mailbox['certainty'],
  { finding }: Pick<FindingWithHits, 'finding'>,
  event: Event,
  identities: Who,
  isCounted = false,
): void {
  const mailbox = identities.addressOf(name)
  const key = mailbox.toLowerCase()
  let draft = drafts.get(key)
  if (!draft) drafts.set(key, (draft = empty(mailbox)))
  if (name.toLowerCase() !== key && draft.names.size < LISTED.names) draft.names.add(name)
  draft.certainty = stronger(draft.certainty, certainty)
  draft.accessMethods.add(meansOf(event) ?? finding.accessMethod ?? 'unknown')
  draft.because.add(finding.id)
  const request = `${event.at.path}\0${event.at.offset}`
  if (draft.seen.has(request)) return
  draft.seen.add(request)
  if (isCounted) return
  const rows = rowsOf(event)
  draft.requests += rows
  const bytes = bytesOf(event)
  draft.bytes += bytes
  const items = itemsOf(event)
  if (items !== null) draft.items = (draft.items ?? 0) + items
  const operation =
    fieldText(event, 'SoapAction') ??
    fieldText(event, 'RequestType') ??
    fieldText(event, 'Cmdlet') ??
    cloudOperation(event)
  if (operation !== null) draft.operations.set(operation, (draft.operations.get(operation) ?? 0) + rows)
  if (event.client !== null) draft.clients.add(event.client)
  if (event.time === null) return
  draft.first = Math.min(draft.first ?? event.time, event.time)
  draft.last = Math.max(draft.last ?? event.time, Number(event.fields.CellLast ?? event.time))
  const day = dayOf(event.time)
  const at = `${day}\0${event.client ?? ''}`
  const before = draft.days.get(at) ?? { day, client: event.client, requests: 0, bytes: 0 }
  draft.days.set(at, { ...before, requests: before.requests + rows, bytes: before.bytes + bytes })
}

function empty(mailbox: string): Draft {
  return {
    mailbox,
    names: new Set(),
    certainty: 'unknown',
    accessMethods: new Set(),
    first: null,
    last: null,
    requests: 0,
    bytes: 0,
    items: null,
    operations: new Map(),
    days: new Map(),
    clients: new Set(),
    because: new Set(),
    seen: new Set(),
  }
}

function finished(draft: Draft, { use, cloud }: MailboxContext): Mailbox {
  const { seen: _, ...rest } = draft
  const days = [...draft.days.values()].sort((a, b) =>
    a.day === b.day ? ((a.client ?? '') < (b.client ?? '') ? -1 : 1) : a.day < b.day ? -1 : 1,
  )
  return {
    ...rest,
    scope: 'mailbox',
    names: [...draft.names].sort(),
    accessMethods: [...draft.accessMethods].sort(),
    first: iso(draft.first),
    last: iso(draft.last),
    operations: [...draft.operations].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).slice(0, LISTED.operations),
    clients: [...draft.clients].sort().slice(0, LISTED.clients),
    days: days.slice(0, LISTED.days),
    ordinary: use.ordinaryOf([draft.mailbox, ...draft.names], new Set(days.map(({ day }) => day))),
    because: [...draft.because].sort(),
    undetermined: [...unknownOf(draft), ...(cloud ? unrecorded(draft, cloud) : [])],
  }
}

/** Hours in which the tenant did not record what was opened, from a day before the access on. */
function unrecorded({ mailbox, names, first, last }: Draft, cloud: CloudRun): string[] {
  if (first === null || last === null) return []
  const known = new Set([mailbox, ...names].map((name) => name.toLowerCase()))
  const times = cloud.throttled(known).filter((time) => time >= first - DAY && time <= last + DAY)
  return times
    .slice(0, LISTED.names)
    .map(
      (time) =>
        `What else was opened from ${iso(time)!.slice(0, 16)}Z to ${iso(time + DAY)!.slice(0, 16)}Z: the mailbox was opened so often that Microsoft stopped recording it (IsThrottled).`,
    )
}

/** By which way mail went, as a row of the cloud itself says it. */
function meansOf(event: Event): string | null {
  if (!recordsCloudMail(event.log)) return null
  if (/^sync$/i.test(fieldText(event, 'MailAccessType') ?? '')) return 'sync'
  const operation = fieldText(event, 'Operation') ?? ''
  if (/^send/i.test(operation)) return 'sent'
  return /^mailboxlogin$/i.test(operation) ? 'logon' : null
}

function cloudOperation(event: Event): string | null {
  if (!recordsCloudMail(event.log)) return null
  const operation = fieldText(event, 'Operation')
  const type = event.log === 'm365-graph' ? 'Microsoft Graph' : fieldText(event, 'MailAccessType')
  return operation !== null && type !== null ? `${operation} (${type})` : operation
}

/** What these rows do not say of a mailbox. */
function unknownOf({ accessMethods, certainty, items }: Draft): string[] {
  const out: string[] = []
  if (certainty === 'possible')
    out.push('No row links this access to the attacker: it resembles the attacker’s access, and may be ordinary.')
  if (accessMethods.has('ews') || accessMethods.has('mapi'))
    out.push(
      `Which messages: the log names operations${items === null ? '' : ' and how many items were asked for'}, and never an item. The audit log of the mailbox would show it, if it was on.`,
    )
  if (accessMethods.has('export'))
    out.push(
      'What the export held and where its file went: the file itself, or the statistics of the request, would show it.',
    )
  if (accessMethods.has('sync'))
    out.push(
      'Which messages: a client copied whole folders (MailAccessType Sync), and the rows name the folders alone. Take all mail of these for read.',
    )
  if (accessMethods.has('mobile'))
    out.push(
      'Which messages: a device takes folders, and the rows name none. Get-MobileDevice (DeviceAccessState) shows whether the device was allowed or quarantined.',
    )
  if (accessMethods.has('unknown')) out.push('By which method: no row shows it.')
  return out
}

/** Server-wide access of the front end that no row of the back end answers for: of one means, in one run of hours. */
type Access = {
  readonly means: string
  readonly certainty: 'possible' | 'unknown'
  first: number | null
  last: number | null
  requests: number
  bytes: number
  readonly because: Set<string>
  readonly clients: Set<string>
}

function openAccess(
  taken: readonly FindingWithHits[],
  found: readonly FindingWithHits[],
  meter: MailboxContext['meter'],
): Access[] {
  const isAnswered = answeredBy(found)
  const open = new Map<string, Access>()
  const rows = new Set<string>()
  for (const { finding, hits } of taken) {
    const log = tells[finding.accessMethod ?? '']
    if (!log) continue
    for (const { event } of hits) {
      if (isBackEnd(event.log) || mailboxesIn(event).length > 0 || isAnswered(event)) continue
      const { request, time } = event
      const certainty = time !== null && meter.covers(log.kind, hourOf(time)) ? 'unknown' : 'possible'
      const key = `${finding.accessMethod}\0${certainty}`
      const access = open.get(key) ?? newAccess(finding.accessMethod!, certainty)
      open.set(key, access)
      access.because.add(finding.id)
      const row = request ?? `${event.at.path}\0${event.at.offset}`
      if (rows.has(row)) continue
      rows.add(row)
      countRequest(access, event)
    }
  }
  return [...open.values()].sort((a, b) => (a.certainty === b.certainty ? 0 : a.certainty === 'possible' ? -1 : 1))
}

/** Does a row of the back end answer for a request: one of the same number or, where it has none, of its client and moment? */
function answeredBy(found: readonly FindingWithHits[]): (event: Event) => boolean {
  const requests = new Set<string>()
  const moments = new Map<string, Moments>()
  for (const { hits } of found)
    for (const { event, joined } of hits) {
      if (!isServiceLog(event.log)) continue
      if (event.request !== null) requests.add(event.request)
      if (!joined?.length || event.time === null) continue
      const ofClient = moments.get(event.client ?? '') ?? new Moments()
      ofClient.add(event.time, 0)
      moments.set(event.client ?? '', ofClient)
    }
  return ({ request, client, time }) => {
    if (request !== null) return requests.has(request)
    return time !== null && Boolean(moments.get(client ?? '')?.nearest(time, SAME_MOMENT))
  }
}

function newAccess(means: string, certainty: Access['certainty']): Access {
  return {
    means,
    certainty,
    first: null,
    last: null,
    requests: 0,
    bytes: 0,
    because: new Set(),
    clients: new Set(),
  }
}

function countRequest(access: Access, event: Event): void {
  access.requests++
  access.bytes += bytesOf(event)
  if (event.client !== null) access.clients.add(event.client)
  if (event.time === null) return
  access.first = Math.min(access.first ?? event.time, event.time)
  access.last = Math.max(access.last ?? event.time, event.time)
}

function isWithin({ means, first, last }: Access, by: string, time: number | null): boolean {
  return (
    means === by &&
    time !== null &&
    first !== null &&
    last !== null &&
    time >= first - SAME_MOMENT &&
    time <= last + SAME_MOMENT
  )
}

function windows(open: readonly Access[], server: string): Mailbox[] {
  return open.map(({ means, certainty, first, last, requests, bytes, because, clients }): Mailbox => {
    const { log } = tells[means]!
    return {
      ...whole(server, certainty, [means], [...because].sort()),
      first: iso(first),
      last: iso(last),
      requests,
      bytes,
      clients: [...clients].sort().slice(0, LISTED.clients),
      undetermined: [
        certainty === 'possible'
          ? `Which mailbox: these requests could read any, and the ${log} of these hours, which would show it, is not in the evidence.`
          : `Which mailbox, or whether one was read: the ${log} covers these hours, and no row of it belongs to these requests.`,
      ],
    }
  })
}

/** All recipients of the organization, which is no mail. */
const ADDRESS_BOOK = 'oab'

/** Mail that went, and no row says whose. */
function unnamed(
  taken: readonly FindingWithHits[],
  company: ReadonlyMap<string, readonly string[]>,
  drafts: ReadonlyMap<string, Draft>,
  server: string,
): Mailbox[] {
  const told = new Set([...drafts.values()].flatMap(({ because }) => [...because]))
  // Chains in which findings name mailboxes, and by which ways.
  const named = new Set(
    taken.flatMap(({ finding: { id, intrusion, accessMethod } }) =>
      told.has(id) ? [`${intrusion}`, `${intrusion}\0${accessMethod}`] : [],
    ),
  )
  const lost: FindingWithHits[] = []
  const beyond: FindingWithHits[] = []
  for (const f of taken) {
    const { finding, hits } = f
    if (!isAtLeastLikely(finding.is) && !isAccompanied(f, company)) continue
    // A hit may count for many rows.
    const kept = hits.reduce((sum, { event }) => sum + rowsOf(event), 0)
    if (finding.count > kept && hits.some(({ event }) => mailboxesIn(event).length > 0)) beyond.push(f)
    if (tells[finding.accessMethod ?? ''] || finding.accessMethod === ADDRESS_BOOK || told.has(finding.id)) continue
    // What was fetched or packed is what was exported before in the same story, where that names mailboxes; and two logs
    // of one act may name its mailbox in one of them.
    const follows = finding.accessMethod === null || finding.accessMethod === 'download'
    if (named.has(follows ? `${finding.intrusion}` : `${finding.intrusion}\0${finding.accessMethod}`)) continue
    lost.push(f)
  }
  return [
    ...unnamedOf(lost, server, [
      'Whose: these rows name no mailbox. The file itself, or the MSExchange Management events and CmdletInfra logs of the time before, would show it.',
    ]),
    ...unnamedOf(beyond, server, [
      'Whose else: there are more rows of this kind than are kept one by one. A run over a part of the logs would show them.',
    ]),
  ]
}

function unnamedOf(list: readonly FindingWithHits[], server: string, undetermined: readonly string[]): Mailbox[] {
  if (list.length === 0) return []
  const findings = list.map(({ finding }) => finding)
  const times = findings.flatMap(({ first, last }) => [first, last]).filter((time) => time !== null)
  const means = [...new Set(findings.map((finding) => finding.accessMethod ?? 'unknown'))].sort()
  return [
    {
      ...whole(server, 'unknown', means, findings.map(({ id }) => id).sort()),
      first: times.reduce<string | null>((a, b) => (a === null || b < a ? b : a), null),
      last: times.reduce<string | null>((a, b) => (a === null || b > a ? b : a), null),
      requests: findings.reduce((sum, { count }) => sum + count, 0),
      bytes: list.reduce((sum, { hits }) => sum + hits.reduce((all, { event }) => all + bytesOf(event), 0), 0),
      clients: [...new Set(findings.flatMap(({ client }) => client ?? []))].sort().slice(0, LISTED.clients),
      undetermined,
    },
  ]
}

/** The entry for every mailbox of a server. */
function whole(
  server: string,
  certainty: 'possible' | 'unknown',
  means: readonly string[],
  because: readonly string[],
): Mailbox {
  return {
    mailbox: `any mailbox of ${server}`,
    scope: 'server',
    names: [],
    certainty,
    accessMethods: means,
    first: null,
    last: null,
    requests: 0,
    bytes: 0,
    items: null,
    operations: [],
    clients: [],
    days: [],
    ordinary: null,
    because,
    undetermined: [],
  }
}

function isFinding(because: string): boolean {
  return /^[0-9a-f]{12}$/.test(because)
}

/** Number of rows of a hit. */
function rowsOf({ fields }: Event): number {
  return typeof fields.CellRows === 'number' ? fields.CellRows : 1
}

function bytesOf(event: Event): number {
  const value =
    event.fields.ItemBytes ?? event.fields.ResponseSize ?? event.fields['sc-bytes'] ?? event.fields.ResponseBytes
  const n = Number(Array.isArray(value) ? (value as readonly unknown[])[0] : value)
  return Number.isFinite(n) && n > 0 ? n : 0
}

/** Items that a request named by their ids, as far as the log counts them. */
function itemsOf({ fields }: Event): number | null {
  const numbers = [fields.LocalIdCount, fields.RemoteIdCount, fields.ItemCount].filter(
    (n): n is number => typeof n === 'number' && n >= 0,
  )
  return numbers.length === 0 ? null : numbers.reduce((a, b) => a + b)
}
