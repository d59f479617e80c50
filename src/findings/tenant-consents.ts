import type { CloudCell } from '../activity/cloud-audit.ts'
import { addTo, firstReached } from '../lib/collections.ts'
import { DAY, HOUR } from '../lib/time.ts'
import { applicationIdsIn, namesApplication, OF_MICROSOFT } from './applications.ts'
import type { FindingWithHits } from './findings.ts'
import { mailEvent } from './mail-fields.ts'
import type { ComputedFinding, TenantActivity } from './tenant-findings.ts'

// What applications did with mail soon after they were let in.

/** Days on which an application did it before that show a habit. */
const HABIT = 3
const MOST = 50

/** What an application did within an hour of the consent by which it got access to mail: `least` rows of these acts, and none before. */
type AfterConsent = Pick<ComputedFinding, 'by'> & {
  readonly isAct: (cell: CloudCell) => boolean
  readonly did: string
  readonly least: number
}
const AFTER_CONSENT: readonly AfterConsent[] = [
  { by: 'consent-then-reading', isAct: ({ act }) => act === 'bind' || act === 'sync', did: 'read it', least: 1 },
  { by: 'consent-then-sending', isAct: ({ act }) => act === 'send', did: 'sent some', least: 20 },
]

/** Consent by which an application got access to mail, and what it read or sent within the hour, where it did not before. */
export function actsAfterConsent(
  { cloud, facts, signIns }: TenantActivity,
  consents: readonly FindingWithHits[],
): ComputedFinding[] {
  if (consents.length === 0) return []
  const ofApplications: CloudCell[] = []
  const days = new Set(signIns.map(({ first }) => dayOf(first)))
  for (const cell of cloud.cells()) {
    days.add(dayOf(cell.first))
    if (cell.app !== null) ofApplications.push(cell)
  }
  const ofLogs = inOrder(days)
  return AFTER_CONSENT.flatMap(({ by, isAct, did, least }): ComputedFinding[] => {
    const acting = Map.groupBy(ofApplications.filter(isAct), ({ app }) => app!)
    const { granted, nameless } = consentsTo(acting, consents)
    return [...acting].flatMap(([app, cells]): ComputedFinding[] => {
      const rows = cells.reduce((sum, cell) => sum + cell.rows, 0)
      if (rows < least || facts.applications.get(app) === 'mail-client') return []
      const soonAfter = [
        ...soonAfterOf(cells, granted.get(app) ?? []),
        ...(OF_MICROSOFT.test(app) ? [] : soonAfterByUser(cells, nameless)),
      ]
      const own = inOrder(new Set(cells.map(({ first }) => dayOf(first))))
      if (!soonAfter.some((time) => isNewAt(time, own, ofLogs))) return []
      return [
        {
          by,
          key: `${by}\0${app}`,
          says: `application ${app} got access to mail and ${did} within the hour`,
          rows,
          // The consent has a finding of its own, from where its user was.
          events: cells.slice(0, MOST).map((cell) => ofApplication(mailEvent(cell))),
        },
      ]
    })
  })
}

/**
 * When each of these applications was let in, as often as it was: who lets it in once more before or after changes nothing. And by user
 * consents that name none: a record may name scopes alone.
 */
function consentsTo(
  applications: ReadonlyMap<string, unknown>,
  consents: readonly FindingWithHits[],
): { readonly granted: ReadonlyMap<string, readonly number[]>; readonly nameless: ReadonlyMap<string, number[]> } {
  const granted = new Map<string, number[]>()
  const nameless = new Map<string, number[]>()
  for (const { event } of consents.flatMap(({ hits }) => hits)) {
    const { time, user } = event
    const apps = applicationIdsIn(event).filter((app) => applications.has(app))
    if (time !== null && user !== null && apps.length === 0 && !namesApplication(event))
      addTo(nameless, user.toLowerCase(), time)
    if (time !== null) for (const app of apps) addTo(granted, app, time)
  }
  return { granted, nameless }
}

/** Those of the consents after which something was done within the hour. */
function soonAfterOf(cells: readonly CloudCell[], consents: readonly number[]): readonly number[] {
  if (consents.length === 0) return []
  const sorted = [...cells].sort((a, b) => a.first - b.first)
  let most = -Infinity
  const lasts = sorted.map(({ last }) => (most = Math.max(most, last)))
  return consents.filter((time) => {
    const begun = firstReached(sorted.length, (i) => sorted[i]!.first > time + HOUR)
    return begun > 0 && lasts[begun - 1]! >= time
  })
}

/**
 * The same of consents that name no application, in the mailbox of their user: those of several users may be to one. What an application
 * does in other mailboxes says nothing of them.
 */
function soonAfterByUser(
  cells: readonly CloudCell[],
  nameless: ReadonlyMap<string, readonly number[]>,
): readonly number[] {
  if (nameless.size === 0) return []
  return [...Map.groupBy(cells, ({ mailbox }) => mailbox.toLowerCase())].flatMap(([mailbox, own]) =>
    soonAfterOf(own, nameless.get(mailbox) ?? []),
  )
}

/**
 * Did an application do it on no day before, or on one or two of more that the logs have? One record of an earlier day is soon made, as
 * with the rights of another user. What it did earlier on the same day is left aside.
 */
function isNewAt(time: number, own: readonly number[], ofLogs: readonly number[]): boolean {
  const before = countBefore(own, dayOf(time))
  return before === 0 || (before < HABIT && before < countBefore(ofLogs, dayOf(time)))
}

function countBefore(days: readonly number[], day: number): number {
  return firstReached(days.length, (i) => days[i]! >= day)
}

function inOrder(days: Iterable<number>): readonly number[] {
  return [...days].sort((a, b) => a - b)
}

function dayOf(time: number): number {
  return Math.floor(time / DAY)
}

/** The application acts, not the user: an address that is new for the user is no sign. */
function ofApplication({ event, sha256 }: ReturnType<typeof mailEvent>): ReturnType<typeof mailEvent> {
  return { event: { ...event, user: null }, sha256 }
}
