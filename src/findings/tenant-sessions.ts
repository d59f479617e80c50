import { networkOf } from '../lib/ip.ts'
import { type CloudCell, type CountedSignIn, isPersonOfTenant } from '../activity/cloud-audit.ts'
import { addTo } from '../lib/collections.ts'
import { areDifferentSystems } from '../model/client-systems.ts'
import { mailEvent } from './mail-fields.ts'
import { type ComputedFinding, signInEvent, type TenantActivity } from './tenant-findings.ts'
import { DAY, HOUR } from '../lib/time.ts'

// Sessions and device codes that two parties use: a token was stolen, or handed over.

/** Device codes of one account that mail is compared with. */
const GRANTS = 200

/** Where one session was used. */
type Use = {
  readonly user: string
  readonly client: string
  readonly system: string
  readonly device: string
  readonly first: number
  readonly event: () => ReturnType<typeof signInEvent>
}

/**
 * Sessions on two networks and two operating systems or devices. A telephone that changes its network stays one device, and so does
 * a computer that has an address of IPv4 and one of IPv6; Exchange Online's own addresses count for none.
 */
export function stolenSessions({ cloud, signIns, places }: TenantActivity): ComputedFinding[] {
  const sessions = new Map<string, Use[]>()
  const add = (session: string, use: Use): void => {
    if (session.length >= 8 && places.isOutside(use.client))
      addTo(sessions, `${session}\0${use.user.toLowerCase()}`, use)
  }
  for (const one of signIns) if (one.result === 'success') add(one.session, { ...one, event: () => signInEvent(one) })
  for (const cell of cloud.cells())
    if (cell.session !== null && cell.client !== null && isOfPerson(cell))
      add(cell.session, {
        ...cell,
        user: cell.by ?? cell.mailbox,
        client: cell.client,
        device: '',
        event: () => mailEvent(cell),
      })
  return [...sessions].flatMap(([key, uses]): ComputedFinding[] => {
    const distinct = [
      ...new Map(uses.map((one) => [`${one.client}\0${one.system}\0${one.device}`, one])).values(),
    ].slice(0, 200)
    const two = distinct.flatMap((a, i) =>
      distinct.slice(i + 1).flatMap((b) => (areTwo(a, b) ? [[a, b] as const] : [])),
    )[0]
    if (two === undefined) return []
    const [a, b] = two
    const foreign = uses.filter(({ user, client, first }) => !places.isOwn(user, client, first))
    // From places where the account works on other days, its owner has two devices.
    if (foreign.length === 0) return []
    const latest = foreign.reduce((last, one) => (one.first > last.first ? one : last))
    const own = foreign.filter((one) => one.client === latest.client)
    return [
      {
        by: 'session-on-two-systems',
        key,
        says: `one session on ${nameOf(a)} and on ${nameOf(b)}`,
        rows: uses.length,
        events: own.slice(0, 20).map(({ event }) => event()),
      },
    ]
  })
}

/** Of a service, the session is used at its address, too. */
function isOfPerson({ by, graph }: CloudCell): boolean {
  return graph !== 'graph-service' && (by === null || isPersonOfTenant(by))
}

function areTwo(a: Use, b: Use): boolean {
  if (networkOf(a.client) === networkOf(b.client)) return false
  const areTwoDevices = a.device !== '' && b.device !== '' && a.device !== b.device
  return areTwoDevices || areDifferentSystems(a.system, b.system)
}

function nameOf({ client, system, device }: Use): string {
  return `${client} (${system || device.slice(0, 36)})`
}

/** Mail that was read with a token that a device code gave. */
export function deviceCodeReading({ cloud, signIns, places, facts }: TenantActivity): ComputedFinding[] {
  const grants = signIns.filter(({ flow, result }) => flow === 'device-code' && result === 'success')
  if (grants.length === 0) return []
  const byUser = Map.groupBy(grants, ({ user }) => user)
  const systems = systemsAt(signIns)
  const found = new Map<string, ComputedFinding>()
  for (const cell of cloud.cells()) {
    const user = (cell.by ?? cell.mailbox).toLowerCase()
    if ((cell.act !== 'bind' && cell.act !== 'sync') || !places.isOutside(cell.client)) continue
    for (const grant of byUser.get(user)?.slice(0, GRANTS) ?? []) {
      if (cell.last < grant.first || !isOfGrant(cell, grant)) continue
      const first = Math.max(cell.first, grant.first)
      const app = cell.app ?? grant.app
      const isClient = facts.applications.get(app.toLowerCase()) === 'mail-client'
      const make = (by: string, says: string): void => {
        const key = `${by}\0${user}\0${cell.client}`
        const known = found.get(key)
        const event = mailEvent({ ...cell, first })
        found.set(
          key,
          known
            ? { ...known, rows: known.rows + cell.rows, events: [...known.events, event].slice(0, 50) }
            : { by, key, says, rows: cell.rows, events: [event] },
        )
      }
      if (!isClient && first <= grant.first + HOUR)
        make('device-code-reading', `application ${app} got a token by a device code and read mail within the hour`)
      if (isElsewhere(cell, grant, systems.get(`${user}\0${cell.client}`)) && !places.isOwn(user, cell.client, first))
        make('device-code-elsewhere', `the code was entered at ${grant.client}, and mail was read from ${cell.client}`)
    }
  }
  return [...found.values()]
}

/** By the session of the device code, or by its application within a day. */
function isOfGrant({ session, app, first }: CloudCell, grant: CountedSignIn): boolean {
  if (session !== null && session !== '' && session === grant.session) return true
  return app !== null && app === grant.app.toLowerCase() && first <= grant.first + DAY
}

/** The systems of each account at each address. */
function systemsAt(signIns: readonly CountedSignIn[]): ReadonlyMap<string, ReadonlySet<string>> {
  const systems = new Map<string, Set<string>>()
  for (const { user, client, result, system } of signIns) {
    if (result !== 'success' || system === '') continue
    const key = `${user}\0${client}`
    systems.set(key, (systems.get(key) ?? new Set()).add(system))
  }
  return systems
}

/** On another network, and not on the system at which the code was entered. */
function isElsewhere(cell: CloudCell, grant: CountedSignIn, there: ReadonlySet<string> = new Set()): boolean {
  if (networkOf(cell.client!) === networkOf(grant.client)) return false
  const systems = [...there, ...(cell.system === '' ? [] : [cell.system])]
  return systems.length === 0 || systems.some((system) => areDifferentSystems(system, grant.system))
}
