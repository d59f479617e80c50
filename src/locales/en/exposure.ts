import { formatCount, counted } from '../../lib/amounts.ts'
import { type Assessment } from '../../model/assessment.ts'
import { type Condition, type CveExposure, type CveState, type KnownUntil, type Support } from '../../model/exposure.ts'
import { span } from './words.ts'

// Words of reports for vulnerabilities: periods of exposure, and fixes.

export const cveStates: Readonly<Record<CveState, string>> = {
  open: 'open',
  mitigated: 'mitigated',
  fixed: 'fixed',
  'not-affected': 'not affected',
  unknown: 'unknown',
}

export const conditionStates: Readonly<Record<Condition['is'], string>> = {
  met: 'yes',
  'not-met': 'no',
  unknown: 'cannot tell',
}

/** Vulnerabilities by what they mean for the reader; those that others are known to have used come first. */
export function exposureGroups({ exposure: { cves }, coverage }: Assessment): {
  readonly open: readonly CveExposure[]
  /** Open, and made public only after the evidence ends. */
  readonly since: readonly CveExposure[]
  readonly was: readonly CveExposure[]
  readonly unknown: readonly CveExposure[]
  readonly fixed: readonly CveExposure[]
} {
  const sorted = [...cves].sort((a, b) => Number(b.exploited) - Number(a.exploited) || (a.cve < b.cve ? 1 : -1))
  const isOpen = ({ state }: CveExposure): boolean => state === 'open' || state === 'mitigated'
  const isLater = ({ published }: CveExposure): boolean => coverage.last !== null && published > coverage.last
  const wasOpen = (c: CveExposure): boolean => c.intervals.some(({ state }) => state === 'open')
  return {
    open: sorted.filter((c) => isOpen(c) && !isLater(c)),
    since: sorted.filter((c) => isOpen(c) && isLater(c)),
    was: sorted.filter((c) => (c.state === 'fixed' || c.state === 'not-affected') && wasOpen(c)),
    unknown: sorted.filter(({ state }) => state === 'unknown'),
    fixed: sorted.filter((c) => c.state === 'fixed' && !wasOpen(c)),
  }
}

/** Until when builds and vulnerabilities are known, and that the evidence goes on after that. */
export function knownWords({ exposure: { known }, coverage }: Pick<Assessment, 'exposure' | 'coverage'>): string {
  const until =
    known.builds === known.vulnerabilities
      ? `Build and vulnerability data is current to ${known.builds}`
      : `Build data is current to ${known.builds}, vulnerability data to ${known.vulnerabilities}`
  return `${until}${isBeyond(known, coverage) ? '; the evidence is newer, so later vulnerabilities are not assessed' : ''}.`
}

/** Does the evidence end after the day until which builds and vulnerabilities are known? */
export function isBeyond(known: KnownUntil, { last }: Pick<Assessment['coverage'], 'last'>): boolean {
  const least = known.builds < known.vulnerabilities ? known.builds : known.vulnerabilities
  return last !== null && last.slice(0, 10) > least
}

/** Is there anything to say of vulnerabilities? A tenant has none that its owner could close. */
export function isExposureShown({ server, exposure: { cves } }: Pick<Assessment, 'server' | 'exposure'>): boolean {
  return server.product === 'exchange-online' ? cves.some(({ state }) => state !== 'not-affected') : cves.length > 0
}

/** How many were open at the end, and before. */
export function exposureWords(assessment: Assessment): string {
  const { open, since, was, unknown } = exposureGroups(assessment)
  const used = (list: readonly CveExposure[]): string => {
    const n = list.filter(({ exploited }) => exploited).length
    return n === 0 ? '' : ` (${formatCount(n)} known to be exploited)`
  }
  const mitigated = open.filter(({ state }) => state === 'mitigated').length
  const parts = [
    `${open.length === 0 ? 'No known vulnerability' : counted(open.length, 'known vulnerability', 'known vulnerabilities')} open at the end of the evidence${used(open)}`,
    ...(mitigated > 0 ? [`${mitigatedWords(mitigated, open.length)}mitigated, not fixed`] : []),
    ...(since.length > 0 ? [`${formatCount(since.length)} published after the evidence ends${used(since)}`] : []),
    ...(was.length > 0 ? [`${formatCount(was.length)} open for a time, now fixed${used(was)}`] : []),
    ...(unknown.length > 0 ? [`${formatCount(unknown.length)} undetermined from this evidence${used(unknown)}`] : []),
  ]
  return `${parts.join('; ')}. ${knownWords(assessment)}`
}

function mitigatedWords(mitigated: number, open: number): string {
  if (mitigated < open) return `${formatCount(mitigated)} of them `
  return open === 1 ? '' : 'all of them '
}

/** The update that runs, and what is newer. */
export function updateWords({ update, released, newestOfCu, newest }: Support): string {
  if (update === null) return `not known; newest update in the build data: ${newest ?? 'none'}`
  const own = `${update}${released ? `, released ${released}` : ''}`
  const isNewest = (other: string | null): boolean => other?.startsWith(`${update} (`) === true
  if (isNewest(newest)) return `${own}, the newest update of the product`
  const cu = isNewest(newestOfCu)
    ? ', the newest for this cumulative update'
    : newestOfCu
      ? `; newest for this cumulative update: ${newestOfCu}`
      : ''
  return `${own}${cu}${newest ? `; newest of the product: ${newest}` : ''}`
}

/** What the end of support means for this server. */
export function supportWords({ product, end, later, is }: Support): string {
  // https://techcommunity.microsoft.com/blog/exchange/announcing-exchange-2016--2019-extended-security-update-program/4433495
  const paid = later === null ? '' : ' (except under Extended Security Updates)'
  const after = `no regular security updates${paid}, so later vulnerabilities stay open until the server is replaced`
  if (is === 'ended') return `${product} was supported until ${end}, before the evidence ends: ${after}`
  return is === 'supported'
    ? `${product} was supported throughout the evidence; support ends on ${end}`
    : `${product} is supported until ${end}; after that, ${after}`
}

/** What closes it here: the update for this cumulative update, or what to install instead. */
export function fixWords({ fixedBy, remedy }: CveExposure): string {
  return [fixedBy, remedy].filter((words) => words !== null).join('; ')
}

/** What else decides, with its state, and what mitigates, in a line. */
export function conditionWords({ conditions, mitigations }: CveExposure): string {
  return [
    ...conditions.map(({ title, is, why }) => `${title}: ${conditionStates[is]} (${why})`),
    ...mitigations.map((what) => `mitigated by ${what}`),
  ].join('; ')
}

/** `CVE-2021-26855 (ProxyLogon)`. */
export function nameWords({ cve, alias }: CveExposure): string {
  return alias ? `${cve} (${alias})` : cve
}

/** From when to when the server was vulnerable, as far as builds show. */
export function openWords(cve: CveExposure): string {
  const open = joinedIntervals(cve).filter(({ state }) => state === 'open')
  if (open.length === 0) return 'period unknown'
  return open.map(({ from, to }) => (from === null && to === null ? 'period unknown' : span(from, to))).join(', ')
}

/** What a CVE's intervals come to: neighbors of one state are one, whatever build they were read from. */
export function joinedIntervals(cve: CveExposure): CveExposure['intervals'] {
  const joined: CveExposure['intervals'][number][] = []
  for (const next of cve.intervals) {
    const last = joined.at(-1)
    if (last && last.state === next.state && touches(last.to, next.from)) {
      const source =
        last.source === next.source || last.source.endsWith('others') ? last.source : `${last.source} and others`
      joined[joined.length - 1] = { from: last.from, to: next.to, state: last.state, source }
    } else joined.push(next)
  }
  return joined
}

const touches = (to: string | null, from: string | null): boolean => to === null || from === null || from <= to
