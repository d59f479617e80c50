import { type Zone, zoneOf } from '../../lib/zones.ts'
import { type Assessment } from '../../model/assessment.ts'
import { type Likelihood } from '../../model/actor.ts'
import { type Mailbox } from '../../model/mailbox.ts'
import { type CampaignText, noPackTexts, type PackTexts, packTextOf } from '../../model/pack-texts.ts'
import { stageQuestion, type Answer, type CampaignAnswer, type Is, type Question } from '../../model/answer.ts'
import { type Finding } from '../../model/finding.ts'
import { isOfAccount } from '../../model/reached.ts'
import type { SignKind, SubjectKind } from '../../model/sign.ts'
import { type Persistence } from '../../model/persistence.ts'
import { productWords } from '../../lib/product.ts'
import { beyondLogs, verdictSubjects } from '../shared/weighed.ts'
import { openLeads } from '../../model/weight.ts'
import { exposureGroups } from '../../locales/en/exposure.ts'
import { assessedKind, waysBackIn } from '../shared/selections.ts'
import { questionOrder } from '../../locales/en/words.ts'
import type {
  Beyond,
  CannotTellWhy,
  Headline,
  VulnerabilityState,
  Kind,
  OpenQuestion,
  StepKind,
  Sure,
} from '../../locales/briefing.ts'
import { countingSigns } from '../../model/weight.ts'

// What the pages for people who do not read logs say, as facts: no sentence of the assessment is read, cut or translated.

export type Facts = {
  readonly name: string
  readonly kind: Kind
  readonly product: string | null
  readonly headline: Headline
  readonly sure: boolean
  readonly beyond: Beyond
  readonly why: CannotTellWhy
  readonly is: Readonly<Record<Question, Is>>
  readonly doors: readonly DoorFact[]
  /** Something that counts belongs to no known way in. */
  readonly otherDoor: boolean
  /** Ways in that were asked about, where nothing was found. */
  readonly askedDoors: number
  readonly first: string | null
  readonly last: string | null
  /** A time is of a row whose zone is not known. */
  readonly inexact: boolean
  readonly steps: readonly BriefingStep[]
  readonly actors: readonly { readonly actor: string; readonly words: Likelihood }[]
  readonly taken: Taken
  readonly left: readonly Left[]
  readonly open: readonly OpenQuestion[]
  /** What the verdict rests on, without persons and their mailboxes. */
  readonly rests: readonly Rest[]
  /** What may be an attacker's, as nothing explains it. */
  readonly leads: readonly Pick<Rest, 'kind' | 'name'>[]
  /** Campaigns of whose time a part lies before the logs. */
  readonly beyondLogs: readonly { readonly name: string; readonly from: string; readonly to: string }[]
  readonly exposure: { readonly open: number; readonly used: number }
  readonly support: { readonly product: string; readonly end: string; readonly ended: boolean } | null
  readonly logs: {
    readonly from: string | null
    readonly to: string | null
    /** Hours covered of those that matter, for the question that logs answer least. */
    readonly covered: number
    readonly of: number
  }
  readonly evidence: { readonly files: number; readonly bytes: number; readonly gaps: number }
  readonly whole: boolean
  readonly masked: boolean
  readonly zone: Zone | null
  readonly tool: string
  readonly digest: string
}

export type DoorFact = {
  /** Null where no pack says anything of it. */
  readonly text: CampaignText | null
  /** The name that the assessment has for it. */
  readonly name: string
  readonly sure: boolean
  /** Of the vulnerability at the end of the evidence; null where no build decides. */
  readonly hole: VulnerabilityState | null
  readonly fixedAt: string | null
  /** The first step of all came through it before it was closed. */
  readonly tooLate: boolean
}

export type BriefingStep = {
  readonly kind: StepKind
  readonly sure: boolean
  readonly first: string | null
  readonly last: string | null
}

export type Taken = {
  readonly certain: number
  readonly possible: number
  /** A time in which it could be any mailbox. */
  readonly any: readonly { readonly from: string | null; readonly to: string | null }[]
  /** Mail went, or may have gone, and nothing says whose. */
  readonly unknown: boolean
  readonly means: readonly string[]
  readonly from: string | null
  readonly to: string | null
  readonly requests: number
  readonly bytes: number
  readonly items: number | null
  readonly secrets: 'yes' | 'likely' | 'no'
  readonly mailboxes: readonly (readonly [mailbox: Mailbox, sure: Sure])[]
}

export type Left = { readonly kind: Persistence['kind']; readonly state: Persistence['state']; readonly count: number }

/** A thing that was weighed, with the kinds of its signs. */
export type Rest = { readonly kind: SubjectKind; readonly name: string; readonly signs: readonly SignKind[] }

const holds = (is: Is): boolean => is === 'yes' || is === 'likely'
const behind: readonly Question[] = ['exploited', 'compromised', 'mail-taken']
/** Where one of these holds by more than accounts, the server itself was entered. */
const behindServer: readonly Question[] = ['exploited', 'compromised', 'still-there']

export function briefingFacts(a: Assessment, texts: PackTexts = noPackTexts): Facts {
  const is = Object.fromEntries(
    questionOrder.map((question) => [question, a.answers.find((x) => x.question === question)?.is ?? 'not-asked']),
  ) as Record<Question, Is>
  const headline = headlineOf(a, is)
  const intrusion = headline !== 'targeted' && headline !== 'cannot-tell' && headline !== 'no-evidence'
  const counted = findingsOf(a, intrusion)
  const seen = intrusion ? a.verdict.observed.steps : a.verdict.observed.attempts
  const entrances = a.campaigns.filter((c) => c.assessed && isEntrance(c, intrusion))
  const least = leastCovered(a.answers)
  const groups = exposureGroups(a)
  const { timezone } = a.knowledge.options
  return {
    name: a.server.name,
    kind: assessedKind(a),
    product: a.server.product === 'none' || a.server.product === '' ? null : productWords(a.server.product),
    headline,
    sure: a.verdict.sure,
    beyond: beyondOf(is),
    why:
      openLeads(a).length > 0
        ? 'lead'
        : a.coverage.first === null
          ? 'nothing'
          : a.verdict.covers.missingHours > 0
            ? 'hours'
            : 'silent',
    is,
    doors: entrances
      .filter(({ campaign }) => campaign !== 'unknown')
      .map((c) => doorOf(c, a, packTextOf(texts.campaigns, c.campaign) ?? null, intrusion, seen.first)),
    otherDoor: entrances.some(({ campaign }) => campaign === 'unknown'),
    askedDoors: a.campaigns.filter(({ assessed, campaign }) => assessed && campaign !== 'unknown').length,
    first: seen.first,
    last: seen.last,
    inexact: counted.some(({ timeBasis, time }) => time !== null && (timeBasis === 'assumed' || timeBasis === 'file')),
    steps: stepsOf(counted, a),
    actors: a.actors.filter(({ named }) => named).map(({ actor, words }) => ({ actor, words })),
    taken: takenOf(a, counted, is),
    left: leftOf(a.persistence),
    open: a.answers.filter((x) => x.is === 'cannot-tell').map(openOf),
    rests: restsOf(a),
    leads: openLeads(a)
      .slice(0, RESTS)
      .map(({ kind, name }) => ({ kind, name })),
    beyondLogs: beyondLogs(a)
      .slice(0, RESTS)
      .map(({ campaign: { name }, from, to }) => ({ name, from, to })),
    exposure: {
      open: groups.open.length,
      used: groups.open.filter(({ exploited }) => exploited).length,
    },
    support:
      a.exposure.support === null || a.exposure.support.is === 'unknown'
        ? null
        : {
            product: a.exposure.support.product,
            end: a.exposure.support.end,
            ended: a.exposure.support.is === 'ended',
          },
    logs: { from: a.coverage.first, to: a.coverage.last, ...least },
    evidence: {
      files: a.evidence.files,
      bytes: a.evidence.bytes,
      gaps: a.evidence.gaps.reduce((sum, { count }) => sum + count, 0),
    },
    whole: !a.degraded && !a.incomplete,
    masked: a.knowledge.options.mask !== undefined,
    zone: timezone === undefined ? null : zoneOf(timezone),
    tool: a.knowledge.tool.replace(/^postern /, ''),
    digest: a.knowledge.sha256.slice(0, 16),
  }
}

const RESTS = 2
const ofPersons: ReadonlySet<SubjectKind> = new Set(['account', 'session', 'device', 'inbox-rule', 'grant', 'mailbox'])

function restsOf(a: Assessment): readonly Rest[] {
  return verdictSubjects(a)
    .filter(({ kind }) => !ofPersons.has(kind))
    .slice(0, RESTS)
    .map((subject) => ({
      kind: subject.kind,
      name: subject.name,
      signs: countingSigns(subject).flatMap(({ kind, tiedBy }) => (tiedBy === undefined ? [kind] : [])),
    }))
}

function headlineOf(a: Assessment, is: Readonly<Record<Question, Is>>): Headline {
  const { verdict } = a
  if (verdict.is === 'compromised') {
    if (!holds(is.compromised)) return holds(is['still-there']) ? 'left' : 'compromised'
    return isOfAccounts(a) ? 'accounts' : 'compromised'
  }
  if (verdict.is === 'exploited') return !holds(is.exploited) && holds(is['mail-taken']) ? 'mail' : 'exploited'
  return verdict.is
}

/** Were accounts used, and nothing shows that the server itself was entered? */
function isOfAccounts(a: Assessment): boolean {
  if (assessedKind(a) === 'tenant') return false
  const { answers, findings } = a
  const entered = answers.filter(({ question, is }) => behindServer.includes(question) && holds(is))
  const ids = new Set(entered.flatMap(({ because }) => because))
  const own = findings.filter(({ id }) => ids.has(id))
  return own.length > 0 && own.every(isOfAccount)
}

function beyondOf(is: Readonly<Record<Question, Is>>): Beyond {
  if (behind.some((q) => is[q] === 'cannot-tell' || is[q] === 'not-asked')) return 'cannot-tell'
  return holds(is['mail-taken']) ? 'mail' : 'no-evidence'
}

/** Findings that the answers rest on: those that count. */
function findingsOf(a: Assessment, intrusion: boolean): readonly Finding[] {
  const asked: readonly Question[] = intrusion ? [...behind, 'still-there'] : ['targeted']
  const ids = new Set(
    a.answers.filter((x) => asked.includes(x.question) && holds(x.is)).flatMap(({ because }) => because),
  )
  // A scan is no step of an attacker, though it may be what an answer rests on beside others.
  return a.findings.filter(({ id, stage }) => ids.has(id) && (!intrusion || stageQuestion[stage] !== 'targeted'))
}

function isEntrance({ answers }: CampaignAnswer, intrusion: boolean): boolean {
  const asked: readonly Question[] = intrusion ? [...behind, 'still-there'] : ['targeted']
  return answers.some((answer) => asked.includes(answer.question) && holds(answer.is))
}

function doorOf(
  c: CampaignAnswer,
  a: Assessment,
  text: CampaignText | null,
  intrusion: boolean,
  first: string | null,
): DoorFact {
  const own = text === null ? [] : a.exposure.cves.filter(({ cve }) => text.cves.includes(cve))
  const states = own.map(({ state }) => state)
  const hole: VulnerabilityState | null =
    own.length === 0
      ? null
      : states.includes('open')
        ? 'open'
        : states.includes('mitigated')
          ? 'mitigated'
          : states.includes('unknown')
            ? 'unknown'
            : states.includes('fixed')
              ? 'fixed'
              : null
  const fixes = own.flatMap(({ intervals }) => intervals.find(({ state }) => state === 'fixed')?.from ?? [])
  const fixedAt = hole === 'fixed' ? (fixes.sort().at(-1) ?? null) : null
  const asked: readonly Question[] = intrusion ? behind : ['targeted']
  return {
    text,
    name: c.name,
    sure: c.answers.some((answer) => asked.includes(answer.question) && answer.is === 'yes'),
    hole,
    fixedAt,
    tooLate: intrusion && a.exposure.patchedTooLate === true && fixedAt !== null && first !== null && first < fixedAt,
  }
}

/** The stage; of guessed passwords and of accounts that were used, these. */
function stepKind({ stage, sign, ...finding }: Finding): StepKind | null {
  if (stage === 'context') return null
  if (stage === 'attempt' && sign.kind === 'guessing') return 'guessing'
  return stage === 'credentials' && isOfAccount({ ...finding, stage, sign }) ? 'account' : stage
}

/** Steps in the order of time; those without a time last. */
function stepsOf(findings: readonly Finding[], a: Assessment): readonly BriefingStep[] {
  const told = findings.flatMap((f) => {
    const kind = stepKind(f)
    return kind === null ? [] : [{ ...f, kind }]
  })
  return [...Map.groupBy(told, ({ kind }) => kind)]
    .map(([kind, of]): BriefingStep => {
      const question = stageQuestion[of[0]!.stage]
      const alone = new Set(told.filter((f) => stageQuestion[f.stage] === question).map((f) => f.kind)).size === 1
      const answer = a.answers.find((x) => x.question === question)
      const times = of.flatMap(({ first, last, time }) => [first ?? time, last ?? time]).filter((t) => t !== null)
      return {
        kind,
        sure: of.some(({ is }) => is === 'yes') || (alone && answer?.is === 'yes'),
        first: times.reduce<string | null>((x, y) => (x === null || y < x ? y : x), null),
        last: times.reduce<string | null>((x, y) => (x === null || y > x ? y : x), null),
      }
    })
    .sort((x, y) => ((x.first ?? '~') < (y.first ?? '~') ? -1 : (x.first ?? '~') > (y.first ?? '~') ? 1 : 0))
}

function takenOf(a: Assessment, counted: readonly Finding[], is: Readonly<Record<Question, Is>>): Taken {
  const boxes = a.mailboxes.filter(({ scope }) => scope === 'mailbox')
  const certain = boxes.filter(isCertain)
  const whole = a.mailboxes.filter(({ scope }) => scope === 'server')
  const told = certain.length > 0 ? certain : boxes.length > 0 ? boxes : whole
  const edges = told.flatMap(({ first, last }) => [first, last]).filter((t) => t !== null)
  const secrets = counted.filter((f) => f.stage === 'credentials' && !isOfAccount(f))
  const keys = a.persistence.some(({ kind }) => kind === 'keys')
  const items = told.flatMap(({ items: n }) => (n === null ? [] : [n]))
  return {
    certain: certain.length,
    possible: boxes.filter(({ certainty }) => certainty === 'possible').length,
    any: whole
      .filter(({ certainty }) => certainty === 'possible')
      .map(({ first, last }) => ({ from: first, to: last })),
    unknown:
      whole.some(({ certainty }) => certainty === 'unknown') || (holds(is['mail-taken']) && a.mailboxes.length === 0),
    means: [...new Set(told.flatMap(({ accessMethods }) => accessMethods))].sort(),
    from: edges.reduce<string | null>((x, y) => (x === null || y < x ? y : x), null),
    to: edges.reduce<string | null>((x, y) => (x === null || y > x ? y : x), null),
    requests: told.reduce((sum, { requests }) => sum + requests, 0),
    bytes: told.reduce((sum, { bytes }) => sum + bytes, 0),
    items: items.length === 0 ? null : items.reduce((x, y) => x + y),
    secrets: secrets.some(({ is }) => is === 'yes') ? 'yes' : secrets.length > 0 || keys ? 'likely' : 'no',
    mailboxes: [...certain, ...boxes.filter(({ certainty }) => certainty === 'possible')].map(
      (box) => [box, sureOf(box, a.findings)] as const,
    ),
  }
}

/** Ids of findings that are certain: made once for a list. */
function provenIn(findings: readonly Finding[]): ReadonlySet<string> {
  let proven = provenOf.get(findings)
  if (!proven) {
    proven = new Set(findings.flatMap(({ id, is }) => (is === 'yes' ? [id] : [])))
    provenOf.set(findings, proven)
  }
  return proven
}

const provenOf = new WeakMap<readonly Finding[], ReadonlySet<string>>()

/** Certain where a finding is certain or two logs join; a mailbox that other findings name is probable. */
export function sureOf({ certainty, because }: Mailbox, findings: readonly Finding[]): Sure {
  if (certainty === 'possible' || certainty === 'unknown') return certainty
  const proven = because.some((id) => provenIn(findings).has(id))
  return proven || certainty === 'joined' ? 'certain' : 'probable'
}

export function isCertain({ certainty }: Mailbox): boolean {
  return certainty === 'named' || certainty === 'joined'
}

function leftOf(persistence: readonly Persistence[]): readonly Left[] {
  const same = Map.groupBy(waysBackIn(persistence), ({ kind, state }) => `${states.indexOf(state)} ${kind}`)
  return [...same]
    .sort(([x], [y]) => (x < y ? -1 : 1))
    .map(([, list]) => ({ kind: list[0]!.kind, state: list[0]!.state, count: list.length }))
}

const states: readonly Persistence['state'][] = ['present', 'unknown', 'requested-after-removal', 'was-there']

function openOf({ question, coverage }: Answer): OpenQuestion {
  const { covered, of } = coverage
  const why = question === 'still-there' ? 'state' : of > 0 && covered < of ? 'hours' : 'silent'
  return { question, why, covered, of }
}

function leastCovered(answers: readonly Answer[]): { readonly covered: number; readonly of: number } {
  const asked = answers.filter(({ question, coverage }) => question !== 'still-there' && coverage.of > 0)
  return asked.reduce(
    (least, { coverage: { covered, of } }) =>
      least.of === 0 || covered / of < least.covered / least.of ? { covered, of } : least,
    { covered: 0, of: 0 },
  )
}
