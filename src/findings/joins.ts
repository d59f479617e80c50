import { type Event, fieldText } from '../model/event.ts'
import { isPerson } from '../activity/identities.ts'
import { isOfEveryExchange } from '../model/exchange-pages.ts'
import { isOfTenant, type LogKind, vantageOf } from '../model/log-kinds.ts'
import { isSuccessStatus } from '../model/requests.ts'
import { rank } from '../model/stages.ts'
import { applicationsIn } from './applications.ts'
import type { FindingWithHits } from './findings.ts'
import { addTo, firstReached } from '../lib/collections.ts'
import { DAY, HOUR, MINUTE } from '../lib/time.ts'
import { isLoopback } from '../lib/ip.ts'
import { trimEnd } from '../lib/trim.ts'

/** How certain a join is: it ties what is weighed, it ties weakly, or it only puts findings into one intrusion. */
type Certainty = 'hard' | 'weak' | 'none'

/** A join: a rule by which findings become one intrusion. */
export type Join = {
  /** What findings have in common. */
  readonly shares: string
  /** How long it holds, in milliseconds; null: as long as the evidence. */
  readonly within: number | null
  /** What prevents it. */
  readonly prevents: string
  readonly certainty: Certainty
}

/** All joins of findings, in the order in which they are made. */
export const joins = {
  'request id': {
    shares: 'the id that front end and back end write for one request',
    within: null,
    prevents: 'nothing',
    certainty: 'hard',
  },
  session: {
    shares: 'a session or canary of eight characters or more',
    within: null,
    prevents: 'a shorter value',
    certainty: 'hard',
  },
  token: {
    shares: 'the id of an access token, in a sign-in and in audit records',
    within: null,
    prevents: 'a shorter value',
    certainty: 'hard',
  },
  application: {
    shares: 'an application of the tenant',
    within: null,
    prevents: 'an application of Microsoft',
    certainty: 'hard',
  },
  page: {
    shares: 'a page or archive, by its folder and name, in URLs, paths and commands alike',
    within: null,
    prevents: 'a logon page or start page of Exchange',
    certainty: 'hard',
  },
  account: {
    shares: 'a compromised account, in the sessions, devices, tools or addresses that have its signs',
    within: null,
    prevents: 'its old places with its old tools',
    certainty: 'none',
  },
  'account session': {
    shares: 'a compromised account, and the time in which it was served at an address that has its signs',
    within: 30 * MINUTE,
    prevents: 'an entry with a client; the account served at another address on that day, before and after it',
    certainty: 'hard',
  },
  'right used': {
    shares: 'a right to mailboxes that an account granted to itself, and its use from an origin new to the account',
    within: 7 * DAY,
    prevents: 'an account that gave itself rights on two days before',
    certainty: 'hard',
  },
  'rule used': {
    shares: 'a mailbox whose rules or forwarding an act of the intrusion set, and mail that its rules sent outside',
    within: 30 * DAY,
    prevents: 'mail that its rules sent to the same address before the act',
    certainty: 'hard',
  },
  'file written': {
    shares: 'a file that a step of the intrusion wrote into a web root, and requests for it, by any client',
    within: null,
    prevents: 'a page that Exchange has; five people of the organization who use it; a request before the act',
    certainty: 'hard',
  },
  'file stored': {
    shares:
      'the file of a mailbox export, or an archive of it, and commands that pack, copy or send it: by its path on a drive or by the share of the drive, by wildcards or by its folder',
    within: null,
    prevents: 'another server; a whole drive; a command before the file was written',
    certainty: 'hard',
  },
  'folder served': {
    shares: 'a folder that a virtual path leads to, and a page in it or requests below the path',
    within: null,
    prevents: 'a folder that no finding is about',
    certainty: 'hard',
  },
  file: {
    shares: 'a file of the evidence that several rules match',
    within: null,
    prevents: 'nothing; it is one fact and adds no sign',
    certainty: 'none',
  },
  copy: {
    shares: 'the bytes of a file (SHA-256) in several folders; files that show one technique against the whole server',
    within: null,
    prevents: 'an empty file, and one that Exchange has; it is one fact and adds no sign',
    certainty: 'none',
  },
  row: {
    shares: 'the only row or record of each, which several rules match',
    within: null,
    prevents: 'nothing; it is one fact and adds no sign',
    certainty: 'none',
  },
  client: {
    shares: 'the address of the client',
    within: 7 * DAY,
    prevents: 'a proxy in front of the server; an address that users of the organization shared on days before',
    certainty: 'hard',
  },
  identity: {
    shares: 'account, program and shared address in one log; the account alone where the log hides addresses',
    within: 30 * MINUTE,
    prevents: 'a machine account or service; a request that names neither account nor program',
    certainty: 'hard',
  },
  nameless: {
    shares: 'one log of requests that names neither client nor account',
    within: 30 * MINUTE,
    prevents: 'reconnaissance; a client or account that another finding names in that time',
    certainty: 'hard',
  },
  worker: {
    shares: 'the worker process: its children and errors, and the requests of its application pool',
    within: 10 * MINUTE,
    prevents: 'another application pool; a request after the child',
    certainty: 'hard',
  },
  process: {
    shares: 'a process, by its number on its computer, or the process that started it',
    within: 30 * MINUTE,
    prevents: 'a process of Windows or IIS that works for many',
    certainty: 'hard',
  },
  'virtual directory': {
    shares: 'a virtual directory that cmdlets set, remove or create again',
    within: HOUR,
    prevents: 'another server',
    certainty: 'hard',
  },
  time: {
    shares: 'closeness of what the server did to the nearest request or cmdlet that explains it',
    within: MINUTE,
    prevents: 'a client of its own; a time whose zone is not known',
    certainty: 'weak',
  },
  'page written': {
    shares: 'a page, first served after an act that writes a file without a name',
    within: null,
    prevents: 'two intrusions that may have written it; five addresses from which people log on',
    certainty: 'none',
  },
  'time after the intrusion': {
    shares: 'the server, within a day after a step of the only attacker; a weak tie within half an hour',
    within: DAY,
    prevents: 'a client of its own; a second attacker; a stage before a shell',
    certainty: 'none',
  },
  host: {
    shares: 'cmdlets that take mail, in the two hours after the only attacker',
    within: 2 * HOUR,
    prevents: 'an account that ran such cmdlets on another day',
    certainty: 'hard',
  },
} as const satisfies Readonly<Record<string, Join>>

/** The name of a join. */
export type JoinName = keyof typeof joins

/** What findings share for certain: a request id, a session or canary, an access token, an application of the cloud, a page. */
export const sharedKeys: readonly (readonly [by: JoinName, keysOf: (f: FindingWithHits) => Iterable<string>])[] = [
  ['request id', ofRows(({ request }) => (request ? [request] : []))],
  ['session', ofRows(({ session }) => (session && session.length >= 8 ? [session] : []))],
  ['token', ofRows(tokensIn)],
  ['application', ofRows(applicationsIn)],
  ['page', pagesNamedBy],
]

/**
 * The access token of a request, as the sign-in that issued it, the audit records of Exchange and those of Microsoft Graph name it.
 * https://learn.microsoft.com/entra/identity/authentication/how-to-authentication-track-linkable-identifiers
 */
function tokensIn({ fields }: Event): readonly string[] {
  return TOKENS.map((name) => fields[name]).flatMap((id) => (typeof id === 'string' && id.length >= 8 ? [id] : []))
}

const TOKENS = [
  'AppAccessContext.UniqueTokenId',
  'uniqueTokenIdentifier',
  'UniqueTokenIdentifier',
  'UniqueTokenId',
  // As requests to Microsoft Graph have it.
  'SignInActivityId',
]

function ofRows(keysOf: (event: Event) => readonly string[]): (f: FindingWithHits) => Iterable<string> {
  return ({ hits }) => hits.slice(0, 500).flatMap(({ event }) => keysOf(event))
}

/** Files of the evidence that are themselves what a finding is about. */
export function evidenceFilesOf({ hits }: FindingWithHits): string[] {
  return hits.slice(0, 50).flatMap(({ event }) => (fieldText(event, 'sha256') === null ? [] : [event.at.path]))
}

/** By what files of several folders are one matter: their bytes, or what each shows of the whole server. */
export function copiesOf({ finding, hits }: FindingWithHits): string[] {
  return hits.slice(0, 50).flatMap(({ event }) => {
    const [digest, path] = [fieldText(event, 'sha256'), fieldText(event, 'TargetFilename')]
    if (path === null) return []
    const isEmpty = digest === null || event.fields.Size === 0 || event.fields.KnownHash === true
    return [
      ...(isEmpty ? [] : [digest]),
      ...(finding.sign.subject === 'host' ? [finding.attack?.[0] ?? finding.rule] : []),
    ]
  })
}

/** The row or record that a finding rests on, where it is one only. */
export function evidenceRowOf({ hits }: FindingWithHits): string[] {
  const [{ event }, second] = hits as [FindingWithHits['hits'][number], FindingWithHits['hits'][number]?]
  const { path, offset, record, line } = event.at
  return second === undefined ? [[path, offset, record ?? line].join('\0')] : []
}

/** Names by which a page is known in URLs, file paths and cmdlets alike: its last two segments, or its long own name. */
export function pagesNamedBy(f: FindingWithHits): string[] {
  const texts = new Set<string>()
  for (const { event } of f.hits.slice(0, 50)) {
    for (const name of pageFields) {
      // A compiled page lies under names that mean nothing; its virtual path is the page.
      if (event.log === 'aspnet-temp' && name !== 'virtualPath') continue
      const value = fieldText(event, name)
      if (value) texts.add(value)
    }
  }
  const pages = new Set<string>()
  for (const text of texts)
    for (const m of text.matchAll(namedPage)) pages.add(`${m[1]}/${m[2]}`.toLowerCase().replace(/\.enc$/, ''))
  return [...pages].filter((page) => !isOfEveryExchange(page))
}

const pageFields = [
  'cs-uri-stem',
  'TargetFilename',
  'Path',
  'ObjectName',
  'RelativeTargetName',
  'FilePathName',
  'Parameters',
  'CMD',
  'CommandLine',
  'virtualPath',
  'ExternalUrl',
]

const namedPage =
  /(?<![^\\/\s'"<>|?*])([^\\/\s'"<>|?*]+)[\\/]([^\\/\s'"<>|?*]+\.(?:aspx|ashx|asmx|asp|soap|pst|zip|7z|rar|dmp))(?![a-z])/gi

/** Findings about virtual paths, each with the pages in its folder and the requests below it that findings show. */
export function foldersServed(findings: readonly Numbered[]): readonly number[][] {
  const served = findings.flatMap(({ f, i }) => {
    const { event } = f.hits[0]!
    const folder = folderKey(fieldText(event, 'PhysicalPath') ?? '')
    return folder === null ? [] : [{ i, folder, path: pathKey(fieldText(event, 'Path') ?? '') }]
  })
  if (served.length === 0) return []
  const things = findings.flatMap(({ f, i }) =>
    rank(f.finding.stage) < rank('access') ? [] : [{ i, below: foldersAbove(f) }],
  )
  return served.flatMap(({ i, folder, path }) => {
    const below = things.filter(
      (thing) => thing.i !== i && (thing.below.has(folder) || (path !== null && thing.below.has(path))),
    )
    return below.length === 0 ? [] : [[i, ...below.map((thing) => thing.i)]]
  })
}

/** A folder in lower case without its last slash; null of a whole drive, of none, and of a name with variables. */
function folderKey(folder: string): string | null {
  const plain = trimEnd(folder.toLowerCase().replaceAll('/', '\\'), '\\')
  return plain.length < 4 || !plain.includes('\\') || plain.includes('%') ? null : plain
}

/** A virtual path in lower case that is not the site itself. */
function pathKey(path: string): string | null {
  const plain = trimEnd(path.toLowerCase(), '/')
  return plain.startsWith('/') ? plain : null
}

/** The folders and the URL paths above the pages that a finding names. */
function foldersAbove({ hits }: FindingWithHits): ReadonlySet<string> {
  const above = new Set<string>()
  for (const { event } of hits.slice(0, 50)) {
    if (fieldText(event, 'PhysicalPath') !== null) continue
    for (const name of ['TargetFilename', 'Path', 'FilePathName', 'virtualPath', 'cs-uri-stem']) {
      const isUrl = name === 'virtualPath' || name === 'cs-uri-stem'
      const text = (fieldText(event, name) ?? '').slice(0, 1_000).toLowerCase()
      const path = isUrl ? text : text.replaceAll('/', '\\')
      for (let at = path.lastIndexOf(isUrl ? '/' : '\\'); at > 0; at = path.lastIndexOf(isUrl ? '/' : '\\', at - 1))
        above.add(path.slice(0, at))
    }
  }
  return above
}

/** A finding with its number. */
export type Numbered = { readonly f: FindingWithHits; readonly i: number }

/** The findings that have a key in common, for each key that several have. */
export function sharing(
  findings: readonly Numbered[],
  keysOf: (f: FindingWithHits) => Iterable<string>,
): readonly number[][] {
  const byKey = new Map<string, number[]>()
  for (const { f, i } of findings) for (const key of new Set(keysOf(f))) addTo(byKey, key, i)
  return [...byKey.values()].filter((members) => members.length > 1)
}

/** The client of a finding; of one that holds rows of several clients together, each. */
function clientAddressesOf({ finding, hits }: FindingWithHits): readonly string[] {
  if (finding.client !== null) return [finding.client]
  return [...new Set(hits.slice(0, 500).flatMap(({ event }) => event.client ?? []))].sort()
}

/** Was an address one of the organization's users on days before a moment (ms), for an act that such a log records? */
export type IsShared = (client: string, time: number, log: LogKind) => boolean

/** The findings of each client, each within a week of the one before; those of shared addresses are left out. */
export function ofOneClient(withTime: readonly Numbered[], isShared: IsShared): readonly number[][] {
  const visits = new Map<string, { members: number[]; last: number }[]>()
  const shared = new Map<string, boolean>()
  for (const { f, i } of withTime) {
    const time = Date.parse(f.finding.time!)
    for (const client of clientAddressesOf(f)) {
      // The server itself is not one client.
      if (isLoopback(client)) continue
      // The first finding decides: later ones are no less the attacker's.
      const key = `${client}\0${isOfTenant(f.finding.log)}`
      const isOut = shared.get(key) ?? isShared(client, time, f.finding.log)
      shared.set(key, isOut)
      if (isOut) continue
      const last = Date.parse(f.finding.last ?? f.finding.time!)
      const before = visits.get(client)?.at(-1)
      if (before && time - before.last <= joins.client.within) {
        before.members.push(i)
        before.last = Math.max(before.last, last)
      } else addTo(visits, client, { members: [i], last })
    }
  }
  return [...visits.values()].flat().flatMap(({ members }) => (members.length > 1 ? [members] : []))
}

/** Findings of one log under one identity, or in a log that names none: each within half an hour of the one before. */
export function ofOneIdentity(withTime: readonly Numbered[]): readonly { by: JoinName; members: readonly number[] }[] {
  const named = namedTimes(withTime)
  const runs = new Map<string, { by: JoinName; members: number[]; last: number }[]>()
  for (const { f, i } of withTime) {
    const { finding } = f
    const identity = identityOf(f)
    if (identity === null) continue
    const [time, last] = [Date.parse(finding.time!), Date.parse(finding.last ?? finding.time!)]
    const key = `${finding.log}\0${identity.key}`
    const before = runs.get(key)?.at(-1)
    const isNear = before !== undefined && time - before.last <= joins[identity.by].within
    const isOthers = identity.by === 'nameless' && isNear && named(before.last, time)
    if (before && isNear && !isOthers) {
      before.members.push(i)
      before.last = Math.max(before.last, last)
    } else addTo(runs, key, { by: identity.by, members: [i], last })
  }
  return [...runs.values()].flat().filter(({ members }) => members.length > 1)
}

/** The identity that a log of requests records, where a client alone does not settle it; null where a finding has no one identity. */
function identityOf(f: FindingWithHits): { readonly by: 'identity' | 'nameless'; readonly key: string } | null {
  const { finding, hits } = f
  if (!isOfRequests(f) || rank(finding.stage) < rank('attempt')) return null
  const person = finding.user !== null && isPerson(finding.user) ? finding.user.toLowerCase() : null
  const { event } = hits[0]!
  if (finding.client !== null) {
    const agent = fieldText(event, 'cs-user-agent')
    if (person === null && (agent === null || agent === '')) return null
    return { by: 'identity', key: [finding.client, person ?? '', agent ?? ''].join('\0') }
  }
  // Rows of several clients have no one identity.
  if (hits.some((hit) => hit.event.client !== null)) return null
  if (person !== null) return { by: 'identity', key: person }
  const isNameless = hits.every((hit) => hit.event.user === null || !isPerson(hit.event.user))
  return isNameless ? { by: 'nameless', key: '' } : null
}

function isOfRequests({ finding: { log } }: FindingWithHits): boolean {
  const vantage = vantageOf(log)
  return vantage === 'front-end' || vantage === 'back-end'
}

/** Does a finding of the front end name a client or account between two moments (ms)? */
function namedTimes(withTime: readonly Numbered[]): (from: number, to: number) => boolean {
  const times = withTime
    .flatMap(({ f }) =>
      isOfRequests(f) && rank(f.finding.stage) >= rank('attempt')
        ? f.hits.flatMap(({ event: { client, user, time } }) =>
            time !== null && (client !== null || (user !== null && isPerson(user))) ? [time] : [],
          )
        : [],
    )
    .sort((a, b) => a - b)
  return (from, to) => {
    const at = firstReached(times.length, (n) => times[n]! >= from)
    return at < times.length && times[at]! <= to
  }
}

/** Findings that put the file of a URL path (in lower case) into a web root, by their ids. */
export type Writers = ReadonlyMap<string, readonly string[]>

/** Requests that were served for files that acts put into web roots, each with the act. */
export function writersOf(found: readonly FindingWithHits[], writers: Writers): readonly number[][] {
  if (writers.size === 0) return []
  const numbers = new Map(found.map(({ finding }, i) => [finding.id, i]))
  return found.flatMap((f, i) => {
    if (!f.counts || vantageOf(f.finding.log) !== 'front-end') return []
    const paths = new Set(
      f.hits.flatMap(({ event }) =>
        isSuccessStatus(event.fields['sc-status']) ? (fieldText(event, 'cs-uri-stem')?.toLowerCase() ?? []) : [],
      ),
    )
    const acts = new Set([...paths].flatMap((path) => writers.get(path) ?? []))
    return [...acts].flatMap((id) => {
      const act = numbers.get(id)
      return act === undefined || act === i || !isAfter(f, found[act]!) ? [] : [[act, i]]
    })
  })
}

/** Was it requested at the time of the act or later? Both ends of a second lie in one. */
function isAfter(request: FindingWithHits, { finding, counts }: FindingWithHits): boolean {
  const last = request.finding.last ?? request.finding.time
  return counts && last !== null && (finding.first === null || Date.parse(last) >= Date.parse(finding.first) - 5_000)
}

/** Findings that have a key in common, by their numbers, each within that time of the one before; null: it has none. */
export function inRuns(
  withTime: readonly Numbered[],
  within: number,
  keyOf: (f: FindingWithHits) => string | null,
): readonly number[][] {
  const runs = new Map<string, { members: number[]; last: number }[]>()
  for (const { f, i } of withTime) {
    const key = keyOf(f)
    if (key === null) continue
    const [time, last] = [Date.parse(f.finding.time!), Date.parse(f.finding.last ?? f.finding.time!)]
    const before = runs.get(key)?.at(-1)
    if (before && time - before.last <= within) {
      before.members.push(i)
      before.last = Math.max(before.last, last)
    } else addTo(runs, key, { members: [i], last })
  }
  return [...runs.values()].flat().flatMap(({ members }) => (members.length > 1 ? [members] : []))
}
