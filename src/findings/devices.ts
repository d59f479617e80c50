import { exposedAccounts, SAME_CLIENT, tiesOf, withSentences } from './cloud-mail.ts'
import { compareByTime, type FindingWithHits, foundOf, type KnownActivity } from './findings.ts'
import type { Devices, DeviceUse } from '../activity/devices.ts'
import type { Identities } from '../activity/identities.ts'
import { isPrivate } from '../lib/ip.ts'
import { addTo, greatestOf, leastOf } from '../lib/collections.ts'
import { DAY, iso } from '../lib/time.ts'
import type { Intrusion } from '../model/finding.ts'
import type { Hit, RuleInfo } from '../model/rule.ts'
import type { Event } from '../model/event.ts'
import { isOneUse } from '../activity/near-days.ts'
import type { LogKind } from '../model/log-kinds.ts'
import type { RequestTables } from '../activity/requests.ts'

// Mobile devices that came with an intrusion. A new telephone is an everyday matter: what ties one to a story is the address
// that it asks from.

/** The logs must begin so long before the first request of a device that it can be called new. */
const BEFORE = 5 * DAY
/** What a device asks so short before a story may be the attacker's. */
const BESIDE = DAY
/** A device that comes so long after an account was exposed is told. */
const AFTER = 30 * DAY
const MOST = { groups: 2_000, leads: 20 }

type Server = {
  readonly name: string
  readonly proxies: ReadonlySet<string>
  /** When logs of a kind begin; where it is missing, they begin with the first device. */
  readonly logs?: { firstOf(kind: LogKind): number | null }
}
/** Logs that record the requests of mobile devices. */
const LOGS = ['httpproxy-eas', 'iis-frontend'] as const

/**
 * Findings of devices whose first request for a mailbox came from an address of a story: sure where the device is new and fetched content
 * within a week, else only possible.
 */
export function devicesInStories(
  found: readonly FindingWithHits[],
  devices: Devices,
  requests: RequestTables,
  infos: ReadonlyMap<string, RuleInfo>,
  server: Server,
  known: KnownActivity,
  isUsedBefore: (client: string, time: number) => boolean,
): { readonly found: readonly FindingWithHits[]; readonly notes: readonly string[] } {
  const [rule] = [...infos.values()]
    .filter(({ requiresChain, computedBy, accessMethod }) => requiresChain && !computedBy && accessMethod === 'mobile')
    .sort((a, b) => (a.id < b.id ? -1 : 1))
  if (devices.isEmpty || rule === undefined) return { found: [], notes: [] }
  const { clients } = tiesOf(found, server.proxies)
  if (clients.size === 0) return { found: [], notes: [] }
  // Where no device was served before, the logs say so.
  const begins = leastOf([devices.begins!, ...LOGS.flatMap((kind) => server.logs?.firstOf(kind) ?? [])], Infinity)
  const shared = new Set<string>()
  let { beyond } = devices
  const groups = new Map<
    string,
    { readonly hit: Hit; readonly sha256: string; readonly isSure: boolean; says: string }
  >()
  const uses = devices.uses()
  const isShared = sharedBefore(uses, isUsedBefore)
  for (const use of uses) {
    const tie = clients.get(use.client)
    if (!tie || use.last < tie.from - DAY) continue
    const since = requests.sinceOf(use.client)
    if (isShared(use.client, tie.from)) {
      shared.add(use.client)
      continue
    }
    const isNew = begins <= use.first - BEFORE && devices.firstOf(use.device, tie.from - DAY) >= tie.from - DAY
    // The owners of rows that were not counted apart are unknown.
    const isSure =
      isNew && since !== undefined && devices.beyond === 0 && use.content > 0 && use.first <= tie.to + SAME_CLIENT
    const key = [isSure, tie.intrusion, use.mailbox, use.device, use.client].join('\0')
    const count = greatestOf(use.rows, 0)
    if (groups.size >= MOST.groups) {
      beyond += count
      continue
    }
    const rows = count === 1 ? '1 request' : `${count} requests`
    const what = isNew ? 'a device that was not seen before the intrusion' : 'a device'
    groups.set(key, {
      hit: hitOf(use, rule.id),
      sha256: use.sha256,
      isSure,
      says: `${tie.by}; ${what} (${told(use.device)}); ${rows}`,
    })
  }
  const made = [...groups].map(([key, { hit, sha256, isSure, says }]) => {
    const info = isSure ? rule : { ...rule, stage: 'context' as const }
    const match = { key, rows: Number(hit.event.fields.CellRows), says }
    return foundOf([{ ...hit, match, sha256, info, joined: [] }], server, known)
  })
  return {
    found: made.sort(compareByTime),
    notes: [
      ...[...shared]
        .sort()
        .map(
          (client) =>
            `mobile devices: requests came from ${client} more than a day before the intrusion, too. A device seen there first is not attributed to the attacker`,
        ),
      ...(beyond > 0
        ? [
            `mobile devices: ${beyond} ${beyond === 1 ? 'request is' : 'requests are'} beyond the maximum that is distinguished; a device of the attacker may be among them`,
          ]
        : []),
    ],
  }
}

/**
 * Is an address shared: were people or their devices served from there just before a story? One that asked for something long
 * before it may be the attacker's, and such rows may be forged.
 */
function sharedBefore(
  uses: readonly DeviceUse[],
  isUsedBefore: (client: string, time: number) => boolean,
): (client: string, time: number) => boolean {
  const byClient = Map.groupBy(uses, ({ client }) => client)
  const known = new Map<string, boolean>()
  return (client, time) => {
    const key = `${client} ${time}`
    const is = known.get(key) ?? (isUsedBefore(client, time) || areJustBefore(byClient.get(client) ?? [], time))
    known.set(key, is)
    return is
  }
}

/** Did a device first ask before, and not long before? */
function areJustBefore(uses: readonly DeviceUse[], time: number): boolean {
  const act = { first: time, last: time }
  return uses.some(({ first, last }) => first < time - BESIDE && isOneUse({ first, last: Math.min(last, time) }, act))
}

/** A name out of a request, short and on one line. */
function told(name: string): string {
  return name.replace(/[^\x21-\x7e]/g, '?').slice(0, 40)
}

function hitOf(use: DeviceUse, rule: string): Hit {
  const { mailbox, device, client, rows, first, last, isProxyLog, at } = use
  const event: Event = {
    log: isProxyLog ? 'httpproxy-eas' : 'iis-frontend',
    sources: [],
    time: first,
    timeBasis: 'format',
    fields: {
      'cs-uri-stem': '/Microsoft-Server-ActiveSync',
      'cs-username': mailbox,
      DeviceId: device,
      'c-ip': client,
      CellRows: greatestOf(rows, 0),
      CellLast: last,
    },
    raw: '',
    at,
    host: null,
    client,
    user: mailbox,
    target: null,
    request: null,
    session: null,
  }
  return { rule, matched: ['c-ip'], event }
}

/**
 * The stories with the devices that first synchronized the mailbox of an account that each exposed, from addresses that had
 * asked for nothing before. It is a lead: the owner of a new telephone may travel with it.
 */
export function withNewDevices(
  intrusions: readonly Intrusion[],
  found: readonly FindingWithHits[],
  devices: Devices,
  requests: RequestTables,
  identities: Identities,
): readonly Intrusion[] {
  if (devices.isEmpty) return intrusions
  const exposed = exposedAccounts(found, identities)
  if (exposed.size === 0) return intrusions
  const begins = devices.begins!
  const uses = new Map<string, DeviceUse[]>()
  for (const use of devices.uses()) {
    const account = identities.addressOf(use.mailbox).toLowerCase()
    if (exposed.has(account)) addTo(uses, account, use)
  }
  const leads: { readonly account: string; readonly intrusion: string; readonly use: DeviceUse }[] = []
  for (const [account, all] of uses) {
    const { intrusion, time } = exposed.get(account)!
    if (begins > time - BEFORE || devices.beyond > 0) continue
    const added = all.filter(({ device, last }) => last >= time && devices.firstOf(device, time) >= time)
    for (const [, own] of Map.groupBy(added, ({ device }) => device)) {
      const [use] = own.sort((a, b) => a.first - b.first) as [DeviceUse]
      const since = requests.sinceOf(use.client)
      if (typeof since !== 'number' || since < time || isPrivate(use.client)) continue
      if (use.first <= time + AFTER) leads.push({ account, intrusion, use })
    }
  }
  const more = new Map<string, string[]>()
  const sorted = leads.sort(
    (a, b) => a.use.first - b.use.first || (a.account + a.use.device < b.account + b.use.device ? -1 : 1),
  )
  for (const { account, intrusion, use } of sorted.slice(0, MOST.leads))
    addTo(
      more,
      intrusion,
      `${iso(use.first).slice(0, 19).replace('T', ' ')} UTC, ${use.client}: first request of a mobile device (${told(use.device)}) for the mailbox of ${account}. The intrusion exposed this account, and the address sent no request before. A lead, and no proof.`,
    )
  return withSentences(intrusions, more)
}
