import { addTo } from '../lib/collections.ts'
import type { Event, Fields } from '../model/event.ts'
import { areOfTwoDomains, withoutDomain } from '../model/account-names.ts'

type Named = { readonly address: string; readonly account: string }

/** Who is who: by every name that the evidence gives to a mailbox, its address. */
export class Identities {
  readonly #addresses = new OneEach()
  /** By the part before the domain: the address of the mailbox, the address that logs on, and the name with its domain of Windows. */
  readonly #mailboxes = new OneEach()
  readonly #logons = new OneEach()
  readonly #domains = new OneEach()
  /** What was found out of a name, as long as none is added: the same names are asked for many times. */
  readonly #found = new Map<string, Named>()
  /** The names that are said to be of one address; those that log on here, and mailboxes that logs name; addresses that several have. */
  readonly #names = new Map<string, string[]>()
  readonly #loggedOn = new Set<string>()
  readonly #opened = new Set<string>()
  #ofSeveral: ReadonlySet<string> | null = null

  /** Names of one person, the address first. */
  add([address, ...names]: readonly string[]): void {
    if (address === undefined) return
    this.#found.clear()
    this.#ofSeveral = null
    for (const name of [address, ...names]) {
      this.#addresses.add(keyOf(name), address)
      if (this.#names.size < MOST) addTo(this.#names, keyOf(address), keyOf(name))
    }
    this.#addMailbox(keyOf(address))
  }

  /** A mailbox of this organization by the name that a log of mailboxes has for it. */
  addMailbox(name: string): void {
    this.#found.clear()
    const key = keyOf(name)
    this.#ofSeveral = null
    if (this.#opened.size < MOST && isAddress(key)) this.#opened.add(key)
    this.#addMailbox(key)
  }

  #addMailbox(key: string): void {
    if (isAddress(key)) this.#mailboxes.add(withoutDomain(key), key)
    else this.#addDomain(key)
  }

  /** The name of an account that logged on here. */
  addLogon(name: string): void {
    this.#found.clear()
    const key = keyOf(name)
    this.#ofSeveral = null
    if (this.#loggedOn.size < MOST) this.#loggedOn.add(ACCOUNT.exec(key)?.[1] ?? key)
    if (isAddress(key)) this.#logons.add(withoutDomain(key), key)
    else this.#addDomain(key)
  }

  /**
   * The address of the person with this name. Where none is known it is the only one here that begins with the name of the account, and
   * else the name itself, without what only says its form.
   */
  addressOf(name: string): string {
    return this.#named(name).address
  }

  #named(name: string): Named {
    const known = this.#found.get(name)
    if (known !== undefined) return known
    const address = this.#findAddress(name)
    const found = { address, account: withoutDomain(address) }
    if (this.#found.size < FOUND) this.#found.set(name, found)
    return found
  }

  #findAddress(name: string): string {
    const key = keyOf(name)
    const guid = GUID_AT.exec(key)?.[1]
    const account = ACCOUNT.exec(key)?.[1]
    for (const form of [key, guid, account]) {
      const address = form === undefined ? null : this.#addresses.get(form)
      if (address && !this.#isOfSeveral(address)) return address
    }
    const plain = plainOf(name)
    if (isAddress(plain)) return plain.toLowerCase()
    return this.#onlyOne(key) ?? plain
  }

  /** The name of an account by which all that it does is held together: without domain, in lower case. */
  accountOf(name: string): string {
    return this.#named(name).account
  }

  /**
   * Are these two names of one account? Names with different domains in one form are not, and a name without a domain is none of several
   * that begin with it.
   */
  isSame(a: string, b: string): boolean {
    const [one, other] = [this.addressOf(a).toLowerCase(), this.addressOf(b).toLowerCase()]
    if (one === other) return true
    const account = withoutDomain(one)
    const isAnyOfSeveral = [this.#mailboxes, this.#logons, this.#domains].some((names) => names.get(account) === null)
    return account === withoutDomain(other) && !isAnyOfSeveral && !areOfTwoDomains(one, other)
  }

  /**
   * Do two accounts log on, or have three mailboxes been opened, that are said to be one person's? An export that says so was made
   * up, or is of another organization.
   */
  #isOfSeveral(address: string): boolean {
    this.#ofSeveral ??= new Set(
      [...this.#names].flatMap(([one, names]) => {
        const all = [...new Set(names)]
        const logged = all.filter((name) => this.#loggedOn.has(name))
        const addresses = logged.filter(isAddress).length
        const isOfOne =
          addresses < 2 && logged.length - addresses < 2 && all.filter((name) => this.#opened.has(name)).length < 3
        return isOfOne ? [] : [one]
      }),
    )
    return this.#ofSeveral.has(keyOf(address))
  }

  #addDomain(key: string): void {
    const account = ACCOUNT.exec(key)?.[1]
    if (account !== undefined) this.#domains.add(account, key)
  }

  /** The one account that a name without a domain can be, or one with a domain of Windows where no other domain has the name. */
  #onlyOne(key: string): string | null {
    const account = withoutDomain(key)
    const isOfOther = ACCOUNT.test(key) && (this.#domains.get(account) ?? key) !== key
    if (key.includes('@') || isOfOther || this.#addresses.has(account) || this.#domains.get(account) === null)
      return null
    for (const names of [this.#mailboxes, this.#logons, this.#domains])
      if (names.has(account)) return names.get(account) ?? null
    return null
  }
}

/** What each key stands for; null where it is several. */
class OneEach {
  readonly #of = new Map<string, string | null>()

  add(key: string, value: string): void {
    const known = this.#of.get(key)
    if (known === undefined && this.#of.size >= MOST) return
    const isOther = known !== undefined && known?.toLowerCase() !== value.toLowerCase()
    this.#of.set(key, isOther ? null : value)
  }

  get(key: string): string | null | undefined {
    return this.#of.get(key)
  }

  has(key: string): boolean {
    return this.#of.has(key)
  }
}

const MOST = 1_000_000
const FOUND = 100_000
/** With a domain of Windows, `contoso\\ann`. */
const ACCOUNT = /^[^\\/@]+\\([^\\]+)$/
const GUID_AT = /^([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})@/

/** `Smtp~a@b`, `Sid~S-1-5-…`, `MailboxGuid~…`, `SMTP:a@b`, `<a@b>`, `a%40b`: the name without its form. */
function plainOf(name: string): string {
  const bare = name.trim().replace(/^[A-Za-z]{2,20}~/, '')
  return bare
    .replace(/^(?:smtp|x500|sip|ex):/i, '')
    .replace(/^<(.*)>$/, '$1')
    .replace(/%40/g, '@')
    .replace(/^\{(.*)\}$/, '$1')
    .replace(OF_SEARCHES, 'DiscoverySearchMailbox')
    .trim()
}

/**
 * The mailbox for results of searches that Exchange makes at setup: cmdlets and addresses name it with or without blanks and its number, which is
 * the same everywhere. One with another number is another mailbox.
 */
const OF_SEARCHES = /^discovery ?search ?mailbox(?: ?\{D919BA05-46A6-415f-80AD-7E09334BB852\})?(?=$|@)/i

function keyOf(name: string): string {
  return plainOf(name).toLowerCase()
}

/** An address of SMTP, and not the number of a mailbox with its domain. */
export function isAddress(name: string): boolean {
  return /^[^\s@<>"\\/;,]{1,128}@[\w-]+(?:\.[\w-]+)*\.[a-z][\w-]*$/i.test(name) && !GUID_AT.test(name.toLowerCase())
}

/** No machine, no service of Windows, and none of the mailboxes that Exchange has for itself. */
export function isPerson(name: string): boolean {
  return (
    !MACHINE.test(name) &&
    !/^(?:NT AUTHORITY\b|(?:LOCAL )?SYSTEM$|NETWORK SERVICE$|S-1-5-(?:18|19|20)$)/i.test(name) &&
    !OF_EXCHANGE.test(name)
  )
}

const MACHINE = /\$(?:@|$)/
const OF_EXCHANGE =
  /^(?:[^\\]+\\)?(?:HealthMailbox|SystemMailbox|Migration\.|FederatedEmail|DiscoverySearchMailbox|extest_)/i

/**
 * Is it the mailbox of a person, or one that Exchange has for itself and a person opens? Results of searches lie in such a one, and
 * an attacker may give a mailbox such a name.
 */
export function isMailboxOpenedBy(actor: string, mailbox: string): boolean {
  return isPerson(mailbox) || (OF_EXCHANGE.test(mailbox) && !MACHINE.test(mailbox) && actor !== '' && isPerson(actor))
}

/** The names that an event gives to one person, the address first; null where it gives none besides the address. */
export function namesTogether({ log, fields }: Event): readonly string[] | null {
  if (log === 'mapihttp') return together(textIn(fields, 'ActAsUserEmail'), [textIn(fields, 'MailboxId')])
  if (log !== 'exchange-config') return null
  return namesOfMailbox(Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.toLowerCase(), value])))
}

/** Of an exported mailbox, whose properties may be spelled in any case. */
function namesOfMailbox(fields: Fields): readonly string[] | null {
  const address = textIn(fields, 'primarysmtpaddress') ?? textIn(fields, 'windowsemailaddress')
  const mailbox = mailboxNames.flatMap((name) => valuesIn(fields, name))
  const proxies = valuesIn(fields, 'emailaddresses').flatMap((list) =>
    list.split(/[,;]\s*(?=[a-z0-9]+:)|\n/i).map((one) => one.trimEnd()),
  )
  return together(address, [...mailbox, ...proxies.filter((proxy) => /^(?:smtp|x500):/i.test(proxy))])
}

/** Properties of Get-Mailbox and its like of which each names the mailbox. */
const mailboxNames = [
  'legacyexchangedn',
  'exchangeguid',
  'guid',
  'sid',
  'samaccountname',
  'alias',
  'name',
  'displayname',
  'identity',
  'distinguishedname',
  'userprincipalname',
  'windowsemailaddress',
]

function together(address: string | null, others: readonly (string | null)[]): readonly string[] | null {
  if (address === null || !isAddress(plainOf(address))) return null
  const own = plainOf(address).toLowerCase()
  const names = new Set(others.flatMap((name) => (name === null ? [] : [plainOf(name)])))
  const more = [...names].filter((name) => name !== '' && name.length <= 512 && name.toLowerCase() !== own)
  return more.length === 0 ? null : [own, ...more.slice(0, 50)]
}

function textIn(fields: Fields, name: string): string | null {
  return valuesIn(fields, name)[0] ?? null
}

function valuesIn(fields: Fields, name: string): readonly string[] {
  const value = fields[name]
  return [value].flat().flatMap((one) => (typeof one === 'string' && one !== '' ? [one] : []))
}

/** What logs of mailboxes know of the people of an organization. */
export type People = {
  /** Names of one person each, the address first. */
  readonly together: readonly (readonly string[])[]
  /** Names by which logs of mailboxes call them. */
  readonly mailboxes: readonly string[]
  readonly identities: Identities
}
