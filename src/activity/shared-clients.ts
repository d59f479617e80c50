import { canonicalIp } from '../lib/ip.ts'
import { isPerson } from './identities.ts'
import type { CloudRun } from './cloud-audit.ts'
import type { Devices } from './devices.ts'
import type { Logons } from './logons.ts'
import type { MailUse } from './mailbox-use.ts'
import { isJustBefore } from './near-days.ts'
import { DAY } from '../lib/time.ts'

/** People and days before a moment that make an address one of the organization: an office, a VPN, a proxy. */
const SHARED = { people: 2, days: 2 }

type Counted = {
  readonly mail: Pick<MailUse, 'uses' | 'identities'>
  readonly devices: Pick<Devices, 'uses'>
  readonly cloud: Pick<CloudRun, 'acts'>
  readonly logons?: Pick<Logons, 'explaining'>
}

/**
 * Addresses that the organization's users share: two people or more used their mail from there, on two days or more just before a
 * moment. Days after it do not count, since an intruder may use mailboxes then.
 */
export class SharedClients {
  readonly #counted: Counted
  #known: ReadonlyMap<string, Map<string, Set<number>>> | null = null

  constructor(counted: Counted) {
    this.#counted = counted
  }

  /** By address the days of each person: most servers have no finding that asks for them. */
  get #clients(): ReadonlyMap<string, Map<string, Set<number>>> {
    return (this.#known ??= daysByClient(this.#counted))
  }

  /** Was the address one of the organization's users on days just before this moment (ms)? */
  isSharedBefore(client: string, time: number): boolean {
    const known = this.#clients.get(client)
    if (known === undefined) return false
    const today = Math.floor(time / DAY)
    const before = [...known.values()].map((days) => [...days].filter((day) => isJustBefore(day, today)))
    const people = before.filter((days) => days.length > 0)
    return people.length >= SHARED.people && new Set(people.flat()).size >= SHARED.days
  }
}

function daysByClient({ mail, devices, cloud, logons }: Counted): ReadonlyMap<string, Map<string, Set<number>>> {
  const clients = new Map<string, Map<string, Set<number>>>()
  const see = (name: string, client: string, day: number): void => {
    const ip = canonicalIp(client)
    if (ip === null || !isPerson(name)) return
    const person = mail.identities.addressOf(name).toLowerCase()
    const known = clients.get(ip) ?? new Map<string, Set<number>>()
    known.set(person, (known.get(person) ?? new Set()).add(day))
    clients.set(ip, known)
  }
  // Who acts as others is one person, however many mailboxes are opened.
  for (const { mailbox, actor, client, day } of mail.uses()) see(actor ?? mailbox, client, day)
  for (const { mailbox, client, first } of devices.uses()) see(mailbox, client, Math.floor(first / DAY))
  // Outlook on the web and IMAP show mail to who logs on.
  for (const { user, client, mailDays } of logons?.explaining() ?? [])
    for (const day of mailDays) see(user, client, day)
  for (const { user, client, first, last } of cloud.acts())
    for (const time of [first, last]) see(user, client, Math.floor(time / DAY))
  return clients
}
