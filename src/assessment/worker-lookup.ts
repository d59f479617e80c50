import type { Member } from '../evidence/container.ts'
import { isExchangePool, isOfPool, poolOfWorker, poolsOfRequest } from '../findings/application-pools.ts'
import type { FindingWithHits } from '../findings/findings.ts'
import { isLoopback } from '../lib/ip.ts'
import { HOUR } from '../lib/time.ts'
import { type Event, fieldText } from '../model/event.ts'
import { vantageOf } from '../model/log-kinds.ts'
import type { Hit } from '../model/rule.ts'
import type { Scan } from '../model/scan.ts'
import type { EventRule } from '../rules/rule.ts'
import { isWorker } from '../model/worker-processes.ts'

// The request that made a worker of Exchange start a program: ordinary by itself, and known by its time, where only one client posted to
// a page of the worker's pool in these seconds.

/** What is looked up: findings, the logs of requests, and whose addresses are known. */
export type WorkerLookupInput = {
  readonly found: readonly FindingWithHits[]
  readonly scans: readonly Scan[]
  readonly requestLogs: ReadonlyMap<string, Member>
  readonly events: readonly EventRule[]
  readonly proxies: ReadonlySet<string>
  /** Did the organization's users log on from an address on days before? */
  readonly isUsedBefore: (client: string, time: number) => boolean
}

/**
 * A program that a worker started, or an object that it read out of a ViewState; the pool of the worker, and the path of the request:
 * null where the event names none.
 */
type Child = { readonly time: number; readonly pool: string | null; readonly path: string | null }

/** The rules of such requests, the children, and the logs that record the seconds before these. */
export type WorkerRequests = {
  readonly rules: readonly EventRule[]
  readonly children: readonly Child[]
  readonly files: ReadonlySet<string>
}

/** A program starts while its request is answered or shortly after (ms); logs stamp whole seconds and the end of a request. */
const NEAR = { before: 5_000, after: 1_000, longest: 120_000 }
/** Children of one run. */
const MOST = 50

/** What is to be read again; null where no worker of Exchange started a program in an intrusion without a client. */
export function workerRequestsToRead({ found, scans, requestLogs, events }: WorkerLookupInput): WorkerRequests | null {
  const rules = events.filter(({ info }) => info.lookup === 'worker-request')
  const children = rules.length === 0 ? [] : childrenIn(found)
  if (children.length === 0) return null
  const hours = new Set(
    children.flatMap(({ time }) => [time - NEAR.before, time + NEAR.longest].map((at) => Math.floor(at / HOUR))),
  )
  const files = scans.flatMap(({ artifact: { path }, hours: own }) =>
    requestLogs.has(path) &&
    own.some(([kind, counts]) => vantageOf(kind) === 'front-end' && counts.some(([hour]) => hours.has(hour)))
      ? [path]
      : [],
  )
  const isWanted = (event: Event): boolean => children.some((child) => isNear(event, child))
  return {
    children,
    files: new Set(files),
    rules: rules.map((rule): EventRule => {
      const { requiresChain: _, ...info } = rule.info
      return { info, sources: rule.sources, match: (event) => (isWanted(event) ? rule.match(event) : null) }
    }),
  }
}

/** Of the rows those of children before which only one client posted, from an address that served no user on earlier days. */
export function soleRequests(
  hits: ReadonlyMap<string, readonly Hit[]>,
  { children }: WorkerRequests,
  { proxies, isUsedBefore }: Pick<WorkerLookupInput, 'proxies' | 'isUsedBefore'>,
): ReadonlyMap<string, readonly Hit[]> {
  const all = [...hits.values()].flat()
  const kept = new Set<Hit>()
  for (const child of children) {
    const near = all.filter(({ event }) => isNear(event, child))
    const clients = new Set(near.map(({ event }) => event.client))
    const [client = null] = clients
    if (clients.size !== 1 || client === null || proxies.has(client) || isUsedBefore(client, child.time)) continue
    for (const hit of near) kept.add(hit)
  }
  return new Map([...hits].map(([path, own]) => [path, own.filter((hit) => kept.has(hit))]))
}

/** Programs that workers of Exchange started and objects that they read, in intrusions of which no client is known. */
function childrenIn(found: readonly FindingWithHits[]): readonly Child[] {
  const withClient = new Set(found.flatMap(({ finding }) => (finding.client === null ? [] : [finding.intrusion])))
  const children = new Map<string, Child>()
  for (const { counts, finding, hits } of found) {
    const isOfIntrusion = finding.intrusion !== null && !withClient.has(finding.intrusion)
    const isProgram = isWorker(String(finding.facts.ParentImage ?? ''))
    if (!counts || !isOfIntrusion) continue
    for (const { event } of hits.slice(0, MOST)) {
      const path = pathOfObject(event)
      if (!isProgram && path === null) continue
      const pool = path === null ? poolOfWorker(event) : null
      const isExact = event.timeBasis === 'stated' || event.timeBasis === 'format'
      if (event.time === null || !isExact || (pool !== null && !isExchangePool(pool))) continue
      if (children.size < MOST) children.set(`${event.time}\0${pool}\0${path}`, { time: event.time, pool, path })
    }
  }
  return [...children.values()]
}

/** The path of the request with a serialized object that ASP.NET reports (1316); null of any other event. */
function pathOfObject(event: Event): string | null {
  return event.fields.ViewStateObject === undefined ? null : (fieldText(event, 'RequestPath')?.toLowerCase() ?? null)
}

/** Is it a request of a client to the pool of the worker, which was answered while the child was started or shortly before? */
function isNear(event: Event, { time, pool, path }: Child): boolean {
  if (event.time === null || vantageOf(event.log) !== 'front-end') return false
  const taken = Number(event.fields['time-taken'] ?? event.fields.TotalRequestTime ?? 0)
  const began = event.time - Math.min(Number.isFinite(taken) ? taken : 0, NEAR.longest)
  if (event.time < time - NEAR.before || began > time + NEAR.after) return false
  if (path !== null && fieldText(event, 'cs-uri-stem')?.toLowerCase() !== path) return false
  const pools = poolsOfRequest(event)
  // Another pool, a page outside Exchange's folders, or the server's own probes.
  return pools !== null && isOfPool(pool, pools) && (event.client === null || !isLoopback(event.client))
}
