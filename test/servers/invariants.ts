import type { Answer, Question } from '../../src/model/answer.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import type { Finding } from '../../src/model/finding.ts'
import { isAtLeastLikely, persons } from '../../src/model/sign.ts'
import { stageQuestion } from '../../src/model/answer.ts'

/** What holds for every assessment, whatever the evidence (docs/use/verdicts.md), and does not hold here: one sentence each. */
export function broken(assessment: Assessment): string[] {
  const findings = new Map(assessment.findings.map((finding) => [finding.id, finding]))
  return [
    ...persistenceIsAnswered(assessment),
    ...intrusionsBegin(assessment, findings),
    ...exploitedHasCause(assessment, findings),
    ...answersRestOnFindings(assessment, findings),
    ...mailboxesHaveEntries(assessment, findings),
    ...nothingAskedThatIsThere(assessment),
    ...everyByteIsCounted(assessment),
  ]
}

const isOf = ({ answers }: Assessment, question: Question): Answer['is'] | undefined =>
  answers.find((answer) => answer.question === question)?.is

/** Persistence that is listed makes `compromised` or `still-there` at least "cannot tell". */
function persistenceIsAnswered(a: Assessment): string[] {
  const listed = a.persistence.filter(({ state }) => state !== 'was-there')
  if (listed.length === 0) return []
  const open = (['compromised', 'still-there'] as const).some((question) => isOf(a, question) !== 'no-evidence')
  return open ? [] : [`persistence is listed (${listed.map(({ what }) => what).join(', ')}) and both answers are no`]
}

/** Every intrusion has a first step by an intruder. */
function intrusionsBegin({ intrusions }: Assessment, findings: ReadonlyMap<string, Finding>): string[] {
  return intrusions.flatMap(({ id, findings: own }) => {
    const steps = own.flatMap((one) => findings.get(one) ?? [])
    const isOfIntruder = ({ stage, sign }: Finding): boolean =>
      stageQuestion[stage] !== null && (sign.strength !== 'context' || stageQuestion[stage] === 'targeted')
    return steps.some(isOfIntruder)
      ? []
      : [`intrusion ${id} has no step of an intruder: ${steps.map(({ title }) => title).join(', ')}`]
  })
}

/** That a vulnerability worked rests on its use, on an effect that only it has, or on mail taken under no account. */
function exploitedHasCause(a: Assessment, findings: ReadonlyMap<string, Finding>): string[] {
  const answer = a.answers.find(({ question }) => question === 'exploited')
  if (answer?.is !== 'yes') return []
  const own = answer.because.flatMap((id) => findings.get(id) ?? [])
  const isCause = ({ stage, sign, cves }: Finding): boolean =>
    stage === 'access' ||
    stage === 'write' ||
    (cves.length > 0 && (sign.kind === 'effect' || sign.kind === 'use')) ||
    (stageQuestion[stage] === 'mail-taken' && (!persons.has(sign.subject) || cves.length > 0))
  return own.some(isCause) ? [] : [`exploited is yes by ${own.map(({ title }) => title).join(', ')}`]
}

/** A yes, and a probably, name findings, and of the weight that the answer has. */
function answersRestOnFindings(a: Assessment, findings: ReadonlyMap<string, Finding>): string[] {
  return a.answers.flatMap(({ question, is, because }) => {
    if (question === 'exposed' || !isAtLeastLikely(is)) return []
    const own = because.flatMap((id) => findings.get(id) ?? [])
    const bears = own.some((finding) => isAtLeastLikely(finding.is) || question === 'targeted')
    return bears ? [] : [`${question} is ${is} by ${own.map((f) => `${f.title} (${f.is})`).join(', ') || 'no finding'}`]
  })
}

/** Every named mailbox has a log entry, in an intrusion. */
function mailboxesHaveEntries({ mailboxes, intrusions }: Assessment, findings: ReadonlyMap<string, Finding>): string[] {
  const joined = new Set(intrusions.flatMap(({ findings: own }) => own))
  return mailboxes.flatMap(({ mailbox, certainty, because }) => {
    if (certainty !== 'named' && certainty !== 'joined') return []
    const own = because.flatMap((id) => findings.get(id) ?? [])
    if (!own.some(({ locators }) => locators.length > 0)) return [`mailbox ${mailbox} has no log entry`]
    return own.some(({ id, intrusion }) => joined.has(id) || intrusion !== null)
      ? []
      : [`mailbox ${mailbox} is in no intrusion`]
  })
}

/** Nothing is wanted as missing that the evidence holds. */
function nothingAskedThatIsThere({ answers, coverage }: Assessment): string[] {
  const there = coverage.kinds.filter(({ files, entries }) => files > 0 && entries > 0).map(({ title }) => title)
  return answers.flatMap(({ question, missingEvidence }) =>
    missingEvidence
      .filter((text) => text.startsWith('not in the evidence: '))
      .flatMap((text) => text.slice('not in the evidence: '.length).split('; '))
      .filter((title) => there.includes(title))
      .map((title) => `${question}: ${title} is in the evidence, and said not to be`),
  )
}

/** No byte is neither read nor a gap. */
function everyByteIsCounted({ evidence }: Assessment): string[] {
  return evidence.manifest.flatMap(({ path, size, parsed, parser }) =>
    parser !== null && parsed > size ? [`${path}: ${parsed} of ${size} bytes`] : [],
  )
}
