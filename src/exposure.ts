import { iso } from './lib/time.ts'
import type { CveExposure, CveState } from './model.ts'
import { type BuildRun, compareBuilds, productOfBuild, type ServerFacts } from './server-facts.ts'

/** The facts that exposure rests on, loaded from `knowledge/` by the command line. */
export type ExposureFacts = {
  readonly cves: readonly {
    readonly cve: string
    readonly products: readonly string[]
    readonly condition: string
    readonly published: string
  }[]
  /** Every cumulative update that is known: the first three integers of its builds. */
  readonly cus: ReadonlySet<string>
  readonly fixes: readonly {
    readonly cve: string
    readonly product: string
    readonly cu: string
    readonly status: string
    readonly update: string
    readonly build: readonly [number, number, number, number] | null
  }[]
}

/** When each CVE was open on this server. */
export function exposureOf(product: string, runs: readonly BuildRun[], facts: ExposureFacts): CveExposure[] {
  return facts.cves
    .map(({ cve, products, condition }): CveExposure => {
      if (product === 'none' || product === 'exchange-online') return empty(cve, 'not-affected')
      const affects = (run: BuildRun): boolean => products.includes(productOfBuild(run.parts))
      if (product !== 'exchange' && !products.includes(product) && !runs.some(affects))
        return empty(cve, 'not-affected')
      if (runs.length === 0) return empty(cve, 'unknown', condition)
      const intervals = runs.map((run) => ({
        from: iso(run.from),
        to: iso(run.to),
        state: affects(run) ? stateOf(cve, run, facts) : ('not-affected' as const),
        source: `${run.build} (${run.source})`,
      }))
      const last = runs.at(-1)!
      const fix = fixFor(cve, last, facts)
      const state = intervals.at(-1)!.state
      return {
        cve,
        state: condition && state === 'fixed' ? 'unknown' : state,
        intervals,
        fixedBy: fix ? `${fix.update || fix.cu} (${fix.build?.join('.') ?? 'configuration'})` : null,
        conditions: condition ? [condition] : [],
      }
    })
    .sort((a, b) => (a.cve < b.cve ? -1 : 1))
}

/** Is the CVE open on a server with this build? Compared within one CU only: a higher build of another CU can be unfixed. */
export function stateOf(cve: string, run: BuildRun, facts: ExposureFacts): CveState {
  const fix = fixFor(cve, run, facts)
  // A CU that nobody has heard of may be newer than what is known here.
  if (!fix) return facts.cus.has(run.parts.slice(0, 3).join('.')) ? 'open' : 'unknown'
  if (!fix.build) return 'unknown'
  if (compareBuilds(run.parts, fix.build) >= 0) return 'fixed'
  // A source that knows the CU only cannot say which update stands on it.
  return run.precision === 'cu' ? 'unknown' : 'open'
}

function fixFor(cve: string, run: BuildRun, facts: ExposureFacts): ExposureFacts['fixes'][number] | null {
  const product = productOfBuild(run.parts)
  const cu = (build: readonly number[]): string => build.slice(0, 3).join('.')
  let newest: ExposureFacts['fixes'][number] | null = null
  for (const fix of facts.fixes) {
    if (fix.cve !== cve || fix.product !== product) continue
    if (fix.build && cu(fix.build) === cu(run.parts)) return fix
    if (!newest?.build || (fix.build && compareBuilds(newest.build, fix.build) < 0)) newest = fix
  }
  // A fix is made for the newest CU of its day: one above all that have it came out later and holds it, as each rollup of
  // Exchange 2010 holds those before it.
  if (!newest?.build) return newest
  return facts.cus.has(cu(run.parts)) && compareBuilds(newest.build, run.parts) < 0 ? newest : null
}

function empty(cve: string, state: CveState, condition = ''): CveExposure {
  return { cve, state, intervals: [], fixedBy: null, conditions: condition ? [condition] : [] }
}

/** When a door (all its CVEs) was open on this server, as far as builds tell. */
export type Door = {
  /** Known or possibly open spans; null ends are unknown. */
  readonly spans: readonly {
    readonly from: number | null
    readonly to: number | null
    readonly state: 'open' | 'fixed' | 'unknown'
    readonly build: string
  }[]
  /** The latest moment at which the fix that lasts can have gone in; null when there is none or it is not known. */
  readonly fixedAt: number | null
  /** The last moment known to be open before that. */
  readonly lastOpen: number | null
  /** `open`, `fixed` or `unknown` at the end of the evidence. */
  readonly end: 'open' | 'fixed' | 'unknown'
  readonly affected: boolean
}

/** The history of a campaign's door on this server. */
export function doorOf(
  cves: readonly string[],
  { product, builds: runs, installed }: Pick<ServerFacts, 'product' | 'builds' | 'installed'>,
  facts: ExposureFacts,
): Door {
  const known = facts.cves.filter((cve) => cves.includes(cve.cve))
  const ran = new Set([product, ...runs.map((run) => productOfBuild(run.parts))])
  // The subscription edition is put over Exchange 2019: before it is first seen the server can have been that.
  if (product === 'ExchangeSE' && installed === null) ran.add('Exchange2019')
  const affected = product === 'exchange' || known.some((cve) => cve.products.some((p) => ran.has(p)))
  const sightings = runs.map((run) => {
    const states = known.map(({ cve, products }) =>
      products.includes(productOfBuild(run.parts)) ? stateOf(cve, run, facts) : ('fixed' as const),
    )
    const state = states.includes('open')
      ? ('open' as const)
      : states.includes('unknown') || states.length === 0
        ? ('unknown' as const)
        : ('fixed' as const)
    return { from: run.from, to: run.to, state, build: run.build }
  })
  // Updates are not taken back: of one CU, what is open later was open when only the CU was known.
  const spans = sightings.map((span, i) => {
    const next = sightings[i + 1]
    const same = next?.build.split('.', 3).join('.') === span.build.split('.', 3).join('.')
    return span.state === 'unknown' && same && next?.state === 'open' ? { ...span, state: next.state } : span
  })
  let fixedAt: number | null = null
  let lastOpen: number | null = null
  for (const span of spans) {
    if (span.state === 'fixed' && fixedAt === null) fixedAt = span.from
    if (span.state === 'open') {
      fixedAt = null
      lastOpen = span.to ?? span.from
    }
  }
  return { spans, fixedAt, lastOpen, end: spans.at(-1)?.state ?? 'unknown', affected }
}

/** The door at a moment: the state of the build that ran then; unknown before, between and without knowledge. */
export function doorAt(door: Door, time: number): 'open' | 'fixed' | 'unknown' {
  if (!door.affected) return 'fixed'
  for (const span of door.spans)
    if (span.from !== null && span.to !== null && time >= span.from && time <= span.to) return span.state
  const before = door.spans.filter((span) => span.to !== null && span.to < time).at(-1)
  const after = door.spans.find((span) => span.from !== null && span.from > time)
  // Between two sightings with the same answer nothing else can have stood there, but for a restore.
  if (before && after && before.state === after.state) return before.state
  // Updates are not taken back: before a build that is open it was open too; after a fixed one it stays fixed.
  if (!before && after?.state === 'open') return 'open'
  if (before && !after) return before.state
  return 'unknown'
}
