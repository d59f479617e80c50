import { memoized } from './memo.ts'

/** The hours [from, to) in a log file's name; null when it names none. */
export function hoursNamed(path: string): { readonly from: number; readonly to: number } | null {
  return logNameOf(path)
}

/** A log file's series and its place in it, by its name; null when the name has neither. */
export function seriesOf(
  path: string,
): { readonly name: string; readonly from: number; readonly number: number } | null {
  const name = logNameOf(path)
  return name === null ? null : { name: name.series.toLowerCase(), from: name.from, number: name.number ?? 0 }
}

/** What the name of a log file says: its series, its hours since 1970, its number among those of the same time. */
export type LogName = {
  readonly series: string
  readonly from: number
  readonly to: number
  readonly number: number | null
}

/** HttpProxy_2021030304-1.LOG (an hour), ECPServer20210303-1.LOG (a day), u_ex210303.log (a day), u_ex21030304.log. */
export const logNameOf = memoized((path: string): LogName | null => {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.gz$/i, '')
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const numbered = /^(.*?)((?:19|20)\d\d)(\d\d)(\d\d)(\d\d)?-(\d{1,4})\.log$/i.exec(name)
  const iis = /^(u_ex|u_in|u_nc|ex)(\d\d)(\d\d)(\d\d)(\d\d)?(?:_x)?\.log$/i.exec(name)
  const m = numbered ?? iis
  if (!m) return null
  const year = numbered ? Number(m[2]) : 2000 + Number(m[2])
  const [month, day, hour] = [Number(m[3]), Number(m[4]), m[5]]
  if (month < 1 || month > 12 || day < 1 || day > 31 || (hour !== undefined && Number(hour) > 23)) return null
  const from = Math.floor(Date.UTC(year, month - 1, day, Number(hour ?? 0)) / 3_600_000)
  return {
    series: `${folder}${m[1]}`,
    from,
    to: from + (hour === undefined ? 24 : 1),
    number: numbered ? Number(m[6]) : null,
  }
})
