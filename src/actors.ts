import { sectorName } from './actor-facts.ts'
import { type Seen, TraceTable } from './actor-traces.ts'
import { type Found, rank } from './detection.ts'
import {
  type Actor,
  type ActorFacts,
  type Campaign,
  type Chain,
  type Finding,
  type KnownActor,
  type Likelihood,
  likelihoods,
  type Phase,
  type Stage,
} from './model.ts'

const DAY = 86_400_000

/** Who it may have been, and in sentences whether somebody is named, why, and what that means. */
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
 * Weighed hypotheses: stories of one client are one intruder’s, and for each intruder known actors are weighed against
 * mass exploitation and against somebody unknown. docs/actors.md has the rules in words and the numbers.
 */
export function actorsOf(chains: readonly Chain[], found: readonly Found[], known: ActorKnowledge): Attribution {
  if (chains.length === 0) return { actors: [], attribution: [] }
  const table = new TraceTable(known.facts.flatMap(({ actors }) => actors))
  const byChain = new Map<string, Found[]>()
  for (const f of found) {
    const { chain } = f.finding
    if (!f.counts || chain === null) continue
    const own = byChain.get(chain)
    if (own) own.push(f)
    else byChain.set(chain, [f])
  }
  const cases = intrudersOf(chains).map((own) => caseOf(own, byChain, table, known))
  const weighed = cases.map((one) => weigh(one, known))
  return {
    actors: together(weighed.flatMap(({ actors }) => actors)),
    attribution: statement(cases, weighed, known),
  }
}

// ---------------------------------------------------------------- intruders

/** Stories that share a client are of one intruder; joined by page, session or time they are one story already. */
function intrudersOf(chains: readonly Chain[]): Chain[][] {
  const groupOf = new Map<string, Chain[]>()
  const groups = new Set<Chain[]>()
  for (const chain of chains) {
    const before = [...new Set(chain.clients.map((client) => groupOf.get(client)))].filter(
      (group) => group !== undefined,
    )
    for (const group of before) groups.delete(group)
    const one = [...before.flat(), chain]
    groups.add(one)
    for (const { clients } of one) for (const client of clients) groupOf.set(client, one)
  }
  return [...groups]
}

/** One intruder: the stories, what was found in them, and the traces of actors there. */
type Case = {
  readonly chains: readonly Chain[]
  readonly campaign: Campaign | null
  readonly first: number | null
  readonly last: number | null
  readonly findings: readonly Finding[]
  /** The way in was seen, by more than entries of lists: what a host or digest hangs on. */
  readonly entered: boolean
  readonly seen: readonly Seen[]
  readonly sharedTools: readonly string[]
  readonly phase: (Omit<Phase, 'from'> & { readonly from: string | null }) | null
}

function caseOf(
  chains: readonly Chain[],
  byChain: ReadonlyMap<string, readonly Found[]>,
  table: TraceTable,
  known: ActorKnowledge,
): Case {
  const own = chains.flatMap(({ id }) => byChain.get(id) ?? [])
  const nameOf = ({ rule }: Finding): string => known.ruleNames.get(rule) ?? rule
  const campaign =
    chains.map((chain) => known.campaigns.find(({ id }) => id === chain.campaign)).find((c) => c !== undefined) ?? null
  const times = chains.flatMap(({ first, last }) => [first, last]).flatMap((t) => (t === null ? [] : Date.parse(t)))
  const first = times.length === 0 ? null : Math.min(...times)
  const rules = new Set(own.map((f) => nameOf(f.finding)))
  return {
    chains,
    campaign,
    first,
    last: times.length === 0 ? null : Math.max(...times),
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

/** An entry of an indicator list: by itself it shows no way in. */
function isListed({ rule }: Finding): boolean {
  return rule.startsWith('ioc-')
}

function phaseOf(campaign: Campaign | null, first: number | null, facts: readonly ActorFacts[]): Case['phase'] {
  if (campaign === null || first === null) return null
  const phases = facts.find((one) => one.campaign === campaign.id)?.phases ?? []
  const phase = phases.findLast(({ from }) => Date.parse(from) <= first)
  if (phase) return phase
  if (phases[0]) return { ...phases[0], from: null }
  if (campaign.massFrom === undefined) return null
  return first < Date.parse(campaign.massFrom)
    ? { from: null, hands: 'few', what: `before many used ${campaign.name}` }
    : { from: campaign.massFrom, hands: 'many', what: `when ${campaign.name} was in the hands of many` }
}

// ---------------------------------------------------------------- weighing

/** Odds against “somebody not known here”, which is 1. docs/actors.md repeats these numbers, and a test compares them. */
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
export const limits = {
  /** Nobody who is not named is called more than unlikely. */
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

type Weighed = { readonly actors: readonly Actor[]; readonly refusals: readonly string[]; readonly sectorUsed: boolean }

const MASS = 'mass exploitation, actor unknown'
const SOMEBODY = 'another actor, not known here'

function weigh(one: Case, known: ActorKnowledge): Weighed {
  const ids = one.chains.map(({ id }) => id)
  const mass = massOf(one)
  const suspects = suspectsOf(one, known)
  const exclusive = suspects.filter((s) => s.exclusive)
  const rivals = exclusive.length > 1
  const all = [
    { ...mass, actor: MASS, named: false, limit: 100, references: [] as readonly string[] },
    {
      ...somebody(one, suspects),
      odds: 1,
      actor: SOMEBODY,
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
              `traces of ${exclusive.length} actors, each its own, are in one story: several intruders used one way in, or somebody looked all of them up`,
            ]
          : s.against,
        named,
        limit: !named ? limits.unnamed : s.kinds > 1 ? limits.corroborated : limits.named,
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
        chains: ids,
        references: h.references,
      })),
    refusals: suspects.flatMap((s) =>
      s.refusal !== null
        ? [`${s.actor.name} is weighed and not named: ${s.refusal}.`]
        : rivals
          ? [`${s.actor.name} is weighed and not named: another actor’s own traces are in the same story.`]
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

type Sides = { readonly for: readonly string[]; readonly against: readonly string[] }

/** Stages that automated use of a door seldom reaches. */
const handwork: ReadonlySet<Stage> = new Set(['execution', 'credentials', 'persistence', 'collection', 'exfiltration'])

function massOf(one: Case): Sides & { odds: number } {
  const supports: string[] = []
  const against: string[] = []
  const chain = names(one)
  const { phase } = one
  if (phase !== null) {
    const began = `${chain} began on ${new Date(one.first!).toISOString().slice(0, 10)}, ${phase.what}`
    if (phase.hands === 'few') against.push(`${began}: few had the way in then`)
    else supports.push(`${began}: it was in the hands of ${phase.hands === 'all' ? 'anybody' : phase.hands}`)
  } else against.push(`${chain}: no time or campaign is known, so nothing says how many had the way in`)
  const acts = new Set(one.findings.map(({ stage }) => stage).filter((stage) => handwork.has(stage)))
  if (acts.size === 0) supports.push(`${chain}: nothing after the first steps, as automated use leaves it`)
  else {
    const days = Math.max(1, Math.ceil(((one.last ?? 0) - (one.first ?? 0)) / DAY))
    against.push(
      `${chain}: someone went on by hand (${counted(acts.size, 'kind')} of act, within ${counted(days, 'day')})`,
    )
  }
  for (const tool of one.sharedTools) supports.push(`${chain}: ${tool}, which many use`)
  if (!one.seen.some(({ trace }) => trace.weight !== 'shared'))
    supports.push(`${chain}: nothing was found that reports tie to one actor; the tools and ways are in many hands`)
  const hands = odds.mass[phase?.hands ?? 'some']
  return { odds: hands * (acts.size === 0 ? odds.automatic : odds.byHand), for: supports, against }
}

function somebody(one: Case, suspects: readonly Suspect[]): Sides {
  const own = suspects.filter((s) => s.exclusive)
  return {
    for: [
      'most intruders are in no public report, and hosts, tools and programs pass from one to another',
      ...(one.phase?.hands === 'few' ? [`${names(one)} began when few had the way in, not all of whom are known`] : []),
    ],
    against: own.map((s) => `what ${s.actor.name} alone was seen with was found in ${names(one)}`),
  }
}

// ---------------------------------------------------------------- known actors

type Suspect = Sides & {
  readonly actor: KnownActor
  readonly odds: number
  readonly exclusive: boolean
  /** Kinds of trace that are more than shared. */
  readonly kinds: number
  /** Why it cannot be named, by itself. */
  readonly refusal: string | null
  readonly sectorUsed: boolean
}

/** Actors of whom something was found that is more than shared. Nobody is listed for what many use. */
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
  seen: readonly Seen[],
  one: Case,
  known: ActorKnowledge,
): Suspect {
  const supports: string[] = []
  const against: string[] = []
  const exclusive = seen.filter(({ trace, firm }) => trace.weight === 'exclusive' && firm)
  const counting = seen.filter(({ trace }) => trace.weight !== 'shared')
  const kinds = new Set(counting.map(({ trace }) => trace.kind)).size

  // What was found.
  for (const { trace, value, finding, firm } of byTrace(seen)) {
    const where = `in ${finding.chain === null ? 'a finding' : `chain ${finding.chain}`}`
    if (trace.weight === 'shared')
      against.push(`${trace.what} (${value}), ${where}: others have it, too; it is not counted`)
    else if (trace.weight === 'exclusive' && !firm)
      supports.push(
        `${trace.what}: ${value}, ${where}; but somebody who looks into it, or a mail or a request, can leave that, too`,
      )
    else if (trace.weight === 'exclusive')
      supports.push(`${trace.what}: ${value}, ${where}; reports tie it to this actor alone (${trace.source})`)
    else supports.push(`${trace.what}: ${value}, ${where}; others could have it (${trace.source})`)
  }

  // When.
  const { from, to } = actor.seen
  const [start, end] = [Date.parse(from), Date.parse(to) + DAY]
  const dated = exclusive.length > 0 ? exclusive : counting
  const atDoor = dated.filter(({ finding }) => chainOf(finding, one)?.campaign === campaign)
  const times = atDoor.flatMap(({ time }) => time ?? [])
  const began = one.first !== null && one.first >= start && one.first < end
  const inTime = began && times.some((time) => time >= start && time < end)
  if (inTime) supports.push(`the time fits: what ties it to this actor holds from ${from} to ${to}`)
  else if (atDoor.length === 0) against.push(`the reports tell of another way in (${campaign})`)
  else if (times.length === 0)
    against.push('the time of what was found is not known, or is one that an intruder could set')
  else against.push(`the time does not fit: what ties it to this actor holds from ${from} to ${to}`)

  // Where: a weak sign.
  const { sector } = known
  const fits = sector !== null && actor.sectors.includes(sectorName(sector))
  const sectorUsed = sector !== null && actor.sectors.length > 0
  if (fits) supports.push(`weak: victims in the sector ${sectorName(sector)} are in the reports`)
  else if (sectorUsed) against.push(`weak: the reports name victims in other sectors (${actor.sectors.join(', ')})`)

  if (!one.entered) against.push('how somebody came in is not seen in this story: entries of lists alone')
  if (exclusive.some(({ finding }) => joinedByTimeAlone(finding, one)))
    against.push('it is joined to the requests by time alone: somebody else could have been at work then')
  const clients = new Set(one.chains.flatMap((chain) => chain.clients)).size
  if (clients > 1 && counting.some(({ finding }) => finding.client === null))
    against.push(
      `${clients} addresses took part in this story, and may be of several intruders: one can use what another left`,
    )
  against.push('whoever wants to be taken for this actor can leave what reports describe')
  return {
    actor,
    odds:
      odds.actor *
      (exclusive.length > 0 ? odds.exclusive : 1) *
      odds.distinctive ** Math.min(2, exclusive.length > 0 ? kinds - 1 : kinds) *
      (inTime ? 1 : odds.outOfTime) *
      (fits ? odds.sectorFits : sectorUsed ? odds.sectorDiffers : 1),
    exclusive: exclusive.length > 0,
    kinds,
    for: supports,
    against,
    refusal: refusalOf(exclusive.length > 0, inTime, one.entered),
    sectorUsed,
  }
}

function refusalOf(exclusive: boolean, inTime: boolean, entered: boolean): string | null {
  if (!exclusive) return 'nothing was found that is this actor’s alone'
  if (!inTime) return 'the time, or the way in, is not the one that the reports tell of'
  return entered ? null : 'how somebody came in is not seen in the same story'
}

/** Each trace once, the firmest finding of it first. */
function byTrace(seen: readonly Seen[]): Seen[] {
  const best = new Map<Seen['trace'], Seen>()
  for (const s of seen) {
    const before = best.get(s.trace)
    if (before === undefined || (s.firm && !before.firm)) best.set(s.trace, s)
  }
  return [...best.values()]
}

function joinedByTimeAlone(finding: Finding, one: Case): boolean {
  return finding.client === null && (chainOf(finding, one)?.joinedBy.some((by) => by.startsWith('time')) ?? false)
}

function chainOf(finding: Finding, one: Case): Chain | undefined {
  return one.chains.find(({ id }) => id === finding.chain)
}

// ---------------------------------------------------------------- what is said of all

/** A hypothesis of the same weight about several intruders is told once. */
function together(actors: readonly Actor[]): Actor[] {
  const all = new Map<string, Actor>()
  for (const actor of actors) {
    const key = `${actor.actor}\0${actor.words}\0${actor.named}`
    const before = all.get(key)
    all.set(
      key,
      before === undefined
        ? actor
        : {
            ...actor,
            for: union(before.for, actor.for),
            against: union(before.against, actor.against),
            chains: union(before.chains, actor.chains),
          },
    )
  }
  return [...all.values()].sort((a, b) => place(a) - place(b))
}

/** The named first, then those that name nobody, and last those that were weighed and are not named. */
function place({ named, references }: Actor): number {
  return named ? 0 : references.length === 0 ? 1 : 2
}

function statement(cases: readonly Case[], weighed: readonly Weighed[], known: ActorKnowledge): string[] {
  const all = weighed.flatMap(({ actors }) => actors)
  const named = all.filter((a) => a.named).map((a) => `${a.actor}: ${a.words} (${shown(a.chains)})`)
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
    named.length > 0
      ? `Named: ${named.join('; ')}. A name needs a trace that reports tie to one actor alone, the time in which it held, and the way in seen in the same story.`
      : 'Nobody is named. A name needs a trace that reports tie to one actor alone, the time in which it held, and the way in seen in the same story.',
    ...(!considered
      ? [
          tools.length > 0
            ? `Found was what many use (${tools.join('; ')}): on that alone nobody is named.`
            : 'Nothing was found that reports tie to one actor.',
        ]
      : []),
    ...refusals,
    ...(cases.length > 1
      ? [
          `The stories are of ${counted(cases.length, 'client or group of clients', 'clients or groups of clients')} that share nothing, and each is weighed by itself: there may have been as many intruders, or fewer with several addresses.`,
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

const MEANING = [
  'A name means that traces on this server match what public reports tie to that actor. It does not say which person, organisation or state was at work: reports err, tools and hosts are shared, sold and stolen, and traces can be planted.',
  'It is a weighing of likelihoods, and no finding of fact: do not rest a legal, diplomatic or insurance step on it alone. What the intruder says of itself (a user agent, a file name, a text) is never taken for a name.',
  'Nothing in the verdict or in what is to be done depends on a name.',
]

function names({ chains }: Case): string {
  return shown(chains.map(({ id }) => id))
}

function shown(ids: readonly string[]): string {
  const few = ids
    .slice(0, 3)
    .map((id) => `chain ${id}`)
    .join(', ')
  return ids.length > 3 ? `${few} and ${ids.length - 3} more` : few
}

function union(a: readonly string[], b: readonly string[]): string[] {
  return [...new Set([...a, ...b])]
}

const counted = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`
