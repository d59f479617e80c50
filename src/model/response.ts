import type { reached } from './reached.ts'
import { persistences, type PersistenceKind } from './stages.ts'
import type { Persistence } from './persistence.ts'
import type { Question, Is } from './answer.ts'
import type { Mailbox } from './mailbox.ts'

export type Action = {
  readonly id: string
  readonly order: number
  readonly title: string
  readonly why: string
  readonly how: readonly string[]
  readonly sideEffects: readonly string[]
  /** What of this server it is about. */
  readonly affected: readonly ActionFact[]
  /** What a further run, or a look at the server, must show when it is done. */
  readonly verify: readonly string[]
  readonly because: readonly string[]
}

/** Something on this server that an action is about, and the findings (or `exposure: CVE-…`) that show it. */
export type ActionFact = {
  readonly subject: ActionSubject
  readonly what: string
  /** The state of a way back in, how sure it is of a mailbox; else null. */
  readonly is: Persistence['state'] | Mailbox['certainty'] | null
  readonly because: readonly string[]
}

/** What an action may be about: ways back in by their kind, and what `action-facts.ts` knows besides. */
export type ActionSubject = PersistenceKind | 'credentials' | 'clients' | 'users' | 'updates' | 'mailboxes'

/** Every subject that a pack may name. */
export const actionSubjects: readonly ActionSubject[] = [
  ...persistences,
  'credentials',
  'clients',
  'users',
  'updates',
  'mailboxes',
]

/** A duty to report, as a fact and not as legal advice: whom it binds, whom to notify, the time limit and its begin. */
export type Duty = {
  readonly id: string
  readonly law: string
  readonly appliesTo: string
  readonly notify: string
  readonly deadline: string
  readonly from: string
  readonly note: string
  readonly source: string
}

/** What an action can be done on: a server of the organization, or a tenant of Microsoft 365. */
export const actionTargets = ['server', 'tenant'] as const

/** An action of a pack, with what calls for it. */
export type PackAction = Omit<Action, 'order' | 'because' | 'affected'> & {
  readonly about: readonly ActionSubject[]
  /** The campaign of its pack: its conditions are evaluated against that campaign alone; null: against all. */
  readonly campaign: string | null
  /** What it can be done on; anything where it is not said. */
  readonly for?: (typeof actionTargets)[number]
  /** The action, of any pack, that it follows; without one its own place. */
  readonly after?: string
  readonly when: {
    readonly questions?: readonly Question[]
    /** What the answer to one of the questions must be; yes or likely where nothing is said. */
    readonly is?: readonly Is[]
    /** Whose findings the answer must rest on, among others: anything where it is not said. */
    readonly of?: (typeof reached)[number]
    readonly rules?: readonly string[]
    readonly persistence?: readonly string[]
  }
}
