import { bothEnds, heaviest, limits, shortened, withLimits } from '../../lib/limits.ts'
import type { Assessment } from '../../model/assessment.ts'
import type { Answer } from '../../model/answer.ts'
import type { KindCoverage } from '../../model/coverage.ts'
import type { Intrusion, Finding } from '../../model/finding.ts'
import { weighedOrder } from '../../model/sign.ts'
import { byWeight } from './selections.ts'

/**
 * The assessment with every list within its limit (lib/limits.ts), but for findings and files. What is left out is counted in `more`
 * beside the list. The strongest entries stay, and of equal ones the earliest.
 */
export function bounded(a: Assessment): Assessment {
  const answer = (one: Answer): Answer => withLimits(one, limits.answer)
  const answers = a.answers.map(answer)
  const cves = a.exposure.cves.map((cve) => shortened(cve, { intervals: bothEnds(cve.intervals, limits.intervals) }))
  const whole = {
    ...a,
    server: shortened(a.server, { builds: bothEnds(a.server.builds, limits.builds) }),
    answers,
    campaigns: a.campaigns.map((campaign) => ({ ...campaign, answers: campaign.answers.map(answer) })),
    exposure: { ...a.exposure, cves },
    requests: withLimits(a.requests, { statuses: limits.statuses }),
    coverage: shortened(a.coverage, {
      kinds: a.coverage.kinds.map(kindWithin),
      gaps: heaviest(a.coverage.gaps, limits.gaps, ({ length }) => length),
      unknown: heaviest(a.coverage.unknown, limits.unknown, ({ size }) => size),
      blindSpots: a.coverage.blindSpots.slice(0, limits.blindSpots),
    }),
    evidence: withLimits(a.evidence, { notes: limits.notes }),
    knowledge: withLimits(a.knowledge, { brokenRules: limits.brokenRules }),
  }
  const first = <T>(list: readonly T[], most: number, each: (entry: T) => T): readonly T[] =>
    list.slice(0, most).map(each)
  return shortened(whole, {
    intrusions: heaviest(a.intrusions, limits.intrusions, intrusionWeight(a, answers)).map((intrusion) =>
      withLimits(intrusion, limits.intrusion),
    ),
    mailboxes: first(a.mailboxes, limits.mailboxes, (mailbox) => withLimits(mailbox, limits.mailbox)),
    persistence: heaviest(a.persistence, limits.persistence, ({ state }) => states.indexOf(state)).map((one) =>
      withLimits(one, limits.persistent),
    ),
    actors: first(a.actors, limits.actors, (actor) => withLimits(actor, limits.actor)),
    subjects: heaviest(a.subjects, limits.subjects, ({ is }) => weighedOrder.indexOf(is)).map((subject) =>
      withLimits(subject, limits.subject),
    ),
    clients: first(a.clients, limits.clients, (client) => withLimits(client, limits.client)),
    thirdPartyResults: heaviest(a.thirdPartyResults, limits.thirdPartyResults, ({ is }) =>
      is === 'differs' ? 1 : 0,
    ).map((opinion) => withLimits(opinion, limits.opinion)),
  })
}

/**
 * The assessment as assessment.json has it: findings and files are within their limits, too. Every finding stands in
 * findings.jsonl, and every file and gap in coverage.jsonl.
 */
export function whollyBounded(a: Assessment): Assessment {
  const short = bounded(a)
  const findings = strongest(short, a)
  const cited = new Set(findings.flatMap(({ locators }) => locators.map(({ path }) => path)))
  const { manifest } = a.evidence
  const files = heaviest(manifest, limits.manifest, ({ path, parser }) =>
    cited.has(path) ? 2 : parser !== null && parser !== 'scan' ? 1 : 0,
  )
  return shortened(
    { ...short, findings: a.findings, evidence: shortened(short.evidence, { manifest: files }) },
    { findings },
  )
}

/**
 * As many findings as there is room for, in their own order: first those that answers rest on, the weightiest of each first,
 * then those that count for most. The first reason of every answer is always among them.
 */
function strongest(short: Assessment, { findings }: Assessment): readonly Finding[] {
  const known = new Map(findings.map((finding) => [finding.id, finding]))
  const answers = [...short.answers, ...short.campaigns.flatMap((campaign) => campaign.answers)]
  const firsts = answers.flatMap(({ because }) => known.get(because.find((id) => known.has(id)) ?? '') ?? [])
  const cited = answers.flatMap(({ because }) => because.flatMap((id) => known.get(id) ?? []))
  const kept = new Set<Finding>(firsts)
  let room = limits.findingText - sumOf(firsts, textOf)
  for (const finding of [...cited, ...byWeight(short)]) {
    if (kept.size >= limits.findings) break
    if (kept.has(finding)) continue
    room -= textOf(finding)
    if (room < 0) break
    kept.add(finding)
  }
  return kept.size === findings.length ? findings : findings.filter((finding) => kept.has(finding))
}

const textOf = ({ locators }: Finding): number => sumOf(locators, ({ raw }) => raw.length)

function sumOf<T>(list: readonly T[], of: (entry: T) => number): number {
  return list.reduce((sum, entry) => sum + of(entry), 0)
}

/** What an intrusion weighs: that an answer rests on it, then the strongest of its findings. */
function intrusionWeight(a: Assessment, answers: readonly Answer[]): (intrusion: Intrusion) => number {
  const cited = new Set(answers.flatMap(({ because }) => because))
  const weights = new Map<string, number>()
  for (const { id, intrusion, is, level } of a.findings) {
    if (intrusion === null) continue
    const weight = (cited.has(id) ? 100 : 0) + (is === 'yes' ? 10 : 0) + levels.indexOf(level)
    weights.set(intrusion, Math.max(weights.get(intrusion) ?? 0, weight))
  }
  return ({ id }) => weights.get(id) ?? 0
}

const levels: readonly Finding['level'][] = ['informational', 'low', 'medium', 'high', 'critical']
const states: readonly string[] = ['unknown', 'was-there', 'requested-after-removal', 'present']

/** Of a log kind the busiest days and the longest gaps. */
function kindWithin(kind: KindCoverage): KindCoverage {
  return shortened(kind, {
    days: heaviest(kind.days, limits.days, ([, entries]) => entries),
    gaps: heaviest(kind.gaps, limits.logGaps, ({ from, to }) => Date.parse(to) - Date.parse(from)),
  })
}
