import type { FindingWithHits } from '../../findings/findings.ts'
import { type Campaign } from '../../model/campaign.ts'
import { type ActionFact, type ActionSubject } from '../../model/response.ts'
import { type Mailbox } from '../../model/mailbox.ts'
import { type CveExposure } from '../../model/exposure.ts'
import { type Answer } from '../../model/answer.ts'
import { type Finding } from '../../model/finding.ts'
import { type Persistence } from '../../model/persistence.ts'
import { type PersistenceKind, persistences } from '../../model/stages.ts'

/** What the assessment knows when its actions are made. */
export type Situation = {
  /** Product of the server: what can be done depends on it. */
  readonly product: string
  /** The answers over all, and those of each campaign that was asked about. */
  readonly answers: readonly Answer[]
  readonly byCampaign: ReadonlyMap<string, readonly Answer[]>
  readonly found: readonly FindingWithHits[]
  readonly persistence: readonly Persistence[]
  readonly mailboxes: readonly Mailbox[]
  /** The campaigns that were asked about. */
  readonly campaigns: readonly Campaign[]
  readonly cves: readonly CveExposure[]
}

/** Maximum of targets per subject, and of findings per target. */
const MOST = { facts: 25, because: 10 }

/** What of this server an action is about, in the order of its subjects. */
export function actionFacts(subjects: readonly ActionSubject[], situation: Situation): readonly ActionFact[] {
  return subjects.flatMap((subject) => {
    const all = together(isKind(subject) ? persistent(subject, situation) : tellers[subject](situation))
    const left = all.length - MOST.facts
    const told = all.slice(0, MOST.facts).map((told) => ({ ...told, subject }))
    return left > 0 ? [...told, { subject, what: `and ${further(left)}`, is: null, because: [] }] : told
  })
}

const further = (n: number): string => (n === 1 ? '1 further one' : `${n} further ones`)

type Told = Omit<ActionFact, 'subject'>

/** The same thing once, whatever its sources. */
function together(facts: readonly Told[]): readonly Told[] {
  return [...Map.groupBy(facts, ({ what, is }) => `${is}\n${what}`).values()].map((same) => ({
    ...same[0]!,
    because: [...new Set(same.flatMap(({ because }) => because))].slice(0, MOST.because),
  }))
}

function isKind(subject: ActionSubject): subject is PersistenceKind {
  return (persistences as readonly string[]).includes(subject)
}

/** What an action can be about besides persistence. */
const tellers: Readonly<Record<Exclude<ActionSubject, PersistenceKind>, (situation: Situation) => readonly Told[]>> = {
  credentials,
  clients,
  users,
  updates,
  mailboxes,
}

function persistent(kind: PersistenceKind, { persistence }: Situation): readonly Told[] {
  return persistence
    .filter((one) => one.kind === kind)
    .map(({ what, state, because }) => ({ what, is: state, because }))
}

/** Findings by which secrets of this server came into other hands. */
function credentials({ found }: Situation): readonly Told[] {
  return titled(counted(found).filter(({ stage }) => stage === 'credentials'))
}

/** Each title once, with its first time and its findings. */
function titled(findings: readonly Finding[]): readonly Told[] {
  return [...Map.groupBy(findings, ({ title }) => title)].map(([title, of]) => {
    const first = earliest(of)
    return { what: first === null ? title : `${title}, first at ${first}`, is: null, because: of.map(({ id }) => id) }
  })
}

/** Addresses that something which counts came from. */
function clients({ found }: Situation): readonly Told[] {
  const of = counted(found).filter(({ client, stage }) => client !== null && stage !== 'context')
  return [...Map.groupBy(of, ({ client }) => client!)]
    .sort(([, a], [, b]) => b.length - a.length)
    .map(([client, own]) => ({ what: client, is: null, because: own.map(({ id }) => id) }))
}

/** Accounts that an attacker acted as. */
function users({ found }: Situation): readonly Told[] {
  const of = counted(found).filter(({ user, stage }) => user !== null && stage !== 'context' && stage !== 'recon')
  return [...Map.groupBy(of, ({ user }) => user!.toLowerCase())].map(([, own]) => ({
    what: own[0]!.user!,
    is: null,
    because: own.map(({ id }) => id),
  }))
}

/** For each vulnerability of the campaigns that are assessed: the update of this server that closes it, or did. */
function updates({ campaigns, cves }: Situation): readonly Told[] {
  const doors = new Set(campaigns.flatMap(({ vulnerabilities }) => vulnerabilities))
  // Where no campaign is assessed, an open vulnerability is closed all the same.
  const own = cves.filter(({ cve, state }) =>
    doors.size === 0 ? state === 'open' : doors.has(cve) && Object.hasOwn(states, state),
  )
  const by = Map.groupBy(own, ({ fixedBy, remedy, state }) => [state, fixedBy, remedy].join('\n'))
  return [...by.values()].map((of) => {
    const { fixedBy, remedy, state } = of[0]!
    const names = of.map(({ cve }) => cve).join(', ')
    const words = [states[state], fixedBy === null ? undefined : `closed by ${fixedBy}`, remedy ?? undefined]
    const what = `${names}: ${words.filter((word) => word !== undefined).join('; ')}`
    return { what, is: null, because: of.map(({ cve }) => `exposure: ${cve}`) }
  })
}

/** What is to be said of a way in; one that was never there is no subject. */
const states: Readonly<Partial<Record<CveExposure['state'], string>>> = {
  open: 'open at the end of the evidence',
  mitigated: 'open at the end of the evidence, with a mitigation, which is no fix',
  unknown: 'whether open the evidence does not say',
  fixed: 'fixed at the end of the evidence',
}

/** Whose mail was taken, and how sure that is. */
function mailboxes({ mailboxes: all }: Situation): readonly Told[] {
  return all.map(({ mailbox, certainty, because }) => ({ what: mailbox, is: certainty, because }))
}

function counted(found: readonly FindingWithHits[]): readonly Finding[] {
  return found.filter(({ counts }) => counts).map(({ finding }) => finding)
}

function earliest(findings: readonly Finding[]): string | null {
  return findings.reduce<string | null>((least, { first, time }) => {
    const at = first ?? time
    return at !== null && (least === null || at < least) ? at : least
  }, null)
}
