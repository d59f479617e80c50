import { writesPage } from '../../model/reached.ts'
import { isPerson } from '../../activity/identities.ts'
import type { AssessmentInput } from './assessment-input.ts'
import type { FindingWithHits } from '../../findings/findings.ts'
import { type Question, stageQuestion } from '../../model/answer.ts'
import type { Finding } from '../../model/finding.ts'
import { vantageOf } from '../../model/log-kinds.ts'
import { isAtLeastLikely, isStrong, persons } from '../../model/sign.ts'
import { levels } from '../../model/stages.ts'
import type { WeighedSubject } from '../../model/weight.ts'
import { isWorkerOrTransport } from '../../model/worker-processes.ts'

type Certainty = 'yes' | 'likely'

/** The question that a finding answers and how surely; null where it answers none. */
export function scoreFinding({ counts, finding }: FindingWithHits): { question: Question; is: Certainty } | null {
  const question = stageQuestion[finding.stage]
  if (!counts || !question || !isAtLeastLikely(finding.is)) return null
  return { question, is: finding.is }
}

/** What findings say for each question, with what says it. */
export type QuestionScores = Map<Question, { is: Certainty; because: Set<string> }>

/** All that these findings say. Use of a vulnerability that came to nothing, as the fix was in, was tried. */
export function scoreQuestions(
  own: readonly FindingWithHits[],
  subjects: readonly WeighedSubject[] = [],
): QuestionScores {
  const is: QuestionScores = new Map()
  const idle = new Set<string>()
  for (const f of own) {
    const score = scoreFinding(f)
    if (score) strengthen(is, score.question, score.is, f.finding.id)
    else if (f.counts) idle.add(f.finding.id)
  }
  for (const { question, is: how, findings } of subjects)
    if (question === 'targeted' && isAtLeastLikely(how))
      for (const id of findings) if (idle.has(id)) strengthen(is, question, how, id)
  return is
}

/**
 * Adds what answers say of others. What is still there was planted, and so was a page that was written; a command that writes one ran,
 * whatever came of it; mail that an account or a
 * command took says that an attacker has the account or ran code, and mail taken through a vulnerability that this was exploited; code in a page or below a worker of Exchange
 * came by a vulnerability, likely, where nothing shows how; what only a vulnerability brings about shows that it worked; and
 * all that happened was tried, as surely as it was an attack: a request that only an attacker sends was certainly one, whatever is
 * known of its success.
 */
export function implyEarlierQuestions(
  is: QuestionScores,
  own: readonly FindingWithHits[],
  subjects: readonly WeighedSubject[] = [],
): void {
  imply(is, 'still-there', 'compromised')
  for (const f of own)
    if (f.counts && writesPage(f.finding))
      strengthen(is, 'compromised', isWrittenAtOnce(f.finding) ? certaintyOf(f) : 'likely', f.finding.id)
  for (const f of own) if (f.counts && ranToWrite(f.finding)) strengthen(is, 'compromised', 'likely', f.finding.id)
  implyFromMail(is, own)
  const compromised = is.get('compromised')
  const ran = own.filter(({ finding }) => compromised?.because.has(finding.id))
  const code = ran.find(({ finding }) => isInWorker(finding) && !ran.some((one) => mayHavePut(one, finding)))
  if (code) strengthen(is, 'exploited', 'likely', code.finding.id)
  for (const f of ran) if (isEffectOfVulnerability(f.finding)) strengthen(is, 'exploited', certaintyOf(f), f.finding.id)
  const tried = new Set(
    subjects.flatMap(({ question, is: how, findings }) => (question === 'targeted' && how === 'yes' ? findings : [])),
  )
  for (const question of ['exploited', 'compromised', 'mail-taken'] as const) {
    const score = is.get(question)
    const first = score && ([...score.because].find((id) => tried.has(id)) ?? firstOf(is, question))
    if (first !== undefined) strengthen(is, 'targeted', tried.has(first) ? 'yes' : score!.is, first)
  }
}

/** What mail that was taken says of the way in. */
function implyFromMail(is: QuestionScores, own: readonly FindingWithHits[]): void {
  const because = is.get('mail-taken')?.because ?? new Set<string>()
  const forged = new Set(own.flatMap(({ finding }) => (isForged(finding) ? (finding.intrusion ?? []) : [])))
  const commanded = new Set(own.flatMap(({ finding }) => (collectsByCommand(finding) ? (finding.intrusion ?? []) : [])))
  for (const f of own.filter(({ finding }) => because.has(finding.id))) {
    if (isByPerson(f.finding, forged) || isCommand(f.finding))
      strengthen(is, 'compromised', certaintyOf(f), f.finding.id)
    // What a command put into a web root anyone can fetch: it says no more of the way in than the command does.
    const isFetched = isDownload(f.finding) && commanded.has(f.finding.intrusion ?? '')
    if (isThroughVulnerability(f.finding, forged) && (!isFetched || forged.has(f.finding.intrusion ?? '')))
      strengthen(is, 'exploited', certaintyOf(f), f.finding.id)
  }
}

function imply(is: QuestionScores, question: Question, earlier: Question): void {
  const first = firstOf(is, question)
  if (first !== undefined) strengthen(is, earlier, is.get(question)!.is, first)
}

function firstOf(is: QuestionScores, question: Question): string | undefined {
  const [first] = is.get(question)?.because ?? []
  return first
}

/** A command or a script of an attacker that asks for such a page: who ran it has a shell or a console of the server. */
export function ranToWrite(finding: Finding): boolean {
  return (
    finding.stage === 'write' && finding.sign.kind === 'content' && isAtLeastLikely(finding.is) && isCommand(finding)
  )
}

/** A cmdlet that succeeded wrote it. An export is asked for, and written later, if nothing goes wrong. */
function isWrittenAtOnce({ log, sign }: Finding): boolean {
  return sign.subject === 'page' && vantageOf(log) === 'cmdlet'
}

/** A request that used a vulnerability: what follows in its intrusion has an identity that it forged. */
function isForged({ stage, is }: Finding): boolean {
  return (stage === 'access' || stage === 'write') && isAtLeastLikely(is)
}

/** An act in the name of an account, which needs no vulnerability; also an export that a named account ordered. */
function isByPerson({ sign: { subject }, user, intrusion }: Finding, forged: ReadonlySet<string>): boolean {
  if (persons.has(subject)) return true
  const isOrder = subject === 'export' && user !== null && isPerson(user)
  return isOrder && (intrusion === null || !forged.has(intrusion))
}

/** A program or a script that ran on the server. */
function isCommand({ log }: Finding): boolean {
  return vantageOf(log) === 'windows-events' || log === 'powershell-history' || log === 'quoted-commands'
}

/** A command that took mail or packed it, in an intrusion. */
function collectsByCommand(finding: Finding): boolean {
  return finding.stage === 'collection' && isCommand(finding) && isAtLeastLikely(finding.is)
}

function isDownload({ stage, sign, cves }: Finding): boolean {
  return stage === 'exfiltration' && sign.subject === 'request' && cves.length === 0
}

/** Under an identity that no account gave, or in a way that only a vulnerability opens. */
function isThroughVulnerability(finding: Finding, forged: ReadonlySet<string>): boolean {
  const { cves, sign, intrusion } = finding
  // How a command came to run is not seen, unless by a request of the same intrusion.
  if (isCommand(finding) && cves.length === 0 && !forged.has(intrusion ?? '')) return false
  return !isByPerson(finding, forged) || (cves.length > 0 && isStrong(sign) && persons.has(sign.subject))
}

/** Code that ran in a worker of Exchange, or a page that it serves. */
function isInWorker({ stage, sign, facts }: Finding): boolean {
  if (sign.subject === 'page') return stage === 'shell' || stage === 'execution'
  if (stageQuestion[stage] === null || stageQuestion[stage] === 'targeted') return false
  // What a child of a worker plants, takes or packs is code that ran there, too.
  return isWorkerOrTransport(String(facts.ParentImage ?? ''))
}

/**
 * A logon, a management session, an agent, or a command that no worker started and that copied a page, of the same intrusion and before
 * the code ran: it may have put it there. So may a module of any intrusion, which runs in the same worker. The time of a file can be set
 * at will, so that one which only its file dates need not be older; nor is what only logs elsewhere than at their own place show.
 */
function mayHavePut({ finding, hits }: FindingWithHits, code: Finding): boolean {
  const { intrusion, first, time, timeBasis } = finding
  const { subject } = finding.sign
  if (intrusion === null || timeBasis === 'file') return false
  if (intrusion !== code.intrusion && subject !== 'module') return false
  if (hits.length > 0 && hits.every(({ misplaced }) => misplaced)) return false
  const [at, ran] = [first ?? time, code.first ?? code.time]
  if (at === null || ran === null) return false
  // A copy keeps the time of the file that was copied.
  if (isPutByCommand(finding)) return at <= ran || code.timeBasis === 'file'
  return (persons.has(subject) || subject === 'module' || subject === 'agent') && at < ran
}

/** A page that a person's command wrote which no worker started: who ran it was on the server before the page was. */
function isPutByCommand(finding: Finding): boolean {
  const { sign, user, facts } = finding
  const isOfPerson = user !== null && isPerson(user) && !isWorkerOrTransport(String(facts.ParentImage ?? ''))
  return sign.subject === 'page' && isOfPerson && isCommand(finding)
}

/** What only the use of a vulnerability brings about. */
function isEffectOfVulnerability({ cves, sign }: Finding): boolean {
  return cves.length > 0 && sign.kind === 'effect'
}

function certaintyOf({ finding }: FindingWithHits): Certainty {
  return finding.is === 'yes' ? 'yes' : 'likely'
}

/** Adds evidence for a question; certain evidence comes first. */
export function strengthen(is: QuestionScores, question: Question, to: Certainty, because: string): void {
  const now = is.get(question)
  if (!now) is.set(question, { is: to, because: new Set([because]) })
  else if (to === 'yes' && now.is === 'likely')
    is.set(question, { is: to, because: new Set([because, ...now.because]) })
  else now.because.add(because)
}

/** What weighs most comes first; then the order of time. */
export function weightiest(input: AssessmentInput, ids: Iterable<string>): string[] {
  let order = orderOf.get(input)
  if (!order) {
    const weighed = input.found.map(
      ({ finding }, i) =>
        [finding.id, (finding.is === 'yes' ? 0 : 10) + 4 - levels.indexOf(finding.level) + i / 1e7] as const,
    )
    orderOf.set(input, (order = new Map(weighed)))
  }
  return [...ids].sort((a, b) => (order.get(a) ?? 99) - (order.get(b) ?? 99))
}

/** Places of findings in the order of their weight: made once a case. */
const orderOf = new WeakMap<AssessmentInput, ReadonlyMap<string, number>>()

/** Findings by their ids: made once a case. */
export function findingsById(input: AssessmentInput): ReadonlyMap<string, Finding> {
  let byId = byIdOf.get(input)
  if (!byId) byIdOf.set(input, (byId = new Map(input.found.map(({ finding }) => [finding.id, finding]))))
  return byId
}

const byIdOf = new WeakMap<AssessmentInput, ReadonlyMap<string, Finding>>()
