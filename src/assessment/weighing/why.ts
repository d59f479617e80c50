import type { Finding } from '../../model/finding.ts'
import type { SignKind, Strength, SubjectKind } from '../../model/sign.ts'
import { countingSigns, type CountedSign, type ExplanationStrength, type WeighedSubject } from '../../model/weight.ts'
import { formatList } from '../../lib/amounts.ts'

const subjectWords: Readonly<Record<SubjectKind, string>> = {
  request: 'requests of',
  export: 'export',
  page: 'page',
  'virtual-directory': 'virtual directory',
  module: 'module',
  agent: 'transport agent',
  task: 'task',
  service: 'service',
  program: 'program',
  host: 'host',
  account: 'account',
  application: 'application',
  session: 'session',
  device: 'device',
  'inbox-rule': 'inbox rules of',
  grant: 'rights given to or by',
  mailbox: 'mailbox',
  client: 'client',
}

const signWords: Readonly<Record<SignKind, string>> = {
  content: 'what it is or does',
  name: 'its name',
  provenance: 'how it arrived',
  use: 'how it is used',
  effect: 'what followed',
  listed: 'that it is on a list',
  guessing: 'guessing',
  origin: 'where it comes from',
  reach: 'whose data it reaches',
  manner: 'how it reads',
  change: 'what it set or sent',
}

const strengthWords: Readonly<Record<Strength, string>> = {
  decisive: 'nothing ordinary looks like it',
  strong: 'rare in ordinary work',
  weak: 'ordinary work does it, too',
  context: 'context',
}

const explanationWords: Readonly<Record<ExplanationStrength, string>> = {
  weak: 'explains in part',
  strong: 'explains',
  decisive: 'explains all',
}

/** Why a subject comes to what it does, in sentences: the signs, what explains them, and what is missing for more. */
export function whyOf(subject: WeighedSubject, findings: ReadonlyMap<string, Finding>): string[] {
  const { signs, explanations } = subject
  const counted = countingSigns(subject).map((sign) => signText(sign, findings))
  return [
    `${capitalized(nameSubject(subject))}: ${formatList(counted, SIGNS, 'sign')}.`,
    ...explanations.map(({ says, strength, answers }) => {
      const kinds = formatList(
        answers.filter((one) => signs.some((sign) => sign.kind === one)).map((one) => signWords[one]),
        SIGNS,
        'kind',
      )
      return `${says} This ${explanationWords[strength]} ${kinds || 'no sign that counts'}.`
    }),
    ...missingFor(subject),
  ]
}

/** `transport agent X`: a subject, by its kind and name. */
export function nameSubject({ kind, name }: Pick<WeighedSubject, 'kind' | 'name'>): string {
  return `${subjectWords[kind]} ${shortened(name)}`
}

const SIGNS = 6

function capitalized(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}

/** A name may be as long as an attacker likes: its end says what it is. */
function shortened(name: string): string {
  return name.length <= 200 ? name : `…${name.slice(-199)}`
}

function signText({ kind, strength, finding, tiedBy }: CountedSign, findings: ReadonlyMap<string, Finding>): string {
  if (tiedBy !== undefined)
    return `it is tied to an intrusion by ${tiedWords[tiedBy] ?? tiedBy} (${strengthWords[strength]})`
  return `${signWords[kind]} (${findings.get(finding)?.title ?? finding}; ${strengthWords[strength]})`
}

const tiedWords: Readonly<Record<string, string>> = {
  identity: 'the same account and program within half an hour',
  nameless: 'requests of one log within half an hour, which names no client',
  'request id': 'the same request',
  session: 'the same session',
  application: 'the same application',
  page: 'the same page',
  'file written': 'the act that wrote the file',
  client: 'the same client address',
  host: 'the same server within two hours, by an account without a history of its own',
  time: 'a request shortly before',
  worker: 'the worker process that served its requests',
}

function missingFor({ is, shown, signs }: WeighedSubject): string[] {
  if (is === 'yes') return []
  const kinds = new Set(signs.map(({ kind }) => kind)).size
  return [
    ...(shown
      ? []
      : [
          'That it happened is recorded only by what a client can send: an entry of the back end, or of another log, would show it.',
        ]),
    kinds < 2
      ? 'It rests on one kind of sign: a sign of another kind would make it certain.'
      : 'A further sign of another kind, or a stronger one, would make it certain.',
  ]
}
