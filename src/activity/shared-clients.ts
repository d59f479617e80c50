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
  readonly logons?: Pick<Logons, 'explaining' | 'daysOfMailAlone'>
}

/**
 * Addresses that the organization's users share: two people or more used their mail from there, on two days or more just before a
 * moment. Days after it do not count, since an attacker may use mailboxes then.
 */
export class SharedClients {
  readonly #counted: Counted
  #uses: ReadonlyMap<string, readonly Use[]> | null = null
  /** Of addresses that were asked for, which are few, the days of each person. */
  readonly #known = new Map<string, ReadonlyMap<string, ReadonlySet<number>>>()

  constructor(counted: Counted) {
    this.#counted = counted
  }

  /** Was the address one of the organization's users on days just before this moment (ms)? */
  isSharedBefore(client: string, time: number): boolean {
    this.#uses ??= usesByClient(this.#counted)
    const known = this.#known.get(client) ?? this.#daysByPerson(this.#uses.get(client) ?? [])
    this.#known.set(client, known)
    const today = Math.floor(time / DAY)
    const before = [...known.values()].map((days) => [...days].filter((day) => isJustBefore(day, today)))
    const people = before.filter((days) => days.length > 0)
    return people.length >= SHARED.people && new Set(people.flat()).size >= SHARED.days
  }

  #daysByPerson(uses: readonly Use[]): ReadonlyMap<string, ReadonlySet<number>> {
    const known = new Map<string, Set<number>>()
    for (const use of uses) {
      const { user } = use
      if (!isPerson(user)) continue
      const person = this.#counted.mail.identities.addressOf(user).toLowerCase()
      const own = known.get(person) ?? new Set()
      known.set(person, own)
      for (const day of this.#mailDaysOf(use)) own.add(day)
    }
    return known
  }

  #mailDaysOf({ mailDays, otherDays = [] }: Use): readonly number[] {
    const alone = this.#counted.logons?.daysOfMailAlone({ otherDays })
    return alone === undefined ? mailDays : mailDays.filter((day) => !alone.has(day))
  }
}

/** Days on which an account used its mail, and those of a served account that logs of the front end lack. */
type Use = { readonly user: string; readonly mailDays: readonly number[]; readonly otherDays?: readonly number[] }

function usesByClient({ mail, devices, cloud, logons }: Counted): ReadonlyMap<string, readonly Use[]> {
  const byIp = new Map<string, Use[]>()
  const byClient = new Map<string, Use[]>()
  const see = (client: string, use: Use): void => {
    let own = byClient.get(client)
    if (own === undefined) {
      const ip = canonicalIp(client)
      own = (ip === null ? undefined : byIp.get(ip)) ?? []
      if (ip !== null) byIp.set(ip, own)
      byClient.set(client, own)
    }
    own.push(use)
  }
  // Who acts as others is one person, however many mailboxes are opened.
  for (const { mailbox, actor, client, day } of mail.uses()) see(client, { user: actor ?? mailbox, mailDays: [day] })
  for (const { mailbox, client, first } of devices.uses())
    see(client, { user: mailbox, mailDays: [Math.floor(first / DAY)] })
  // Outlook on the web and IMAP show mail to who logs on.
  for (const account of logons?.explaining() ?? []) see(account.client, account)
  for (const { user, client, first, last } of cloud.acts())
    see(client, { user, mailDays: [first, last].map((time) => Math.floor(time / DAY)) })
  return byIp
}
