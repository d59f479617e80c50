import { type MailLookupInput, mailToRead } from './mail-lookup.ts'
import { massMailHits, massMailToRead, type SentLookupInput } from './sent-lookup.ts'
import { type ReachLookupInput, reachToRead } from './reach-lookup.ts'
import { soleRequests, type WorkerLookupInput, workerRequestsToRead } from './worker-lookup.ts'
import type { Member } from '../evidence/container.ts'
import { filesPut, isUrlOf, type PutFile } from '../findings/put-files.ts'
import type { FindingWithHits } from '../findings/findings.ts'
import type { RequestTables } from '../activity/requests.ts'
import { counted } from '../lib/amounts.ts'
import { type Event, fieldText } from '../model/event.ts'
import { isSuccessStatus } from '../model/requests.ts'
import type { Hit, Lookup, RuleInfo } from '../model/rule.ts'
import { rank } from '../model/stages.ts'
import type { Scan } from '../model/scan.ts'
import type { Baseline } from '../rules/baselines/baseline.ts'
import type { EventRule } from '../rules/rule.ts'
import { readAgain } from '../scan/read-again.ts'
import { vantageOf } from '../model/log-kinds.ts'

/** Limit of what is read again: a part of the evidence, and at least this number of bytes. */
const AGAIN = { share: 0.05, bytes: 32 * 1024 * 1024 }
/** Both logs stamp the end of a request. */
const SAME_MOMENT = 5_000
/** Fewest addresses with logons of people that make a page one of the organization's. */
const USERS = 5

/** What the lookup works with. */
export type LookupInput = MailLookupInput &
  Pick<SentLookupInput, 'sent' | 'cloud'> &
  Pick<ReachLookupInput, 'origins'> &
  Pick<WorkerLookupInput, 'isUsedBefore'> & {
    readonly trackingLogs: ReadonlyMap<string, Member>
    readonly scans: readonly Scan[]
    /** Tables of requests, those of the server's own logs first. */
    readonly requests: readonly RequestTables[]
    readonly requestLogs: ReadonlyMap<string, Member>
    readonly infos: ReadonlyMap<string, RuleInfo>
    readonly baselines: (() => readonly Baseline[]) | undefined
    readonly passwords: readonly string[]
    readonly logsOn: (client: string) => boolean
  }

/** The scans with the entries that were found, by whom each URL path was written, and what has to be said. */
export type LookupResult = {
  readonly scans: readonly Scan[]
  /** Findings that put the file of a URL path (in lower case) into a web root, by their ids. */
  readonly writers: ReadonlyMap<string, readonly string[]>
  readonly notes: readonly string[]
}

/**
 * What an intrusion's files and addresses have in logs besides what is in the intrusion already, and mail that an account sent to far more
 * recipients than before; null where that is nothing.
 */
export async function secondLookup(input: LookupInput): Promise<LookupResult | null> {
  const files = await filesLookup(input)
  const opened = await openedMail(input, files)
  const reached = await reachedMail(input, opened)
  const sent = await sentMail(input, reached)
  return await requestsOfWorkers(input, sent)
}

/** With the requests that made workers of Exchange start programs. */
async function requestsOfWorkers(input: LookupInput, before: LookupResult | null): Promise<LookupResult | null> {
  const scans = before?.scans ?? input.scans
  const wanted = workerRequestsToRead(input)
  if (wanted === null) return before
  const { members, missed } = withinLimit(wanted.files, input.requestLogs, scans)
  // A log that is too large may hold another client of these seconds.
  const hits =
    missed > 0 ? new Map() : soleRequests(await hitsAgain(members, wanted.rules, input.passwords), wanted, input)
  return withAny(before, scans, hits, missed, 'with requests before programs that workers started')
}

/** Rows that are looked up by other things than the path of a file. */
const otherLookups: ReadonlySet<Lookup> = new Set(['mailbox', 'mailbox-of-other', 'sent-mail', 'worker-request'])

/** With mail that accounts sent to far more recipients than before. */
async function sentMail(input: LookupInput, before: LookupResult | null): Promise<LookupResult | null> {
  const asked = { ...input, identities: input.mail.identities }
  const mass = massMailToRead(asked)
  if (mass === null) return before
  const scans = before?.scans ?? input.scans
  const { members, missed } = withinLimit(mass.files, input.trackingLogs, scans)
  const hits = massMailHits(await hitsAgain(members, mass.rules, input.passwords), mass)
  return withAny(before, scans, hits, missed, 'of message tracking with mail that an account sent to many')
}

/** With mail that addresses of an intrusion opened. */
async function openedMail(input: LookupInput, files: LookupResult | null): Promise<LookupResult | null> {
  const scans = files?.scans ?? input.scans
  const wanted = mailToRead(input)
  if (wanted === null) return files
  const { members, missed } = withinLimit(wanted.files, input.mailLogs, scans)
  const more = await hitsAgain(members, wanted.rules, input.passwords)
  return withMail(files, withHits(scans, more), missed, 'with mail that addresses of an intrusion opened')
}

/** With mail of others that accounts opened for the first time, from where they never were. */
async function reachedMail(input: LookupInput, before: LookupResult | null): Promise<LookupResult | null> {
  const wanted = reachToRead(input)
  if (wanted === null) return before
  const scans = before?.scans ?? input.scans
  const { members, missed } = withinLimit(wanted.files, input.mailLogs, scans)
  const hits = await hitsAgain(members, wanted.rules, input.passwords)
  return withAny(before, scans, hits, missed, 'with mailboxes of others that accounts opened')
}

/** What was found before, and with it these hits and what was not read; alone where there is neither. */
function withAny(
  before: LookupResult | null,
  scans: LookupResult['scans'],
  hits: ReadonlyMap<string, readonly Hit[]>,
  missed: number,
  which: string,
): LookupResult | null {
  if (missed === 0 && [...hits.values()].every((own) => own.length === 0)) return before
  return withMail(before, withHits(scans, hits), missed, which)
}

/** What was found before, with the scans that hold mail; `missed`: the number of logs, which `which` describes, that were not read. */
function withMail(
  before: LookupResult | null,
  scans: LookupResult['scans'],
  missed: number,
  which: string,
): LookupResult {
  const note = `${counted(missed, 'log')} ${which} were not read again: they are too large.`
  const notes = [...(before?.notes ?? []), ...(missed > 0 ? [note] : [])]
  return { scans, writers: before?.writers ?? new Map(), notes }
}

/** All hits of these rules, by the path of each log. */
async function hitsAgain(
  members: readonly Member[],
  rules: readonly EventRule[],
  passwords: readonly string[],
): Promise<ReadonlyMap<string, readonly Hit[]>> {
  const hits = new Map<string, readonly Hit[]>()
  const read = readAgain(rules, passwords)
  for (const member of members) hits.set(member.path, (await read(member)).hits)
  return hits
}

function withHits(scans: readonly Scan[], more: ReadonlyMap<string, readonly Hit[]>): readonly Scan[] {
  return scans.map((scan) => {
    const own = more.get(scan.artifact.path) ?? []
    return own.length === 0 ? scan : { ...scan, hits: [...scan.hits, ...own] }
  })
}

/**
 * Requests for the files that intrusions put into web roots, by any client: found among the counted requests, and read in the
 * logs that hold them. Null where there are none besides those that are in the intrusion already.
 */
async function filesLookup(input: LookupInput): Promise<LookupResult | null> {
  const rules = new Map(
    [...input.infos.values()].flatMap((info) =>
      info.lookup && !otherLookups.has(info.lookup) ? [[info.lookup, info]] : [],
    ),
  )
  const put = rules.size === 0 ? [] : filesPut(input.found).filter((file) => !isOfExchange(file, input.baselines))
  if (put.length === 0) return null
  const shown = shownRequests(input.found)
  const { wanted, served } = wantedPaths(put, input.requests)
  // More requests were served than findings show.
  const unread = new Map(
    [...wanted].filter(
      ([path, files]) =>
        served.get(path)! > (shown.get(path)?.rows.size ?? 0) || isUnderrated(files, shown.get(path), input.found),
    ),
  )
  if (unread.size === 0 && !isApart(wanted, shown, input.found)) return null
  const { members, missed } = logsOf(unread, input)
  const again = await hitsAgain(
    members,
    [...rules].map(([kind, info]) => ruleFor(kind, info, unread)),
    input.passwords,
  )
  const hits = new Map([...again].map(([path, own]) => [path, own.filter(({ event }) => isServedAfter(event, unread))]))
  const ofUsers = pathsOfUsers([...hits.values(), ...[...shown.values()].map(({ hits }) => hits)], input.logsOn)
  return {
    scans: withHits(
      withoutMail(input.scans, hits, input.infos),
      new Map([...hits].map(([path, own]) => [path, own.filter(({ event }) => !ofUsers.has(pathOf(event)!))])),
    ),
    writers: new Map(
      [...wanted].flatMap(([path, files]) => (ofUsers.has(path) ? [] : [[path, files.map(({ by }) => by)]])),
    ),
    notes: notesOf(
      missed,
      input.requests.reduce((sum, { of }) => sum + of.path.beyond, 0),
    ),
  }
}

/** What was fetched is known to hold passwords: that it could be an archive of mail no longer counts. */
function withoutMail(
  scans: readonly Scan[],
  found: ReadonlyMap<string, readonly Hit[]>,
  infos: LookupInput['infos'],
): readonly Scan[] {
  return scans.map((scan) => {
    const own = found.get(scan.artifact.path) ?? []
    const secrets = new Set(
      own.flatMap(({ rule, event }) => (lookupOf(rule, infos) === 'secret-file' ? [event.at.offset] : [])),
    )
    for (const { rule, event } of own) if (lookupOf(rule, infos) === 'mail-file') secrets.delete(event.at.offset)
    if (secrets.size === 0) return scan
    const isOfMail = ({ rule, event }: Hit): boolean =>
      secrets.has(event.at.offset) && infos.get(rule)?.stage === 'exfiltration'
    return { ...scan, hits: scan.hits.filter((hit) => !isOfMail(hit)) }
  })
}

function lookupOf(rule: string, infos: LookupInput['infos']): Lookup | undefined {
  return infos.get(rule)?.lookup
}

function notesOf(missed: number, beyond: number): string[] {
  const [logs, rows] = [counted(missed, 'log'), counted(beyond, 'request')]
  return [
    ...(missed > 0 ? [`${logs} with requests for files of an intrusion were not read again: they are too large.`] : []),
    ...(beyond > 0
      ? [`${rows} were counted without a path: requests for files of an intrusion may be among them.`]
      : []),
  ]
}

/** A page of Exchange is used by everyone, even where an attacker changed it. */
function isOfExchange({ url, kind }: PutFile, baselines: LookupInput['baselines']): boolean {
  const name = url.slice(url.lastIndexOf('/') + 1)
  return kind === 'page' && (baselines?.().some((baseline) => baseline.hasName(name)) ?? false)
}

/**
 * Counted URL paths of these files, in lower case, that were requested after the file was put there, and how often each was
 * served, in whatever case it was written.
 */
function wantedPaths(
  put: readonly PutFile[],
  tables: readonly RequestTables[],
): { readonly wanted: ReadonlyMap<string, PutFile[]>; readonly served: ReadonlyMap<string, number> } {
  const wanted = new Map<string, PutFile[]>()
  const served = new Map<string, number>()
  const [patterns, names] = [put.filter(({ url }) => url.includes('*')), new Map(put.map((file) => [file.url, file]))]
  for (const { path: table } of tables.map(({ of }) => of))
    for (const [number, path] of table.values.entries()) {
      const lower = path.toLowerCase()
      const named = names.get(lower)
      const files = [...(named ? [named] : []), ...patterns.filter((file) => isUrlOf(file, lower))]
      if (files.length === 0) continue
      const { statuses, last } = table.of(number)
      served.set(lower, (served.get(lower) ?? 0) + statuses[0])
      if (statuses[0] > 0 && files.some(({ since }) => last !== null && last >= since - SAME_MOMENT))
        wanted.set(lower, files)
    }
  return { wanted, served }
}

/** Requests of one URL path that findings show as served, with the number of different rows and the findings. */
type Shown = { readonly rows: Set<string>; readonly hits: Hit[]; readonly findings: Set<number> }

function shownRequests(found: readonly FindingWithHits[]): ReadonlyMap<string, Shown> {
  const shown = new Map<string, Shown>()
  for (const [i, { finding, hits, counts }] of found.entries()) {
    if (!counts || vantageOf(finding.log) !== 'front-end') continue
    for (const hit of hits) {
      const path = pathOf(hit.event)
      if (path === null || !isSuccessStatus(hit.event.fields['sc-status'])) continue
      const known = shown.get(path) ?? { rows: new Set(), hits: [], findings: new Set() }
      shown.set(path, known)
      known.rows.add(`${hit.event.at.path}\0${hit.event.at.offset}`)
      known.hits.push(hit)
      known.findings.add(i)
    }
  }
  return shown
}

/**
 * Was a file of mail served, and do findings show the request only as one for some archive? Or a page, and do they show it only as an
 * attempt?
 */
function isUnderrated(files: readonly PutFile[], shown: Shown | undefined, found: readonly FindingWithHits[]): boolean {
  const about = [...(shown?.findings ?? [])].map((i) => found[i]!.finding)
  if (files.some(({ kind }) => kind === 'page') && about.every(({ stage }) => rank(stage) < rank('access'))) return true
  const isOfMail = files.some(({ kind }) => kind === 'mail-file' || kind === 'secret-file')
  return isOfMail && !about.some(({ sign }) => sign.strength === 'decisive')
}

/** Do findings show requests that are not in the intrusion of the act that put their file there? */
function isApart(
  wanted: ReadonlyMap<string, PutFile[]>,
  shown: ReadonlyMap<string, Shown>,
  found: readonly FindingWithHits[],
): boolean {
  const intrusions = new Map(found.map(({ finding }) => [finding.id, finding.intrusion]))
  return [...wanted].some(([path, files]) =>
    [...(shown.get(path)?.findings ?? [])].some((i) =>
      files.some(({ by }) => intrusions.get(by) !== found[i]!.finding.intrusion),
    ),
  )
}

/** The logs that hold requests for these paths, within what may be read again. */
function logsOf(
  wanted: ReadonlyMap<string, PutFile[]>,
  { requests, requestLogs, scans }: LookupInput,
): { readonly members: readonly Member[]; readonly missed: number } {
  const names = new Set<string>()
  for (const tables of requests)
    for (const [number, path] of tables.of.path.values.entries())
      if (wanted.has(path.toLowerCase()))
        for (const file of tables.filesOf(number) ?? requestLogs.keys()) names.add(file)
  return withinLimit(names, requestLogs, scans)
}

/** The logs of these paths, within what may be read again. */
function withinLimit(
  names: ReadonlySet<string>,
  logs: ReadonlyMap<string, Member>,
  scans: readonly Scan[],
): { readonly members: readonly Member[]; readonly missed: number } {
  const all = scans.reduce((sum, { artifact }) => sum + artifact.size, 0)
  let left = Math.max(AGAIN.bytes, AGAIN.share * all)
  const members: Member[] = []
  for (const name of [...names].sort()) {
    const member = logs.get(name)
    if (member === undefined || (member.size ?? 0) > left) continue
    left -= member.size ?? 0
    members.push(member)
  }
  return { members, missed: names.size - members.length }
}

function ruleFor(kind: Lookup, info: RuleInfo, wanted: ReadonlyMap<string, PutFile[]>): EventRule {
  const { requiresChain: _, ...own } = info
  return {
    info: own,
    sources: [{ category: 'webserver' }],
    alone: new Set(['cs-uri-stem']),
    match: (event) => {
      const files = wanted.get(pathOf(event) ?? '')
      return files?.some((file) => file.kind === kind) ? ['cs-uri-stem'] : null
    },
  }
}

function pathOf(event: Event): string | null {
  return fieldText(event, 'cs-uri-stem')?.toLowerCase() ?? null
}

function isServedAfter(event: Event, wanted: ReadonlyMap<string, PutFile[]>): boolean {
  const files = wanted.get(pathOf(event) ?? '') ?? []
  const { time, fields, log } = event
  return (
    vantageOf(log) === 'front-end' &&
    isSuccessStatus(fields['sc-status']) &&
    time !== null &&
    files.some(({ since }) => time >= since - SAME_MOMENT)
  )
}

/** URL paths that people of the organization use. */
function pathsOfUsers(hits: readonly (readonly Hit[])[], logsOn: (client: string) => boolean): ReadonlySet<string> {
  const users = new Map<string, Set<string>>()
  for (const own of hits)
    for (const { event } of own) {
      const who = event.user ?? (event.client !== null && logsOn(event.client) ? event.client : null)
      const path = pathOf(event)!
      if (who !== null) users.set(path, (users.get(path) ?? new Set()).add(who.toLowerCase()))
    }
  return new Set([...users].flatMap(([path, own]) => (own.size >= USERS ? [path] : [])))
}
