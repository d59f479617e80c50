import { applicationsIn } from './applications.ts'
import type { CloudCell, CloudRun } from '../activity/cloud-audit.ts'
import { compareByTime, foundOf, type FindingWithHits, type KnownActivity } from './findings.ts'
import { rank } from '../model/stages.ts'
import { isHiddenAt } from '../activity/hidden-addresses.ts'
import { type Identities, isPerson } from '../activity/identities.ts'
import { isLoopback, isPrivate } from '../lib/ip.ts'
import { addTo } from '../lib/collections.ts'
import { DAY, iso } from '../lib/time.ts'
import type { CompromisedAccounts } from './intrusions.ts'
import { mailboxesIn } from './mailbox-names.ts'
import type { Finding, Intrusion } from '../model/finding.ts'
import type { Hit, RuleInfo } from '../model/rule.ts'
import { isOfTenant } from '../model/log-kinds.ts'
import { persons } from '../model/sign.ts'
import { isIntrusion } from './serious.ts'
import { mailEvent } from './mail-fields.ts'

// What an attacker did in the cloud with mail, and what accounts did there that were exposed on the server: rows that are
// ordinary work, and become findings only where they join an intrusion.

/** A client that comes back within a week is taken for the same one. */
export const SAME_CLIENT = 7 * DAY
/** An address that was in use for mail this long before the intrusion is shared. */
const BEFORE = DAY
/** Time after its exposure in which an account's actions are reported. */
const AFTER = 30 * DAY
const MOST = { hits: 2_000, mailboxes: 2_000, acts: 20 }

/** What an attacker is known by, why, and from when to when. */
export type IntruderTrace = { readonly by: string; from: number; to: number; readonly intrusion: string }
export type IntruderTraces = Readonly<Record<'clients' | 'sessions' | 'apps', ReadonlyMap<string, IntruderTrace>>>

/** Findings of mail that was opened or sent by what an attacker is known by: an address, a session, an application. */
export function mailInStories(
  found: readonly FindingWithHits[],
  cloud: CloudRun,
  infos: ReadonlyMap<string, RuleInfo>,
  server: { readonly name: string; readonly proxies: ReadonlySet<string> },
  known: KnownActivity,
): { readonly found: readonly FindingWithHits[]; readonly notes: readonly string[] } {
  const rule = [...infos.values()]
    .filter(
      ({ requiresChain, computedBy, lookup, accessMethod }) =>
        requiresChain && !computedBy && !lookup && accessMethod !== 'mobile',
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1))[0]
  if (cloud.isEmpty || rule === undefined) return { found: [], notes: [] }
  const ties = tiesOf(found, server.proxies, undefined, 'tenant')
  const shared = sharedAddresses(ties, cloud)
  const groups = new Map<
    string,
    { readonly cell: CloudCell; readonly tie: IntruderTrace; readonly isSure: boolean }[]
  >()
  let beyond = 0
  for (const cell of cloud.cells()) {
    const tied = tieOf(cell, ties, shared)
    if (tied === null) continue
    const key = [tied.isSure, tied.tie.intrusion, cell.mailbox, cell.client ?? '', cell.app ?? ''].join('\0')
    if (groups.has(key) || groups.size < MOST.mailboxes) addTo(groups, key, { cell, ...tied })
    else beyond += cell.rows
  }
  const made = [...groups].map(([key, cells]) => {
    const [first] = cells as [(typeof cells)[number], ...typeof cells]
    const info = first.isSure ? rule : { ...rule, stage: 'context' as const }
    const rows = cells.reduce((sum, { cell }) => sum + cell.rows, 0)
    const match = { key, rows, says: `${first.tie.by}; ${rows} ${rows === 1 ? 'row' : 'rows'}` }
    const hits = atMost(
      cells.map(({ cell }) => cell),
      MOST.hits,
    ).map((cell) => ({ ...hitOf(cell, rule.id), match, sha256: cell.sha256, info, joined: [] }))
    return foundOf(hits, server, known)
  })
  return {
    found: made.sort(compareByTime),
    notes: [
      ...[...shared]
        .sort()
        .map(
          (client) =>
            `audit logs: mail was opened from ${client} before the intrusion, too; what was opened from there is not taken for the attacker's`,
        ),
      ...(beyond > 0
        ? [
            `audit logs: ${beyond} ${beyond === 1 ? 'row' : 'rows'} of mail access by an attacker's address or application are beyond the maximum of ${MOST.mailboxes} mailboxes and clients: they are counted, and not listed`,
          ]
        : []),
    ],
  }
}

/** The first so many cells; the last of them stands for the rows of all that follow. */
function atMost(cells: readonly CloudCell[], most: number): readonly CloudCell[] {
  if (cells.length <= most) return cells
  const kept = cells.slice(0, most)
  const rest = cells.slice(most - 1)
  const sum = (of: (cell: CloudCell) => number): number => rest.reduce((all, cell) => all + of(cell), 0)
  kept[most - 1] = {
    ...kept[most - 1]!,
    rows: sum(({ rows }) => rows),
    items: sum(({ items }) => items),
    bytes: sum(({ bytes }) => bytes),
    last: rest.reduce((most, { last }) => Math.max(most, last), -Infinity),
  }
  return kept
}

/**
 * By what the attacker of each story is known: of stories that the tenant's own rows alone tell, nothing is. `together`: findings that
 * come to an intrusion with others only; `at`: where something is looked for with it. A tenant is reached past the proxies of a server.
 */
export function tiesOf(
  found: readonly FindingWithHits[],
  proxies: ReadonlySet<string>,
  together: Pick<CompromisedAccounts, 'has'> = new Map(),
  at: 'server' | 'tenant' = 'server',
): IntruderTraces {
  const isEntry = ({ id, is, log }: Finding, isOne: boolean): boolean =>
    isOfTenant(log) ? isOne && is === 'yes' : isOne || together.has(id)
  const entered = new Set(
    found.flatMap(({ counts, finding }) =>
      counts && finding.intrusion !== null && isEntry(finding, isIntrusion(finding)) ? [finding.intrusion] : [],
    ),
  )
  const ties = {
    clients: new Map<string, IntruderTrace>(),
    sessions: new Map<string, IntruderTrace>(),
    apps: new Map<string, IntruderTrace>(),
  }
  const tie = (of: Map<string, IntruderTrace>, key: string, by: string, intrusion: string, time: number): void => {
    const known = of.get(key)
    if (known) {
      known.from = Math.min(known.from, time)
      known.to = Math.max(known.to, time)
    } else of.set(key, { by, intrusion, from: time, to: time })
  }
  for (const { counts, finding, hits, isPerhapsOwners } of found) {
    const { intrusion, client } = finding
    if (
      !counts ||
      isPerhapsOwners ||
      intrusion === null ||
      !entered.has(intrusion) ||
      rank(finding.stage) < rank('attempt')
    )
      continue
    for (const { event } of hits) {
      if (event.time === null) continue
      // All users come from the address of a proxy.
      const isPast = at === 'tenant' && isOfTenant(event.log)
      const isHidden = client !== null && !isPast && isHiddenAt(proxies, client, event.time)
      if (client !== null && isOfIntruder(finding, client) && !isHidden)
        tie(ties.clients, client, `the address ${client} has a part in the same story`, intrusion, event.time)
      if (isOfTenant(event.log) && event.session !== null && event.session.length >= 8)
        tie(ties.sessions, event.session, 'the session has a part in the same story', intrusion, event.time)
      for (const app of applicationsIn(event))
        tie(ties.apps, app, `the application ${app} has a part in the same story`, intrusion, event.time)
    }
  }
  return ties
}

/**
 * An address on the Internet, or one inside from which the attacker worked in an account of a person, if only by a relayed logon:
 * servers ask for themselves at theirs.
 */
function isOfIntruder({ stage, user, sign: { subject } }: Finding, client: string): boolean {
  const isOfPerson = stage !== 'access' || (user !== null && isPerson(user))
  return !isPrivate(client) || (persons.has(subject) && isOfPerson && !isLoopback(client))
}

/** Addresses of an intrusion from which mail was opened before it. */
function sharedAddresses({ clients }: IntruderTraces, cloud: CloudRun): ReadonlySet<string> {
  const shared = new Set<string>()
  if (clients.size === 0) return shared
  for (const { client, first } of cloud.cells()) {
    const tie = client === null ? undefined : clients.get(client)
    if (tie && first < tie.from - BEFORE) shared.add(client!)
  }
  return shared
}

function tieOf(
  { client, session, app, act, first, last }: CloudCell,
  ties: IntruderTraces,
  shared: ReadonlySet<string>,
): { readonly tie: IntruderTrace; readonly isSure: boolean } | null {
  const isLogon = act === 'login'
  const byClient = client === null || shared.has(client) ? undefined : ties.clients.get(client)
  if (byClient && last >= byClient.from - BEFORE)
    return { tie: byClient, isSure: !isLogon && first <= byClient.to + SAME_CLIENT }
  const byApp = app === null ? undefined : ties.apps.get(app)
  if (byApp && last >= byApp.from) return { tie: byApp, isSure: !isLogon }
  // A session that was stolen is its owner's, too: from another address it may be either.
  const bySession = session === null ? undefined : ties.sessions.get(session)
  return bySession ? { tie: bySession, isSure: false } : null
}

function hitOf(cell: CloudCell, rule: string): Hit {
  const event = { ...mailEvent(cell).event, user: cell.mailbox }
  return { rule, matched: ['c-ip'], event }
}

// ---------------------------------------------------------------- accounts

/**
 * The stories with what accounts first did in the cloud that each exposed: from an address that the account had not used
 * before. It is a lead: a traveler has a new address, too.
 */
export function withCloudActs(
  intrusions: readonly Intrusion[],
  found: readonly FindingWithHits[],
  cloud: CloudRun,
  identities: Identities,
): readonly Intrusion[] {
  if (cloud.isEmpty) return intrusions
  const exposed = exposedAccounts(found, identities)
  if (exposed.size === 0) return intrusions
  const told = new Map<string, string[]>()
  const begins = new Map<string, number>()
  const news = new Map<string, { user: string; client: string; operation: string; first: number }[]>()
  for (const act of cloud.acts()) {
    const account = identities.addressOf(act.user).toLowerCase()
    const since = exposed.get(account)
    if (since === undefined) continue
    begins.set(account, Math.min(begins.get(account) ?? Infinity, act.first))
    if (act.first >= since.time && act.first <= since.time + AFTER && !isPrivate(act.client)) addTo(news, account, act)
  }
  for (const [account, acts] of [...news].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, MOST.acts)) {
    const { intrusion, time } = exposed.get(account)!
    const [act] = acts.sort((a, b) => a.first - b.first || (a.client < b.client ? -1 : 1)) as [(typeof acts)[number]]
    const isNew = begins.get(account)! < time
    const when = iso(act.first)!.slice(0, 19).replace('T', ' ')
    addTo(
      told,
      intrusion,
      `${when} UTC, ${act.client}: first act in Microsoft 365 of ${account}, an account that this story exposed, from ${
        isNew
          ? 'an address that it had not used before'
          : 'this address; the audit log begins later than the story, and whether the address is new cannot be determined'
      } (${act.operation}). A lead, and no proof.`,
    )
  }
  return withSentences(intrusions, told)
}

/** The intrusions, each with its sentences that begin with a time. */
export function withSentences(
  intrusions: readonly Intrusion[],
  told: ReadonlyMap<string, readonly string[]>,
): readonly Intrusion[] {
  return intrusions.map((intrusion) => {
    const more = told.get(intrusion.id)
    return more ? { ...intrusion, attackChain: [...intrusion.attackChain, ...more].sort(inTime) } : intrusion
  })
}

/** Sentences that begin with a time, in its order; those without one stay behind. */
function inTime(a: string, b: string): number {
  const [x, y] = [a, b].map((text) => /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/.exec(text)?.[0] ?? '~') as [string, string]
  return x < y ? -1 : x > y ? 1 : 0
}

/** Accounts that an intrusion on the server itself names, by their address, and since when. */
export function exposedAccounts(
  found: readonly FindingWithHits[],
  identities: Identities,
): ReadonlyMap<string, { readonly intrusion: string; readonly time: number }> {
  const exposed = new Map<string, { intrusion: string; time: number }>()
  for (const { counts, finding, hits } of found) {
    if (!counts || finding.intrusion === null || isOfTenant(finding.log) || !isIntrusion(finding)) continue
    for (const { event } of hits) {
      if (event.time === null) continue
      for (const name of [...mailboxesIn(event), ...(event.user === null ? [] : [event.user])]) {
        if (!isPerson(name)) continue
        const account = identities.addressOf(name).toLowerCase()
        const before = exposed.get(account)
        if (!before || event.time < before.time)
          exposed.set(account, { intrusion: finding.intrusion, time: event.time })
      }
    }
  }
  return exposed
}
