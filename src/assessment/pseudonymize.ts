import { GUID, GUIDS } from '../lib/uuid.ts'
import type { FindingWithHits } from '../findings/findings.ts'
import { type Identities, isAddress, isPerson, type People } from '../activity/identities.ts'
import { peopleNamed } from '../findings/mailbox-names.ts'
import type { Assessment } from '../model/assessment.ts'

/** Whose names are masked: what the evidence knows of the people of the organization. */
export type House = People & {
  readonly found: readonly FindingWithHits[]
  /** People whom the operator named: who accepted a finding. */
  readonly operators: readonly string[]
}

/**
 * The assessment with pseudonyms for the people of the organization: addresses in its own domains, accounts of its own domain,
 * names and numbers of mailboxes, profiles. One person has one pseudonym in all forms, the same in all files of a run. What
 * is the attacker's (addresses elsewhere, hosts, accounts that were made by the intrusion) stays as it is.
 */
export function masked(assessment: Assessment, house: House): Assessment {
  const mask = new Mask(assessment, house)
  const out = mask.value(assessment, false) as Assessment
  const note = 'Names of people are masked (--mask): quotations are not byte for byte those of the evidence.'
  return { ...out, evidence: { ...out.evidence, notes: [note, ...out.evidence.notes] } }
}

/** Texts that we wrote, in which no bare name can stand. */
const OURS = new Set(
  'title author license falsePositives nextSteps attack cves duties how sideEffects verify attribution knowledge exposure schema rule pack campaign stage log sha256 artifact kinds parser'.split(
    ' ',
  ),
)
/** Names that are words of every server, or accounts that every Windows has: alone they say nothing of a person. */
const WORDS = new Set(
  'administrator admin admins guest system local service network everyone users user public default exchange mail mailbox owa ews ecp mapi oab test backup server microsoft windows anonymous krbtgt defaultaccount iusr'.split(
    ' ',
  ),
)
const PROFILES =
  /^(?:public|default|default user|all users|administrator|guest|defaultapppool|classic \.net apppool|\.net v[\d.].*|msexchange\w*|person-\d+)$/i
const NO_DOMAIN = /^(?:nt authority|nt service|builtin|iis apppool|window manager|font driver host|workgroup|\.)$/i

class Mask {
  readonly #identities: Identities
  readonly #numbers = new Map<string, number>()
  readonly #domains = new Set<string>()
  readonly #known = new Set<string>()
  readonly #theirs: ReadonlySet<string>
  readonly #accounts: RegExp | null
  /** Bare names: those of one word, and those with blanks and the like. */
  readonly #tokens = new Set<string>()
  readonly #long: RegExp | null

  constructor({ mailboxes, findings }: Assessment, house: House) {
    this.#identities = house.identities
    // Accounts that the intrusion created belong to no person of the organization.
    this.#theirs = new Set(
      findings.flatMap(({ persistence, target }) =>
        persistence === 'account' && target !== null ? [afterDomain(target).toLowerCase()] : [],
      ),
    )
    const listed = mailboxes.filter(({ scope }) => scope === 'mailbox')
    for (const { mailbox } of listed) this.#numberOf(mailbox)
    const users = house.found.flatMap(({ hits }) =>
      hits.flatMap(({ event }) => [...(event.user === null ? [] : [event.user]), ...peopleNamed(event)]),
    )
    const names = [
      ...listed.flatMap(({ mailbox, names: more }) => [mailbox, ...more]),
      ...users,
      ...house.operators,
    ].filter((name) => isPerson(name) && !this.#theirs.has(afterDomain(name).toLowerCase()))
    const all = [...names, ...house.mailboxes, ...house.together.flat()]
    const netbios = new Set<string>()
    for (const name of all) {
      const domain = /@([^@\s]+)$/.exec(name)?.[1]
      if (domain !== undefined) this.#domains.add(domain.toLowerCase())
      const before = /^([^\\/@\s]{1,64})\\[^\\]+$/.exec(name)?.[1]
      if (before !== undefined && !NO_DOMAIN.test(before)) netbios.add(before.toLowerCase())
    }
    for (const name of house.together.flat()) if (GUID.test(name)) this.#known.add(name.toLowerCase())
    this.#accounts =
      netbios.size === 0
        ? null
        : new RegExp(`(?<![\\p{L}\\p{N}])(${alternatives(netbios)})(\\\\+|%5C|/)([\\p{L}\\p{N}._$-]{1,64})`, 'giu')
    const locals = listed.flatMap(({ mailbox }) => (mailbox.includes('@') ? [mailbox.replace(/@.*$/s, '')] : []))
    const bare = [...names.map(afterDomain), ...locals].filter((name) => isBare(name) && !/[@/\\]/.test(name))
    for (const name of bare) if (isToken(name)) this.#tokens.add(name.toLowerCase())
    const long = new Set(bare.filter((name) => !isToken(name)).map((name) => name.toLowerCase()))
    this.#long =
      long.size === 0 ? null : new RegExp(`(?<![\\p{L}\\p{N}._-])(?:${alternatives(long)})(?![\\p{L}\\p{N}_-])`, 'giu')
  }

  /** Any part of the assessment. `ours`: its texts are of the program or its packs. */
  value(value: unknown, ours: boolean): unknown {
    if (typeof value === 'string') return this.#text(value, ours)
    if (Array.isArray(value)) return value.map((each) => this.value(each, ours))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, this.value(each, ours || OURS.has(key))]),
    )
  }

  #text(text: string, ours: boolean): string {
    let out = text
      .replace(ADDRESS, (all: string, quote: string, local: string, at: string, domain: string) =>
        this.#isOfTheHouse(local, domain) ? `${quote}${this.#called(`${local}@${domain}`)}${at}${domain}` : all,
      )
      .replace(/\bS-1-5-21(?:-\d{1,10}){3}-(\d{4,10})\b/g, (sid) => `S-1-5-21-${this.#called(sid)}`)
      .replace(/(\/cn=Recipients\/cn=)([^\s"',;&<>/]{1,256})/gi, (all: string, before: string, name: string) =>
        isPerson(name) ? `${before}${this.#called(all)}` : all,
      )
      .replace(/([\\/]Users[\\/]+)([^\\/:*?"<>|\r\n]{1,64})(?=[\\/])/gi, (all: string, before: string, name: string) =>
        PROFILES.test(name) || this.#theirs.has(name.toLowerCase()) ? all : `${before}${this.#called(name)}`,
      )
    if (this.#known.size > 0)
      out = out.replace(GUIDS, (id) => (this.#known.has(id.toLowerCase()) ? this.#called(id) : id))
    if (this.#accounts)
      out = out.replace(this.#accounts, (all: string, domain: string, slash: string, name: string) =>
        name.endsWith('$') || !isPerson(name) || this.#theirs.has(name.toLowerCase()) || /^person-\d+$/.test(name)
          ? all
          : `${domain}${slash}${this.#called(`${domain}\\${name}`)}`,
      )
    if (ours) return out
    if (this.#long) out = out.replace(this.#long, (name) => this.#called(name))
    return this.#tokens.size === 0 ? out : out.replace(TOKEN, (token) => this.#token(token))
  }

  /** `j.doe.pst` is a file of j.doe. */
  #token(token: string): string {
    for (let end = token.length; end > 0; end = token.lastIndexOf('.', end - 1)) {
      const name = token.slice(0, end)
      if (this.#tokens.has(name.toLowerCase())) return this.#called(name) + token.slice(end)
    }
    return token
  }

  #isOfTheHouse(local: string, domain: string): boolean {
    return (
      this.#domains.has(domain.toLowerCase()) &&
      isPerson(local) &&
      !local.endsWith('$') &&
      !this.#theirs.has(local.toLowerCase()) &&
      !/^person-\d+$/.test(local)
    )
  }

  /** The same for every name of one person. */
  #called(name: string): string {
    return `person-${this.#numberOf(name)}`
  }

  #numberOf(name: string): number {
    const address = this.#identities.addressOf(name).toLowerCase()
    // `CONTOSO\j.doe`, `j.doe` and `j.doe@contoso.example` are one, where nothing says otherwise.
    const key = isAddress(address) ? address.replace(/@.*/s, '') : afterDomain(address)
    let number = this.#numbers.get(key)
    if (number === undefined) this.#numbers.set(key, (number = this.#numbers.size + 1))
    return number
  }
}

const ADDRESS = /(['"]?)([\p{L}\p{N}][\p{L}\p{N}._+'-]{0,127})(@|%40)([\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*)/giu
const TOKEN = /[\p{L}\p{N}_]+(?:[.-]+[\p{L}\p{N}_]+)*/gu

function afterDomain(name: string): string {
  return name.slice(name.lastIndexOf('\\') + 1)
}

function isBare(name: string): boolean {
  return name.length >= 3 && name.length <= 128 && !WORDS.has(name.toLowerCase()) && !/^[\d.:-]+$/.test(name)
}

function isToken(name: string): boolean {
  return /^[\p{L}\p{N}_](?:[\p{L}\p{N}._-]*[\p{L}\p{N}_])?$/u.test(name)
}

function alternatives(names: Iterable<string>): string {
  return [...names]
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
    .map((name) => name.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'))
    .join('|')
}
