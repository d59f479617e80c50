import type { Event } from '../../model/event.ts'
import { rowEvent, type RowText } from '../common/row-event.ts'
import { parseLogTime } from './csv-columns.ts'
import { exchangeSources } from './csv-rows.ts'

const LEFT = /Download failed and temporary file '[^'\r\n]{3,400}'/
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?Z?/

/**
 * A row of the log of the OAB generator that was copied out of it, with or without its columns: the message by which CVE-2021-26858 shows, as the
 * advisory has administrators search for it (`findstr /snip /c:"Download failed and temporary file"`).
 */
export function oabRow(line: RowText, path: string): Event | null {
  if (!LEFT.test(line.text)) return null
  const time = TIME.exec(line.text)?.[0] ?? null
  return rowEvent(path, line, {
    log: 'oabgenerator',
    sources: exchangeSources('oabgenerator'),
    time: time === null ? null : parseLogTime(time),
    timeBasis: time === null ? 'file' : time.endsWith('Z') ? 'stated' : 'format',
    fields: {},
    snippet: true,
  })
}
