import type { Case } from './case.ts'
import type { Mailbox, Persistence, Question } from './model.ts'

/** What each question asks, as the end of a sentence that begins with "whether" or "no evidence that". */
export const asks: Readonly<Record<Question, string>> = {
  exposed: 'the server was open to it',
  targeted: 'it was tried against this server',
  exploited: 'a vulnerability was used with success',
  compromised: 'someone ran code here, planted a shell or took credentials',
  'mail-taken': 'mail was read or taken',
  'still-there': 'something is left that lets them come back',
}

export const certainties: Readonly<Record<Mailbox['certainty'], string>> = {
  named: 'named in the row itself',
  joined: 'joined from two logs',
  possible: 'possible',
  unknown: 'unknown which',
}

export const persistenceKinds: Readonly<Record<Persistence['kind'], string>> = {
  'web-shell': 'Web shell',
  vdir: 'Changed virtual directory',
  'iis-module': 'IIS module',
  'transport-agent': 'Transport agent',
  task: 'Scheduled task',
  service: 'Service',
  startup: 'Start-up entry',
  account: 'Account',
  forwarding: 'Mail forwarding',
  keys: 'Stolen keys',
}

export const persistenceStates: Readonly<Record<Persistence['state'], string>> = {
  present: 'present at the end of the evidence',
  'was-there': 'was there',
  'requested-after-removal': 'still asked for after it was removed',
  unknown: 'cannot tell',
}

export function narrowed(c: Case, sentence: string): string {
  if (!c.narrowed) return sentence
  const { from, to } = c.narrowed
  return `${sentence.replace(/\.$/, '')} (looked at ${from === null ? 'the beginning' : day(from)} to ${to === null ? 'the end' : day(to)} only).`
}

export function day(time: number): string {
  return new Date(time).toISOString().slice(0, 10)
}

export function stamp(time: number): string {
  return new Date(time).toISOString().slice(0, 16).replace('T', ' ')
}
