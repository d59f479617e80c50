import type { FindingWithHits } from '../../findings/findings.ts'
import type { CompromisedAccounts, Joined, Tie } from '../../findings/intrusions.ts'
import { addTo } from '../../lib/collections.ts'
import type { Elsewhere } from '../../model/case-keys.ts'
import { type Question, stageQuestion } from '../../model/answer.ts'
import type { Finding } from '../../model/finding.ts'
import type { Level } from '../../model/stages.ts'
import { isPrivate } from '../../lib/ip.ts'
import { isAtLeastLikely, isStrong, persons, type SubjectKind, type Weighed, weighedOrder } from '../../model/sign.ts'
import type { CountedSign, Explanation, WeighedSubject } from '../../model/weight.ts'
import { absentExplanations } from './absent.ts'
import { addArrivals, type Arrived } from './arrivals.ts'
import { combine } from './combine.ts'
import { appearanceSigns } from './appeared.ts'
import { removalSigns } from './removed.ts'
import type { ExplanationContext } from './explanations/explanation.ts'
import { explanationsOf } from './explanations/index.ts'
import { levelBefore } from '../../findings/serious.ts'
import { requestsBehind } from './effects.ts'
import { isShown, witnesses } from './occurrence.ts'
import { type SubjectId, subjectNamed, subjectOfFinding } from './subjects.ts'
import { spreadTies, type Tied } from './ties.ts'
import { changesOf, hostileClients, isStrongChange, type OriginFacts, withElsewhere, withOrigin } from './persons.ts'
import type { Origins } from '../../activity/origins.ts'

/** What the evidence comes to: each subject for each question that its acts answer, and each finding for its own question. */
export type Weighing = {
  readonly subjects: readonly WeighedSubject[]
  /** What the subject of a finding comes to for the question that the finding answers, by the id of the finding. */
  readonly of: ReadonlyMap<string, Weighed>
}

/** A subject for one question. */
type Case = Tied &
  Arrived & {
    readonly subject: SubjectId
    readonly question: Question
    /** Numbers of the findings whose acts answer the question. */
    readonly acts: readonly number[]
    /** Of these, findings that are of another subject in the first place. */
    readonly lent: ReadonlySet<number>
    readonly signs: readonly CountedSign[]
    readonly explanations: readonly Explanation[]
    readonly corroborated: boolean
    readonly leavesOpen: boolean
  }

/** Subjects that may be a way back in, and stay open while two kinds of signs about them are not explained. */
const canStay: ReadonlySet<SubjectKind> = new Set(['module', 'agent', 'task', 'service', 'program', 'page'])

/**
 * Weighs findings: their signs by subject, less what explains them, and then what a hard tie to an intrusion adds, until nothing
 * changes. `ties`: findings, by their numbers, that belong together for certain; `written`: pages that came after acts that write.
 */
export function weigh(
  found: readonly FindingWithHits[],
  ties: readonly Tie[],
  around: WeighingContext,
  written: Joined['written'] = [],
): Weighing {
  const context = { ...around, all: found }
  const joints = { ties, written }
  const groups = groupsOf(found, requestsBehind(found, ties), around.origins)
  const first = [...groups.values()].flatMap((group) => casesOf(group, found, context, null))
  settle(first, joints, found)
  const cases = withPersons(first, groups, { found, ties }, context)
  if (cases !== first) settle(cases, joints, found)
  return {
    subjects: cases.map((one) => asSubject(one, found, context)),
    of: new Map([...strongestOf(cases, found)].map(([i, is]) => [found[i]!.finding.id, is])),
  }
}

/** As the assessment has it, with the records that are missing where an explanation would make less of it. */
function asSubject(one: Case, found: readonly FindingWithHits[], { logs }: WeighingContext): WeighedSubject {
  const { subject, question, is, corroborated, leavesOpen, explanations } = one
  const ties = one.tie ? [one.tie] : []
  const own = one.arrival ? [...one.signs, one.arrival] : one.signs
  const weighed = {
    kind: subject.kind,
    is,
    corroborated,
    canStay: canStay.has(subject.kind),
    leavesOpen,
    explanations,
  }
  const signs = [...own, ...ties.map(({ strength }) => ({ kind: 'tie' as const, strength }))]
  const absent =
    question === 'targeted' ? [] : absentExplanations({ ...weighed, signs }, (kind) => logs.has?.(kind) ?? true)
  return {
    kind: subject.kind,
    name: subject.name,
    is,
    question,
    corroborated,
    signs: [...own, ...ties],
    explanations,
    ...(absent.length > 0 ? { absent } : {}),
    findings: one.acts.map((i) => found[i]!.finding.id),
  }
}

/** What explanations and signs of persons are looked for in: these only where origins were counted. */
export type WeighingContext = ExplanationContext & {
  readonly origins?: Origins
  /** What belongs to intrusions on other servers of the case. */
  readonly elsewhere?: Elsewhere['hostile']
}

/** What joins findings: ties that are certain, and acts that may have written pages. */
type Joints = { readonly ties: readonly Tie[]; readonly written: Joined['written'] }

/** Weighs each case by itself, and then by its ties and by what may have written it. */
function settle(cases: readonly Case[], { ties, written }: Joints, found: readonly FindingWithHits[]): void {
  const ofFinding = new Map<number, Case>()
  for (const one of cases)
    for (const i of one.acts)
      if (stageQuestion[found[i]!.finding.stage] === one.question && !one.lent.has(i)) ofFinding.set(i, one)
  // An attempt is tied to nothing by what came of others.
  const tiedOf = (i: number): Case | undefined => {
    const one = ofFinding.get(i)
    return one?.question === 'targeted' ? undefined : one
  }
  for (const one of cases) one.tie = one.arrival = null
  for (const one of cases) one.is = weighed(one)
  const nameOf = (i: number): string => found[i]!.finding.id
  do spreadTies(ties, tiedOf, nameOf, weighed)
  while (addArrivals(written, tiedOf, nameOf, weighed))
}

/** What each finding comes to by the strongest subject that it is an act of, by its number. */
function strongestOf(cases: readonly Case[], found: readonly FindingWithHits[]): Map<number, Weighed> {
  const of = new Map<number, Weighed>()
  for (const { acts, question, is } of cases)
    for (const i of acts) {
      if (stageQuestion[found[i]!.finding.stage] !== question) continue
      const known = of.get(i)
      if (known === undefined || weighedOrder.indexOf(is) > weighedOrder.indexOf(known)) of.set(i, is)
    }
  return of
}

/** A subject with the numbers of the findings about it, and of those that say what an account set. */
type Group = {
  readonly subject: SubjectId
  readonly own: readonly number[]
  readonly lent: readonly number[]
  readonly changes: readonly CountedSign[]
  /** What a worker did on its requests. */
  readonly effects: readonly Finding[]
}

/** The findings by what they are about; `behind`: the request that each is an effect of. */
function groupsOf(
  found: readonly FindingWithHits[],
  behind: ReadonlyMap<number, number>,
  origins: Origins | undefined,
): Map<string, Group> {
  const groups = new Map<string, Group & { readonly own: number[] }>()
  const effects = new Map<string, Finding[]>()
  for (const [i, f] of found.entries()) {
    if (!f.counts) continue
    const request = behind.get(i)
    const isOfRequest = request !== undefined && f.finding.sign.subject === 'request'
    const subject = subjectOfFinding(isOfRequest ? found[request]! : f, origins)
    const group = groups.get(subject.key)
    if (group) group.own.push(i)
    else groups.set(subject.key, { subject, own: [i], lent: [], changes: [], effects: [] })
    if (request !== undefined && !isOfRequest && f.finding.sign.strength !== 'context')
      addTo(effects, subjectOfFinding(found[request]!, origins).key, f.finding)
  }
  return new Map([...groups].map(([key, group]) => [key, { ...group, effects: effects.get(key) ?? [] }]))
}

/** The cases again, where persons have signs by their origin and by what they set. */
function withPersons(
  cases: Case[],
  groups: ReadonlyMap<string, Group>,
  { found, ties }: { readonly found: readonly FindingWithHits[]; readonly ties: readonly Tie[] },
  context: WeighingContext,
): Case[] {
  const { origins } = context
  if (!origins || ![...groups.values()].some(({ subject }) => persons.has(subject.kind))) return cases
  const of = strongestOf(cases, found)
  const own = hostileClients(found, (i) => of.get(i) ?? 'nothing', origins)
  const facts = { origins, hostile: withElsewhere(own, context.elsewhere ?? [], origins) }
  const changed = new Map([...groups].filter(([, { subject }]) => persons.has(subject.kind)))
  for (const change of changesOf(found, facts)) {
    const [by] = change.by as [number, ...number[]]
    const session = sessionOf(by, ties, found)
    const subject =
      session === undefined
        ? subjectNamed('account', change.account, found[by]!.finding.client, origins)
        : subjectOfFinding(found[session]!, origins)
    const group = changed.get(subject.key)
    if (group === undefined && !isStrongChange(change)) continue
    const { own, lent, changes, effects } = group ?? { own: [], lent: [], changes: [], effects: [] }
    changed.set(subject.key, {
      subject,
      effects,
      own,
      lent: [...lent, ...change.by],
      changes: [...changes, change.sign],
    })
  }
  return [
    ...cases.filter(({ key }) => !changed.has(key)),
    ...[...changed.values()].flatMap((group) => casesOf(group, found, context, facts)),
  ]
}

/** The finding about the account in whose session the attacker did this, where a cmdlet names no client; by its number. */
function sessionOf(act: number, ties: readonly Tie[], found: readonly FindingWithHits[]): number | undefined {
  const tie = ties.find(({ by, members }) => by === 'account session' && members.includes(act))
  return tie?.members.find((i) => i !== act && persons.has(found[i]!.finding.sign.subject))
}

/** A subject for each question that its acts answer; `facts`: of origins, where they are known. */
function casesOf(
  { subject, own, lent, changes, effects }: Group,
  found: readonly FindingWithHits[],
  context: ExplanationContext,
  facts: OriginFacts | null,
): Case[] {
  const acts = [...own, ...lent]
  const about = own.map((i) => found[i]!)
  const explanations = explanationsOf({ subject, found: witnesses(acts.map((i) => found[i]!)) }, context)
  const explained = new Set(explanations.flatMap(({ answers }) => answers))
  const answered = new Map<Question, number[]>()
  const isGuessed = about.some(isGuessedLogon)
  for (const i of acts)
    for (const question of questionsOf(found[i]!))
      if (!(isGuessed && isOrdinaryLogon(question, found[i]!.finding))) addTo(answered, question, i)
  return [...answered].map(([question, answering]): Case => {
    const isTry = question === 'targeted'
    const provenance = isTry
      ? []
      : [...removalSigns(subject, about, explanations, context), ...appearanceSigns(subject, about, context)]
    const signs = [...signsFor(question, about), ...provenance, ...changes, ...(isTry ? [] : effectSigns(effects))]
    return {
      key: subject.key,
      subject,
      question,
      acts: answering,
      lent: new Set(lent),
      signs: facts === null || isTry ? signs : withOrigin(signs, about, explained, facts),
      explanations: isTry ? explanations.filter(({ by }) => by === 'announced') : explanations,
      // That it was tried is shown by the entry of the request, whatever it came to; what came of it shows that it worked.
      corroborated: isTry || effects.length > 0 || isShown(answering.map((i) => found[i]!)),
      leavesOpen: about.some((f) => f.leavesOpen === true && !explained.has(f.finding.sign.kind)),
      is: 'nothing',
      tie: null,
      arrival: null,
    }
  })
}

/** The account was served at the origin that guessed its password. */
function isGuessedLogon({ finding: { sign, stage } }: FindingWithHits): boolean {
  return sign.kind === 'guessing' && isStrong(sign) && stageQuestion[stage] === 'compromised'
}

/** Who has the password needs no vulnerability: an odd logon of the account shows none. */
function isOrdinaryLogon(question: Question, { sign }: Finding): boolean {
  return question === 'exploited' && persons.has(sign.subject) && !isStrong(sign)
}

/** The questions that an act answers. Use of a vulnerability was an attempt, whatever it came to; users of the server probe nothing. */
function questionsOf({ finding, hits }: FindingWithHits): Question[] {
  const question = stageQuestion[finding.stage]
  if (question === null || (question === 'targeted' && isOfUsers(finding, hits))) return []
  return question === 'exploited' && finding.cves.length > 0 ? ['targeted', question] : [question]
}

/** A look around by people who log on, or from the inside network. A person who logs on sends requests without a name first. */
function isOfUsers(finding: Finding, hits: FindingWithHits['hits']): boolean {
  if (finding.stage !== 'recon') return false
  const isInternal = finding.client !== null && isPrivate(finding.client)
  const isUser = ({ event }: FindingWithHits['hits'][number]): boolean => event.user !== null
  return isInternal || (isStrong(finding.sign) ? hits.every(isUser) : hits.some(isUser))
}

/** The signs of a subject that count for a question: what was sent says that it was tried, and nothing of what it did. */
function signsFor(question: Question, about: readonly FindingWithHits[]): CountedSign[] {
  const counting = about.filter(
    ({ finding: { stage, sign } }) =>
      stage !== 'context' &&
      (question === 'targeted' || sign.kind !== 'content' || stageQuestion[stage] !== 'targeted'),
  )
  // Of findings of one kind and strength the first is enough to name.
  const first = new Map<string, CountedSign>()
  for (const { finding } of counting) {
    // That a vulnerability was used says for certain that it was tried.
    const isTry = question === 'targeted' && finding.cves.length > 0 && isStrong(finding.sign)
    const { kind, strength } = isTry ? { kind: 'content' as const, strength: 'decisive' as const } : finding.sign
    const key = `${kind}\0${strength}`
    if (strength !== 'context' && !first.has(key)) first.set(key, { kind, strength, finding: finding.id })
  }
  return [...first.values()]
}

/** What a worker did on a request is also an effect of that request. */
function effectSigns(effects: readonly Finding[]): CountedSign[] {
  return effects.map(({ id, sign: { strength } }) => ({ kind: 'effect' as const, strength, finding: id }))
}

function weighed({ subject, signs: own, arrival, explanations, corroborated, leavesOpen, tie }: Case): Weighed {
  const signs = arrival === null ? own : [...own, arrival]
  const where = { corroborated, canStay: canStay.has(subject.kind), leavesOpen }
  const alone = combine(signs, explanations, where)
  // What is explained, or ordinary by itself, does not become an attacker's by the company that it keeps.
  if (tie === null || alone === 'nothing') return alone
  return combine([...signs, { kind: 'tie', strength: tie.strength }], explanations, where)
}

/** Accounts, sessions and their like that came to more than a lead without an intrusion, by the id of each finding about them. */
export function compromisedAccounts(found: readonly FindingWithHits[], { subjects }: Weighing): CompromisedAccounts {
  const alone = new Set(found.flatMap(({ finding: { id, intrusion } }) => (intrusion === null ? [id] : [])))
  const of = new Map<string, string[]>()
  for (const { kind, name, is, question, findings } of subjects)
    if (persons.has(kind) && question !== 'targeted' && isAtLeastLikely(is))
      for (const id of findings) if (alone.has(id)) addTo(of, id, `${kind}\0${name.toLowerCase()}`)
  return of
}

/** The findings with what they come to. What is explained is informational; an attempt, and a lead in no intrusion, is low. */
export function asWeighed(found: readonly FindingWithHits[], { of }: Weighing): FindingWithHits[] {
  const entered = new Set(
    found.flatMap(({ finding: { id, intrusion, stage } }) =>
      intrusion !== null && stageQuestion[stage] !== 'targeted' && isAtLeastLikely(of.get(id)) ? [intrusion] : [],
    ),
  )
  return found.map((f) => {
    const is = of.get(f.finding.id) ?? 'nothing'
    const isEntered = entered.has(f.finding.intrusion ?? '')
    // A subject below `likely` starts no intrusion.
    const intrusion = isEntered ? f.finding.intrusion : null
    return { ...f, finding: { ...f.finding, is, intrusion, level: levelAs(is, f, isEntered) } }
  })
}

function levelAs(is: Weighed, { finding: { stage, sign }, counts }: FindingWithHits, isEntered: boolean): Level {
  const before = levelBefore(stage, sign)
  if (before === 'informational') return before
  if (!counts) return sign.strength === 'weak' ? 'low' : before
  // Clean-ups answer no question, so that nothing is weighed.
  const isWeighed = stageQuestion[stage] !== null
  if (isWeighed && is === 'nothing') return 'informational'
  return isAtLeastLikely(is) || isEntered ? before : 'low'
}
