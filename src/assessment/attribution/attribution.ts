import { counted, formatList } from '../../lib/amounts.ts'
import { sectorName } from '../../knowledge/actors.ts'
import { type SeenTrace, TraceTable } from './traces.ts'
import { type FindingWithHits } from '../../findings/findings.ts'
import { rank, type Stage } from '../../model/stages.ts'
import { Groups } from '../../lib/groups.ts'
import { sha256 } from '../../lib/hash.ts'
import { limits as most, heaviest } from '../../lib/limits.ts'
import { addTo } from '../../lib/collections.ts'
import { DAY, firstAndLast } from '../../lib/time.ts'
import { type Campaign } from '../../model/campaign.ts'
import {
  type Actor,
  type ActorFacts,
  type KnownActor,
  type Likelihood,
  likelihoods,
  type Phase,
} from '../../model/actor.ts'
import { type Intrusion, type Finding } from '../../model/finding.ts'

/** The hypotheses, and in sentences whether an actor is named, why, and what that means. */
export type Attribution = { readonly actors: readonly Actor[]; readonly attribution: readonly string[] }

/** What the weighing knows besides what was found. */
export type ActorKnowledge = {
  readonly campaigns: readonly Campaign[]
  readonly facts: readonly ActorFacts[]
  /** Name of a rule as actors.yml has it, by its id. */
  readonly ruleNames: ReadonlyMap<string, string>
  readonly sector: string | null
}

/**
 * Weighed hypotheses: stories of one client are one attacker’s, and for each intruder known actors are weighed against
 * mass exploitation and against somebody unknown. docs/use/attribution.md has the rules in words and the numbers.
 */
export function actorsOf(
  intrusions: readonly Intrusion[],
  found: readonly FindingWithHits[],
  known: ActorKnowledge,
): Attribution {
  if (intrusions.length === 0) return { actors: [], attribution: [] }
  const table = new TraceTable(known.facts.flatMap(({ actors }) => actors))
  const byIntrusion = new Map<string, FindingWithHits[]>()
  for (const f of found) {
    const { intrusion } = f.finding
    if (!f.counts || intrusion === null) continue
    addTo(byIntrusion, intrusion, f)
  }
  const cases = intrudersOf(intrusions).map((own) => caseOf(own, byIntrusion, table, known))
  const weighed = cases.map((one) => weigh(one, known))
  const actors = together(weighed.flatMap((one) => one.actors))
  return { actors, attribution: statement(cases, weighed, actors, known) }
}

// ---------------------------------------------------------------- intruders

/** Chains that share a client belong to one attacker; joined by page, session or time they are one intrusion already. */
function intrudersOf(intrusions: readonly Intrusion[]): Intrusion[][] {
  const groups = new Groups(intrusions.length)
  const firstOf = new Map<string, number>()
  for (const [i, { clients }] of intrusions.entries())
    for (const client of clients) {
      const first = firstOf.get(client)
      if (first === undefined) firstOf.set(client, i)
      else groups.union(first, i)
    }
  // In the order of the last intrusion of each, which was the first to complete it.
  const members = new Map<number, Intrusion[]>()
  const last = new Map<number, number>()
  for (const [i, intrusion] of intrusions.entries()) {
    addTo(members, groups.find(i), intrusion)
    last.set(groups.find(i), i)
  }
  return [...members].sort(([a], [b]) => last.get(a)! - last.get(b)!).map(([, own]) => own)
}

/** One attacker: the intrusions, their findings, and the indicators of actors in them. */
type Case = {
  readonly intrusions: readonly Intrusion[]
  readonly campaign: Campaign | null
  readonly first: number | null
  readonly last: number | null
  readonly findings: readonly Finding[]
  /** The way in was seen, by more than entries of lists: what a host or digest hangs on. */
  readonly entered: boolean
  readonly seen: readonly SeenTrace[]
  readonly sharedTools: readonly string[]
  readonly phase: (Omit<Phase, 'from'> & { readonly from: string | null }) | null
}

function caseOf(
  intrusions: readonly Intrusion[],
  byIntrusion: ReadonlyMap<string, readonly FindingWithHits[]>,
  table: TraceTable,
  known: ActorKnowledge,
): Case {
  const own = intrusions.flatMap(({ id }) => byIntrusion.get(id) ?? [])
  const nameOf = ({ rule }: Finding): string => known.ruleNames.get(rule) ?? rule
  const campaign =
    intrusions
      .map((intrusion) => known.campaigns.find(({ id }) => id === intrusion.campaign))
      .find((c) => c !== undefined) ?? null
  const times = intrusions.flatMap(({ first, last }) => [first, last]).flatMap((t) => (t === null ? [] : Date.parse(t)))
  const [first, last] = firstAndLast(times)
  const rules = new Set(own.map((f) => nameOf(f.finding)))
  return {
    intrusions,
    campaign,
    first,
    last,
    findings: own.map((f) => f.finding),
    entered: own.some(
      ({ finding }) =>
        !isListed(finding) && rank(finding.stage) >= rank('access') && rank(finding.stage) <= rank('execution'),
    ),
    seen: own.flatMap((f) => table.in(f, nameOf(f.finding))),
    sharedTools: known.facts
      .flatMap(({ shared }) => shared)
      .filter((tool) => tool.rules.some((rule) => rules.has(rule)))
      .map(({ what }) => what),
    phase: phaseOf(campaign, first, known.facts),
  }
}

/** An entry of an indicator list: alone it shows no initial access. */
function isListed({ rule }: Finding): boolean {
  return rule.startsWith('ioc-')
}

function phaseOf(campaign: Campaign | null, first: number | null, facts: readonly ActorFacts[]): Case['phase'] {
  if (campaign === null || first === null) return null
  const phases = facts.find((one) => one.campaign === campaign.id)?.phases ?? []
  const phase = phases.findLast(({ from }) => Date.parse(from) <= first)
  if (phase) return phase
  if (phases[0]) return { ...phases[0], from: null }
  if (campaign.exploitation.massFrom === undefined) return null
  return first < Date.parse(campaign.exploitation.massFrom)
    ? { from: null, hands: 'few', what: `before many used ${campaign.name}` }
    : { from: campaign.exploitation.massFrom, hands: 'many', what: `when ${campaign.name} was in the hands of many` }
}

// ---------------------------------------------------------------- weighing

/** Odds against “another actor, not known here”, which is 1. docs/use/attribution.md repeats them, and a test compares the two. */
export const odds = {
  /** Mass exploitation, by how many had the way in. */
  mass: { few: 0.25, some: 2, many: 3, all: 6 },
  /** What was done after the first steps. */
  byHand: 0.5,
  automatic: 2,
  /** A known actor before anything is looked at. */
  actor: 0.02,
  exclusive: 2000,
  /** Each further kind of trace, up to two. */
  distinctive: 5,
  outOfTime: 0.001,
  sectorFits: 1.5,
  sectorDiffers: 0.8,
} as const

/** Chances (of 100) that a hypothesis cannot pass. */
export const chanceLimits = {
  /** An actor that is not named is at most unlikely. */
  unnamed: 45,
  /** One trace that is the actor’s alone, in time. */
  named: 80,
  /** That, and a trace of another kind. Logs of one server never make anything almost certain. */
  corroborated: 95,
} as const

/** Upper ends of the bands of ICD 203, in chances of 100. */
export const bands: readonly number[] = [5, 20, 45, 55, 80, 95, 100]

export function wordsFor(chance: number): Likelihood {
  return likelihoods[bands.findIndex((end) => chance <= end)] ?? 'almost certain'
}

/** A sentence, and the intrusions that it is about: CHAINS stands for them in its text, so that one sentence serves many. */
type Said = { readonly text: string; readonly intrusions: readonly string[] }
const CHAINS = '\0'

/** A hypothesis about one intruder. */
type Hypothesis = Omit<Actor, 'id' | 'supporting' | 'contradicting'> & Sides

type Weighed = {
  readonly actors: readonly Hypothesis[]
  readonly refusals: readonly string[]
  readonly sectorUsed: boolean
}

const MASS = 'mass exploitation, actor unknown'
const ANOTHER = 'another actor, not known here'

function weigh(one: Case, known: ActorKnowledge): Weighed {
  const ids = one.intrusions.map(({ id }) => id)
  const mass = massOf(one)
  const suspects = suspectsOf(one, known)
  const exclusive = suspects.filter((s) => s.exclusive)
  const rivals = exclusive.length > 1
  const all = [
    { ...mass, actor: MASS, named: false, limit: 100, references: [] as readonly string[] },
    {
      ...anotherActor(one, suspects),
      odds: 1,
      actor: ANOTHER,
      named: false,
      limit: 100,
      references: [] as readonly string[],
    },
    ...suspects.map((s) => {
      const rival = rivals && s.exclusive
      const named = s.refusal === null && !rival
      return {
        actor: s.actor.name,
        odds: s.odds,
        for: s.for,
        against: rival
          ? [
              ...s.against,
              plainly(
                `traces of ${exclusive.length} actors, each its own, are in one intrusion: several attackers used one vulnerability, or one of them copied the others`,
              ),
            ]
          : s.against,
        named,
        limit: !named ? chanceLimits.unnamed : s.kinds > 1 ? chanceLimits.corroborated : chanceLimits.named,
        references: s.actor.references,
      }
    }),
  ]
  const chances = chancesOf(all)
  return {
    actors: all
      .map((h, i) => ({ h, chance: chances[i]!, i }))
      .sort((a, b) => b.chance - a.chance || a.i - b.i)
      .map(({ h, chance }) => ({
        actor: h.actor,
        words: wordsFor(chance),
        named: h.named,
        for: h.for,
        against: h.against,
        intrusions: ids,
        references: h.references,
      })),
    refusals: suspects.flatMap((s) =>
      s.refusal !== null
        ? [`${s.actor.name} is weighed and not named: ${s.refusal}.`]
        : rivals
          ? [`${s.actor.name} is weighed and not named: another actor’s own traces are in the same intrusion.`]
          : [],
    ),
    sectorUsed: suspects.some((s) => s.sectorUsed),
  }
}

/** Odds as chances of 100; what a limit takes from one goes to the others. */
function chancesOf(all: readonly { readonly odds: number; readonly limit: number }[]): number[] {
  const sum = all.reduce((total, h) => total + h.odds, 0)
  const held = all.map((h) => Math.min((100 * h.odds) / sum, h.limit))
  const isHeld = all.map((h, i) => held[i]! < (100 * h.odds) / sum)
  const left = 100 - held.reduce((total, chance, i) => total + (isHeld[i] ? chance : 0), 0)
  const free = held.reduce((total, chance, i) => total + (isHeld[i] ? 0 : chance), 0)
  return held.map((chance, i) => (isHeld[i] ? chance : (chance * left) / free))
}

type Sides = { readonly for: readonly Said[]; readonly against: readonly Said[] }

/** A sentence that names no intrusion. */
const plainly = (text: string): Said => ({ text, intrusions: [] })

/** Stages that automated exploitation seldom reaches. */
const handwork: ReadonlySet<Stage> = new Set(['execution', 'credentials', 'persistence', 'collection', 'exfiltration'])

function massOf(one: Case): Sides & { odds: number } {
  const supports: string[] = []
  const against: string[] = []
  const intrusion = CHAINS
  const { phase } = one
  if (phase !== null) {
    const began = `${intrusion} began on ${new Date(one.first!).toISOString().slice(0, 10)}, ${phase.what}`
    if (phase.hands === 'few') against.push(`${began}: few had the way in then`)
    else supports.push(`${began}: it was in the hands of ${phase.hands === 'all' ? 'anybody' : phase.hands}`)
  } else against.push(`${intrusion}: no time or campaign is known, so the number of actors with this access is unknown`)
  const acts = new Set(one.findings.map(({ stage }) => stage).filter((stage) => handwork.has(stage)))
  if (acts.size === 0) supports.push(`${intrusion}: nothing after the first steps, as automated use leaves it`)
  else {
    const days = one.first === null || one.last === null ? null : Math.max(1, Math.ceil((one.last - one.first) / DAY))
    const when = days === null ? ', at unknown times' : `, within ${counted(days, 'day')}`
    against.push(`${intrusion} shows hands-on activity (${counted(acts.size, 'kind')} of act${when})`)
  }
  for (const tool of one.sharedTools) supports.push(`${intrusion}: ${tool}, which many use`)
  if (!one.seen.some(({ trace }) => trace.weight !== 'shared'))
    supports.push(`${intrusion}: nothing was found that reports tie to one actor; the tools and ways are in many hands`)
  const hands = odds.mass[phase?.hands ?? 'some']
  const ids = one.intrusions.map(({ id }) => id)
  const said = (text: string): Said => ({ text, intrusions: ids })
  return {
    odds: hands * (acts.size === 0 ? odds.automatic : odds.byHand),
    for: supports.map(said),
    against: against.map(said),
  }
}

function anotherActor(one: Case, suspects: readonly Suspect[]): Sides {
  const own = suspects.filter((s) => s.exclusive)
  const intrusions = one.intrusions.map(({ id }) => id)
  return {
    for: [
      plainly('most attackers are in no public report, and hosts, tools and programs pass from one to another'),
      ...(one.phase?.hands === 'few'
        ? [{ text: `${CHAINS} began when few actors had this access, and not all of them are known`, intrusions }]
        : []),
    ],
    against: own.map((s) => ({ text: `what ${s.actor.name} alone was seen with was found in ${CHAINS}`, intrusions })),
  }
}

// ---------------------------------------------------------------- known actors

type Suspect = Sides & {
  readonly actor: KnownActor
  readonly odds: number
  readonly exclusive: boolean
  /** Kinds of trace that are more than shared. */
  readonly kinds: number
  /** Why it cannot be named, apart from the others. */
  readonly refusal: string | null
  readonly sectorUsed: boolean
}

/** Actors with an indicator that is more than shared. Widely available tools list none. */
function suspectsOf(one: Case, known: ActorKnowledge): Suspect[] {
  const suspects: Suspect[] = []
  for (const { campaign, actors } of known.facts) {
    for (const actor of actors) {
      const seen = one.seen.filter((s) => s.actor === actor)
      if (seen.some(({ trace }) => trace.weight !== 'shared'))
        suspects.push(suspectOf(actor, campaign, seen, one, known))
    }
  }
  return suspects
}

function suspectOf(
  actor: KnownActor,
  campaign: string,
  seen: readonly SeenTrace[],
  one: Case,
  known: ActorKnowledge,
): Suspect {
  const intrusions = new Map(one.intrusions.map((intrusion) => [intrusion.id, intrusion]))
  const intrusionOf = ({ intrusion }: Finding): Intrusion | undefined => intrusions.get(intrusion ?? '')
  const exclusive = seen.filter(({ trace, firm }) => trace.weight === 'exclusive' && firm)
  const counting = seen.filter(({ trace }) => trace.weight !== 'shared')
  const isExclusive = exclusive.length > 0
  const kinds = new Set(counting.map(({ trace }) => trace.kind)).size
  const dated = isExclusive ? exclusive : counting
  const time = timeSaid(
    actor,
    campaign,
    dated.filter(({ finding }) => intrusionOf(finding)?.campaign === campaign),
    one.first,
  )
  const sector = sectorSaid(actor, known.sector)
  const said = [...byTrace(seen).map(traceSaid), time, sector, ...doubtsSaid(one, exclusive, counting, intrusionOf)]
  return {
    actor,
    odds:
      odds.actor *
      (isExclusive ? odds.exclusive : 1) *
      odds.distinctive ** Math.min(2, isExclusive ? kinds - 1 : kinds) *
      (time.fits ? 1 : odds.outOfTime) *
      sector.odds,
    exclusive: isExclusive,
    kinds,
    for: said.flatMap((sides) => sides.for),
    against: said.flatMap((sides) => sides.against),
    refusal: refusalOf(isExclusive, time.fits, one.entered),
    sectorUsed: sector.isUsed,
  }
}

const supported = (text: string, intrusions: readonly string[] = []): Sides => ({
  for: [{ text, intrusions }],
  against: [],
})
const opposed = (text: string, intrusions: readonly string[] = []): Sides => ({
  for: [],
  against: [{ text, intrusions }],
})

/** What was found. */
function traceSaid({ trace, value, finding, firm }: SeenTrace): Sides {
  const where = `in ${finding.intrusion === null ? 'a finding' : CHAINS}`
  const intrusions = finding.intrusion === null ? [] : [finding.intrusion]
  if (trace.weight === 'shared')
    return opposed(`${trace.what} (${value}), ${where}: others have it, too; it is not counted`, intrusions)
  const found = `${trace.what}: ${value}, ${where}`
  if (trace.weight !== 'exclusive') return supported(`${found}; others could have it (${trace.source})`, intrusions)
  if (firm) return supported(`${found}; reports tie it to this actor alone (${trace.source})`, intrusions)
  return supported(`${found}; but an investigation, a mail or a request can leave that, too`, intrusions)
}

/** The time: `atDoor` are indicators in intrusions with the attack vector that reports describe. */
function timeSaid(
  { seen: { from, to } }: KnownActor,
  campaign: string,
  atDoor: readonly SeenTrace[],
  first: number | null,
): Sides & { readonly fits: boolean } {
  const isIn = (time: number): boolean => time >= Date.parse(from) && time < Date.parse(to) + DAY
  const times = atDoor.flatMap(({ time }) => time ?? [])
  const fits = first !== null && isIn(first) && times.some(isIn)
  if (fits) return { ...supported(`the time fits: what ties it to this actor holds from ${from} to ${to}`), fits }
  if (atDoor.length === 0) return { ...opposed(`the reports describe another initial access (${campaign})`), fits }
  return {
    ...opposed(
      times.length === 0
        ? 'the time of what was found is not known, or is one that an attacker could set'
        : `the time does not fit: what ties it to this actor holds from ${from} to ${to}`,
    ),
    fits,
  }
}

/** Where: a weak sign. */
function sectorSaid(
  { sectors }: KnownActor,
  sector: ActorKnowledge['sector'],
): Sides & { readonly isUsed: boolean; readonly odds: number } {
  if (sector !== null && sectors.includes(sectorName(sector)))
    return {
      ...supported(`weak: victims in the sector ${sectorName(sector)} are in the reports`),
      isUsed: true,
      odds: odds.sectorFits,
    }
  if (sector !== null && sectors.length > 0)
    return {
      ...opposed(`weak: the reports name victims in other sectors (${sectors.join(', ')})`),
      isUsed: true,
      odds: odds.sectorDiffers,
    }
  return { for: [], against: [], isUsed: false, odds: 1 }
}

/** Contradicting evidence for any actor, whatever its indicators. */
function doubtsSaid(
  one: Case,
  exclusive: readonly SeenTrace[],
  counting: readonly SeenTrace[],
  intrusionOf: (finding: Finding) => Intrusion | undefined,
): Sides[] {
  const said: Sides[] = []
  if (!one.entered) said.push(opposed('the initial access is not seen in this intrusion: entries of lists alone'))
  if (exclusive.some(({ finding }) => joinedByTimeAlone(finding, intrusionOf(finding))))
    said.push(opposed('it is joined to the requests by time alone: another attacker could have been at work then'))
  const clients = new Set(one.intrusions.flatMap((intrusion) => intrusion.clients)).size
  if (clients > 1 && counting.some(({ finding }) => finding.client === null))
    said.push(
      opposed(
        `${clients} addresses took part in this intrusion, and may be of several attackers: one can use what another left`,
      ),
    )
  said.push(opposed('anyone who wants to be taken for this actor can leave what reports describe'))
  return said
}

function refusalOf(exclusive: boolean, inTime: boolean, entered: boolean): string | null {
  if (!exclusive) return 'nothing was found that is this actor’s alone'
  if (!inTime) return 'the time or the initial access differs from the reports'
  return entered ? null : 'the initial access is not seen in the same intrusion'
}

/** Each trace once, the firmest finding of it first. */
function byTrace(seen: readonly SeenTrace[]): SeenTrace[] {
  const best = new Map<SeenTrace['trace'], SeenTrace>()
  for (const s of seen) {
    const before = best.get(s.trace)
    if (before === undefined || (s.firm && !before.firm)) best.set(s.trace, s)
  }
  return [...best.values()]
}

function joinedByTimeAlone(finding: Finding, intrusion: Intrusion | undefined): boolean {
  return finding.client === null && (intrusion?.joinedBy.some((by) => by.startsWith('time')) ?? false)
}

// ---------------------------------------------------------------- what is said of all

/** Hypotheses of the same weight about several attackers are one, and so are sentences that say the same of several intrusions. */
function together(actors: readonly Hypothesis[]): Actor[] {
  const same = Map.groupBy(actors, ({ actor, words, named }) => `${actor}\0${words}\0${named}`)
  return [...same]
    .map(([key, all]): Actor => {
      const { actor, words, named, references } = all[0]!
      const supports = sentencesOf(all.flatMap((one) => one.for))
      const against = sentencesOf(all.flatMap((one) => one.against))
      const lost = {
        ...(supports.left > 0 ? { supporting: supports.left } : {}),
        ...(against.left > 0 ? { contradicting: against.left } : {}),
      }
      return {
        id: sha256(key).slice(0, 8),
        actor,
        words,
        named,
        supporting: supports.list,
        contradicting: against.list,
        intrusions: [...new Set(all.flatMap(({ intrusions }) => intrusions))],
        references,
        ...(Object.keys(lost).length > 0 ? { more: lost } : {}),
      }
    })
    .sort((a, b) => place(a) - place(b))
}

/** Each sentence once, with the intrusions that it is about; of very many those that are about most intrusions. */
function sentencesOf(said: readonly Said[]): { readonly list: readonly string[]; readonly left: number } {
  const about = new Map<string, Set<string>>()
  for (const { text, intrusions } of said) {
    const known = about.get(text) ?? new Set()
    for (const intrusion of intrusions) known.add(intrusion)
    about.set(text, known)
  }
  const all = [...about]
  const kept = heaviest(all, most.actor.supporting, ([, intrusions]) => intrusions.size)
  return {
    list: kept.map(([text, intrusions]) => text.replaceAll(CHAINS, () => shown([...intrusions]))),
    left: all.length - kept.length,
  }
}

/** The named first, then hypotheses without a name, and last actors that were weighed and are not named. */
function place({ named, references }: Pick<Actor, 'named' | 'references'>): number {
  return named ? 0 : references.length === 0 ? 1 : 2
}

function statement(
  cases: readonly Case[],
  weighed: readonly Weighed[],
  all: readonly Actor[],
  known: ActorKnowledge,
): string[] {
  const named = all.filter((a) => a.named).map((a) => `${a.actor}: ${a.words} (${shown(a.intrusions)})`)
  const tools = union(
    [],
    cases.flatMap(({ sharedTools }) => sharedTools),
  )
  const refusals = union(
    [],
    weighed.flatMap((w) => w.refusals),
  )
  const considered = all.some((a) => a.references.length > 0)
  return [
    named.length > 0 ? `Named: ${named.join('; ')}. ${NEEDED}` : `No actor is named. ${NEEDED}`,
    ...(!considered
      ? [
          tools.length > 0
            ? `What was found is used by many (${tools.join('; ')}): no actor is named for that alone.`
            : 'Nothing was found that public reports attribute to one actor alone.',
        ]
      : []),
    ...refusals,
    ...(cases.length > 1
      ? [
          `There are ${counted(cases.length, 'intrusion')} that share nothing, and each is weighed separately: there may have been as many attackers, or fewer with several addresses.`,
        ]
      : []),
    ...sectorSentence(weighed, known),
    ...MEANING,
  ]
}

function sectorSentence(weighed: readonly Weighed[], { sector }: ActorKnowledge): string[] {
  if (sector === null) return []
  return [
    weighed.some(({ sectorUsed }) => sectorUsed)
      ? `The sector that was given (${sectorName(sector)}) counts, weakly: it makes no name, and takes none away.`
      : `The sector that was given (${sectorName(sector)}) changed nothing: no actor was weighed whose victims’ sectors are known.`,
  ]
}

const NEEDED =
  'To name one, Postern needs a trace that public reports attribute to that actor alone, within their period. The initial access must be in the same intrusion.'

const MEANING = [
  'A name means that traces in this evidence match what public reports attribute to that actor. It does not say which person, organization or state was at work: reports err, tools and hosts are shared, sold and stolen, and traces can be planted.',
  'It is an estimate, and no finding of fact: do not rest a legal, diplomatic or insurance step on it alone. What an attacker claims (a user agent, a file name, a text) is never taken as a name.',
  'Neither the verdict nor the actions depend on a name.',
]

function shown(ids: readonly string[]): string {
  return formatList(
    ids.map((id) => `intrusion ${id}`),
    3,
    'intrusion',
  )
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])]
}
