import { networkOf } from '../lib/ip.ts'
import type { CloudCell } from '../activity/cloud-audit.ts'
import { addTo, addToSet } from '../lib/collections.ts'
import { DAY } from '../lib/time.ts'
import { mailEvent } from './mail-fields.ts'
import type { ComputedFinding, TenantActivity } from './tenant-findings.ts'

/** Fewest accounts, and fewest days with sign-ins that show that those of an account are in the logs. */
const [ACCOUNTS, SIGNED_IN] = [3, 5]
const MOST = 50

/**
 * Mail of three accounts or more that is opened within a day from one network, from which no account of the tenant ever signed in, by a
 * system that is new for each of them (where the records name none: an application), in sessions that began nowhere else: their tokens
 * were issued elsewhere, or forged.
 */
export function mailWithoutSignIn({ cloud, signIns, places }: TenantActivity): ComputedFinding[] {
  // Anyone can be refused from anywhere.
  const signedIn = new Set(signIns.flatMap(({ client, result }) => (result === 'success' ? [networkOf(client)] : [])))
  const days = new Map<string, Set<number>>()
  for (const { user, result, first } of signIns)
    if (result === 'success') addToSet(days, user.toLowerCase(), Math.floor(first / DAY))
  const groups = new Map<string, CloudCell[]>()
  const used = new Map<string, Map<string, number>>()
  const use = (key: string, network: string, time: number): void => {
    const own = used.get(key) ?? new Map<string, number>()
    used.set(key, own.set(network, Math.min(time, own.get(network) ?? Infinity)))
  }
  for (const cell of cloud.cells()) {
    const { act, app, by, client, first, graph, mailbox, session, system } = cell
    if (client === null || by !== null || graph === 'graph-service' || (act !== 'bind' && act !== 'sync')) continue
    const network = networkOf(client)
    const of = mailbox.toLowerCase()
    if (system !== '') use(`${of}\0system\0${system}`, network, first)
    if (app !== null) use(`${of}\0app\0${app}`, network, first)
    if (session !== null) use(`${of}\0session\0${session}`, network, first)
    if (!places.isOutside(client)) signedIn.add(network)
    else if (!signedIn.has(network) && (days.get(of)?.size ?? 0) >= SIGNED_IN) addTo(groups, network, cell)
  }
  const isForeign = ({ app, mailbox, client, first, session, system }: CloudCell): boolean => {
    const of = mailbox.toLowerCase()
    // Who opens it has more than one network: those that begin with this one, and from which no one signs in, are no place of the owner.
    const isOfOwner = ([network, since]: readonly [string, number]): boolean =>
      network !== networkOf(client!) && (signedIn.has(network) || since < first - DAY)
    const isNewHere = (kind: string, value: string): boolean =>
      ![...(used.get(`${of}\0${kind}\0${value}`) ?? [])].some(isOfOwner)
    const isNewProgram = system !== '' ? isNewHere('system', system) : app !== null && isNewHere('app', app)
    return isNewProgram && (session === null || isNewHere('session', session)) && places.isNew(mailbox, client!, first)
  }
  return [...groups].flatMap(([network, all]): ComputedFinding[] => {
    const cells = all.filter(isForeign).sort((a, b) => a.first - b.first)
    const accounts = new Set(cells.map(({ mailbox }) => mailbox.toLowerCase()))
    const [first, last] = [cells[0], cells.at(-1)]
    if (accounts.size < ACCOUNTS || first === undefined || last!.first - first.first > DAY) return []
    return [...Map.groupBy(cells, ({ mailbox }) => mailbox)].map(([mailbox, own]) => ({
      by: 'mail-without-sign-in',
      key: `mail-without-sign-in\0${network}\0${mailbox}`,
      says: `mail of ${accounts.size} accounts opened from ${network}, from which no account signed in, by ${cells.every(({ system }) => system !== '') ? 'a system' : 'a program'} that is new for each`,
      rows: own.reduce((sum, { rows }) => sum + rows, 0),
      events: own.slice(0, MOST).map(mailEvent),
    }))
  })
}
