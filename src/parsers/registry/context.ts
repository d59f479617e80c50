import { counted } from '../../lib/amounts.ts'
import type { Event, Fact, FieldValue, LogSource, Place } from '../../model/event.ts'
import type { KnownLogKind } from '../../model/log-kinds.ts'
import type { Sink, Source } from '../parser.ts'
import { isSecretName, MASK } from '../../lib/mask-secrets.ts'
import { posternSources } from '../config/xml-reader.ts'
import type { Extent, RegistryValue } from './hive.ts'
import type { HiveIdentity } from './kind.ts'
import { describeValue, REG, typeName } from './value.ts'
import type { KeyView } from './view.ts'

/** The kinds of event that a hive gives, each with its log kind and its log sources. */
export const gives = {
  registry: { log: 'registry', sources: posternSources('registry') },
  startup: { log: 'startup', sources: posternSources('startup') },
  service: { log: 'services', sources: posternSources('service') },
  task: { log: 'tasks', sources: posternSources('task') },
  account: { log: 'accounts', sources: posternSources('account') },
  /** Accounts that other hives than SAM tell of: they do not stand for the list of all. */
  profile: { log: 'registry', sources: posternSources('account') },
  program: { log: 'programs', sources: posternSources('program') },
  exchange: { log: 'exchange-config', sources: posternSources('exchange-config') },
  request: { log: 'certificate-requests', sources: posternSources('certificate-request') },
} as const satisfies Readonly<Record<string, { readonly log: KnownLogKind; readonly sources: readonly LogSource[] }>>

export type RegistryEventKind = (typeof gives)[keyof typeof gives]

/** What makes an event beside its key. */
export type RegistryEventDetails = {
  readonly fields: Readonly<Record<string, FieldValue>>
  /** The value that the event is of; the whole key where there is none. */
  readonly value?: RegistryValue | null
  /** It was deleted from a key that is still there. */
  readonly former?: boolean
  /** When it happened, where something else than the last write of the key says so. */
  readonly time?: number | null
  readonly user?: string | null
  readonly target?: string | null
  /** Text that a person can read; the value, or the key with its values, where none is given. */
  readonly raw?: string
}

/** Maximum number of events of one hive. */
const EVENTS = 250_000
const QUOTED = 40

/** Where the places of the registry put what they read. */
export class Context {
  readonly source: Source
  readonly identity: HiveIdentity
  /** Name of the machine, where the hive says it. */
  host: string | null = null
  /** The control set in use: `ControlSet001`. */
  readonly controlSet: string | null
  /** The last moment that the hive knows of. */
  readonly end: number | null
  readonly #sink: Sink
  readonly #size: number
  readonly #fromLog: (at: Extent) => string | null
  // What deleted keys gave waits until it is known what the live ones give: by path first, which is cheap to compare.
  readonly #gone: Event[] = []
  readonly #targets = new Set<string>()
  readonly #live = new Set<string>()
  #events = 0

  constructor(
    source: Source,
    sink: Sink,
    about: {
      readonly identity: HiveIdentity
      readonly controlSet: string | null
      readonly end: number | null
      /** Bytes of the file. */
      readonly size: number
      readonly fromLog: (at: Extent) => string | null
    },
  ) {
    this.source = source
    this.#sink = sink
    this.identity = about.identity
    this.controlSet = about.controlSet
    this.end = about.end
    this.#size = about.size
    this.#fromLog = about.fromLog
  }

  /** The path of a key as people write it, with the control set in use as CurrentControlSet. */
  pathOf(key: KeyView): string {
    const [first, ...rest] = key.path
    if (first === undefined) return this.identity.mount
    const shown =
      this.controlSet !== null && first.toUpperCase() === this.controlSet.toUpperCase() ? 'CurrentControlSet' : first
    return [this.identity.mount, shown, ...rest].join('\\')
  }

  emit(given: RegistryEventKind, key: KeyView, told: RegistryEventDetails): void {
    const event = this.#event(given, key, told)
    const target = String(event.fields.TargetObject)
    if (key.deleted) {
      this.#gone.push(event)
      this.#targets.add(target)
      return
    }
    if (told.former !== true && this.#targets.has(target)) this.#live.add(signature(event))
    this.#send(event)
  }

  /** Tells what deleted keys gave, but for copies of what still stands: a key that grew was moved. */
  finish(): void {
    for (const event of this.#gone) if (!this.#live.has(signature(event))) this.#send(event)
  }

  #send(event: Event): void {
    if (this.#events++ < EVENTS) this.#sink.event(event)
    else if (this.#events === EVENTS + 1) this.note(`more than ${EVENTS} events; the rest is not reported`)
  }

  #event(given: RegistryEventKind, key: KeyView, told: RegistryEventDetails): Event {
    const recovered = key.deleted || told.former === true
    const at = told.value?.at ?? key.at
    const path = this.pathOf(key)
    const target = told.value ? `${path}\\${told.value.name === '' ? '(Default)' : told.value.name}` : path
    const fromLog = this.#fromLog(at)
    const fields: Record<string, FieldValue> = { ...told.fields, TargetObject: target, LastWrite: key.written }
    if (recovered) fields.Recovered = true
    if (fromLog !== null) fields.FromLog = fromLog
    return {
      log: given.log,
      sources: given.sources,
      time: told.time === undefined ? key.time : told.time,
      timeBasis: 'format',
      fields,
      raw: told.raw ?? rawOf(path, key, told),
      at: this.placeOf(at),
      host: this.host,
      client: null,
      user: told.user === undefined ? this.identity.user : told.user,
      target: told.target ?? target,
      request: null,
      session: null,
      ...(recovered ? { snippet: true } : {}),
    }
  }

  fact(fact: Fact): void {
    this.#sink.fact(fact)
  }

  note(note: string, at: Extent = { offset: 0, length: 0 }): void {
    this.#sink.fact({ fact: 'note', note: `${this.source.path}: ${note}`, at: this.placeOf(at) })
  }

  /** A place in the file; what a log added behind its end has no bytes there. */
  placeOf(at: Extent): Place {
    const offset = Math.min(at.offset, this.#size)
    return { path: this.source.path, offset, length: Math.min(at.length, this.#size - offset) }
  }
}

function rawOf(path: string, key: KeyView, told: RegistryEventDetails): string {
  const head = `[${path}] last written ${key.written ?? 'at an unknown time'}`
  const values = told.value ? [told.value] : key.values.slice(0, QUOTED)
  const rest = told.value ? 0 : key.values.length - values.length
  return [head, ...values.map((value) => shown(value)), ...(rest > 0 ? [`… ${counted(rest, 'more value')}`] : [])].join(
    '\n',
  )
}

/** The fields of one value in the generic form; what it holds is masked where its name says that it is a secret. */
export function valueFields(value: RegistryValue, details: FieldValue): Readonly<Record<string, FieldValue>> {
  return {
    Details: isSecret(value) ? MASK : details,
    ValueName: value.name,
    ValueType: typeName(value.type),
  }
}

/** A number is a switch, not a secret: `UseLogonCredential`. */
function isSecret(value: RegistryValue): boolean {
  return value.type !== REG.dword && value.type !== REG.qword && isSecretName(value.name)
}

function shown(value: RegistryValue): string {
  return isSecret(value) ? `"${value.name}" = ${typeName(value.type)} ${MASK}` : describeValue(value)
}

/** What an event says, apart from when its key was written. */
export function signature({ log, fields }: Event): string {
  const { LastWrite: _, Recovered: __, FromLog: ___, ...said } = fields
  return JSON.stringify([log, said])
}

/** The values of a key and those that were deleted from it, unless they stand there still. */
export function* keyValues(key: KeyView): Generator<{ readonly value: RegistryValue; readonly former: boolean }> {
  for (const value of key.values) yield { value, former: false }
  for (const value of key.formerly) {
    const same = key.value(value.name)
    const data = value.data()
    if (!same || !data || same.type !== value.type || !same.data()?.equals(data)) yield { value, former: true }
  }
}
