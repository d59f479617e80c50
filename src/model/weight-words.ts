import type { Finding } from './finding.ts'
import type { SignKind, Strength, SubjectKind } from './sign.ts'
import {
  type ComputedSign,
  type CountedSign,
  countedAs,
  countingSigns,
  type ExplanationSource,
  type ExplanationStrength,
  type WeighedSubject,
} from './weight.ts'

// What was weighed, in the words of every text: the subject, its signs, what explains them, what is missing for certainty.

export const subjectKindWords: Readonly<Record<SubjectKind, string>> = {
  request: 'Requests from',
  export: 'Export',
  page: 'Page',
  'virtual-directory': 'Virtual directory',
  module: 'IIS module',
  agent: 'Transport agent',
  task: 'Scheduled task',
  service: 'Service',
  program: 'Program',
  host: 'Computer',
  account: 'Account',
  application: 'Application',
  session: 'Session of',
  device: 'Device of',
  'inbox-rule': 'Inbox rules of',
  grant: 'Rights of',
  mailbox: 'Mailbox',
  client: 'Requests from',
}

/** What of a subject is a sign. */
export const signKindWords: Readonly<Record<SignKind, string>> = {
  content: 'content or behavior',
  name: 'name',
  provenance: 'creation',
  use: 'usage',
  effect: 'consequence',
  listed: 'known indicator of attackers',
  guessing: 'password guessing',
  origin: 'origin of the logon',
  reach: 'systems and mailboxes reached',
  manner: 'method of reading mail',
  change: 'changes and sent mail',
}

/** How far a sign is from ordinary work. */
export const strengthWords: Readonly<Record<Strength, string>> = {
  decisive: 'does not occur in ordinary work',
  strong: 'rare in ordinary work',
  weak: 'also occurs in ordinary work',
  context: 'context only',
}

export const explanationWords: Readonly<Record<ExplanationStrength, string>> = {
  weak: 'explains it in part',
  strong: 'explains it, unless the sign is beyond doubt',
  decisive: 'explains it in full',
}

/** What would make a probable answer certain, or a lead more than one. */
export type MissingEvidence = 'record' | 'kind' | 'sign'

export const missingSignWords: Readonly<Record<MissingEvidence, string>> = {
  record:
    'Only what a client can send records it. An entry of the back end, or of another log, would show that it happened.',
  kind: 'All signs are of one kind. A sign of another kind would make it certain.',
  sign: 'A further sign of another kind, or a stronger one, would make it certain.',
}

/** Records that are not in the evidence, and what they may show. */
export const absentWords: Readonly<Record<ExplanationSource, string>> = {
  cmdlets: 'The evidence has no records of cmdlets, which may show that an administrator did it or gave the right.',
  requests: 'The evidence has no requests to the front end, which may show that people or a monitor use it.',
  logons: 'The evidence has no requests to the front end, which may show that users logged on from there before.',
  'web-roots': 'The evidence has no web roots: the code of the page may show that it takes nothing from a request.',
  installer: 'The evidence has no Application events of Windows, which may show that an installation brought it.',
  disk: 'The evidence has no records of the disk ($MFT, change journal), which may show that it is older.',
}

/** What is missing for certainty; nothing where there is nothing missing. */
export function missingOf({ is, corroborated, signs }: WeighedSubject): readonly MissingEvidence[] {
  if (is === 'yes') return []
  return [...(corroborated ? [] : (['record'] as const)), new Set(signs.map(countedAs)).size < 2 ? 'kind' : 'sign']
}

/** `Page owa/auth/x.aspx: content or behavior (does not occur in ordinary work): TITLE; name (…): TITLE.` */
export function subjectWords(subject: WeighedSubject, byId: ReadonlyMap<string, Finding>): string {
  return `${subjectName(subject)}: ${signWords(subject, byId)
    .map(([words, finding]) => (finding === undefined ? words : `${words}: ${finding.title}`))
    .join('; ')}.`
}

/** The signs that count, strongest first, each with the finding that shows it; a tie is shown by none alone. */
export function signWords(
  subject: WeighedSubject,
  byId: ReadonlyMap<string, Finding>,
): readonly (readonly [words: string, finding: Finding | undefined])[] {
  return countingSigns(subject).map((sign) => [
    `${signText(sign)} (${strengthWords[sign.strength]})`,
    sign.tiedBy === undefined ? byId.get(sign.finding) : undefined,
  ])
}

function signText({ kind, computed, tiedBy }: CountedSign): string {
  if (tiedBy !== undefined) return `tied to an intrusion by ${tieWords[tiedBy] ?? tiedBy}`
  return computed === undefined ? signKindWords[kind] : `${signKindWords[kind]}: ${computedSignWords[computed]}`
}

/** A name may be as long as an attacker likes: its end says what it is. */
export function subjectName({ kind, name }: WeighedSubject): string {
  return `${subjectKindWords[kind]} ${name.length <= 160 ? name : `…${name.slice(-159)}`}`
}

/** How something is tied to an intrusion, by what is shared. */
export const tieWords: Readonly<Record<string, string>> = {
  identity: 'the same account and program within half an hour',
  nameless: 'requests of one log within half an hour, which names no client',
  'request id': 'the same request',
  session: 'the same session',
  token: 'the same access token',
  application: 'the same application',
  page: 'the same page',
  'rule used': 'the act that set the rule of the mailbox',
  'file written': 'the act that wrote the file',
  'file stored': 'the export whose file was packed, copied or sent',
  'right used': 'a right that the account gave to itself',
  'folder served': 'the folder that a virtual path leads to',
  file: 'the same file',
  copy: 'the same file in several folders',
  row: 'the same entry',
  account: 'the same compromised account',
  'account session': 'the session of a compromised account',
  'page written': 'an act that can have written the page',
  'time after the intrusion': 'its time, soon after the intrusion',
  client: 'the same client address',
  host: 'the same server within two hours, by an account without a history of its own',
  time: 'a request shortly before',
  worker: 'the worker process that served its requests',
  process: 'the same process, or the one that started it',
  'virtual directory': 'the same virtual directory',
}

/** What was seen by comparing records. */
export const computedSignWords: Readonly<Record<ComputedSign, string>> = {
  removed: 'it ran, and is in no web root any more',
  appeared: 'an older copy of the configuration does not have it',
  written: 'it was first served after an act that can have written it',
  'new-origin': 'the network or program is new for the account',
  'intruders-address': 'it came from the address of a certain intrusion',
  'sent-and-hid': 'one rule sends mail out, and another hides mail, within the hour',
}

/** What explains it, and what is missing, in sentences. */
export function besideSigns(subject: WeighedSubject): readonly string[] {
  return [
    ...subject.explanations.map(({ statement, strength }) => `${statement} This ${explanationWords[strength]}.`),
    ...(subject.absent ?? []).map((source) => absentWords[source]),
    ...(subject.is === 'likely' ? missingOf(subject).map((missing) => missingSignWords[missing]) : []),
  ]
}

/** The same within a sentence: `transport agent X`, and `IIS module Y`. */
export function subjectWithin(subject: WeighedSubject): string {
  const name = subjectName(subject)
  return /^[A-Z][a-z]/.test(name) ? `${name.charAt(0).toLowerCase()}${name.slice(1)}` : name
}
