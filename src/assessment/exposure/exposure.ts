import { DAY, iso } from '../../lib/time.ts'
import type { Condition, CveExposure, CveState, Protection, Support } from '../../model/exposure.ts'
import { productOfBuild, type ServerFacts } from '../server/server.ts'
import { type BuildRun, compareBuilds } from '../../model/builds.ts'
import type { ExposureFacts, KnownFix, ProtectionFacts } from '../../knowledge/exposure-tables.ts'

/** What the evidence says besides builds: see protections.ts. */
export type Settled = {
  readonly protections: readonly Protection[]
  readonly mitigations: ReadonlyMap<string, readonly string[]>
}
const NOTHING_SETTLED: Settled = { protections: [], mitigations: new Map() }

/** When each CVE was open on this server. */
export function exposureOf(
  product: string,
  runs: readonly BuildRun[],
  facts: ExposureFacts,
  settled: Settled = NOTHING_SETTLED,
): CveExposure[] {
  return facts.cves.map((one) => cveOf(one, product, runs, facts, settled)).sort((a, b) => (a.cve < b.cve ? -1 : 1))
}

type Cve = ExposureFacts['cves'][number]

function cveOf(
  { cve, alias, impact, published, exploited, products }: Cve,
  product: string,
  runs: readonly BuildRun[],
  facts: ExposureFacts,
  { protections, mitigations }: Settled,
): CveExposure {
  const rule = facts.protections.find(({ cves }) => cves.includes(cve))
  const protection = protections.find(({ id }) => id === rule?.id)
  const is = protection?.is ?? 'unknown'
  const conditions = rule ? [conditionOf(rule, protection)] : []
  const base: CveExposure = {
    cve,
    alias,
    impact,
    published,
    exploited,
    state: 'not-affected',
    intervals: [],
    fixedBy: null,
    remedy: null,
    conditions: [],
    mitigations: [],
  }
  if (product === 'none' || product === 'exchange-online') return base
  // A vulnerability of Windows or of a client is there whatever the product is.
  const affects = (run: BuildRun): boolean => products.length === 0 || products.includes(productOfBuild(run.parts))
  if (products.length > 0 && product !== 'exchange' && !products.includes(product) && !runs.some(affects)) return base
  const last = runs.at(-1)
  if (rule?.decides === 'alone') {
    const state = last && !affects(last) ? 'not-affected' : alone[is]
    return { ...base, state, conditions, remedy: mendedBy(rule, state) }
  }
  if (!last) return { ...base, state: 'unknown', conditions }
  const intervals = runs.map((run, i) => ({
    from: iso(run.from),
    to: iso(run.to),
    state: affects(run)
      ? decided(stateOf(cve, run, facts, runs.slice(0, i)), run === last, is, rule, fixFor(cve, run, facts))
      : ('not-affected' as const),
    source: `${run.build} (${run.source})`,
  }))
  const { state } = intervals.at(-1)!
  const fix = fixFor(cve, last, facts)
  const held = mitigations.get(cve) ?? []
  return {
    ...base,
    state: state === 'open' && held.length > 0 ? 'mitigated' : state,
    intervals,
    fixedBy: fix ? `${fix.update || fix.cu} (${fix.build?.join('.') ?? 'configuration'})` : null,
    remedy: fix ? mendedBy(rule, state) : state === 'not-affected' ? null : remedyOf(cve, last, facts),
    conditions,
    mitigations: held,
  }
}

const alone = { met: 'fixed', 'not-met': 'open', unknown: 'unknown' } as const

/**
 * What a build and what else decides come to. Settings are known for the end of the evidence: of earlier builds nothing
 * else is known, but that what is in force unless switched off most likely was.
 */
function decided(
  byBuild: CveState,
  isLast: boolean,
  is: Condition['is'],
  rule: ProtectionFacts | undefined,
  fix: KnownFix | null,
): CveState {
  if (!rule) return byBuild
  if (rule.decides === 'directory') {
    if (isLast && is !== 'unknown') return alone[is]
    // Setup of a cumulative update prepares the directory before it installs anything; a security update does not.
    return byBuild === 'fixed' && fix?.status !== 'INCLUDED_IN_CU' ? 'unknown' : byBuild
  }
  if (byBuild === 'open' || byBuild === 'not-affected') return byBuild
  if (is === 'met' && (isLast || rule.byDefault)) return byBuild
  return isLast && is === 'not-met' ? 'open' : 'unknown'
}

/** The setting to change, unless it is known to be as it must be. */
function mendedBy(rule: ProtectionFacts | undefined, state: CveState): string | null {
  return state === 'open' || state === 'unknown' ? (rule?.remedy ?? null) : null
}

function conditionOf({ title }: ProtectionFacts, protection: Protection | undefined): Condition {
  return protection
    ? { title, is: protection.is, why: protection.why, from: protection.from }
    : { title, is: 'unknown', why: 'not judged', from: [] }
}

/** What to install where no update fixes it on this cumulative update. */
function remedyOf(cve: string, run: BuildRun, facts: ExposureFacts): string {
  const product = productOfBuild(run.parts)
  const here = updateName(run, facts)?.cu ?? 'this build'
  const later = fixesOf(cve, facts)
    .filter((fix) => fix.build && compareBuilds(fix.build, run.parts) > 0)
    .sort((a, b) => compareBuilds(a.build!, b.build!))
  const same = later.find((fix) => fix.product === product)
  if (same) return `no update for ${here}; first in ${named(same)}`
  const other = later.find((fix) => fix.product === 'ExchangeSE') ?? later[0]
  const name = facts.products.find((p) => p.product === other?.product)?.name
  return other ? `no update for this product; ${name ?? other.product} ${named(other)} has it` : 'no update is known'
}

function named(fix: KnownFix): string {
  return `${wordsOf(fix)} (${fix.build!.join('.')})`
}

type KnownBuild = ExposureFacts['builds'][number]

/** The entry of the build tables; of a build that is not listed, the one before it of its cumulative update, or the first. */
function updateName(run: Pick<BuildRun, 'parts'>, { builds }: ExposureFacts): KnownBuild | null {
  const same = builds.filter(({ build }) => isSameCu(build, run.parts)).sort((a, b) => compareBuilds(a.build, b.build))
  return same.findLast(({ build }) => compareBuilds(build, run.parts) <= 0) ?? same[0] ?? null
}

/** How long the product gets fixes, and how far this server is behind; null where the product is not known. */
export function supportOf(
  product: string,
  runs: readonly BuildRun[],
  facts: ExposureFacts,
  end: number | null,
): Support | null {
  const about = facts.products.find((p) => p.product === product)
  if (!about) return null
  const run = runs.at(-1)
  const own = run ? updateName(run, facts) : null
  const newestOf = (list: readonly KnownBuild[]): string | null => {
    const newest = list.reduce<KnownBuild | null>((a, b) => (a && compareBuilds(a.build, b.build) >= 0 ? a : b), null)
    return newest && `${wordsOf(newest)} (${newest.build.join('.')}, ${newest.released})`
  }
  const sameProduct = facts.builds.filter((one) => one.product === product)
  return {
    product: about.name,
    update: own && (run!.precision === 'cu' ? `${own.cu}, which update on it is not known` : wordsOf(own)),
    released: own && run!.precision === 'update' ? own.released : null,
    newestOfCu: own && newestOf(sameProduct.filter(({ cu }) => cu === own.cu)),
    newest: newestOf(sameProduct),
    end: about.supportEnd,
    // What is published on the day itself is available to all.
    later: about.paidAfterEnd ? newestOf(sameProduct.filter(({ released }) => released > about.supportEnd)) : null,
    is: end === null ? 'unknown' : end > Date.parse(about.supportEnd) + DAY ? 'ended' : 'supported',
  }
}

/** `CU22 Nov21SU`; of a row whose update names its cumulative update, that alone. */
function wordsOf({ cu, update }: { readonly cu: string; readonly update: string }): string {
  return update.startsWith(cu) ? update : [cu, update].filter(Boolean).join(' ')
}

/**
 * Is the CVE open on a server with this build? Compared within one CU only: a higher build of another CU can be unfixed.
 * `before`: builds that ran earlier.
 */
export function stateOf(cve: string, run: BuildRun, facts: ExposureFacts, before: readonly BuildRun[] = []): CveState {
  const fix = fixFor(cve, run, facts)
  // An unknown CU may be newer than the tables.
  if (!fix) return facts.cus.has(cuOf(run.parts)) ? 'open' : 'unknown'
  if (!fix.build) return 'unknown'
  if (compareBuilds(run.parts, fix.build) >= 0) return isPassedOver(fix, run, facts, before) ? 'unknown' : 'fixed'
  // A source that has the CU only cannot show the update on it.
  return run.precision === 'cu' ? 'unknown' : 'open'
}

/**
 * An update of the kind `SU own month` holds the fixes of that month only: what earlier updates of the same CU fix is fixed
 * there only if these were installed before.
 */
function isPassedOver(fix: KnownFix, run: BuildRun, facts: ExposureFacts, before: readonly BuildRun[]): boolean {
  const own = facts.builds.find(({ build }) => compareBuilds(build, run.parts) === 0)
  if (own?.kind !== OWN_MONTH) return false
  if (fix.update === own.update || fix.cu !== own.cu) return false
  // What the cumulative update itself holds is not taken away.
  if (!facts.builds.some((one) => one.cu === own.cu && one.product === own.product && isBelow(one.build, fix.build!)))
    return false
  return !before.some(
    ({ parts }) =>
      isSameCu(parts, run.parts) && compareBuilds(parts, fix.build!) >= 0 && compareBuilds(parts, run.parts) < 0,
  )
}

function isBelow(build: readonly number[], other: readonly number[]): boolean {
  return compareBuilds(build, other) < 0
}

/** The kind of builds.csv for it. */
const OWN_MONTH = 'SU own month'

function fixFor(cve: string, run: BuildRun, facts: ExposureFacts): KnownFix | null {
  const product = productOfBuild(run.parts)
  let newest: KnownFix | null = null
  for (const fix of fixesOf(cve, facts)) {
    if (fix.product !== product) continue
    if (fix.build && isSameCu(fix.build, run.parts)) return fix
    if (!newest?.build || (fix.build && compareBuilds(newest.build, fix.build) < 0)) newest = fix
  }
  // A fix is made for the newest CU of its day: one above all that have it came out later and holds it, as each rollup of
  // Exchange 2010 holds those before it.
  if (!newest?.build) return newest
  return facts.cus.has(cuOf(run.parts)) && compareBuilds(newest.build, run.parts) < 0 ? newest : null
}

function fixesOf(cve: string, { fixes }: ExposureFacts): readonly KnownFix[] {
  return fixes.get(cve) ?? []
}

/** Three integers of a build name its cumulative update. */
function isSameCu(a: readonly number[], b: readonly number[]): boolean {
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2]
}

function cuOf(build: readonly number[]): string {
  return build.slice(0, 3).join('.')
}

/** When this server was vulnerable to a set of CVEs, as far as builds show. */
export type ExposureTimeline = {
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

/** The exposure history of a campaign's vulnerabilities on this server. */
export function doorOf(
  cves: readonly string[],
  { product, builds: runs, installed }: Pick<ServerFacts, 'product' | 'builds' | 'installed'>,
  facts: ExposureFacts,
): ExposureTimeline {
  const known = facts.cves.filter((cve) => cves.includes(cve.cve))
  const ran = new Set([product, ...runs.map((run) => productOfBuild(run.parts))])
  // The subscription edition is put over Exchange 2019: before it is first seen the server can have been that.
  if (product === 'ExchangeSE' && installed === null) ran.add('Exchange2019')
  const affected = product === 'exchange' || known.some((cve) => cve.products.some((p) => ran.has(p)))
  const sightings = runs.map((run, i) => {
    const states = known.map(({ cve, products }) =>
      products.includes(productOfBuild(run.parts)) ? stateOf(cve, run, facts, runs.slice(0, i)) : ('fixed' as const),
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
  let newest: (typeof spans)[number] | null = null
  for (const span of spans) {
    if (span.state === 'fixed') {
      fixedAt ??= span.from
      newest = span
    }
    if (span.state === 'open' || (newest !== null && isTakenBack(newest, span))) fixedAt = null
    if (span.state === 'open') lastOpen = span.to ?? span.from
  }
  return { spans, fixedAt, lastOpen, end: spans.at(-1)?.state ?? 'unknown', affected }
}

type Span = ExposureTimeline['spans'][number]

/** A lower build, seen when the fixed one no longer was, of which it is not known whether it has the fix: that did not last. */
function isTakenBack(fixed: Span, later: Span): boolean {
  const [one, other] = [fixed, later].map(({ build }) => build.split('.').map(Number)) as [number[], number[]]
  return later.state === 'unknown' && compareBuilds(other, one) < 0 && (later.to ?? -Infinity) > (fixed.to ?? Infinity)
}

/** The exposure at a moment: the state of the build that ran then; unknown before, between and without knowledge. */
export function exposureAt(door: ExposureTimeline, time: number): 'open' | 'fixed' | 'unknown' {
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
