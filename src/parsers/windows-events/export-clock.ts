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
export class ExportClock {
  readonly #ahead = new Map<TimeBasis, number>()

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
    if (Math.abs(shown - utc - ahead) <= DELAY && Math.abs(ahead) <= WIDEST) this.#ahead.set(basis, ahead)
  }

  /** The record at its time in UTC, where the clock of the export is known. */
  corrected(record: WindowsRecord): WindowsRecord {
    const { when } = record
    const ahead = this.#ahead.get(when.basis)
    if (ahead === undefined || when.time === null || (when.basis === 'stated' && ahead === 0)) return record
    return { ...record, when: { ...when, time: when.time - ahead, basis: 'format' } }
  }
}
