import { fileTime, fileTimeText } from '../../lib/time.ts'

/** The FILETIME at a place, in milliseconds since 1970; null when it is none. */
export function timeAt(bytes: Buffer, at: number): number | null {
  return fileTime(bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4))
}

/** The FILETIME at a place as ISO UTC with all seven decimals; null when it is none. */
export function timeText(bytes: Buffer, at: number): string | null {
  return fileTimeText(bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4))
}
