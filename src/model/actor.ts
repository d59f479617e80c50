import type { More } from './finding.ts'

/** A weighed hypothesis; `words` is an ICD 203 expression. */
export type Actor = {
  readonly id: string
  readonly actor: string
  readonly words: Likelihood
  /** The findings support the name. False for the two hypotheses without a name, and for actors weighed and not named. */
  readonly named: boolean
  readonly supporting: readonly string[]
  readonly contradicting: readonly string[]
  /** Ids of the intrusions that it was weighed for. */
  readonly intrusions: readonly string[]
  /** The reports that it rests on. */
  readonly references: readonly string[]
  readonly more?: More
}

/** The seven expressions of ICD 203, from least to most. */
export const likelihoods = [
  'almost no chance',
  'very unlikely',
  'unlikely',
  'roughly even chance',
  'likely',
  'very likely',
  'almost certain',
] as const

export type Likelihood = (typeof likelihoods)[number]

/** What actors.yml of a pack says about those who used its way in. */
export type ActorFacts = {
  readonly campaign: string
  /** In whose hands the way in was, from when on; in the order of time. */
  readonly phases: readonly Phase[]
  /** Widely available tools: the reason given when no actor is named. */
  readonly shared: readonly { readonly what: string; readonly rules: readonly string[] }[]
  readonly actors: readonly KnownActor[]
}

export const hands = ['few', 'some', 'many', 'all'] as const

export type Phase = {
  readonly from: string
  readonly hands: (typeof hands)[number]
  /** How that time is called: `before the updates were published`. */
  readonly what: string
}

export type KnownActor = {
  readonly id: string
  readonly name: string
  /** The period in which its indicators identify it: before, no report describes it; after, hosts and tools had changed hands. */
  readonly seen: { readonly from: string; readonly to: string }
  /** Sectors of the victims that the reports name. */
  readonly sectors: readonly string[]
  readonly traces: readonly Trace[]
  readonly references: readonly string[]
}

export const traceKinds = ['called', 'digest', 'file', 'client', 'rule'] as const

/**
 * exclusive: reports tie it to this actor alone · distinctive: to this actor, but others could have it or come to it ·
 * shared: to many.
 */
export const traceWeights = ['exclusive', 'distinctive', 'shared'] as const

/** Something that reports tie to an actor, and how an event shows it. */
export type Trace = {
  readonly kind: (typeof traceKinds)[number]
  readonly values: readonly string[]
  readonly weight: (typeof traceWeights)[number]
  readonly what: string
  readonly source: string
}

/** A known actor that was weighed and is not named; the other hypotheses have no name. */
export function isWeighedOnly({ named, references }: Actor): boolean {
  return !named && references.length > 0
}
