import { sha256 as sha256Of } from '../lib/hash.ts'
import type { CorrelationRows, CorrelationRowKey } from '../model/rule.ts'
import type { Event, FieldValue } from '../model/event.ts'
import type { KnownLogKind } from '../model/log-kinds.ts'
import { weightOfRow } from '../rules/correlation.ts'
import type { RecordDetails } from '../parsers/record-scanner.ts'
import type { EventRule } from '../rules/rule.ts'
import { fold, eventValues } from '../rules/field-values.ts'

/** Rows kept of one artifact for correlations (what they have in common counts as some more), and the longest value of them. */
export const TRAILED = { weight: 250_000, value: 256 }

/** Numbers of a row in a trail. */
const PER_ROW = 8

/** Rows of one file that answer one rule, for correlations. */
export class CorrelationRowTable {
  readonly #rule: string
  readonly #names: readonly string[]
  readonly #keys: CorrelationRowKey[] = []
  readonly #numbers = new Map<string, number>()
  #rows = new Float64Array(64 * PER_ROW)
  #count = 0
  #untimed = 0
  #beyond = 0

  constructor({ info, trail = [] }: EventRule) {
    this.#rule = info.id
    this.#names = trail
  }

  /** How much more is kept now. `values`: of the fields that correlations ask for. */
  add(row: CorrelationRow, values: readonly (string | null)[], hasRoom: boolean): number {
    const { time, at } = row
    const keys = this.#keys.length
    if (time === null) this.#untimed++
    else if (!hasRoom) this.#beyond++
    else {
      const rows = this.#roomForRow()
      const to = this.#count++ * PER_ROW
      rows[to] = time
      rows[to + 1] = this.#keyOf(row, values)
      rows[to + 2] = at.offset
      rows[to + 3] = at.length
      rows[to + 4] = at.line ?? at.record ?? 0
      rows[to + 5] = row.identity()
      const [asked, id] = row.request?.() ?? NO_REQUEST
      rows[to + 6] = asked
      rows[to + 7] = id
      return weightOfRow(this.#keys.length > keys)
    }
    return 0
  }

  /** A row with a time for which there is no room. */
  pass(): void {
    this.#beyond++
  }

  /** Once, when all rows came. */
  trail(): CorrelationRows {
    const rows = new Float64Array(this.#rows.buffer.transfer(this.#count * PER_ROW * 8))
    return { rule: this.#rule, keys: this.#keys, rows, untimed: this.#untimed, beyond: this.#beyond }
  }

  #roomForRow(): Float64Array {
    if ((this.#count + 1) * PER_ROW > this.#rows.length)
      this.#rows = new Float64Array(this.#rows.buffer.transfer(this.#rows.byteLength * 2))
    return this.#rows
  }

  #keyOf({ log, timeBasis, host, client, user, at }: CorrelationRow, texts: readonly (string | null)[]): number {
    const counts = at.record === undefined ? 'line' : 'record'
    let key = `${log} ${timeBasis} ${counts} ${keyPart(host)}${keyPart(client)}${keyPart(user)}`
    for (let i = 0; i < this.#names.length; i++) key += keyPart(texts[i] ?? null)
    let number = this.#numbers.get(key)
    if (number === undefined) {
      this.#numbers.set(key, (number = this.#keys.length))
      const values: Record<string, string> = Object.create(null) as Record<string, string>
      this.#names.forEach((name, i) => {
        const text = texts[i] ?? null
        if (text !== null) values[name] = shortened(text)
      })
      const [ofHost, ofClient, ofUser] = [host, client, user].map((text) =>
        text === null ? null : shortened(text),
      ) as [string | null, string | null, string | null]
      // A plain object: it crosses a thread.
      this.#keys.push({
        log,
        timeBasis,
        host: ofHost,
        client: ofClient,
        user: ofUser,
        values: { ...values },
        counts,
      })
    }
    return number
  }
}

/** What a trail has of a row. */
export type CorrelationRow = Pick<Event, 'time' | 'log' | 'timeBasis' | 'host' | 'client' | 'user' | 'at'> & {
  identity(): number
  request?(): readonly [asked: number, id: number]
}

const NO_REQUEST = [0, 0] as const

export function rowOfRecord({ time, client, user, at, id }: RecordDetails, log: KnownLogKind): CorrelationRow {
  return {
    time,
    log,
    timeBasis: 'format',
    host: null,
    client,
    user,
    at,
    identity: () => numberOfRecord(id!, user, client),
  }
}

/**
 * The values of the fields that correlations ask a row for, as one text each; null where it has none. Events of a table that names no
 * machine are all of one.
 */
export function trailValues({ trail = [] }: EventRule, event: Event): (string | null)[] {
  const fields = eventValues(event)
  return trail.map((name) => {
    const field = fields.get(name)
    if (field.empty) return name === 'computer' ? '' : null
    return field.folded.slice(0, field.own).join('\0')
  })
}

export function trailValue(value: FieldValue | undefined): string | null | undefined {
  if (value === undefined || value === null) return value
  const texts = typeof value === 'object' ? value.map(String) : [String(value)]
  return texts.length === 0 ? null : texts.map(fold).join('\0')
}

/** A text with its length, so that beside others it can pass for no two of them. */
function keyPart(text: string | null): string {
  if (text === null) return '-'
  const short = shortened(text)
  return `${short.length} ${short}`
}

/** Two long texts that are not the same stay different. */
function shortened(text: string): string {
  return text.length <= TRAILED.value ? text : `${text.slice(0, TRAILED.value)}… ${sha256Of(text)}`
}

/** Numbers by which rows of several logs are known as of one request: client and path, and its id. Zero where there is none. */
export function requestNumbers({ client, fields, request }: Event): readonly [asked: number, id: number] {
  const stem = fields['cs-uri-stem']
  const asked = client !== null && typeof stem === 'string' && stem !== '' ? `${client} ${stem.toLowerCase()}` : null
  const numberOf = (text: string | null): number =>
    text === null ? 0 : Number.parseInt(sha256Of(text).slice(0, 13), 16)
  return [numberOf(asked), numberOf(request)]
}

/** The number of a record that stands in every export of it, whatever its form. */
export function numberOfRecord(id: string, user: string | null, client: string | null): number {
  const text = JSON.stringify(['record', id, user, client]).toLowerCase()
  return -1 - Number.parseInt(sha256Of(text).slice(0, 13), 16)
}
