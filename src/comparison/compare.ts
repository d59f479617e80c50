import { formatCount, counted, formatList, ofAll } from '../lib/amounts.ts'
import { addTo } from '../lib/collections.ts'
import type { Cause, Diff, FindingChange, Move, NamedDigest } from '../model/comparison.ts'
import type { Assessment } from '../model/assessment.ts'
import type { Answer, Is, Question } from '../model/answer.ts'
import type { Finding } from '../model/finding.ts'
import type { Artifact } from '../model/evidence.ts'

/**
 * What lies between two assessments, and what made the difference: other evidence (files by their digest), other knowledge
 * (packs, tables, the program), or other options. Nothing is assessed again: both are taken as they stand.
 */
export function diffOf(before: Assessment, after: Assessment): Diff {
  const knowledge = knowledgeBetween(before, after)
  const evidence = evidenceBetween(before.evidence.manifest, after.evidence.manifest)
  const findings = findingsBetween(before, after, knowledge)
  const around = { before, after, knowledge, evidence, findings }
  const answers = after.answers.map((answer) => moveOf(answer, around))
  return {
    schema: 'postern-diff/1',
    before: { server: before.server.name, tool: before.knowledge.tool },
    after: { server: after.server.name, tool: after.knowledge.tool },
    notes: notesOf(before, after, evidence),
    verdict: verdictBetween(around, answers),
    answers,
    evidence,
    knowledge,
    findings,
    mailboxes: namesBetween(mailboxNames(before), mailboxNames(after)),
    persistence: namesBetween(waysBack(before), waysBack(after)),
  }
}

type Around = {
  readonly before: Assessment
  readonly after: Assessment
  readonly knowledge: Diff['knowledge']
  readonly evidence: Diff['evidence']
  readonly findings: Diff['findings']
}

function notesOf(before: Assessment, after: Assessment, { same, moved }: Diff['evidence']): string[] {
  const notes: string[] = []
  if (before.server.name !== after.server.name)
    notes.push(
      `These are assessments of two servers, ${before.server.name} and ${after.server.name}: what differs need not have changed.`,
    )
  else if (before.evidence.files > 0 && after.evidence.files > 0 && same + moved.length === 0)
    notes.push('Not one file is the same in both: the two were made of other evidence.')
  for (const [which, { more }] of [
    ['first', before],
    ['second', after],
  ] as const)
    for (const [list, what] of [
      ['mailboxes', 'mailboxes'],
      ['persistence', 'entries of persistence'],
    ] as const)
      if (more?.[list])
        notes.push(
          `The ${which} assessment lists its first ${what} only; not compared: ${formatCount(more[list])} more.`,
        )
  if (before.degraded) notes.push('The first run ran out of time or memory: some of it may be missing for that alone.')
  if (after.degraded) notes.push('The second run ran out of time or memory: some of it may be missing for that alone.')
  return notes
}

// ---------------------------------------------------------------- evidence

type Named = Pick<Artifact, 'path' | 'size' | 'sha256'>

/** Compares files of two evidences, or of one at two times, by path and digest. */
export function evidenceBetween(before: readonly Named[], after: readonly Named[]): Diff['evidence'] {
  // Of one path there may be several (two archives); what is the same in both is taken out first.
  const [left, right] = withoutTwins(before, after, (a) => `${a.sha256}\0${a.path}`)
  const same = before.length - left.length
  const [changedLeft, changedRight] = twins(left, right, (a) => a.path)
  const changed = new Set([...changedLeft, ...changedRight])
  const stayedLeft = left.filter((a) => !changed.has(a))
  const stayedRight = right.filter((a) => !changed.has(a))
  const [movedLeft, movedRight] = twins(stayedLeft, stayedRight, (a) => (a.sha256 === '' ? null : a.sha256))
  const plain = ({ path, size, sha256 }: Named) => ({ path, size, sha256 })
  const [goneNow, isMoved] = [new Set(movedLeft), new Set(movedRight)]
  return {
    same,
    added: stayedRight.filter((a) => !isMoved.has(a)).map(plain),
    removed: stayedLeft.filter((a) => !goneNow.has(a)).map(plain),
    changed: changedLeft.map((a, i) => ({ path: a.path, before: a.sha256, after: changedRight[i]!.sha256 })),
    moved: movedLeft.map((a, i) => ({ before: a.path, after: movedRight[i]!.path, sha256: a.sha256 })),
  }
}

type Key<T> = (one: T) => string | null

/** Those of two lists that have no partner of the same key in the other. */
function withoutTwins<T>(before: readonly T[], after: readonly T[], key: Key<T>): [T[], T[]] {
  const [a, b] = twins(before, after, key).map((list) => new Set(list))
  return [before.filter((one) => !a!.has(one)), after.filter((one) => !b!.has(one))]
}

/** Pairs of the same key, each entry in one pair at most. */
function twins<T>(before: readonly T[], after: readonly T[], key: Key<T>): [T[], T[]] {
  const waiting = new Map<string, T[]>()
  for (const one of before) {
    const name = key(one)
    if (name === null) continue
    addTo(waiting, name, one)
  }
  for (const list of waiting.values()) list.reverse()
  const pairs: [T[], T[]] = [[], []]
  for (const one of after) {
    const name = key(one)
    const partner = name === null ? undefined : waiting.get(name)?.pop()
    if (partner === undefined) continue
    pairs[0].push(partner)
    pairs[1].push(one)
  }
  return pairs
}

// ---------------------------------------------------------------- knowledge

function knowledgeBetween({ knowledge: a }: Assessment, { knowledge: b }: Assessment): Diff['knowledge'] {
  const packs = digestsBetween(
    a.packs.map((p) => [p.pack, p.sha256]),
    b.packs.map((p) => [p.pack, p.sha256]),
  )
  const tables = digestsBetween(
    a.tables.map((t) => [t.table, t.sha256]),
    b.tables.map((t) => [t.table, t.sha256]),
  )
  const tool = a.tool !== b.tool
  const options = digestsBetween(Object.entries(a.options), Object.entries(b.options))
  return { same: packs.length + tables.length === 0 && !tool, packs, tables, tool, options }
}

type Digests = readonly (readonly [name: string, digest: string])[]

function digestsBetween(before: Digests, after: Digests): NamedDigest[] {
  const [a, b] = [new Map(before), new Map(after)]
  return [...new Set([...a.keys(), ...b.keys()])]
    .sort()
    .filter((name) => a.get(name) !== b.get(name))
    .map((name) => ({ name, before: a.get(name) ?? null, after: b.get(name) ?? null }))
}

// ---------------------------------------------------------------- findings

/**
 * A finding stays when the same rule says the same of the same row, even in a file that has grown since. One that is there
 * in both and counts for more or less is told apart from those that are new or gone.
 */
function findingsBetween(before: Assessment, after: Assessment, knowledge: Diff['knowledge']): Diff['findings'] {
  const row = (f: Finding): string => `${f.rule}\0${f.locators[0]?.raw ?? f.id}\0${f.first ?? ''}`
  const [pairsBefore, pairsAfter] = twins(before.findings, after.findings, row)
  const [kept, met] = [new Set(pairsBefore), new Set(pairsAfter)]
  const [filesBefore, filesAfter] = [digestsOf(before), digestsOf(after)]
  const otherwise = pairsAfter.flatMap((now, i) => {
    const says = weighedOtherwise(pairsBefore[i]!, now)
    if (says === '') return []
    const cause = packChanged(now.pack, knowledge) ? 'knowledge' : knowledge.options.length > 0 ? 'options' : 'rest'
    return [changeOf(now, cause, `${says}, ${causeWords[cause]}`)]
  })
  const weighed = new Set(otherwise.map(({ id }) => id))
  const staying = Map.groupBy(
    pairsAfter.filter(({ id }) => !weighed.has(id)),
    ({ rule }) => rule,
  )
  return {
    stays: pairsAfter.length - otherwise.length,
    staying: [...staying.values()].map(([first, ...more]) => {
      const { rule, title, stage } = first!
      return { rule, title, stage, count: more.length + 1 }
    }),
    gone: before.findings.filter((f) => !kept.has(f)).map((f) => appeared(f, filesAfter, 'gone', knowledge)),
    new: after.findings.filter((f) => !met.has(f)).map((f) => appeared(f, filesBefore, 'new', knowledge)),
    otherwise,
  }
}

function digestsOf({ evidence }: Assessment): ReadonlySet<string> {
  return new Set(evidence.manifest.map(({ sha256 }) => sha256))
}

const causeWords: Readonly<Record<Cause, string>> = {
  evidence: 'by other evidence',
  knowledge: 'since its pack differs',
  options: 'since the options differ',
  rest: 'by what else was found',
}

function weighedOtherwise(before: Finding, now: Finding): string {
  const changes = (['stage', 'level', 'confidence', 'campaign'] as const)
    .filter((key) => before[key] !== now[key])
    .map((key) => `${key} ${before[key]} → ${now[key]}`)
  if (before.is !== now.is) changes.push(`it came to ${before.is}, and now comes to ${now.is}`)
  if (before.notes.join('\n') !== now.notes.join('\n')) {
    const [first, ...more] = now.notes
    changes.push(
      first === undefined
        ? 'no note any more'
        : `noted: ${first}${more.length > 0 ? ` (and ${counted(more.length, 'more note')})` : ''}`,
    )
  }
  return changes.join(', ')
}

/** Why a finding is in one assessment and not in the other. */
function appeared(
  finding: Finding,
  /** Digests of the files of the other run. */
  known: ReadonlySet<string>,
  is: 'gone' | 'new',
  knowledge: Diff['knowledge'],
): FindingChange {
  const path = finding.locators[0]?.path ?? 'its file'
  const [there, run] =
    is === 'new' ? ['was not among the evidence before', 'first'] : ['is not among the evidence any more', 'second']
  if (!finding.locators.some((locator) => known.has(locator.artifact)))
    return changeOf(finding, 'evidence', `${path}, as it was read, ${there}`)
  if (packChanged(finding.pack, knowledge) || (finding.pack === 'built-in' && knowledge.tool))
    return changeOf(finding, 'knowledge', `the same file was read by the ${run} run with another ${finding.pack}`)
  if (knowledge.options.length > 0)
    return changeOf(finding, 'options', `the same file was read by the ${run} run with other options`)
  if (!knowledge.same)
    return changeOf(finding, 'knowledge', `the same file was read by the ${run} run, which knew other things`)
  return changeOf(
    finding,
    'rest',
    `the same file and the same pack were there in the ${run} run: the rest of the evidence decides`,
  )
}

function packChanged(pack: string, { packs }: Diff['knowledge']): boolean {
  const name = pack === 'rules' || pack === 'indicators' ? 'user' : pack
  return packs.some((p) => p.name === name)
}

function changeOf(finding: Finding, cause: Cause, why: string): FindingChange {
  const { id, rule, title, stage } = finding
  return {
    id,
    rule,
    title,
    stage,
    time: finding.first ?? finding.time,
    path: finding.locators[0]?.path ?? null,
    cause,
    why,
  }
}

// ---------------------------------------------------------------- answers and verdict

/** One of the six answers before and after, with what it rested on that came, went or reaches further. */
function moveOf(after: Answer, around: Around): Move<Question, Is> {
  const before = around.before.answers.find((a) => a.question === after.question)
  const was: Is = before?.is ?? 'not-asked'
  const moved = was !== after.is
  const reasons = moved ? reasonsOf(before, after, around) : []
  return {
    question: after.question,
    before: was,
    after: after.is,
    moved,
    causes: [...new Set(reasons.flatMap((r) => r.cause))],
    why: reasons.map((r) => r.says),
  }
}

type Reason = { readonly cause: Cause; readonly says: string }

function reasonsOf(before: Answer | undefined, after: Answer, around: Around): Reason[] {
  const { findings } = around
  const rests = new Set(after.because)
  const rested = new Set(before?.because ?? [])
  const reasons: Reason[] = [
    ...grouped(
      findings.new.filter((f) => rests.has(f.id)),
      'now there is',
    ),
    ...grouped(
      findings.gone.filter((f) => rested.has(f.id)),
      'gone is',
    ),
    ...grouped(
      findings.otherwise.filter((f) => rests.has(f.id) || rested.has(f.id)),
      'counted otherwise:',
    ),
    ...(before ? reachOf(before, after, around) : []),
    ...(after.question === 'exposed' || reachSame(before, after) ? exposureOf(around) : []),
  ]
  return reasons.length > 0 ? reasons : [{ cause: otherCause(around), says: otherWords[otherCause(around)] }]
}

const SHOWN = 3

/** Findings of one cause in one sentence each, the rest counted. */
function grouped(findings: readonly FindingChange[], begin: string): Reason[] {
  const reasons = findings
    .slice(0, SHOWN)
    .map((f) => ({ cause: f.cause, says: `${begin} “${f.title}” (${f.id}): ${f.why}` }))
  const more = findings.slice(SHOWN)
  return more.length === 0
    ? reasons
    : [
        ...reasons,
        ...[...new Set(more.map((f) => f.cause))].map((cause) => ({
          cause,
          says: `and more findings (${more.filter((f) => f.cause === cause).length}), ${causeWords[cause]}`,
        })),
      ]
}

const reachSame = (before: Answer | undefined, after: Answer): boolean =>
  before !== undefined && before.coverage.covered === after.coverage.covered && before.coverage.of === after.coverage.of

/** The logs reach further or less far, or another period is asked about. */
function reachOf(before: Answer, after: Answer, around: Around): Reason[] {
  if (reachSame(before, after)) return []
  const [a, b] = [before.coverage, after.coverage]
  const says = `the logs covered ${hoursOf(a)}, and now ${hoursOf(b)}`
  const kinds = kindsBetween(around)
  const cause = changedEvidence(around) ? 'evidence' : otherCause(around)
  return [{ cause, says: kinds === '' ? says : `${says} (${kinds})` }]
}

function kindsBetween({ before, after }: Around): string {
  const hours = ({ coverage }: Assessment): Map<string, number> =>
    new Map(coverage.kinds.map((k) => [k.title, k.hours]))
  const [a, b] = [hours(before), hours(after)]
  const names = [...new Set([...a.keys(), ...b.keys()])].filter((name) => a.get(name) !== b.get(name)).sort()
  return formatList(
    names.map((name) => `${name}: ${a.get(name) ?? 0} → ${counted(b.get(name) ?? 0, 'hour')}`),
    SHOWN,
    'log',
  )
}

function hoursOf({ covered, of }: Answer['coverage']): string {
  return of === 0 ? 'no hours that matter' : `${ofAll(covered, of, 'hour')} that ${of === 1 ? 'matters' : 'matter'}`
}

/** Builds or vulnerabilities differ. */
function exposureOf(around: Around): Reason[] {
  const { before, after, knowledge } = around
  const builds = (a: Assessment): string => a.server.builds.map((b) => `${b.build} ${b.from} ${b.to}`).join()
  const states = (a: Assessment) => new Map(a.exposure.cves.map((c) => [c.cve, JSON.stringify([c.state, c.intervals])]))
  const [a, b] = [states(before), states(after)]
  const cves = [...new Set([...a.keys(), ...b.keys()])].filter((cve) => a.get(cve) !== b.get(cve)).sort()
  if (cves.length === 0) return []
  const some = formatList(cves, SHOWN, 'vulnerability', 'vulnerabilities')
  if (builds(before) !== builds(after))
    return [{ cause: 'evidence', says: `other builds are known of the server, which decides about ${some}` }]
  const cause: Cause = knowledge.same ? otherCause(around) : 'knowledge'
  return [{ cause, says: `of the same builds, ${some} ${cves.length === 1 ? 'is' : 'are'} reported differently` }]
}

const changedEvidence = ({ evidence }: Around): boolean =>
  evidence.added.length + evidence.removed.length + evidence.changed.length > 0

function otherCause(around: Around): Cause {
  if (around.knowledge.options.length > 0) return 'options'
  if (!around.knowledge.same) return 'knowledge'
  return changedEvidence(around) ? 'evidence' : 'rest'
}

const otherWords: Readonly<Record<Cause, string>> = {
  evidence: 'its own basis is the same; other files of the evidence differ, and with them the facts about the server',
  knowledge: 'what it rests on is the same; what is known, and so how it is judged, differs',
  options: 'what it rests on is the same; the run was asked with other options',
  rest: 'evidence, knowledge and options are the same: the two files were not made by one and the same program',
}

function verdictBetween(around: Around, answers: Diff['answers']): Diff['verdict'] {
  const [a, b] = [around.before.verdict, around.after.verdict]
  const moved = a.is !== b.is || a.sure !== b.sure
  const movers = moved ? answers.filter((answer) => answer.moved) : []
  const other = otherCause(around)
  const rest = moved && movers.length === 0
  return {
    question: 'verdict',
    before: { is: a.is, sure: a.sure },
    after: { is: b.is, sure: b.sure },
    moved,
    causes: rest ? [other] : [...new Set(movers.flatMap((m) => m.causes))],
    why: rest ? [otherWords[other]] : movers.map((m) => `${m.question}: ${m.before} → ${m.after}`),
  }
}

// ---------------------------------------------------------------- names

function namesBetween(before: readonly string[], after: readonly string[]): { gone: string[]; new: string[] } {
  const [a, b] = [new Set(before), new Set(after)]
  return { gone: [...a].filter((name) => !b.has(name)).sort(), new: [...b].filter((name) => !a.has(name)).sort() }
}

const mailboxNames = (a: Assessment): string[] =>
  a.mailboxes.filter((m) => m.certainty === 'named' || m.certainty === 'joined').map((m) => m.mailbox)

const waysBack = (a: Assessment): string[] =>
  a.persistence.filter((p) => p.state !== 'was-there').map((p) => `${p.kind} ${p.what}`)
