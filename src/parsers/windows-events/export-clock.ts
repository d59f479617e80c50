import { isoTime, MINUTE, HOUR } from '../../lib/time.ts'
import type { TimeBasis } from '../../model/event.ts'
import type { WindowsRecord } from './record.ts'

/** Zones differ from UTC by whole quarters of an hour, fourteen hours at most. */
const QUARTER = 15 * MINUTE
const WIDEST = 14 * HOUR
/** Sysmon writes its own time in UTC a moment before Windows writes that of the record. */
const DELAY = 2 * MINUTE

/**
 * How far the times that an export gives its records are ahead of UTC, by the records of Sysmon, which hold their time in UTC
 * besides. An export in local time names no zone, or ends in a `Z` that is none.
 */
class ExportClock {
  readonly #ahead = new Map<TimeBasis, number>()

  get isKnown(): boolean {
    return this.#ahead.size > 0
  }

  /** Compares the two times of a record of Sysmon. */
  see({ system, data, when }: WindowsRecord): void {
    if (when.local !== undefined && when.local !== null) this.#compare('assumed', when.local, when.time)
    if (when.basis !== 'stated' || !/sysmon/i.test(`${system.provider} ${system.channel}`)) return
    const own = data.find(([name]) => name === 'UtcTime')?.[1]
    this.#compare('stated', when.time, typeof own === 'string' ? isoTime(own) : null)
  }

  #compare(basis: TimeBasis, shown: number | null, utc: number | null): void {
    if (shown === null || utc === null) return
    const ahead = Math.round((shown - utc) / QUARTER) * QUARTER
    if (Math.abs(shown - utc - ahead) > DELAY || Math.abs(ahead) > WIDEST) return
    // Summer time moves the clock of an export by an hour; a single record that says more is not its clock.
    if (Math.abs(ahead - (this.#ahead.get(basis) ?? ahead)) <= HOUR) this.#ahead.set(basis, ahead)
  }

  /** The record at its time in UTC, where the clock of the export is known. */
  corrected(record: WindowsRecord): WindowsRecord {
    const { when } = record
    const ahead = this.#ahead.get(when.basis)
    if (ahead === undefined || when.time === null || (when.basis === 'stated' && ahead === 0)) return record
    const time = when.time - ahead
    return { ...record, when: { ...when, time, basis: 'format', text: new Date(time).toISOString() } }
  }
}

/** Records and bytes of them that wait for the first record of Sysmon. */
const MOST = { records: 4_096, bytes: 16 * 1024 * 1024 }

/** Events of a file, held back until the clock of its export is known, so that all of them are corrected or none is. */
export class HeldEvents {
  readonly #clock = new ExportClock()
  #held: { readonly record: WindowsRecord; readonly emit: (record: WindowsRecord) => void }[] = []
  #bytes = 0
  #isReleased = false

  add(record: WindowsRecord, length: number, emit: (record: WindowsRecord) => void): void {
    if (!this.#isReleased || this.#clock.isKnown) this.#clock.see(record)
    if (this.#isReleased) {
      emit(this.#clock.corrected(record))
      return
    }
    this.#held.push({ record, emit })
    this.#bytes += length
    if (this.#clock.isKnown || this.#held.length >= MOST.records || this.#bytes >= MOST.bytes) this.release()
  }

  release(): void {
    this.#isReleased = true
    const held = this.#held
    this.#held = []
    for (const { record, emit } of held) emit(this.#clock.corrected(record))
  }
}
