import { FileDevices, FileLogons } from './counted-accounts.ts'
import { type CountedTrait, keepIds, placeOf, UNCOUNTED, ValueIds } from '../prefilter/value-ids.ts'
import { isPrivate } from '../lib/ip.ts'
import { DAY, iso } from '../lib/time.ts'
import { DailyShares, LEAST_SHARE, type Share } from './daily-shares.ts'
import type { Scan, TraitTally, Traffic, Trait } from '../model/scan.ts'
import type { RequestsByValue, ClientTraffic } from '../model/requests.ts'
import type { Finding } from '../model/finding.ts'
import type { Fields, Place } from '../model/event.ts'
import type { DeviceRequest } from '../parsers/exchange/active-sync.ts'
import type { CountedLogon } from '../parsers/exchange/logons.ts'
import type { FirstRow } from '../prefilter/rows.ts'
import { traitOf } from '../parsers/row-layout.ts'

/** Numbers per value: rows, first and last time, statuses (2xx to 5xx), bytes. */
const WIDTH = 8
/** Values for which there is room at first: most files are small. */
const FEW = 8
/** What is not counted by its value; what is not counted at all. */
const [BEYOND, NOWHERE] = [-1, -2]
export const TRAITS: readonly Trait[] = ['client', 'agent', 'path', 'status']
/** Values that are counted of one file, and of all of them. */
const MOST: Readonly<Record<'file' | 'run', Readonly<Record<Trait, number>>>> = {
  file: { client: 100_000, agent: 10_000, path: 20_000, status: 1_000 },
  run: { client: 500_000, agent: 20_000, path: 50_000, status: 1_000 },
}

/** Requests by the values of one trait: flat, since there may be a hundred thousand of a file. */
export class TrafficTable {
  readonly values: string[] = []
  /** Of values that were added by their numbers. */
  readonly #ids: number[] = []
  /** Eight numbers each, and room for more; times are NaN where no row has one. */
  #counts = new Float64Array(0)
  readonly only: (string | null)[] = []
  beyond = 0
  readonly #numbers = new Map<string, number>()
  readonly #most: number

  constructor(most = Infinity) {
    this.#most = most
  }

  /** The number of a value; negative for those beyond the most that are counted. */
  numberOf(value: string): number {
    const known = this.#numbers.get(value)
    if (known !== undefined) return known
    const number = this.#append(value)
    if (number !== BEYOND) this.#numbers.set(value, number)
    return number
  }

  /** The number of a new value that is never searched for by its text. */
  append(names: ValueIds, id: number): number {
    const number = this.#append(names.valueOf(id))
    if (number !== BEYOND) this.#ids.push(id)
    return number
  }

  #append(value: string): number {
    const number = this.values.length
    if (number >= this.#most) return BEYOND
    this.values.push(value)
    const at = number * WIDTH
    if (at === this.#counts.length) {
      const more = new Float64Array(Math.max(FEW * WIDTH, 2 * at))
      more.set(this.#counts)
      this.#counts = more
    }
    this.#counts[at + 1] = this.#counts[at + 2] = Number.NaN
    return number
  }

  /** Counts eight numbers more of a value, as they stand in `from` at `at`; `only` as in `Tally`, where it is told. */
  add(number: number, from: Float64Array, at: number, only?: string | null): void {
    if (number < 0) {
      if (number === BEYOND) this.beyond += from[at]!
      return
    }
    const counts = this.#counts
    const to = number * WIDTH
    this.#see(to, from[at + 1]!, from[at + 2]!)
    counts[to] = counts[to]! + from[at]!
    for (let i = 3; i < WIDTH; i++) counts[to + i] = counts[to + i]! + from[at + i]!
    if (only !== undefined) this.#from(number, only)
  }

  /** Counts what stands in the table of a file; `see`: each value with its number. */
  addFile({ values, counts, only, beyond }: TraitTally, see?: (value: string, number: number) => void): void {
    this.beyond += beyond
    for (const [i, value] of values.entries()) {
      const number = this.numberOf(value)
      this.add(number, counts, i * WIDTH, only[i])
      see?.(value, number)
    }
  }

  /** One request more, whose row has these fields; `client` where it is told. */
  addRow(number: number, fields: Fields, time: number | null, client?: string): void {
    if (number < 0) {
      if (number === BEYOND) this.beyond++
      return
    }
    const counts = this.#counts
    const to = number * WIDTH
    const { 'sc-status': status, 'sc-bytes': bytes } = fields
    counts[to]!++
    if (typeof status === 'number' && status >= 200 && status < 600) counts[to + 1 + Math.floor(status / 100)]!++
    if (typeof bytes === 'number' && bytes > 0) counts[to + 7]! += bytes
    if (time !== null) this.#see(to, time, time)
    if (client !== undefined) this.#from(number, client)
  }

  /** Null for a value that no request has. */
  find(value: string): Traffic | null {
    const number = this.#numbers.get(value)
    return number === undefined ? null : this.of(number)
  }

  /** The one client whose requests have a value: empty where none is named, null where there are several or none. */
  onlyOf(value: string): string | null {
    const number = this.#numbers.get(value)
    return number === undefined ? null : (this.only[number] ?? null)
  }

  of(number: number): Traffic {
    const [rows, first, last, ok, moved, refused, failed, bytes] = this.#counts.subarray(
      number * WIDTH,
      (number + 1) * WIDTH,
    )
    const timeOf = (time: number | undefined): number | null => (Number.isNaN(time) ? null : time!)
    return {
      rows: rows!,
      first: timeOf(first),
      last: timeOf(last),
      statuses: [ok!, moved!, refused!, failed!],
      bytes: bytes!,
    }
  }

  /** As plain data; `names`: by whose numbers its values were added. */
  tally(names?: ValueIds): TraitTally {
    const { values, only, beyond } = this
    if (names !== undefined) keepIds(values, names, this.#ids)
    return { values, counts: this.#counts.slice(0, values.length * WIDTH), only, beyond }
  }

  #from(number: number, client: string | null): void {
    const known = this.only[number]
    this.only[number] = known === undefined || known === client ? client : null
  }

  #see(to: number, first: number, last: number): void {
    const counts = this.#counts
    if (!(counts[to + 1]! <= first) && !Number.isNaN(first)) counts[to + 1] = first
    if (!(counts[to + 2]! >= last) && !Number.isNaN(last)) counts[to + 2] = last
  }
}

type Tables = Readonly<Record<Trait, TrafficTable>>

function tablesOf(of: 'file' | 'run'): Tables {
  const tableOf = (trait: Trait): TrafficTable => new TrafficTable(MOST[of][trait])
  return { client: tableOf('client'), agent: tableOf('agent'), path: tableOf('path'), status: tableOf('status') }
}

/** Requests to the front end in all files, by each trait. */
export class RequestTables {
  readonly of = tablesOf('run')
  readonly days = new DailyShares()
  /** By the number of a client. */
  readonly #outside: boolean[] = []
  readonly #files: string[] = []
  /** By the digest of each file its number. */
  readonly #copies = new Map<string, number>()
  /** By the number of a path that ends like a file: the numbers of files with requests for it. */
  readonly #filesOf: (number[] | null | undefined)[] = []

  /** When a client asked for anything first; null where it never did, undefined where that is not known. */
  sinceOf(client: string): number | null | undefined {
    const { client: clients } = this.of
    return clients.find(client)?.first ?? (clients.beyond > 0 ? undefined : null)
  }

  /** A file that is there twice is counted once. */
  addFile({ requests, artifact }: Pick<Scan, 'requests'> & { readonly artifact?: Scan['artifact'] }): void {
    const isEmpty = artifact === undefined || requests.path.values.length === 0
    if (!isEmpty && this.#isCopy(artifact)) return
    const file = isEmpty ? -1 : this.#files.push(artifact.path) - 1
    for (const trait of TRAITS)
      if (trait === 'path' && file >= 0)
        this.of.path.addFile(requests.path, (path, number) => this.#note(path, number, file))
      else if (trait === 'client') this.#addClients(requests, artifact?.first ?? null)
      else this.of[trait].addFile(requests[trait])
  }

  /** Files come in any order: of copies the first by its path is the one that is named. */
  #isCopy({ path, sha256 }: Scan['artifact']): boolean {
    const other = this.#copies.get(sha256)
    if (other === undefined) {
      this.#copies.set(sha256, this.#files.length)
      return false
    }
    if (path < this.#files[other]!) this.#files[other] = path
    return true
  }

  /** `first`: the time of the first row of the file. */
  #addClients({ client: tally, agent }: Scan['requests'], first: number | null): void {
    const { values, counts } = tally
    let [rows, outside, at] = [0, 0, 0]
    this.of.client.addFile(tally, (client, number) => {
      const own = counts[at++ * WIDTH]!
      rows += own
      if (this.#isOutside(client, number)) outside += own
    })
    if (first === null) return
    const many = values.flatMap((client, i) =>
      counts[i * WIDTH]! < LEAST_SHARE * rows ? [] : [[client, shareIn(counts, i * WIDTH)] as const],
    )
    this.days.add(first, rows, outside, many, agent)
  }

  /** Is it an address outside? The answer is kept with the number of the client. */
  #isOutside(client: string, number: number): boolean {
    const known = number < 0 ? undefined : this.#outside[number]
    if (known !== undefined) return known
    const isOutside = !isPrivate(client)
    if (number >= 0) this.#outside[number] = isOutside
    return isOutside
  }

  /** The paths of files that have requests for this path; null where these are too many to be noted. */
  filesOf(path: number): readonly string[] | null {
    const noted = this.#filesOf[path]
    return noted === null ? null : (noted ?? []).map((file) => this.#files[file]!)
  }

  #note(path: string, number: number, file: number): void {
    if (number < 0 || path.indexOf('.', path.length - ENDING) < 0) return
    const noted = this.#filesOf[number]
    if (noted === null) return
    if (noted === undefined) this.#filesOf[number] = [file]
    else if (noted.length < FILES) noted.push(file)
    else this.#filesOf[number] = null
  }
}

/** Rows without a status say nothing against a sender. */
function shareIn(counts: Float64Array, at: number): Share {
  const [rows, ok, moved, refused, failed] = [
    counts[at]!,
    counts[at + 3]!,
    counts[at + 4]!,
    counts[at + 5]!,
    counts[at + 6]!,
  ]
  return { rows, answered: ok + rows - (ok + moved + refused + failed), named: 0 }
}

/** Files in which requests for one path are noted; letters of an ending, with its dot. */
const [FILES, ENDING] = [64, 7]

/** Requests to the front end in one file. */
export class FileRequests {
  readonly of = tablesOf('file')
  readonly devices: FileDevices
  readonly logons: FileLogons
  readonly names: ValueIds
  readonly #number: number
  /** Of logons with rows of several days the numbers of each day. */
  readonly #ofDays = new Map<number, number>()

  constructor(names = new ValueIds()) {
    this.names = names
    this.#number = names.next()
    this.devices = new FileDevices(names)
    this.logons = new FileLogons(names)
  }

  /** The number of a value here, of a logon on one day (since 1970 UTC); negative where it has none of its own. */
  numberOf(id: number, day = 0): number {
    if (id < 0) return id === UNCOUNTED ? NOWHERE : BEYOND
    const { tables, places } = this.names
    const place = placeOf(id)
    if (tables[place] === this.#number) {
      const known = places[place]!
      if (day === 0 || known < 0 || this.logons.dayOf(known) === day) return known
      return this.#onDay(id, known, day)
    }
    const number = this.#append(id, day)
    tables[place] = this.#number
    places[place] = number
    if (number === BEYOND && this.#isFull(id)) this.names.full(id)
    return number
  }

  #isFull(id: number): boolean {
    return this.names.traitOf(id) !== 'logon' || this.logons.isFull(id)
  }

  /** The number on another day than that of the number which was given last. */
  #onDay(id: number, latest: number, day: number): number {
    const ofDays = this.#ofDays
    ofDays.set(dayKey(id, this.logons.dayOf(latest)), latest)
    const number = ofDays.get(dayKey(id, day)) ?? this.logons.append(id, day)
    if (number >= 0) this.names.places[placeOf(id)] = number
    return number
  }

  #append(id: number, day: number): number {
    const trait = this.names.traitOf(id)
    if (trait === 'device') return this.devices.append(id)
    if (trait === 'logon') return this.logons.append(id, day)
    return this.of[trait].append(this.names, id)
  }

  /** Rows of a value: eight numbers, as `TrafficTable` has them. */
  add(trait: CountedTrait, number: number, from: Float64Array, at: number, only?: string | null): void {
    if (trait === 'device') this.devices.add(number, from[at]!, from[at + 3]!, from[at + 1]!, from[at + 2]!)
    else if (trait === 'logon') this.logons.add(number, from[at]!, 0, from[at + 1]!, from[at + 2]!)
    else this.of[trait].add(number, from, at, only)
  }

  /** One request of a mobile device. */
  addDevice({ value, client, isContent }: DeviceRequest, time: number, at: Place): void {
    const number = this.numberOf(this.names.of('device', value))
    this.devices.see(number, firstRow(at, client))
    this.devices.add(number, 1, isContent ? 1 : 0, time, time)
  }

  /** One logon. */
  addLogon({ value, client }: CountedLogon, time: number, at: Place): void {
    const number = this.numberOf(this.names.of('logon', value), Math.floor(time / DAY))
    this.logons.see(number, firstRow(at, client))
    this.logons.add(number, 1, 0, time, time)
  }

  /** The first row with a value that has an account of its own. */
  see(id: number, number: number, row: FirstRow): void {
    const trait = this.names.traitOf(id)
    if (trait === 'device') this.devices.see(number, row)
    else if (trait === 'logon') this.logons.see(number, row)
  }

  addRow(client: string | null, fields: Fields, time: number | null): void {
    for (const trait of TRAITS) {
      const value = trait === 'client' ? client : traitOf(trait, fields)
      if (value === null) continue
      const number = this.numberOf(this.names.of(trait, value))
      this.of[trait].addRow(number, fields, time, trait === 'client' ? undefined : (client ?? ''))
    }
  }

  /** As plain data. */
  tallies(): Scan['requests'] {
    const tallyOf = (trait: Trait): TraitTally => this.of[trait].tally(this.names)
    return { client: tallyOf('client'), agent: tallyOf('agent'), path: tallyOf('path'), status: tallyOf('status') }
  }
}

/** More days than lie before the year 10000. */
const DAYS = 3_000_000

function dayKey(id: number, day: number): number {
  return id * DAYS + day
}

function firstRow({ offset, length, line = 0 }: Place, client: string): FirstRow {
  return { offset, length, line, client }
}

/** The tables of a file in which there are no requests. */
export const NO_REQUESTS: Scan['requests'] = new FileRequests().tallies()

/** Its times as an assessment has them. */
export function dated(traffic: Traffic): Omit<RequestsByValue, 'value'> {
  return { ...traffic, first: iso(traffic.first), last: iso(traffic.last) }
}

/** Clients of findings that are reported with all of their requests. */
const TOLD = 1_000

/** What else the clients of findings did: those with most findings first. */
export function clientsOf(findings: readonly Finding[], traffic: TrafficTable): readonly ClientTraffic[] {
  const own = Map.groupBy(findings, ({ client }) => client)
  return [...own]
    .flatMap(([client, of]): ClientTraffic[] => {
      const asked = client === null ? null : traffic.find(client)
      if (client === null || asked === null) return []
      const found = of.reduce((sum, { count }) => sum + count, 0)
      const ids = of.map(({ id }) => id)
      return [{ client, findings: ids, found, ...dated(asked) }]
    })
    .sort((a, b) => b.findings.length - a.findings.length || b.found - a.found || (a.client < b.client ? -1 : 1))
    .slice(0, TOLD)
}
