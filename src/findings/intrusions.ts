import { isOfPool, poolOfWorker, poolsOfRequest, workerOf } from './application-pools.ts'
import {
  copiesOf,
  evidenceFilesOf,
  evidenceRowOf,
  foldersServed,
  type IsShared,
  type JoinName,
  inRuns,
  joins,
  type Numbered,
  ofOneClient,
  ofOneIdentity,
  pagesNamedBy,
  type Writers,
  writersOf,
  sharedKeys,
  sharing,
} from './joins.ts'
import { rulesUsed } from './rules-used.ts'
import { storedFilesMoved } from './stored-files.ts'
import { type WrittenPage, writtenPages } from './written-pages.ts'
import { vantageOf } from '../model/log-kinds.ts'
import { compareByTime, type FindingWithHits } from './findings.ts'
import { isStrong, persons, strengths, type SubjectKind } from '../model/sign.ts'
import { rank, type Stage, stages } from '../model/stages.ts'
import { sha256 } from '../lib/hash.ts'
import { Groups } from '../lib/groups.ts'
import { addTo } from '../lib/collections.ts'
import { Moments } from '../lib/moments.ts'
import { stageQuestion } from '../model/answer.ts'
import { type Intrusion, type Finding } from '../model/finding.ts'
import { MINUTE } from '../lib/time.ts'
import { isWorker } from '../model/worker-processes.ts'
import { ranAtBackEnd } from './run-requests.ts'
import { ofOneProcess } from './processes.ts'
import { ofOneDirectory } from './virtual-directories.ts'

/** So soon after a request of an attacker time alone says a little of whose work it is. */
const CLOSE = 30 * MINUTE

/** Findings, by their numbers, that belong together for certain, and by what. */
export type Tie = {
  readonly by: string
  readonly members: readonly number[]
  /** An intrusion on another server of the case that all members are tied to, and what it comes to there. */
  readonly from?: { readonly key: string; readonly is: 'yes' | 'likely' }
}

/** Findings joined into intrusions, the findings again with the intrusion that each belongs to, and the ties that are certain. */
export type Joined = {
  readonly intrusions: readonly Intrusion[]
  readonly found: readonly FindingWithHits[]
  readonly ties: readonly Tie[]
  /** Pages that were first served after acts that may have written them. */
  readonly written: readonly WrittenPage[]
}

/** Accounts that came to more than a lead by signs of which each is ordinary: by the id of each finding, the subjects that it is about. */
export type CompromisedAccounts = ReadonlyMap<string, readonly string[]>

/** What joins findings besides their own fields: ties to intrusions on other servers, and compromised accounts. */
type JoinedBy = {
  readonly elsewhere?: readonly Tie[]
  readonly byAccount?: CompromisedAccounts
  /** By the id of a finding of a compromised account that of the first sign of the account. */
  readonly afterSign?: ReadonlyMap<string, string>
  readonly inSessions?: readonly (readonly [session: number, act: number])[]
  readonly isShared?: IsShared
  readonly writers?: Writers
}

const BY_NOTHING: Required<JoinedBy> = {
  elsewhere: [],
  byAccount: new Map(),
  afterSign: new Map(),
  inSessions: [],
  isShared: () => false,
  writers: new Map(),
}

/** Joins findings by request, session, client, page, target and time: one intrusion is one attack. */
export function joinIntrusions(
  found: readonly FindingWithHits[],
  logsOn: (client: string) => boolean = () => false,
  by: JoinedBy = {},
): Joined {
  const { elsewhere, byAccount, afterSign, inSessions, isShared, writers } = { ...BY_NOTHING, ...by }
  const able = found.map((f, i) => ({ f, i })).filter(({ f }) => isPartOfStory(f))
  const withTime = able.filter(({ f }) => f.finding.time !== null)
  const groups = new Groups(found.length)
  const how = new Map<number, Set<string>>()
  const ties: Tie[] = []
  const join = (a: number, b: number, by: JoinName): void => {
    if (a === b) return
    groups.union(a, b)
    how.set(a, (how.get(a) ?? new Set()).add(by))
    how.set(b, (how.get(b) ?? new Set()).add(by))
  }
  const tieAll = (all: readonly (readonly number[])[], by: JoinName): void => {
    for (const members of all) {
      ties.push({ by, members })
      for (const i of members) join(members[0]!, i, by)
    }
  }
  for (const [by, keysOf] of sharedKeys) tieAll(sharing(able, keysOf), by)
  // What a compromised account did, where its signs are.
  for (const members of sharing(able, ({ finding: { id } }) => byAccount.get(id) ?? []))
    for (const i of members) join(members[0]!, i, 'account')
  for (const [sign, act] of afterSigns(found, afterSign)) join(sign, act, 'account')
  for (const [session, act] of inSessions) {
    ties.push({ by: 'account session', members: [session, act] })
    join(session, act, 'account session')
  }
  tieAll(rightsUsed(found), 'right used')
  tieAll(writersOf(found, writers), 'file written')
  // What several rules say of one file is one fact: they belong together, and say no more for it.
  for (const members of sharing(able, evidenceFilesOf)) for (const i of members) join(members[0]!, i, 'file')
  for (const members of sharing(able, copiesOf)) for (const i of members) join(members[0]!, i, 'copy')
  const ofClients = withTime.filter(({ f }) => !f.isPerhapsOwners)
  const ofOne = ofOneClient(ofClients, isShared).map((members) => ({ by: 'client' as JoinName, members }))
  for (const { by, members } of [...ofOne, ...ofOneIdentity(ofClients)]) {
    ties.push({ by, members })
    for (const [at, i] of members.entries()) if (at > 0) join(members[at - 1]!, i, by)
  }
  const causes = new Causes(withTime)
  const caused = (a: number, b: number): void => {
    ties.push({ by: isOfWorker(found[b]!) ? 'worker' : 'time', members: [a, b] })
    join(a, b, 'time')
  }
  joinByCause(withTime, causes, 'acts', caused)
  const written = writtenPages(found, pagesNamedBy, logsOn)
  joinWritten(written, found, groups, (a, b) => join(a, b, 'page written'))
  const aftermath = joinAftermath(
    withTime,
    groups,
    (a, b) => join(a, b, 'time after the intrusion'),
    (a, b) => ties.push({ by: 'time', members: [a, b] }),
  )
  const alone = withTime.filter(({ i }) => groups.size(i) === 1)
  joinByCause(alone, causes, 'refused', caused)
  for (const members of ordersOf(withTime, groups, how, aftermath)) ties.push({ by: 'host', members })
  // Last, since what stands alone so far is no second attacker, by however many rules.
  tieAll(foldersServed(able), 'folder served')
  tieAll(rulesUsed(found), 'rule used')
  tieAll(storedFilesMoved(found), 'file stored')
  for (const [by, groupsOf] of ofHost) tieAll(groupsOf(withTime), by)
  for (const members of sharing(able, evidenceRowOf)) for (const i of members) join(members[0]!, i, 'row')

  const tied = new Set(elsewhere.flatMap(({ members }) => members))
  const isStart = (i: number): boolean =>
    isStep(found[i]!.finding) || byAccount.has(found[i]!.finding.id) || (tied.has(i) && isAct(found[i]!.finding))
  const joined = asIntrusions(found, groups, how, isStart, isShared)
  return {
    ...joined,
    ties: [...ties, ...elsewhere],
    written,
    found: joined.found.map((f, i) => (aftermath.has(i) ? { ...f, byTimeAlone: true as const } : f)),
  }
}

/** Findings of compromised accounts, by their numbers, each behind the first sign of its account. */
function afterSigns(
  found: readonly FindingWithHits[],
  afterSign: ReadonlyMap<string, string>,
): readonly (readonly [sign: number, act: number])[] {
  if (afterSign.size === 0) return []
  const numbers = new Map(found.map(({ finding }, i) => [finding.id, i]))
  return [...afterSign].flatMap(([act, sign]) => {
    const [a, b] = [numbers.get(sign), numbers.get(act)]
    return a === undefined || b === undefined ? [] : [[a, b] as const]
  })
}

/** What findings about the host itself have in common. */
const ofHost: readonly (readonly [by: JoinName, groupsOf: (withTime: readonly Numbered[]) => readonly number[][]])[] = [
  ['worker', siblingsOf],
  ['process', ofOneProcess],
  ['virtual directory', ofOneDirectory],
]

/** Children of one worker process, each within ten minutes of the one before. */
function siblingsOf(withTime: readonly Numbered[]): readonly number[][] {
  return inRuns(withTime, joins.worker.within, (f) => (isOfWorker(f) ? workerOf(f.hits[0]!.event) : null))
}

/** Rights that accounts gave to themselves, by the numbers of their findings, each with those of their use. */
function rightsUsed(found: readonly FindingWithHits[]): readonly number[][] {
  if (!found.some(({ used }) => used !== undefined)) return []
  const numbers = new Map(found.map(({ finding }, i) => [finding.id, i]))
  return found.flatMap(({ used }, i) =>
    used === undefined ? [] : [[i, ...used.findings.flatMap((id) => numbers.get(id) ?? [])]],
  )
}

/** Unites two findings, by their numbers. */
type Unite = (a: number, b: number) => void

function isPartOfStory({ finding: { stage, level }, counts }: FindingWithHits): boolean {
  return counts && stage !== 'context' && !(stage === 'recon' && level === 'informational')
}

/**
 * What has no client of its own joins what was going on: a cmdlet within a minute of the request that asked for it. An attempt that
 * the server ran nothing for is the last that is thought of: else one request for what is not there would part an attacker from his act.
 */
function joinByCause(withTime: readonly Numbered[], causes: Causes, by: 'acts' | 'refused', join: Unite): void {
  for (const { f, i } of withTime) {
    if (f.finding.client !== null || isOfClients(f) || !sure(f)) continue
    const time = Date.parse(f.finding.time!)
    const half = joins.worker.within / 2
    const effect = { finding: f.finding, pool: poolOfWorker(f.hits[0]!.event), by }
    const cause =
      causes.of(effect, i, time, joins.time.within) ?? (isOfWorker(f) ? causes.of(effect, i, time - half, half) : null)
    if (cause !== null) join(cause, i)
  }
}

/** A page belongs to the only intrusion that has an act which may have written it. */
function joinWritten(
  written: readonly WrittenPage[],
  found: readonly FindingWithHits[],
  groups: Groups,
  join: Unite,
): void {
  if (written.length === 0) return
  const hostile = new Set(found.flatMap((f, i) => (isStep(f.finding) && f.counts ? [groups.find(i)] : [])))
  for (const { page, acts } of written) {
    const by = Map.groupBy(
      acts.filter((act) => hostile.has(groups.find(act))),
      (act) => groups.find(act),
    )
    const [[act] = []] = by.values()
    if (by.size === 1 && act !== undefined) for (const i of page) join(act, i)
  }
}

/**
 * What happened on the server in the day after an attacker's step is his when there is only one. Gives what only so late
 * a time joins.
 */
function joinAftermath(withTime: readonly Numbered[], groups: Groups, join: Unite, tie: Unite): ReadonlySet<number> {
  const late = new Set<number>()
  const loose = looseGroups(withTime, groups)
  const intruders = new Intruders(withTime, groups, loose)
  for (const { f, i } of inTime(withTime)) {
    const isOfGroup = groups.size(i) > 1 && !loose.has(groups.find(i))
    if (f.finding.client !== null || isOfClients(f) || !hostWork(f.finding.stage) || isOfGroup) continue
    const time = Date.parse(f.finding.time!)
    const one = intruders.onlyOneBefore(time, i)
    if (one === null) continue
    const own = groups.find(i)
    const mates = loose.get(own) ?? [i]
    intruders.join(one.group, i, () => join(one.group, i))
    for (const root of [own, one.group, groups.find(i)]) loose.delete(root)
    if (one.request !== null && time - one.request.time <= CLOSE) tie(one.request.i, i)
    if (time - one.last > joins.host.within) for (const mate of mates) late.add(mate)
  }
  return late
}

/**
 * Groups of what only the server did, none of it strong, with their members: two logs of one weak act are no second attacker, as the one
 * log is none.
 */
function looseGroups(withTime: readonly Numbered[], groups: Groups): Map<number, readonly number[]> {
  const byGroup = Map.groupBy(withTime, ({ i }) => groups.find(i))
  const isLoose = ({ f }: Numbered): boolean => f.finding.client === null && !isOfClients(f) && !isStep(f.finding)
  return new Map(
    [...byGroup].flatMap(([group, members]) => (members.every(isLoose) ? [[group, members.map(({ i }) => i)]] : [])),
  )
}

/**
 * Cmdlets that take mail belong to the intrusion of the two hours before, by the host alone, where the account that ran them has no
 * history of its own: each with the steps of the attacker that name a client.
 */
function ordersOf(
  withTime: readonly Numbered[],
  groups: Groups,
  how: ReadonlyMap<number, ReadonlySet<string>>,
  late: ReadonlySet<number>,
): number[][] {
  const days = new Map<string, Set<string>>()
  const isOrder = ({ finding }: FindingWithHits): boolean => vantageOf(finding.log) === 'cmdlet'
  for (const { f } of withTime)
    if (isOrder(f) && f.finding.user !== null)
      days.set(f.finding.user, (days.get(f.finding.user) ?? new Set()).add(f.finding.time!.slice(0, 10)))
  const orders = withTime.filter(
    ({ f, i }) =>
      isOrder(f) &&
      stageQuestion[f.finding.stage] === 'mail-taken' &&
      !late.has(i) &&
      how.get(i)?.has('time after the intrusion') === true &&
      (f.finding.user === null || days.get(f.finding.user)!.size === 1),
  )
  if (orders.length === 0) return []
  const steps = Map.groupBy(
    withTime.filter(({ f }) => f.finding.client !== null && isStep(f.finding)),
    ({ i }) => groups.find(i),
  )
  return orders.map(({ i }) => [...(steps.get(groups.find(i)) ?? []).map((step) => step.i), i])
}

/** A process that a worker of Exchange or IIS started, or an error of one: its requests are its cause. */
function isOfWorker({ finding, hits }: FindingWithHits): boolean {
  return (
    isWorker(String(finding.facts.ParentImage ?? '')) ||
    (finding.log === 'windows-application' && poolOfWorker(hits[0]!.event) !== null)
  )
}

/** Every row has its own client: the actor is known, and time alone attributes it to no other. */
function isOfClients({ hits }: FindingWithHits): boolean {
  return hits.length > 1 && hits.every(({ event }) => event.client !== null)
}

function sure(f: FindingWithHits): boolean {
  return f.finding.timeBasis === 'stated' || f.finding.timeBasis === 'format'
}

function inTime(findings: readonly Numbered[]): readonly Numbered[] {
  return [...findings].sort((a, b) => Date.parse(a.f.finding.time!) - Date.parse(b.f.finding.time!) || a.i - b.i)
}

/** What a worker or the server did, the application pool that it names, and what is looked for: acts, or attempts that ran nothing. */
type Effect = { readonly finding: Finding; readonly pool: string | null; readonly by: 'acts' | 'refused' }

/** Findings that explain the same, with the application pools of their requests. */
type Kind = {
  readonly example: Finding
  readonly pools: readonly string[] | null
  /** Attempts that the server ran nothing for. */
  readonly isRefused: boolean
  readonly moments: Moments
}

/**
 * What can explain a finding, by time. What explains what depends on stage, log, client and application pool alone: of each of
 * these there is one list.
 */
class Causes {
  readonly #kinds = new Map<string, Kind>()

  constructor(findings: readonly Numbered[]) {
    for (const { f, i } of findings) {
      const { stage, log, client } = f.finding
      if (!sure(f) || rank(stage) < rank('attempt')) continue
      const isRefused = stage === 'attempt' && client !== null && !ranAtBackEnd(f)
      for (const { event } of f.hits) {
        if (event.time === null) continue
        const pools = poolsOfRequest(event)
        const key = [stage, log, client !== null, isRefused, pools?.join() ?? ''].join('\0')
        const kind = this.#kinds.get(key) ?? { example: f.finding, pools, isRefused, moments: new Moments() }
        this.#kinds.set(key, kind)
        kind.moments.add(event.time, i)
      }
    }
  }

  /** The number of the finding nearest to a time that explains this one; null when none does. */
  of({ finding, pool, by }: Effect, number: number, time: number, within: number): number | null {
    let best: { of: number; distance: number } | null = null
    for (const { example, pools, isRefused, moments } of this.#kinds.values()) {
      if (isRefused !== (by === 'refused') || !explains(example, finding) || !isOfPool(pool, pools)) continue
      const near = moments.nearest(time, within, number)
      if (near === null) continue
      if (best === null || near.distance < best.distance || (near.distance === best.distance && near.of < best.of))
        best = near
    }
    return best === null ? null : best.of
  }
}

/** Rows of a group, how many of them logs recorded, the time of the last one, and the last of a client, with the number of its finding. */
type Present = {
  readonly rows: number
  readonly recorded: number
  readonly last: number
  readonly request: { readonly time: number; readonly i: number } | null
}

/** A row of the evidence; `recorded` by a log at its own place, whose time cannot be chosen as that of a file can. */
type Row = { readonly time: number; readonly i: number; readonly recorded: boolean }

/**
 * Who was at work in the day before a moment, which is asked for in the order of time. What stands alone and has no client is
 * no second attacker: two acts of one minute would part each other. Nor is what only files show, beside what logs recorded: an
 * intruder who leaves a few harmless pages would part his own acts. Both count where there is nothing else.
 */
class Intruders {
  readonly #groups: Groups
  readonly #loose: ReadonlyMap<number, unknown>
  readonly #rows: readonly Row[]
  readonly #hasClient: ReadonlySet<number>
  /** By the number of the group: its rows of that day, and the time of the last one so far. */
  readonly #present = new Map<number, Present>()
  readonly #several = new Set<number>()
  readonly #ofFiles = new Set<number>()
  readonly #alone = new Set<number>()
  #from = 0
  #to = 0

  constructor(findings: readonly Numbered[], groups: Groups, loose: ReadonlyMap<number, unknown>) {
    const steps = findings.filter(({ f }) => isAtWork(f.finding))
    this.#groups = groups
    this.#loose = loose
    this.#hasClient = new Set(steps.flatMap(({ f, i }) => (f.finding.client === null ? [] : [i])))
    this.#rows = steps
      .flatMap(({ f, i }) => {
        const isSure = sure(f)
        return f.hits.flatMap(({ event: { time }, misplaced, custom }) =>
          time === null ? [] : [{ time, i, recorded: isSure && !misplaced && !custom }],
        )
      })
      .sort((a, b) => a.time - b.time || a.i - b.i)
  }

  /** The group of the only attacker and what of it was last; null where there is none, or more than one. */
  onlyOneBefore(time: number, except: number): (Present & { readonly group: number }) | null {
    for (; this.#to < this.#rows.length && this.#rows[this.#to]!.time <= time + MINUTE; this.#to++)
      this.#count(this.#rows[this.#to]!, 1)
    for (
      ;
      this.#from < this.#to && this.#rows[this.#from]!.time < time - joins['time after the intrusion'].within;
      this.#from++
    )
      this.#count(this.#rows[this.#from]!, -1)
    const own = this.#groups.find(except)
    const group = onlyOneOf([this.#several, this.#ofFiles].find(({ size }) => size > 0) ?? this.#alone, own)
    return group === undefined ? null : { group, ...this.#present.get(group)! }
  }

  /** Takes a finding that stood alone into a group; \`unite\` unites the two. */
  join(group: number, i: number, unite: () => void): void {
    const before = [group, this.#groups.find(i)]
    const seen = before.flatMap((one) => this.#present.get(one) ?? [])
    unite()
    for (const one of before) this.#forget(one)
    const rows = seen.reduce((sum, { rows }) => sum + rows, 0)
    if (rows > 0)
      this.#put(this.#groups.find(i), {
        rows,
        recorded: seen.reduce((sum, { recorded }) => sum + recorded, 0),
        last: seen.reduce((most, { last }) => Math.max(most, last), -Infinity),
        request: seen.reduce<Present['request']>(
          (most, { request }) => (most === null || (request !== null && request.time > most.time) ? request : most),
          null,
        ),
      })
  }

  #count({ time, i, recorded }: Row, rows: number): void {
    const group = this.#groups.find(i)
    const known = this.#present.get(group) ?? { rows: 0, recorded: 0, last: -Infinity, request: null }
    const request = rows > 0 && this.#hasClient.has(i) ? { time, i } : known.request
    if (known.rows + rows === 0) this.#forget(group)
    else
      this.#put(group, {
        rows: known.rows + rows,
        recorded: known.recorded + (recorded ? rows : 0),
        last: Math.max(known.last, time),
        request,
      })
  }

  #put(group: number, present: Present): void {
    this.#forget(group)
    this.#present.set(group, present)
    const isAlone = (this.#groups.size(group) === 1 && !this.#hasClient.has(group)) || this.#loose.has(group)
    ;(isAlone ? this.#alone : present.recorded > 0 ? this.#several : this.#ofFiles).add(group)
  }

  #forget(group: number): void {
    this.#present.delete(group)
    this.#several.delete(group)
    this.#ofFiles.delete(group)
    this.#alone.delete(group)
  }
}

/** The only group besides `own`, which stands alone. */
function onlyOneOf(groups: ReadonlySet<number>, own: number): number | undefined {
  if (groups.size - (groups.has(own) ? 1 : 0) !== 1) return undefined
  return [...groups].find((one) => one !== own)
}

/** Does it show an attacker at work? A service or task of an attacker runs code. */
function isAtWork({ stage, sign }: Finding): boolean {
  if (stage === 'persistence')
    return startsByItself.has(sign.subject) && (sign.strength === 'strong' || sign.strength === 'decisive')
  return rank(stage) >= rank('access') && rank(stage) <= rank('execution')
}

const startsByItself: ReadonlySet<SubjectKind> = new Set(['service', 'task'])

/** A web request explains what the server then did; two things that the server did explain each other only by order. */
function explains(cause: Finding, effect: Finding): boolean {
  if (cause.client !== null) return rank(effect.stage) >= rank('access') || effect.stage === 'attempt'
  // Two logs of cmdlets record one act, and neither names the client.
  if (vantageOf(cause.log) === 'cmdlet' && vantageOf(effect.log) === 'cmdlet') return false
  return rank(cause.stage) >= rank('access') && rank(effect.stage) >= rank('write') && cause.log !== effect.log
}

function hostWork(stage: Stage): boolean {
  return rank(stage) >= rank('shell') && stage !== 'cleanup'
}

/** What is set in the name of an account, and applications. */
const ofPersons: ReadonlySet<SubjectKind> = new Set(['application', 'inbox-rule', 'grant', 'mailbox'])

/** What an account or an application did where the organization's users are is known by its account, and not by that address. */
function isOwners(
  { finding: { client, sign, time, log }, isPerhapsOwners }: FindingWithHits,
  isShared: IsShared,
): boolean {
  if (isPerhapsOwners) return true
  const isOfAccount = persons.has(sign.subject) || ofPersons.has(sign.subject)
  return isOfAccount && client !== null && time !== null && isShared(client, Date.parse(time), log)
}

function asIntrusions(
  found: readonly FindingWithHits[],
  groups: Groups,
  how: ReadonlyMap<number, Set<string>>,
  isStart: (finding: number) => boolean,
  isShared: IsShared,
): Omit<Joined, 'ties' | 'written'> {
  const members = new Map<number, number[]>()
  for (const [i, f] of found.entries()) {
    if (!f.counts || f.finding.stage === 'context') continue
    addTo(members, groups.find(i), i)
  }
  const intrusions: Intrusion[] = []
  const intrusionOf = new Map<number, string>()
  for (const indexes of members.values()) {
    const own = indexes.map((i) => found[i]!).sort(compareByTime)
    const reached = stages.filter((stage) => own.some((f) => f.finding.stage === stage))
    // A scan alone is no intrusion, nor is a finding that fits ordinary work, nor a clean-up.
    // What is tied to an intrusion on another server is a step of that; so is what a compromised account did.
    if (!indexes.some(isStart)) continue
    const id = sha256(
      own
        .map((f) => f.finding.id)
        .sort()
        .join('\0'),
    ).slice(0, 8)
    for (const i of indexes) intrusionOf.set(i, id)
    const times = own
      .flatMap((f) => [f.finding.first, f.finding.last])
      .filter((t): t is string => t !== null)
      .sort()
    intrusions.push({
      id,
      campaign: labelOf(own),
      clients: [...new Set(own.flatMap((f) => (isOwners(f, isShared) ? [] : (f.finding.client ?? []))))].sort(),
      first: times[0] ?? null,
      last: times.at(-1) ?? null,
      stages: reached,
      findings: own.map((f) => f.finding.id),
      attackChain: storyOf(own),
      joinedBy: [...new Set(indexes.flatMap((i) => [...(how.get(i) ?? [])]))].sort(),
      actors: [],
    })
  }
  intrusions.sort((a, b) =>
    (a.first ?? '~') < (b.first ?? '~') ? -1 : (a.first ?? '~') > (b.first ?? '~') ? 1 : a.id < b.id ? -1 : 1,
  )
  return {
    intrusions,
    found: found.map((f, i) => {
      const intrusion = intrusionOf.get(i)
      return intrusion ? { ...f, finding: { ...f.finding, intrusion } } : f
    }),
  }
}

/**
 * The campaign whose vulnerability findings of an intrusion name: the one with the strongest sign, by which the attacker came in before
 * what was left behind, and the earliest; the pack of a rule is no label.
 */
function labelOf(own: readonly FindingWithHits[]): string {
  const named = own.filter(({ finding }) => finding.cves.length > 0 && finding.campaign !== 'unknown')
  const order = ({ finding }: FindingWithHits): readonly (number | string)[] => [
    -strengths.indexOf(finding.sign.strength),
    stageQuestion[finding.stage] === 'exploited' ? 0 : 1,
    finding.first === null ? Infinity : Date.parse(finding.first),
    finding.campaign,
  ]
  const [first] = named.sort((a, b) => {
    const [one, other] = [order(a), order(b)]
    const at = one.findIndex((value, i) => value !== other[i])
    return at < 0 ? 0 : one[at]! < other[at]! ? -1 : 1
  })
  return first?.finding.campaign ?? 'unknown'
}

/** The first steps in sentences; reconnaissance appears once, and a step that two logs record. */
function storyOf(own: readonly FindingWithHits[]): string[] {
  const steps = own.filter((f) => f.finding.level !== 'informational')
  const recon = steps.find((f) => f.finding.stage === 'recon')
  const sentences = steps.filter((f) => f.finding.stage !== 'recon' || f === recon).map(sentence)
  return [...new Set(sentences)].slice(0, 60)
}

/** A step without which there is no intrusion. */
function isStep(finding: Finding): boolean {
  return isAct(finding) && isStrong(finding.sign)
}

function isAct({ stage }: Finding): boolean {
  return rank(stage) >= rank('access') && stage !== 'cleanup' && stage !== 'context'
}

/** One step of the intrusion: time, actor, action, target. */
function sentence({ finding }: FindingWithHits): string {
  const when = finding.time ? `${finding.time.slice(0, 19).replace('T', ' ')} UTC` : 'At an unknown time'
  const { client, user } = finding
  // A mailbox of Exchange itself is named, too: an attacker may use one.
  const isNamed = client !== null && user !== null && !/\$(?:@|$)|^(?:NT AUTHORITY\\|S-1-5-)/i.test(user)
  const who = isNamed ? `${client} (${user})` : (client ?? user)
  const on = finding.target ? ` (${finding.target.slice(0, 200)})` : ''
  const times =
    finding.count > 1 ? `, ${finding.count} times until ${(finding.last ?? '').slice(0, 19).replace('T', ' ')}` : ''
  return `${when}${who ? `, ${who}` : ''}: ${finding.title}${on}${times}.`
}
