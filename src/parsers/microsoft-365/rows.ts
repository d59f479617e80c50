import { isUtf8 } from 'node:buffer'
import { findFilling, RECORD_FILLING } from '../../lib/blanks.ts'
import { canonicalIp } from '../../lib/ip.ts'
import type { LineTaker } from '../../lib/lines.ts'
import { isoTime } from '../../lib/time.ts'
import { type ClientSystem, clientSystems, systemOf } from '../../model/client-systems.ts'
import type { FieldValue, Place } from '../../model/event.ts'
import type { Recipe, RecordJudge, RecordScanner, RecordDetails, TableForm } from '../record-scanner.ts'
import { houseOf } from './addresses.ts'
import { isFlatParameter } from './flat-parameters.ts'
import { isIdOrNone, isPaired, isWholeMail, lackOf, OF_MAIL } from './lacking.ts'
import {
  type CloudRecord,
  type Members,
  membersOf,
  nameAround,
  jsonObjectOf,
  memberText,
  wholeOf,
  writtenOut,
} from './record.ts'
import { type CloudSkim, isUntold, lengthed, propertyNames, type Plain, plainOf, fieldOfMember } from './skim.ts'
import { isSignIn, isVaried, ITEM_FIELDS, PLAIN_LISTS } from './unified.ts'
import {
  type Access,
  accessOf,
  type Account,
  type Act,
  actOf,
  acts,
  countMessages,
  type MailPlace,
  type MailRecord,
} from './use.ts'
import type { RecordOrigin as UseTold } from './sign-ins.ts'

/** The record of a row, as it is read where it is no regular one. */
export type RecordOf = (text: string) => CloudRecord | null

/** What is said of a record of the unified audit log that became no event. */
export type Heard = UseTold &
  MailRecord & {
    /** Null where it has none. */
    readonly recordId: (() => string) | null
    /** The domain of its organization; null where it names none. */
    readonly house: string | null
    readonly mailbox: string | null
    readonly index: number | null
    readonly count: number | null
  }

/** Who is told of records that became no event. */
type Listener = {
  /** Stands the record of these digests in the file before? It is counted then. */
  isTwice(halves: Uint32Array, index: number | null, count: number | null): boolean
  /** `halves`: the digest of the record, where it has an id. */
  heard(heard: Heard, halves: Uint32Array | null): void
}

type Context = {
  readonly path: string
  /** Names of the columns; none where records stand one a line. */
  readonly columns: readonly string[]
  readonly recordOf: RecordOf
  readonly skim: CloudSkim
  readonly account: Listener
}

/** Plans that are remembered. */
const MOST = { plans: 2_000 }

/**
 * Takes regular records of the unified audit log that no rule can match off the bytes of a file, and tells of them what
 * their events would have told. Every other row is left to the reader of rows, which decides on it as if this were not here.
 */
export class CloudRows implements LineTaker {
  end = 0
  /** The offset in the file behind the last row that was taken. */
  until = 0
  readonly #scanner: RecordScanner
  readonly #form: TableForm | null
  readonly #context: Context
  /** By the number of the list of names; null where rows with such names are read as a whole. */
  #shapes: (Shape | null | undefined)[] = []
  #plans = 0
  readonly #memory = new Memory()
  /** By the numbers that the scanner gives to values together. */
  readonly #planned = Array.from<Planned | undefined>({ length: TOGETHER })
  readonly #whose = Array.from<Who | undefined>({ length: TOGETHER })
  readonly #places = Array.from<MailPlace | undefined>({ length: TOGETHER })
  readonly #answers = new Uint8Array(TOGETHER)
  #questions = 0
  readonly #told: Told
  readonly #halves = new Uint32Array(2)
  /** The row at hand: what its names are, and its members as far as they were asked for. */
  #shape!: Shape
  #members: Members | null = null
  #plannedOf!: Planned
  /** A value of it is too long to be known again. */
  #isOdd = false

  constructor(scanner: RecordScanner, form: TableForm | null, context: Context) {
    this.#scanner = scanner
    this.#form = form
    this.#context = context
    this.#told = new Told(
      context.path,
      (member) => scanner.value(member) as string,
      (name) => this.#tell(name),
    )
  }

  take(buffer: Buffer, from: number, to: number, base: number, number: number): number {
    const scanner = this.#scanner
    scanner.setForm(this.#form)
    let rows = 0
    let at = from
    while (at < to) {
      const forgotten = scanner.forget()
      if (forgotten !== null) this.#forget(forgotten)
      const names = scanner.next(buffer, at, to, base)
      // What was written over several rows is for the reader of rows to see.
      const isFilled = names > 0 && findFilling(buffer, at, at + scanner.length, RECORD_FILLING) >= 0
      if (names === 0 || isFilled || !this.#take(names, base + at, number + rows)) break
      at += scanner.length
      rows++
    }
    this.end = at
    if (rows > 0) this.until = base + at
    return rows
  }

  #forget(what: 'names' | 'values'): void {
    this.#planned.fill(undefined)
    this.#whose.fill(undefined)
    this.#places.fill(undefined)
    this.#answers.fill(UNKNOWN)
    if (what === 'names') this.#shapes = []
    else {
      this.#memory.clear()
      for (const shape of this.#shapes) if (shape) shape.plans = new Map()
      this.#plans = 0
    }
    this.#questions = 0
  }

  #take(names: number, offset: number, line: number): boolean {
    const scanner = this.#scanner
    let shape = this.#shapes[names]
    if (shape === undefined) {
      shape = shapeOf(scanner, this.#context.columns)
      this.#shapes[names] = shape
      if (shape !== null) scanner.learn(names, recipeOf(shape))
    }
    if (shape === null) return false
    this.#shape = shape
    if (scanner.isHigh && !isUtf8(scanner.row())) return false
    this.#isOdd = false
    if (!scanner.tell(names)) return false
    const time = Number.isNaN(scanner.time) ? isoTime(scanner.value(shape.time) as string) : scanner.time
    if (time === null) return false
    const planned = this.#planned[scanner.plan] ?? this.#newPlanned(shape)
    if (planned === null) return false
    const { plan } = planned
    if (plan === null) return false
    const who = this.#whoOf(plan, shape)
    if (who === null) return false

    const told = this.#told
    told.offset = this.#form === null ? offset + scanner.recordAt : offset
    told.length = this.#form === null ? scanner.recordLength : scanner.length
    told.line = line
    told.time = time
    this.#fill(told, shape, planned, plan, who)
    if (plan.act !== null) this.#amount(names, shape)
    if (this.#isOdd) return false

    const halves = told.idMember < 0 ? null : this.#halves
    if (halves !== null) {
      scanner.digest(halves)
      if (this.#context.account.isTwice(halves, told.index, told.count)) return true
    }
    this.#members = null
    this.#plannedOf = planned
    const could = this.#could(names, plan, who)
    if (this.#isOdd || could || !plan.judge.passes(told, false)) return false
    this.#context.account.heard(told, halves)
    return true
  }

  /** Null where it is to be read as a whole, which reports what it lacks. */
  #whoOf({ isOfMail }: Plan, shape: Shape): Who | null {
    const who = this.#whose[this.#scanner.who] ?? this.#newWho(shape)
    if (who === null || !isOfMail) return who
    const { app } = this.#scanner
    const isId = app < 0 || this.#memory.ids.of(app, () => isIdOrNone(this.#scanner.known(app) as string))
    return isId && isWholeMail(who, shape.session >= 0) ? who : null
  }

  /** What is told of the row at hand, but for where it stands and how much it is about. */
  #fill(told: Told, shape: Shape, planned: Planned, plan: Plan, who: Who): void {
    const scanner = this.#scanner
    const { app } = scanner
    told.who = who
    told.user = who.user
    told.client = who.client
    told.session = who.session
    told.house = who.house
    told.mailbox = who.mailbox
    told.owner = who.owner
    told.idMember = scanner.hasId ? shape.id : -1
    told.idText = null
    told.index = this.#whole(shape.index)
    told.count = this.#whole(shape.count)
    told.operation = planned.operation
    told.app = app < 0 ? '' : (scanner.known(app) as string)
    told.act = plan.act
    const access = plan.act === 'bind' ? this.#access(shape) : NO_ACCESS
    told.isSync = access.isSync
    told.isThrottled = access.isThrottled
    told.system = plan.act === null ? '' : this.#system(shape)
    told.place = plan.act === null ? null : this.#placeOf(app, plan.act, access.isSync, told.system)
    told.items = 0
    told.bytes = 0
  }

  // ---------------------------------------------------------------- values

  #number(member: number): number {
    const number = this.#scanner.number(member)
    if (number < 0) this.#isOdd = true
    return number
  }

  /** A text with something in it. */
  #text(member: number): string | null {
    if (member < 0 || !this.#scanner.isText(member)) return null
    const number = this.#number(member)
    return number < 0 ? null : (this.#scanner.known(number) as string)
  }

  #value(member: number): unknown {
    const number = this.#number(member)
    return number < 0 ? null : this.#scanner.known(number)
  }

  #whole(member: number): number | null {
    return member < 0 ? null : wholeOf(this.#scanner.value(member))
  }

  /** Who did it from where: the same for all rows that have the same values there. Null where one is too long. */
  #newWho(shape: Shape): Who | null {
    let client: string | null = null
    let clientNumber = -1
    for (const member of shape.clients) {
      if (!this.#scanner.isText(member)) continue
      const number = this.#number(member)
      client = canonicalIp(this.#scanner.known(number) as string)
      if (client === null) continue
      clientNumber = number
      break
    }
    const user = this.#text(shape.user)
    const mailbox = this.#text(shape.owner)
    const session = this.#session(shape)
    const house = houseOf(this.#text(shape.organization), user)
    const who: Who = { user, client, clientNumber, session, house, mailbox, owner: mailbox ?? user, account: null }
    if (this.#isOdd) return null
    this.#whose[this.#scanner.who] = who
    return who
  }

  #placeOf(app: number, act: Act, isSync: boolean, system: ClientSystem): MailPlace {
    const way = acts.indexOf(isSync ? 'sync' : act) + acts.length * clientSystems.indexOf(system)
    const number = this.#scanner.together(this.#scanner.who, app, way)
    return (this.#places[number] ??= { mailbox: -2, source: -2, day: -1, cell: -1 })
  }

  /** The system that the client names, the same for all rows of that client. */
  #system({ clientInfo }: Shape): ClientSystem {
    if (clientInfo < 0 || !this.#scanner.isText(clientInfo)) return ''
    const number = this.#number(clientInfo)
    return number < 0 ? '' : this.#memory.systems.of(number, () => systemOf(this.#scanner.known(number) as string))
  }

  #session(shape: Shape): string | null {
    const own = this.#text(shape.session)
    if (own !== null) return own.toLowerCase()
    const { context } = shape
    if (context === null) return null
    if (context.isFlat) return this.#text(context.of.get('aadsessionid') ?? -1)?.toLowerCase() ?? null
    const object = jsonObjectOf(this.#value(context.member))
    return object ? (memberText(membersOf(object), 'aadsessionid')?.toLowerCase() ?? null) : null
  }

  #access(shape: Shape): Access {
    if (!isByProperties(shape)) return accessOf(this.#lazily(shape))
    return this.#memory.accesses.of(this.#scanner.access, () => accessOf(this.#lazily(shape)))
  }

  #amount(names: number, shape: Shape): void {
    const { items, bytes } = this.#scanner.countItems(names) ? this.#scanner : countMessages(this.#lazily(shape))
    this.#told.items = items
    this.#told.bytes = bytes
  }

  // ---------------------------------------------------------------- plans

  /** What rows with these names and values have in common; null where that cannot be remembered now. */
  #newPlanned(shape: Shape): Planned | null {
    const plan = this.#planOf(shape)
    if (plan === undefined) return null
    const planned: Planned = { plan, operation: this.#text(shape.operation) ?? '', plain: null }
    this.#planned[this.#scanner.plan] = planned
    return planned
  }

  /** Undefined where too many are remembered. */
  #planOf(shape: Shape): Plan | null | undefined {
    let node: PlanNode = shape.plans
    const keys: number[] = this.#keys
    keys.length = 0
    for (const member of shape.varied) keys.push(this.#number(member))
    for (const member of shape.plain) {
      const number = this.#number(member)
      keys.push(number < 0 ? -1 : this.#namesOf(number))
    }
    if (this.#isOdd || keys.includes(-1)) return null
    for (let i = 0; i < keys.length - 1; i++) {
      let inner = node.get(keys[i]!) as PlanNode | undefined
      if (!inner) node.set(keys[i]!, (inner = new Map()))
      node = inner
    }
    const last = keys.at(-1) ?? 0
    const known = node.get(last) as Plan | null | undefined
    if (known !== undefined) return known
    if (this.#plans++ >= MOST.plans) {
      this.#plans = 0
      for (const other of this.#shapes) if (other) other.plans = new Map()
      this.#planned.fill(undefined)
      this.#questions = 0
      this.#answers.fill(UNKNOWN)
      return undefined
    }
    const plan = this.#newPlan(shape)
    node.set(last, plan)
    return plan
  }

  readonly #keys: number[] = []

  #namesOf(number: number): number {
    return this.#memory.lists.of(number, () => {
      const names = propertyNames(this.#scanner.known(number))
      return names === null ? -1 : this.#memory.numberOf(names.map(lengthed).join(''))
    })
  }

  /** What rows with the same names, and the same values where these matter, have in common. */
  #newPlan(shape: Shape): Plan | null {
    const row = this.#scanner.row()
    const { recordAt, recordLength } = this.#scanner
    const whole = this.#form === null ? row.subarray(recordAt, recordAt + recordLength) : row
    const record = this.#context.recordOf(whole.toString('utf8').replace(/\r?\n$/, ''))
    if (record === null || record.kind !== 'unified' || record.isCut || record.isPart) return null
    if (isPaired(record.members) || lackOf(record) !== null) return null
    const { members } = record
    // Sign-ins are counted by what stands in their lists.
    if (isSignIn(members)) return null
    const judged = this.#context.skim.judgeOf(members)
    if (judged === null) return null
    const { judge, plain } = judged
    const asks = judge.asks.map((name): Ask => this.#askOf(shape, plain, name))
    const act = actOf(memberText(members, 'operation') ?? '')
    const isOfMail = OF_MAIL.test(writtenOut(members.get('recordtype')?.[1]))
    return { judge, question: this.#question(shape, asks), act, isOfMail, answer: null }
  }

  #askOf(shape: Shape, { names }: Plain, name: string): Ask {
    if (name === 'c-ip') return { by: 'client' }
    const member = shape.members.get(name)
    if (member !== undefined) return isUntold(name) ? { by: 'none' } : { by: 'member', member }
    if (names.includes(name)) return { by: 'lists' }
    const dot = name.indexOf('.')
    const outer = dot > 0 ? shape.nested.get(name.slice(0, dot)) : undefined
    if (outer?.isFlat) {
      const inner = outer.of.get(name.slice(dot + 1))
      return inner === undefined || inner < 0 ? { by: 'none' } : { by: 'member', member: inner }
    }
    if (outer) return { by: 'member', member: outer.member }
    return ITEM_FIELDS.has(name) ? { by: 'row', name } : { by: 'none' }
  }

  #question(shape: Shape, asks: readonly Ask[]): Question {
    const number = this.#questions
    const byRow: Question = { number: -1, byClient: true, isOpen: true }
    if (asks.some((ask) => ask.by === 'row' && ask.name !== 'subjects')) return byRow
    const members = asks.flatMap((ask) => (ask.by === 'lists' ? shape.plain : ask.by === 'member' ? [ask.member] : []))
    const withSubjects = asks.some(({ by }) => by === 'row')
    const byClient = asks.some(({ by }) => by === 'client')
    if (members.length === 0 && !withSubjects && !byClient) return { number: -1, byClient, isOpen: false }
    if (!this.#scanner.question(number, [...new Set(members)], withSubjects)) return byRow
    this.#questions++
    return { number, byClient, isOpen: true }
  }

  #could(names: number, plan: Plan, who: Who): boolean {
    const { question, judge } = plan
    const { tell } = this.#told
    if (!question.isOpen) return (plan.answer ??= judge.could(tell))
    if (question.number < 0) return judge.could(tell)
    const number = this.#scanner.asked(names, question.number, question.byClient ? who.clientNumber : -1)
    if (number === IRREGULAR) return judge.could(tell)
    if (number < 0) {
      this.#isOdd = true
      return true
    }
    const known = this.#answers[number]!
    if (known !== UNKNOWN) return known === COULD
    const answer = judge.could(tell)
    this.#answers[number] = answer ? COULD : COULD_NOT
    return answer
  }

  #tell(name: string): FieldValue | undefined {
    const members = (this.#members ??= this.#lazily(this.#shape))
    const plain = (this.#plannedOf.plain ??= plainOf(members)!)
    return fieldOfMember(name, members, plain, this.#told.client)
  }

  /** The members of the row at hand, each read when it is asked for. */
  #lazily(shape: Shape): Members {
    const has = (name: string): boolean => shape.members.has(name)
    const get = (name: string): readonly [string, unknown] | undefined => {
      const member = shape.members.get(name)
      return member === undefined ? undefined : [name, this.#scanner.value(member)]
    }
    return { has, get } as unknown as Members
  }
}

const NO_ACCESS: Access = { isSync: false, isThrottled: false }

// ---------------------------------------------------------------- what is remembered

/** Something that follows from a value, by the number of the value. */
class ByNumber<T> {
  #known: (T | undefined)[] = []

  of(number: number, make: () => T): T {
    const known = this.#known[number]
    return known === undefined ? (this.#known[number] = make()) : known
  }

  clear(): void {
    this.#known = []
  }
}

class Memory {
  readonly accesses = new ByNumber<Access>()
  readonly lists = new ByNumber<number>()
  readonly ids = new ByNumber<boolean>()
  readonly systems = new ByNumber<ClientSystem>()
  readonly #numbers = new Map<string, number>()

  numberOf(text: string): number {
    let number = this.#numbers.get(text)
    if (number === undefined) this.#numbers.set(text, (number = this.#numbers.size))
    return number
  }

  clear(): void {
    this.accesses.clear()
    this.lists.clear()
    this.ids.clear()
    this.systems.clear()
    this.#numbers.clear()
  }
}

/** What a rule asks for, and what decides it: nothing that differs among rows, a value, lists of properties, or the row. */
type Ask =
  | { readonly by: 'client' | 'none' | 'lists' }
  | { readonly by: 'member'; readonly member: number }
  | { readonly by: 'row'; readonly name: string }

/**
 * The number under which the scanner knows what decides the answer; -1 where each row must be asked, or (not `isOpen`) all
 * rows of the plan have one answer.
 */
type Question = { readonly number: number; readonly byClient: boolean; readonly isOpen: boolean }

type PlanNode = Map<number, PlanNode | Plan | null>

type Plan = {
  readonly judge: RecordJudge
  readonly question: Question
  readonly act: Act | null
  readonly isOfMail: boolean
  /** That of all rows, when it was given. */
  answer: boolean | null
}

/** What rows with the same names and values have in common. `plain`: of their lists of properties, when it was asked for. */
type Planned = { readonly plan: Plan | null; readonly operation: string; plain: Plain | null }

/** Who did it from where, as rows say it. */
type Who = Account & {
  readonly user: string | null
  readonly client: string | null
  /** The number of the value that is the client; -1 where there is none. */
  readonly clientNumber: number
  readonly session: string | null
  readonly house: string | null
  readonly mailbox: string | null
  readonly owner: string | null
}

/** What the scanner says where messages are not regular. */
const IRREGULAR = -2
/** Answers that were given. */
const [UNKNOWN, COULD_NOT, COULD] = [0, 1, 2]
/** Maximum number of values that the scanner numbers. */
const TOGETHER = 65_536

/** A row that was judged by its bytes: one object for all rows, since it is told and not kept. */
class Told implements RecordDetails, Heard {
  time = 0
  user: string | null = null
  client: string | null = null
  session: string | null = null
  house: string | null = null
  mailbox: string | null = null
  owner: string | null = null
  who: Account = { account: null }
  place: MailPlace | null = null
  app = ''
  system: ClientSystem = ''
  operation = ''
  act: Act | null = null
  isSync = false
  isThrottled = false
  items = 0
  bytes = 0
  index: number | null = null
  count: number | null = null
  offset = 0
  length = 0
  line = 0
  idMember = -1
  readonly tell: RecordDetails['tell']
  readonly #path: string
  /** The id, when it was asked for. */
  idText: string | null = null
  readonly #idOf: () => string

  constructor(path: string, idOf: (member: number) => string, tell: RecordDetails['tell']) {
    this.#path = path
    this.tell = tell
    this.#idOf = () => (this.idText ??= idOf(this.idMember))
  }

  get hasId(): boolean {
    return this.idMember >= 0
  }

  get recordId(): (() => string) | null {
    return this.idMember < 0 ? null : this.#idOf
  }

  get id(): string | null {
    return this.idMember < 0 ? null : this.#idOf()
  }

  get at(): Place {
    return { path: this.#path, offset: this.offset, length: this.length, line: this.line }
  }
}

// ---------------------------------------------------------------- lists of names

/** The object that a member is: the numbers of its members by name in lower case, -1 where several have it. */
type Inner = { readonly member: number; readonly isFlat: boolean; readonly of: ReadonlyMap<string, number> }

/** Where what is told of a row stands, among rows whose members have the same names in the same order; -1 where it does not. */
type Shape = {
  readonly members: ReadonlyMap<string, number>
  readonly nested: ReadonlyMap<string, Inner>
  readonly context: Inner | null
  readonly time: number
  readonly user: number
  readonly clients: readonly number[]
  readonly session: number
  readonly id: number
  readonly index: number
  readonly count: number
  readonly operation: number
  readonly owner: number
  readonly organization: number
  readonly clientInfo: number
  readonly apps: readonly [number, number]
  readonly accessType: number
  readonly throttled: number
  readonly properties: number
  readonly items: readonly [number, number, number]
  readonly varied: readonly number[]
  readonly plain: readonly number[]
  plans: PlanNode
}

/** Does a list of properties alone say how mail was opened? */
function isByProperties({ accessType, throttled, properties }: Shape): boolean {
  return accessType < 0 && throttled < 0 && properties >= 0
}

function recipeOf(shape: Shape): Recipe {
  const { context } = shape
  return {
    time: shape.time,
    id: shape.id,
    apps: shape.apps,
    access: isByProperties(shape) ? shape.properties : -1,
    user: shape.user,
    owner: shape.owner,
    organization: shape.organization,
    session: shape.session,
    context: context && !context.isFlat ? context.member : -1,
    inContext: context?.isFlat ? (context.of.get('aadsessionid') ?? -1) : -1,
    items: shape.items,
    clients: shape.clients,
    planned: [...shape.varied, ...shape.plain],
  }
}

/** Null where rows with these names must be read as a whole. */
function shapeOf(scanner: RecordScanner, columns: readonly string[]): Shape | null {
  const around = new Map<string, number>()
  const outer = new Map<string, number>()
  const inner = new Map<string, number>()
  const nested = new Map<string, Inner>()
  let open: { readonly member: number; readonly of: Map<string, number> } | null = null
  for (let member = 0; member < scanner.count; member++) {
    const name = scanner.name(member)
    if (typeof name === 'number') {
      const column = columns[name]!
      outer.set(column.toLowerCase(), member)
      const own = nameAround(column)
      if (own !== null) around.set(own, member)
      continue
    }
    // What JSON.parse puts elsewhere.
    if (/^(?:\d+|__proto__)$/.test(name)) return null
    const lower = name.toLowerCase()
    if (open && scanner.isWithin(member, open.member)) {
      open.of.set(lower, open.of.has(lower) ? -1 : member)
      continue
    }
    open = null
    if (inner.has(lower) || lower === 'auditdata' || lower === 'raweventdata') return null
    inner.set(lower, member)
    if (scanner.isObject(member)) open = { member, of: new Map() }
    nested.set(lower, { member, isFlat: open !== null, of: open?.of ?? new Map() })
  }
  const members = new Map([...around, ...inner])
  const has = (name: string): boolean => members.has(name)
  if (!has('creationtime') || !has('recordtype')) return null
  if (!has('parameters') && [...members.keys()].some(isFlatParameter)) return null
  if (!has('operation') && !has('workload') && !has('id')) return null
  const of = (name: string): number => members.get(name) ?? -1
  const innerOf = (name: string): Inner | null =>
    has(name) ? (nested.get(name) ?? { member: of(name), isFlat: false, of: new Map() }) : null
  return {
    members,
    nested: new Map(
      ['appaccesscontext', 'item'].flatMap((name) => (has(name) ? [[name, innerOf(name)!] as const] : [])),
    ),
    context: innerOf('appaccesscontext'),
    time: of('creationtime'),
    user: of('userid'),
    clients: ['clientip', 'clientipaddress', 'actoripaddress'].map(of).filter((member) => member >= 0),
    session: of('sessionid'),
    id: of('id'),
    index: outer.get('resultindex') ?? -1,
    count: outer.get('resultcount') ?? -1,
    operation: of('operation'),
    owner: of('mailboxownerupn'),
    organization: of('organizationname'),
    clientInfo: of('clientinfostring'),
    apps: [of('clientappid'), of('appid')],
    accessType: of('mailaccesstype'),
    throttled: of('isthrottled'),
    properties: of('operationproperties'),
    items: [of('folders'), of('affecteditems'), of('item')],
    varied: [...members.keys()].filter(isVaried).map(of),
    plain: PLAIN_LISTS.map(of).filter((member) => member >= 0),
    plans: new Map(),
  }
}
