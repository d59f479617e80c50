import { isoTime } from '../../lib/time.ts'
import type { FileTimePlace } from './times.ts'

/**
 * What of the times of a file is seen where they were set by hand. A program can set created, modified and accessed of
 * $STANDARD_INFORMATION; those of $FILE_NAME are the system's, written when the name is made. Unpacked, restored and
 * installed files have old times too, so that none of these proves anything by itself. Both arguments are four times in a
 * row: created, modified, changed (the record), accessed.
 * - `created-before-name`: the file is older than its name, by more than two seconds
 * - `changed-before-name`: so is the last change of its record, which only the system writes
 * - `whole-second`: created without parts of a second: typed in, or of an archive that knows no smaller ones
 * - `all-whole-seconds`: modified and accessed too; what unpacks an archive leaves the accessed time to the system
 */
export function timestompSigns(own: FileTimePlace | null, name: FileTimePlace): readonly string[] {
  if (own === null) return NONE
  const created = ticks(own, 0)
  const named = ticks(name, 0)
  if (created === 0 || named === 0) return NONE
  const isBefore = created < named - TWO_SECONDS
  const isCreatedWhole = isWhole(own, 0)
  if (!isBefore && !isCreatedWhole) return NONE
  const changed = ticks(own, 16)
  return signsFrom({
    isBefore,
    isChangedBefore: changed !== 0 && changed < named - TWO_SECONDS,
    isCreatedWhole,
    areOthersWhole: isWhole(own, 8) && isWhole(own, 24),
  })
}

/** The same of times that are written out, as tools list them; null where one is not known. */
export function timestompSignsOf(
  own: Record<'created' | 'modified' | 'changed' | 'accessed', string>,
  name: string,
): readonly string[] {
  const [created, named] = [isoTime(own.created), isoTime(name)]
  if (created === null || named === null) return NONE
  const isEarlier = (time: number | null): boolean => time !== null && time < named - 2_000
  return signsFrom({
    isBefore: isEarlier(created),
    isChangedBefore: isEarlier(isoTime(own.changed)),
    isCreatedWhole: WHOLE.test(own.created),
    areOthersWhole: WHOLE.test(own.modified) && WHOLE.test(own.accessed),
  })
}

/** A time with parts of a second, all of them 0: one without parts may have been rounded by the tool. */
const WHOLE = /:\d\d\.0{3,7}Z?$/

type Compared = {
  readonly isBefore: boolean
  readonly isChangedBefore: boolean
  readonly isCreatedWhole: boolean
  readonly areOthersWhole: boolean
}

function signsFrom({ isBefore, isChangedBefore, isCreatedWhole, areOthersWhole }: Compared): readonly string[] {
  const signs: string[] = []
  if (isBefore) signs.push('created-before-name')
  if (isBefore && isChangedBefore) signs.push('changed-before-name')
  if (isCreatedWhole) signs.push('whole-second')
  if (isCreatedWhole && areOthersWhole) signs.push('all-whole-seconds')
  return signs
}

/**
 * How likely it is that the times were set by hand. Likely: older than the name, and all three times without parts of a
 * second, or the record's own change set back too. Possible: older than the name and created at a whole second.
 */
export function isTimestomped(signs: readonly string[]): 'likely' | 'possible' | null {
  if (!signs.includes('created-before-name')) return null
  if (signs.includes('all-whole-seconds') || signs.includes('changed-before-name')) return 'likely'
  return signs.includes('whole-second') ? 'possible' : null
}

const NONE: readonly string[] = []
const TWO_SECONDS = 20_000_000

/** 100 ns since 1601; exact to some microseconds. */
function ticks([bytes, at]: FileTimePlace, of: number): number {
  return bytes.readUInt32LE(at + of + 4) * 4_294_967_296 + bytes.readUInt32LE(at + of)
}

// 2^32 ticks are 4,967,296 more than a whole number of seconds.
function isWhole([bytes, at]: FileTimePlace, of: number): boolean {
  const low = bytes.readUInt32LE(at + of)
  const high = bytes.readUInt32LE(at + of + 4)
  if (low === 0 && high === 0) return false
  return ((((high % 10_000_000) * 4_967_296) % 10_000_000) + (low % 10_000_000)) % 10_000_000 === 0
}
