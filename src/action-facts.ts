import type { Found } from './detection.ts'
import type { ActionFact, ActionSubject, Campaign, CveExposure, Finding, Mailbox, Persistence } from './model.ts'
import { certainties, persistenceKinds, persistenceStates } from './phrases.ts'

/** What the assessment knows when its actions are made. */
export type Situation = {
  readonly found: readonly Found[]
  readonly persistence: readonly Persistence[]
  readonly mailboxes: readonly Mailbox[]
  /** The campaigns that were asked about. */
  readonly campaigns: readonly Campaign[]
  readonly cves: readonly CveExposure[]
}

/** So many are told of each subject, and so many findings of each. */
const MOST = { facts: 25, because: 10 }

/** What of this server an action is about, in the order of its subjects. */
export function factsOf(subjects: readonly ActionSubject[], situation: Situation): readonly ActionFact[] {
  return subjects.flatMap((subject) => {
    const all = together(isKind(subject) ? persistent(subject, situation) : tellers[subject](situation))
    const left = all.length - MOST.facts
    return left > 0 ? [...all.slice(0, MOST.facts), { what: `and ${left} more`, because: [] }] : all
  })
}

/** The same thing once, whatever tells of it. */
function together(facts: readonly ActionFact[]): readonly ActionFact[] {
  return [...Map.groupBy(facts, ({ what }) => what)].map(([what, same]) => ({
    what,
    because: [...new Set(same.flatMap(({ because }) => because))].slice(0, MOST.because),
  }))
}

type Kind = Persistence['kind']

function isKind(subject: ActionSubject): subject is Kind {
  return Object.hasOwn(persistenceKinds, subject)
}

/** What an action can be about besides what lets an intruder come back. */
const tellers: Readonly<Record<Exclude<ActionSubject, Kind>, (situation: Situation) => readonly ActionFact[]>> = {
  credentials,
  clients,
  users,
  updates,
  mailboxes,
}

/** Every subject that a pack may name. */
export const actionSubjects: readonly ActionSubject[] = [
  ...(Object.keys(persistenceKinds) as Kind[]),
  ...(Object.keys(tellers) as Exclude<ActionSubject, Kind>[]),
]

function persistent(kind: Kind, { persistence }: Situation): readonly ActionFact[] {
  return persistence
    .filter((one) => one.kind === kind)
    .map(({ what, state, because }) => ({
      what: `${persistenceKinds[kind]} ${what}, ${persistenceStates[state]}`,
      because,
    }))
}

/** Findings by which secrets of this server came into other hands. */
function credentials({ found }: Situation): readonly ActionFact[] {
  return titled(counted(found).filter(({ stage }) => stage === 'credentials'))
}

/** Each title once, with its first time and its findings. */
function titled(findings: readonly Finding[]): readonly ActionFact[] {
  return [...Map.groupBy(findings, ({ title }) => title)].map(([title, of]) => {
    const first = earliest(of)
    return { what: first === null ? title : `${title}, first at ${first}`, because: of.map(({ id }) => id) }
  })
}

/** Addresses that something which counts came from. */
function clients({ found }: Situation): readonly ActionFact[] {
  const of = counted(found).filter(({ client, stage }) => client !== null && stage !== 'context')
  return [...Map.groupBy(of, ({ client }) => client!)]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([client, own]) => ({ what: client, because: own.map(({ id }) => id) }))
}

/** Accounts that an intruder acted as. */
function users({ found }: Situation): readonly ActionFact[] {
  const of = counted(found).filter(({ user, stage }) => user !== null && stage !== 'context' && stage !== 'recon')
  return [...Map.groupBy(of, ({ user }) => user!.toLowerCase())].map(([, own]) => ({
    what: own[0]!.user!,
    because: own.map(({ id }) => id),
  }))
}

/** For each vulnerability that is the way in of a campaign: the update of this server that closes it. */
function updates({ campaigns, cves }: Situation): readonly ActionFact[] {
  const doors = new Set(campaigns.flatMap(({ door }) => door))
  const open = cves.filter(({ cve, state }) => doors.has(cve) && (state === 'open' || state === 'unknown'))
  const by = Map.groupBy(open, ({ fixedBy, state }) => JSON.stringify([fixedBy, state]))
  return [...by].map(([key, of]) => {
    const [fixedBy, state] = JSON.parse(key) as [string | null, CveExposure['state']]
    const names = of.map(({ cve }) => cve).join(', ')
    const is = state === 'open' ? 'open at the end of the evidence' : 'whether open the evidence does not say'
    const how =
      fixedBy === null ? 'no update closes it on this cumulative update: install a newer one' : `closed by ${fixedBy}`
    return { what: `${names}: ${is}, ${how}`, because: of.map(({ cve }) => `exposure: ${cve}`) }
  })
}

/** Whose mail was taken, and how sure that is. */
function mailboxes({ mailboxes: all }: Situation): readonly ActionFact[] {
  return all.map(({ mailbox, certainty, because }) => ({ what: `${mailbox} (${certainties[certainty]})`, because }))
}

function counted(found: readonly Found[]): readonly Finding[] {
  return found.filter(({ counts }) => counts).map(({ finding }) => finding)
}

function earliest(findings: readonly Finding[]): string | null {
  return findings.reduce<string | null>((least, { first, time }) => {
    const at = first ?? time
    return at !== null && (least === null || at < least) ? at : least
  }, null)
}
