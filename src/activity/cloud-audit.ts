import { counted } from '../lib/amounts.ts'
import { orderFiles } from '../model/file-order.ts'
import type { CloudTally, Scan } from '../model/scan.ts'
import type { Hit } from '../model/rule.ts'
import type { Fields, Place } from '../model/event.ts'
import {
  ACT,
  type Act,
  acts,
  CELL,
  graphCallers,
  type GraphCaller,
  ITEMS,
  RECORD,
} from '../parsers/microsoft-365/use.ts'
import { isOfTenant } from '../model/log-kinds.ts'
import { standingOf } from '../model/own-places.ts'
import { SIGN_IN, signInPartNames } from '../model/sign-ins.ts'
import { addToSet, leastOf } from '../lib/collections.ts'
import { DAY } from '../lib/time.ts'
import { GUID } from '../lib/uuid.ts'

/** Maximum number of records, over all exports, that are compared with each other. */
const MOST = { records: 2_000_000 }

/** Rows of one mailbox, day, client, session, application and act in one file. */
export type CloudCell = {
  readonly mailbox: string
  readonly client: string | null
  readonly session: string | null
  readonly app: string | null
  readonly act: Act
  /** The family of the system that the client names; empty where it names none. */
  readonly system: string
  /** Who did it, where that is not the owner of the mailbox. */
  readonly by: string | null
  /** Of requests to Microsoft Graph who asked: a program of the user, or a service at its own address; null of the audit log. */
  readonly graph: GraphCaller | null
  readonly rows: number
  readonly items: number
  readonly bytes: number
  readonly first: number
  readonly last: number
  /** The first row that says that further ones are left out; null where none does. */
  readonly throttled: number | null
  /** The first row. */
  readonly at: Place
  readonly sha256: string
}

type SignInParts = Readonly<Record<(typeof signInPartNames)[number], string>>

/** Sign-ins of one account that have everything in common but the time of day. */
export type CountedSignIn = SignInParts & {
  /** All that they have in common, as one text. */
  readonly key: string
  readonly rows: number
  readonly first: number
  readonly last: number
  /** The first row. */
  readonly at: Place
  readonly sha256: string
}

/** What one account did from one address. */
export type CloudAct = {
  readonly user: string
  readonly client: string
  readonly operation: string
  readonly first: number
  readonly last: number
  readonly rows: number
}

/**
 * The id of a record of a cloud audit log, the same in every export; null where it has none. Whoever writes an export by
 * hand may give it to another: a record is taken for a copy only where it says the same.
 */
export function recordIdOf(fields: Fields): string | null {
  for (const name of ['Id', 'id', 'ID']) {
    const value = fields[name]
    if (typeof value === 'string' && value !== '') return value
  }
  return null
}

type Tallied = {
  readonly path: string
  readonly sha256: string
  readonly tally: CloudTally
  /** It lies in a folder of the server, where an attacker may have put it. */
  readonly isOnServer?: boolean
}

/** Mail and accounts in all exports of a tenant, each record counted once. */
export class CloudRun {
  readonly #files: readonly Tallied[]
  #names: ReadonlyMap<string, string> | null = null
  #audited: ReadonlyMap<string, ReadonlySet<string | null>> | null = null
  #atWork: ReadonlySet<string | null> | null = null

  constructor(files: readonly Tallied[]) {
    this.#files = files
  }

  get isEmpty(): boolean {
    return this.#files.length === 0
  }

  /**
   * What says where accounts are usually at work: exports that the user gives. One in a folder of the server explains nothing that
   * the logs of the server show, and what a tenant records only where no other is given.
   */
  explaining(of: 'server' | 'tenant'): CloudRun {
    const given = this.#files.filter(({ isOnServer }) => isOnServer !== true)
    return given.length === this.#files.length || (of === 'tenant' && given.length === 0) ? this : new CloudRun(given)
  }

  /** The first request to Microsoft Graph (milliseconds since 1970); null where there is none. */
  get graphSince(): number | null {
    const times = this.#files.flatMap(({ tally }) => tally.graphSince ?? [])
    return leastOf(times, null)
  }

  /**
   * Did an application read or send mail already on the day with which the log of Microsoft Graph begins? A log of a day has no
   * history; where there is no such log, none did.
   */
  isAtWork(app: string | null): boolean {
    this.#atWork ??= this.#appsOfFirstDay()
    return this.#atWork.has(app)
  }

  #appsOfFirstDay(): ReadonlySet<string | null> {
    const since = this.graphSince
    const apps = new Set<string | null>()
    if (since !== null)
      for (const { app, first } of this.cells()) if (Math.floor(first / DAY) <= Math.floor(since / DAY)) apps.add(app)
    return apps
  }

  /** The address of a user whose object id in Entra is given; any other name as it is. */
  nameOf(name: string): string {
    this.#names ??= namesOf(this.#files)
    return this.#names.get(name.toLowerCase()) ?? name
  }

  /**
   * What was done with mail. What an application read that both logs of the tenant have is counted once, as the audit log has it; a request
   * to Microsoft Graph from another address than that has keeps its address, and counts no message.
   */
  *cells(): Generator<CloudCell> {
    const hasGraph = this.graphSince !== null
    const audited = hasGraph ? (this.#audited ??= this.#readingsOfAudit()) : NO_READINGS
    for (const cell of this.#allCells()) {
      if (!hasGraph) yield cell
      else {
        const mailbox = this.nameOf(cell.mailbox).toLowerCase()
        const by = cell.by === null ? null : this.nameOf(cell.by)
        const own = { ...cell, mailbox, by: by?.toLowerCase() === mailbox ? null : by }
        const key = cell.graph === null ? null : readingKey(own)
        const clients = key === null ? undefined : audited.get(key)
        if (clients === undefined) yield own
        else if (!clients.has(cell.client)) yield { ...own, items: 0, bytes: 0 }
      }
    }
  }

  #readingsOfAudit(): ReadonlyMap<string, ReadonlySet<string | null>> {
    const readings = new Map<string, Set<string | null>>()
    for (const cell of this.#allCells()) {
      const key = cell.graph === null ? readingKey(cell) : null
      if (key !== null) addToSet(readings, key, cell.client)
    }
    return readings
  }

  *#allCells(): Generator<CloudCell> {
    for (const { path, sha256, tally } of this.#files) {
      const { cells, mailboxes, sources } = tally
      for (let at = 0; at < cells.length; at += CELL) {
        if (cells[at + 3]! <= 0) continue
        const [client = '', session, app, act, system = '', by, graph] = sources[cells[at + 2]!]!.split('\0')
        yield {
          mailbox: mailboxes[cells[at]!]!,
          client: client || null,
          session: session || null,
          app: app || null,
          act: acts.find((one) => one === act) ?? 'bind',
          system,
          by: by || null,
          graph: graphCallers.find((one) => one === graph) ?? null,
          rows: cells[at + 3]!,
          items: cells[at + 4]!,
          bytes: cells[at + 5]!,
          first: cells[at + 6]!,
          last: cells[at + 7]!,
          throttled: cells[at + 8]! || null,
          at: { path, offset: cells[at + 9]!, length: cells[at + 10]!, line: cells[at + 11]! },
          sha256,
        }
      }
    }
  }

  /** Sign-ins of all exports; those that stand in several files are each file's, and `signInsOnce` gives them once. */
  *signIns(): Generator<CountedSignIn> {
    for (const { path, sha256, tally } of this.#files) {
      const { signIns } = tally
      for (const [i, text] of signIns.parts.entries()) {
        const values = text.split('\0')
        const at = i * SIGN_IN
        const [rows, first, last, offset, length, line] = signIns.numbers.subarray(
          at,
          at + SIGN_IN,
        ) as unknown as number[]
        yield {
          ...(Object.fromEntries(signInPartNames.map((name, n) => [name, values[n] ?? ''])) as SignInParts),
          key: text,
          rows: rows!,
          first: first!,
          last: last!,
          at: { path, offset: offset!, length: length!, line: line! },
          sha256,
        }
      }
    }
  }

  *acts(): Generator<CloudAct> {
    for (const { tally } of this.#files)
      for (const [i, text] of tally.users.entries()) {
        const [user, client, operation] = text.split('\0') as [string, string, string]
        const [rows, first, last] = tally.acts.subarray(i * ACT, (i + 1) * ACT) as unknown as [number, number, number]
        yield { user: this.nameOf(user), client, operation, first, last, rows }
      }
  }

  /** When Microsoft stopped recording what was opened in a mailbox, by the names of the mailbox (in lower case). */
  throttled(names: ReadonlySet<string>): readonly number[] {
    const times = new Set<number>()
    for (const { tally } of this.#files) {
      const { cells, mailboxes } = tally
      for (let at = 0; at < cells.length; at += CELL)
        if (cells[at + 8]! > 0 && names.has(mailboxes[cells[at]!]!)) times.add(cells[at + 8]!)
    }
    return [...times].sort((a, b) => a - b)
  }
}

const NO_READINGS: ReadonlyMap<string, ReadonlySet<string | null>> = new Map()

/** By which a reading of one log is known in the other: mailbox, application and day; null of anything else. */
function readingKey({ mailbox, app, act, first }: CloudCell): string | null {
  if (app === null || (act !== 'bind' && act !== 'sync')) return null
  return `${mailbox.toLowerCase()}\0${app}\0${Math.floor(first / DAY)}`
}

function namesOf(files: readonly Tallied[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  for (const { tally } of files)
    for (const text of tally.names) {
      const [id, address] = text.split('\0') as [string, string]
      if (!names.has(id)) names.set(id, address)
    }
  return names
}

/** Is it an account of a person, and no application that acts by itself? Of some only the id is known. */
export function isPersonOfTenant(by: string): boolean {
  return by.includes('@') || GUID.test(by)
}

/**
 * Counts each record once that stands in several exports: of the files in the order of their paths the first has it. Hits
 * of the others are taken out, and what they count of mail.
 */
export function withoutCopies(scans: readonly Scan[]): {
  readonly scans: readonly Scan[]
  readonly cloud: CloudRun
  readonly notes: readonly string[]
} {
  const order = orderFiles(
    scans.flatMap((scan, i) => (scan.cloud ? [{ artifact: scan.artifact, scan, i, tally: scan.cloud }] : [])),
  )
  if (order.length === 0) return { scans, cloud: new CloudRun([]), notes: [] }
  const notes: string[] = []
  const files: Tallied[] = []
  const whole = new Set<string>()
  const known = order.length > 1 ? new Numbers(order.reduce((sum, { tally }) => sum + tally.records.length, 0)) : null
  let beyond = 0
  for (const { scan, tally } of order) {
    const { path, sha256 } = scan.artifact
    // The same file a second time says nothing anew.
    if (whole.has(sha256)) continue
    whole.add(sha256)
    const { counted: once, copies } = known?.take(tally) ?? { counted: tally, copies: 0 }
    if (copies > 0)
      notes.push(
        `${path}: ${copies} ${copies === 1 ? 'record of it stands' : 'records of it stand'} in another export, too; each is counted once`,
      )
    beyond += tally.beyond.records
    files.push({ path, sha256, tally: once, isOnServer: standingOf(scan.artifact) !== 'loose' })
    const { rows, acts: users } = tally.beyond
    if (rows > 0) notes.push(`${path}: ${counted(rows, 'row')} about mail beyond the limit`)
    const beyondSignIns = tally.signIns.beyond
    if (beyondSignIns > 0) notes.push(`${path}: ${counted(beyondSignIns, 'sign-in')} beyond the limit`)
    if (users > 0) notes.push(`${path}: ${counted(users, 'row')} of accounts and addresses beyond the limit`)
  }
  if (known !== null && beyond + known.beyond > 0)
    notes.push(
      `audit logs: ${counted(beyond + known.beyond, 'record')} beyond the most that are compared with other exports; one that two of them contain may be counted twice`,
    )
  const cloud = new CloudRun(files)
  return { scans: named(withoutHits(scans, new Set(order.map(({ i }) => i))), cloud), cloud, notes }
}

/** Hits of requests to Microsoft Graph with the addresses of users, of which the log has the ids alone. */
function named(scans: readonly Scan[], cloud: CloudRun): readonly Scan[] {
  if (cloud.graphSince === null) return scans
  const name = (text: string | null): string | null => (text === null ? null : cloud.nameOf(text))
  return scans.map((scan) => {
    if (!scan.hits.some(({ event }) => event.log === 'm365-graph')) return scan
    const hits = scan.hits.map((hit) => {
      const { event } = hit
      const { MailboxId } = event.fields
      if (event.log !== 'm365-graph') return hit
      const mailbox = typeof MailboxId === 'string' ? cloud.nameOf(MailboxId) : null
      const fields = mailbox === null ? event.fields : { ...event.fields, MailboxId: mailbox, MailboxOwnerUPN: mailbox }
      return { ...hit, event: { ...event, fields, user: name(event.user), target: name(event.target) } }
    })
    return { ...scan, hits }
  })
}

function withoutHits(scans: readonly Scan[], of: ReadonlySet<number>): readonly Scan[] {
  if (of.size < 2) return scans
  const first = new Map<string, number>()
  return scans.map((scan, i) => {
    if (!of.has(i)) return scan
    const hits = scan.hits.filter((hit) => {
      const key = keyOf(hit)
      if (key === null) return true
      const before = first.get(key)
      if (before === undefined) first.set(key, i)
      return before === undefined || before === i
    })
    return { ...scan, hits }
  })
}

function keyOf({ rule, event }: Hit): string | null {
  const { log, fields, time, user, client, target } = event
  const id = isOfTenant(log) ? recordIdOf(fields) : null
  if (id === null) return null
  const second = time === null ? null : Math.floor(time / 1_000)
  return JSON.stringify([rule, id, second, user, client, target]).toLowerCase()
}

/** Numbers of records seen so far, up to a maximum. */
class Numbers {
  readonly #table: Float64Array
  readonly #mask: number
  #left = MOST.records
  beyond = 0

  constructor(numbers: number) {
    let slots = 1024
    while (slots < 2 * Math.min(MOST.records, numbers / RECORD)) slots *= 2
    this.#table = new Float64Array(slots)
    this.#mask = slots - 1
  }

  /** What a file counts besides the records that files before it had. */
  take(tally: CloudTally): { readonly counted: CloudTally; readonly copies: number } {
    const { records } = tally
    const cells = Float64Array.from(tally.cells)
    let copies = 0
    for (let at = 0; at < records.length; at += RECORD) {
      if (!this.#has(records[at]!)) continue
      copies++
      const packed = records[at + 1]!
      if (packed < 0) continue
      const cell = Math.floor(packed / ITEMS) * CELL
      cells[cell + 3]! -= 1
      cells[cell + 4]! -= packed % ITEMS
      cells[cell + 5]! -= records[at + 2]!
    }
    for (let at = 0; at < records.length; at += RECORD) this.#add(records[at]!)
    return { counted: copies === 0 ? tally : { ...tally, cells }, copies }
  }

  #has(number: number): boolean {
    for (let slot = this.#slot(number); this.#table[slot] !== 0; slot = (slot + 1) & this.#mask)
      if (this.#table[slot] === number) return true
    return false
  }

  #add(number: number): void {
    if (this.#has(number)) return
    if (this.#left === 0) {
      this.beyond++
      return
    }
    this.#left--
    let slot = this.#slot(number)
    while (this.#table[slot] !== 0) slot = (slot + 1) & this.#mask
    this.#table[slot] = number
  }

  #slot(number: number): number {
    return Math.imul(number % 4_294_967_291, 0x9e37_79b1) & this.#mask
  }
}
