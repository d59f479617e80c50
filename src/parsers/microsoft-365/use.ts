import { type ClientSystem, systemOf } from '../../model/client-systems.ts'
import type { Fields } from '../../model/event.ts'
import type { CloudTally } from '../../model/scan.ts'
import { isRefusedSignIn } from '../../model/sign-ins.ts'
import { type GraphRequest, isGraphReading } from './graph-activity.ts'
import { ObjectNames } from './object-names.ts'
import { jsonListOf, type Members, membersOf, jsonObjectOf, propertiesOf, memberText, wholeOf } from './record.ts'
import { type RecordOrigin, SignInCounter } from './sign-ins.ts'

// Whose mail was opened or sent in the cloud, from where and by what, and where each account acted from: every row is
// counted, be it an event or not.

/** Numbers of a cell: mailbox, day since 1970, source, rows, items, bytes, first and last time, first time of a row that says that more is not recorded (0: none), offset, length and line of the first row. */
export const CELL = 12
/** Numbers of an account at an address: rows, first and last time. */
export const ACT = 3
/** Numbers of a record: of its id, its cell and its items in one, its bytes. */
export const RECORD = 3
/** More items than this are not told apart in a record. */
export const ITEMS = 2 ** 20

const DAY = 86_400_000
const LONGEST = 200
const MOST = { cells: 450_000, sources: 300_000, mailboxes: 150_000, acts: 300_000, records: 500_000 }

export const acts = ['bind', 'sync', 'send', 'login'] as const
/** What was done with mail: single messages were opened, a whole folder was copied, mail was sent, an account logged on. */
export type Act = (typeof acts)[number]

const ACTS: ReadonlyMap<string, Act> = new Map<string, Act>([
  ['mailitemsaccessed', 'bind'],
  ['messagebind', 'bind'],
  ['send', 'send'],
  ['sendas', 'send'],
  ['sendonbehalf', 'send'],
  ['mailboxlogin', 'login'],
])

/** What a row says of mail. */
export type MailRecord = {
  readonly operation: string
  readonly act: Act | null
  /** A whole folder was copied; further rows are left out. */
  readonly isSync: boolean
  readonly isThrottled: boolean
  readonly owner: string | null
  readonly app: string
  /** The family of the system that the client names. */
  readonly system: ClientSystem
  readonly items: number
  readonly bytes: number
  readonly who: Account
  /** Null where nothing was done with mail. */
  readonly place: MailPlace | null
  /** Set of a request to Microsoft Graph: who asked, a program of the user or a service with a secret of its own. */
  readonly graph?: GraphCaller
}

export const graphCallers = ['graph', 'graph-service'] as const
/** Who asked Microsoft Graph: a program at the address of a user, or a service at its own. */
export type GraphCaller = (typeof graphCallers)[number]

/** What rows of one account at one address have in common: the number of these, when it was found. */
export type Account = { account: number | null }

/**
 * What rows of one mailbox, address, session, application and act have in common: the numbers of mailbox and source (-2:
 * not found yet), and of the cell of the last day.
 */
export type MailPlace = { mailbox: number; source: number; day: number; cell: number }

export function actOf(operation: string): Act | null {
  return ACTS.get(operation.toLowerCase()) ?? null
}

const NOTHING = { items: 0, bytes: 0 }

export class CloudUse {
  readonly #mailboxes: string[] = []
  readonly #sources: string[] = []
  readonly #numbers = new Map<string, number>()
  readonly #owners = new Map<string, number>()
  readonly #lastOf = new Map<string, { client: string; app: string; act: Act; by: string; number: number }>()
  #cells: Numbers = new Float64Array(CELL * 1024)
  /** By a hash of its three numbers the number of a cell, counted from one; 0 where there is none. */
  #cellAt = new Int32Array(2_048)
  #cellCount = 0
  readonly #users: string[] = []
  readonly #first: string[] = []
  readonly #userAt = new Map<string, number>()
  /** The same by user as it is spelled, and client. */
  readonly #usersAt = new Map<string, Map<string, number>>()
  #spelled = 0
  readonly #acts: number[] = []
  #records: Numbers = new Float64Array(RECORD * 1024)
  #recordCount = 0
  readonly #signIns = new SignInCounter()
  readonly #hash = new TextNumber()
  readonly #beyond = { rows: 0, acts: 0, records: 0 }
  readonly #names = new ObjectNames()
  #graphSince: number | null = null
  #hasRows = false

  /** Ids of users with their addresses, as a record has them. */
  named(members: Members): void {
    this.#names.add(members)
  }

  /** A request to Microsoft Graph. Lists of messages do not show how many there were. */
  graph(request: GraphRequest, at: Pick<RecordOrigin, 'offset' | 'length' | 'line'>): void {
    const { time, id, caller, client, session, app, system, action, isServed, isOfService, mailbox, bytes } = request
    if (time !== null) this.#graphSince = Math.min(time, this.#graphSince ?? Infinity)
    const isReading = isGraphReading(action)
    const act = !isServed || mailbox === null ? null : isReading ? 'bind' : action === 'send-mail' ? 'send' : null
    const mail: MailRecord = {
      operation: `Microsoft Graph ${action ?? 'request'}`,
      act,
      ...NO_ACCESS,
      owner: mailbox,
      app: app ?? '',
      system,
      items: action === 'read-message' || action === 'send-mail' ? 1 : 0,
      bytes: isReading ? bytes : 0,
      who: { account: null },
      place: { mailbox: -2, source: -2, day: -1, cell: -1 },
      graph: isOfService ? 'graph-service' : 'graph',
    }
    this.told(mail, id === null ? null : () => id, { ...at, time, user: caller, client, session })
  }

  /**
   * A record of the unified audit log. `id`: null where it has none. True when the record says that mail was opened so
   * often that it is no longer recorded.
   */
  unified(members: Members, id: string | null, told: RecordOrigin): boolean {
    const operation = memberText(members, 'operation') ?? ''
    const act = actOf(operation)
    const access = act === 'bind' ? accessOf(members) : NO_ACCESS
    const isCounted = act !== null && told.time !== null
    const { items, bytes } = isCounted ? countMessages(members) : NOTHING
    const place = { mailbox: -2, source: -2, day: -1, cell: -1 }
    const owner = memberText(members, 'mailboxownerupn') ?? told.user
    const app = memberText(members, 'clientappid', 'appid') ?? ''
    const system = act === null ? '' : systemOf(memberText(members, 'clientinfostring') ?? '')
    const mail = { operation, act, ...access, owner, app, system, items, bytes, place, who: { account: null } }
    this.told(mail, id === null ? null : () => id, told)
    return access.isThrottled
  }

  /** The same of a record of which the members are known. */
  told(mail: MailRecord, id: (() => string) | null, told: RecordOrigin): void {
    this.#hasRows = true
    const amount = mail.act === null || told.time === null ? null : this.#mail(mail, mail.act, told)
    // A service works from its own address, for any of its users.
    if (!isRefusedSignIn(mail.operation) && mail.graph !== 'graph-service')
      this.#account(mail.operation, told, mail.who)
    this.#record(id, mail.operation, amount, told)
  }

  /** A sign-in, as its record or its event has it. */
  signIn(of: Members | Fields, told: RecordOrigin, isEntra: boolean): void {
    if (isEntra) this.#signIns.entra(of as Fields, told)
    else this.#signIns.unified(of as Members, told)
  }

  /** A logon or change of Entra. */
  entra(operation: string, id: string | null, succeeded: boolean, told: RecordOrigin): void {
    this.#hasRows = true
    if (succeeded) this.#account(operation, told, { account: null })
    this.#record(id === null ? null : () => id, operation, null, told)
  }

  /** As plain data, once; null where there was no row. */
  tally(): CloudTally | null {
    if (!this.#hasRows && this.#names.isEmpty) return null
    return {
      mailboxes: this.#mailboxes,
      sources: this.#sources,
      cells: shortened(this.#cells, this.#cellCount * CELL),
      users: this.#users.map((user, i) => `${user}\0${this.#first[i]}`),
      acts: Float64Array.from(this.#acts),
      signIns: this.#signIns.tally(),
      names: this.#names.tally(),
      graphSince: this.#graphSince,
      records: shortened(this.#records, this.#recordCount * RECORD),
      beyond: this.#beyond,
    }
  }

  #mail(
    { isSync, isThrottled, owner, app, system, items, bytes, place, graph }: MailRecord,
    means: Act,
    { time, user, client, session, offset, length, line }: RecordOrigin,
  ): Amount | null {
    if (owner === null || place === null) return null
    const day = Math.floor(time! / DAY)
    if (place.source === -2) {
      place.mailbox = this.#mailboxOf(owner)
      const by = user === null || user.toLowerCase() === owner.toLowerCase() ? '' : user
      const more = `${system}\0${part(by)}${graph === undefined ? '' : `\0${graph}`}`
      place.source = this.#sourceOf(client ?? '', session ?? '', app, isSync ? 'sync' : means, more)
    }
    if (place.day !== day) {
      const { mailbox, source } = place
      place.day = day
      place.cell = mailbox < 0 || source < 0 ? -1 : this.#cellOf(mailbox, day, source)
    }
    const { cell } = place
    if (cell < 0) {
      this.#beyond.rows++
      return null
    }
    const at = cell * CELL
    const cells = this.#cells
    if (cells[at + 3] === 0 || time! < cells[at + 6]!) {
      cells[at + 6] = time!
      cells[at + 9] = offset
      cells[at + 10] = length
      cells[at + 11] = line
    }
    cells[at + 3]!++
    cells[at + 4]! += items
    cells[at + 5]! += bytes
    cells[at + 7] = Math.max(cells[at + 7]!, time!)
    if (isThrottled) cells[at + 8] = cells[at + 8] === 0 ? time! : Math.min(cells[at + 8]!, time!)
    return { cell, items, bytes }
  }

  #mailboxOf(owner: string): number {
    let number = this.#owners.get(owner)
    if (number !== undefined) return number
    number = this.#numberOf(`m${owner.slice(0, LONGEST).toLowerCase()}`, this.#mailboxes, MOST.mailboxes)
    if (this.#owners.size < 2 * MOST.mailboxes) this.#owners.set(owner, number)
    return number
  }

  /** What one session does it mostly does in one way: that is remembered. */
  #sourceOf(client: string, session: string, app: string, act: Act, by: string): number {
    const last = this.#lastOf.get(session)
    if (last && last.client === client && last.app === app && last.act === act && last.by === by) return last.number
    const source = `${[client, session, app.toLowerCase(), act].map(part).join('\0')}\0${by}`
    const number = this.#numberOf(`s${source}`, this.#sources, MOST.sources)
    if (this.#lastOf.size < MOST.sources || last) this.#lastOf.set(session, { client, app, act, by, number })
    return number
  }

  #cellOf(mailbox: number, day: number, source: number): number {
    let slot = this.#slotOf(mailbox, day, source)
    const known = this.#cellAt[slot]!
    if (known > 0) return known - 1
    if (this.#cellCount >= MOST.cells) return -1
    if (this.#cellCount * 2 >= this.#cellAt.length) {
      this.#spread()
      slot = this.#slotOf(mailbox, day, source)
    }
    const cell = this.#cellCount++
    this.#cellAt[slot] = cell + 1
    const at = cell * CELL
    if (at + CELL > this.#cells.length) this.#cells = lengthened(this.#cells, MOST.cells * CELL)
    this.#cells[at] = mailbox
    this.#cells[at + 1] = day
    this.#cells[at + 2] = source
    return cell
  }

  /** Where a cell is, or would be. */
  #slotOf(mailbox: number, day: number, source: number): number {
    const cells = this.#cells
    const mask = this.#cellAt.length - 1
    const hash = Math.imul(Math.imul(mailbox, 0x9e37_79b1) ^ (source + Math.imul(day, 0x85eb_ca6b)), 0xc2b2_ae35)
    for (let slot = (hash ^ (hash >>> 15)) & mask; ; slot = (slot + 1) & mask) {
      const cell = this.#cellAt[slot]!
      if (cell === 0) return slot
      const at = (cell - 1) * CELL
      if (cells[at] === mailbox && cells[at + 1] === day && cells[at + 2] === source) return slot
    }
  }

  /** Twice the room for cells. */
  #spread(): void {
    this.#cellAt = new Int32Array(this.#cellAt.length * 2)
    for (let cell = 0; cell < this.#cellCount; cell++) {
      const at = cell * CELL
      this.#cellAt[this.#slotOf(this.#cells[at]!, this.#cells[at + 1]!, this.#cells[at + 2]!)] = cell + 1
    }
  }

  #account(operation: string, { time, user, client }: RecordOrigin, who: Account): void {
    if (time === null || user === null || client === null) return
    const number = (who.account ??= this.#usersAt.get(user)?.get(client) ?? this.#userOf(user, client))
    if (number < 0) {
      this.#beyond.acts++
      return
    }
    const at = number * ACT
    this.#acts[at]!++
    if (time < this.#acts[at + 1]!) {
      this.#acts[at + 1] = time
      this.#first[number] = part(operation)
    }
    this.#acts[at + 2] = Math.max(this.#acts[at + 2]!, time)
  }

  #userOf(user: string, client: string): number {
    const key = `${part(user.toLowerCase())}\0${client}`
    let number = this.#userAt.get(key)
    if (number === undefined) {
      if (this.#users.length >= MOST.acts) return -1
      number = this.#users.length
      this.#userAt.set(key, number)
      this.#users.push(key)
      this.#first.push('')
      this.#acts.push(0, Infinity, 0)
    }
    if (this.#spelled++ < MOST.acts) {
      const ofUser = this.#usersAt.get(user)
      if (ofUser) ofUser.set(client, number)
      else this.#usersAt.set(user, new Map([[client, number]]))
    }
    return number
  }

  /** Another record under the id of this one takes nothing from it: it is known by what it says, too. */
  #record(
    id: (() => string) | null,
    operation: string,
    amount: Amount | null,
    { time, user, client }: RecordOrigin,
  ): void {
    if (id === null) return
    if (this.#recordCount >= MOST.records) {
      this.#beyond.records++
      return
    }
    const at = this.#recordCount++ * RECORD
    if (at + RECORD > this.#records.length) this.#records = lengthened(this.#records, MOST.records * RECORD)
    const second = Math.floor((time ?? 0) / 1_000)
    const hash = this.#hash
    hash.begin()
    hash.add(id())
    hash.add(`\0${second}\0`)
    hash.add(operation)
    hash.add('\0')
    hash.add(user ?? 'null')
    hash.add('\0')
    hash.add(client ?? 'null')
    hash.add('\0')
    if (amount !== null) {
      hash.add(this.#mailboxes[this.#cells[amount.cell * CELL]!]!)
      hash.add(`\0${amount.items}`)
    }
    this.#records[at] = hash.number
    this.#records[at + 1] = amount === null ? -1 : amount.cell * ITEMS + Math.min(amount.items, ITEMS - 1)
    this.#records[at + 2] = amount?.bytes ?? 0
  }

  #numberOf(key: string, list: string[], most: number): number {
    let number = this.#numbers.get(key)
    if (number !== undefined) return number
    if (list.length >= most) return -1
    number = list.length
    this.#numbers.set(key, number)
    list.push(key.slice(1))
    return number
  }
}

/** With more room, and no more than there will ever be need of. */
function lengthened(numbers: Numbers, most: number): Numbers {
  return shortened(numbers, Math.min(most, numbers.length * 2))
}

/** The same numbers, so many of them, without a copy beside them; those that were handed over are gone. */
function shortened(numbers: Numbers, length: number): Numbers {
  return new Float64Array(numbers.buffer.transfer(length * numbers.BYTES_PER_ELEMENT))
}

type Numbers = Float64Array<ArrayBuffer>

/** A text as it stands beside others, parted from them by a NUL. */
const part = (text: string): string => text.slice(0, LONGEST).replaceAll('\0', ' ')

type Amount = { readonly cell: number; readonly items: number; readonly bytes: number }

export type Access = { readonly isSync: boolean; readonly isThrottled: boolean }
const NO_ACCESS: Access = { isSync: false, isThrottled: false }

/** 53 bits of a text in lower case, given piece by piece, by which it is known again. */
class TextNumber {
  #a = 0
  #b = 0

  begin(): void {
    this.#a = 0x811c9dc5 | 0
    this.#b = 0x9747b28c | 0
  }

  add(text: string): void {
    if (!this.#addAscii(text)) this.#addAll(text.toLowerCase())
  }

  get number(): number {
    return (this.#a >>> 0) * 2 ** 21 + ((this.#b ^ (this.#b >>> 15)) >>> 11)
  }

  /** False where lower case is more than another letter for each of A to Z. */
  #addAscii(text: string): boolean {
    let a = this.#a
    let b = this.#b
    for (let i = 0; i < text.length; i++) {
      let c = text.charCodeAt(i)
      if (c > 127) return false
      if (c >= 65 && c <= 90) c += 32
      a = Math.imul(a ^ c, 0x01000193)
      b = Math.imul(b ^ c, 0x5bd1e995)
    }
    this.#a = a
    this.#b = b
    return true
  }

  #addAll(text: string): void {
    let a = this.#a
    let b = this.#b
    for (let i = 0; i < text.length; i++) {
      const c = text.charCodeAt(i)
      a = Math.imul(a ^ c, 0x01000193)
      b = Math.imul(b ^ c, 0x5bd1e995)
    }
    this.#a = a
    this.#b = b
  }
}

/** How a row says that mail was opened: one by one or the whole folder, and whether further rows are left out. */
export function accessOf(members: Members): Access {
  let type: unknown = members.get('mailaccesstype')?.[1]
  let throttled: unknown = members.get('isthrottled')?.[1]
  for (const { name, value } of pairsOf(members.get('operationproperties')?.[1])) {
    if (/^mailaccesstype$/i.test(name)) type = value
    else if (/^isthrottled$/i.test(name)) throttled = value
  }
  return { isSync: /^sync$/i.test(String(type)), isThrottled: /^true$/i.test(String(throttled)) }
}

/** The usual form of properties without the detour over what each product calls them. */
function pairsOf(value: unknown): readonly { readonly name: string; readonly value: unknown }[] {
  const list = jsonListOf(value)
  const pairs = list?.flatMap((item) => {
    const { Name, Value } = (typeof item === 'object' && item !== null ? item : {}) as {
      Name?: unknown
      Value?: unknown
    }
    return typeof Name === 'string' ? [{ name: Name, value: Value }] : []
  })
  return pairs && pairs.length === list!.length ? pairs : propertiesOf(value)
}

/** How many messages a row names, and their size as far as it says so. */
export function countMessages(members: Members): { readonly items: number; readonly bytes: number } {
  let [items, bytes] = [0, 0]
  const add = (value: unknown): void => {
    const item = jsonObjectOf(value)
    if (!item) return
    items++
    const size = 'SizeInBytes' in item ? item.SizeInBytes : membersOf(item).get('sizeinbytes')?.[1]
    bytes += Math.max(0, wholeOf(size) ?? 0)
  }
  for (const value of jsonListOf(members.get('folders')?.[1]) ?? []) {
    const folder = jsonObjectOf(value)
    if (!folder) continue
    const list = 'FolderItems' in folder ? folder.FolderItems : membersOf(folder).get('folderitems')?.[1]
    for (const item of jsonListOf(list) ?? []) add(item)
  }
  for (const item of jsonListOf(members.get('affecteditems')?.[1]) ?? []) add(item)
  add(members.get('item')?.[1])
  return { items, bytes }
}
