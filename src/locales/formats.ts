import { type Zone, wallOf, zoneOf } from '../lib/zones.ts'
import type { Language } from './languages.ts'

/** Numbers, dates and times as one language writes them. Times are UTC, with the server's own time where its zone is known. */
export type Formats = {
  /** `12,345` */
  readonly number: (n: number) => string
  /** One decimal at most: `46.5`. */
  readonly decimal: (n: number) => string
  /** `48.2 MB`, in powers of ten. */
  readonly bytes: (n: number) => string
  /** `3 March 2021`; the text as it is where it is no ISO date. */
  readonly day: (iso: string) => string
  /** `3 March 2021, 04:23 UTC (05:23 in Europe/Vienna)` */
  readonly moment: (iso: string, zone?: Zone | null) => string
  /** From when to when; null where neither is known. */
  readonly span: (from: string | null, to: string | null, zone?: Zone | null) => string | null
  /** The form for a number. Japanese has one. */
  readonly plural: (n: number, one: string, many: string) => string
}

export { zoneOf }

type Style = {
  readonly group: string
  readonly point: string
  readonly units: readonly [bytes: (n: number) => string, kilo: string, mega: string, giga: string, tera: string]
  readonly day: (year: number, month: number, day: number) => string
  readonly time: (hour: number, minute: number) => string
  /** A day with its time. */
  readonly at: (day: string, time: string) => string
  readonly sameDay: (day: string, from: string, to: string) => string
  readonly hours: (from: string, to: string) => string
  readonly between: (from: string, to: string) => string
  readonly until: (to: string) => string
  readonly since: (from: string) => string
  readonly utc: (text: string) => string
  readonly local: (utc: string, text: string, zone: string) => string
  readonly one: (n: number) => boolean
}

const two = (n: number): string => String(n).padStart(2, '0')
const narrow = '\u202f'
const months = {
  en: 'January February March April May June July August September October November December',
  de: 'Januar Februar März April Mai Juni Juli August September Oktober November Dezember',
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
} as const
const monthOf = (language: keyof typeof months, month: number): string => months[language].split(' ')[month - 1]!

const styles: Readonly<Record<Language, Style>> = {
  en: {
    group: ',',
    point: '.',
    units: [(n) => (n === 1 ? 'byte' : 'bytes'), 'kB', 'MB', 'GB', 'TB'],
    day: (y, m, d) => `${d} ${monthOf('en', m)} ${y}`,
    time: (h, m) => `${two(h)}:${two(m)}`,
    at: (day, time) => `${day}, ${time}`,
    sameDay: (day, from, to) => `${day}, ${from} to ${to}`,
    hours: (from, to) => `${from} to ${to}`,
    between: (from, to) => `${from} to ${to}`,
    until: (to) => `until ${to}`,
    since: (from) => `from ${from} on`,
    utc: (text) => `${text} UTC`,
    local: (utc, text, zone) => `${utc} UTC (${text} in ${zone})`,
    one: (n) => n === 1,
  },
  de: {
    group: '.',
    point: ',',
    units: [(n) => (n === 1 ? 'Byte' : 'Bytes'), 'kB', 'MB', 'GB', 'TB'],
    day: (y, m, d) => `${d}. ${monthOf('de', m)} ${y}`,
    time: (h, m) => `${two(h)}:${two(m)} Uhr`,
    at: (day, time) => `${day}, ${time}`,
    sameDay: (day, from, to) => `${day}, ${from.replace(/ Uhr$/, '')} bis ${to}`,
    hours: (from, to) => `${from.replace(/ Uhr$/, '')} bis ${to}`,
    between: (from, to) => `${from} bis ${to}`,
    until: (to) => `bis ${to}`,
    since: (from) => `ab ${from}`,
    utc: (text) => `${text} UTC`,
    local: (utc, text, zone) => `${utc} UTC (${text} in der Zone ${zone})`,
    one: (n) => n === 1,
  },
  fr: {
    group: narrow,
    point: ',',
    units: [(n) => (n < 2 ? 'octet' : 'octets'), 'ko', 'Mo', 'Go', 'To'],
    day: (y, m, d) => `${d === 1 ? '1er' : d} ${monthOf('fr', m)} ${y}`,
    time: (h, m) => `${two(h)}${narrow}h${narrow}${two(m)}`,
    at: (day, time) => `${day} à ${time}`,
    sameDay: (day, from, to) => `${day}, de ${from} à ${to}`,
    hours: (from, to) => `de ${from} à ${to}`,
    between: (from, to) => `du ${from} au ${to}`,
    until: (to) => `jusqu’au ${to}`,
    since: (from) => `à partir du ${from}`,
    utc: (text) => `${text} UTC`,
    local: (utc, text, zone) => `${utc} UTC (${text} dans le fuseau ${zone})`,
    one: (n) => n < 2,
  },
  ja: {
    group: ',',
    point: '.',
    units: [() => 'バイト', 'kB', 'MB', 'GB', 'TB'],
    day: (y, m, d) => `${y}年${m}月${d}日`,
    time: (h, m) => `${h}時${two(m)}分`,
    at: (day, time) => `${day}${time}`,
    sameDay: (day, from, to) => `${day}${from}から${to}まで`,
    hours: (from, to) => `${from}から${to}まで`,
    between: (from, to) => `${from}から${to}まで`,
    until: (to) => `${to}まで`,
    since: (from) => `${from}以降`,
    utc: (text) => `${text}（UTC）`,
    local: (utc, text, zone) => `${utc}（UTC。${zone}では${text}）`,
    one: () => false,
  },
}

function formatsOf(style: Style): Formats {
  const number = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, style.group)
  const decimal = (n: number): string => {
    const [whole, part] = String(Math.round(n * 10) / 10).split('.')
    return part === undefined ? number(Number(whole)) : `${number(Number(whole))}${style.point}${part}`
  }
  const day = ({ year, month, day: d }: Wall): string => style.day(year, month, d)
  const at = (wall: Wall): string => style.at(day(wall), style.time(wall.hour, wall.minute))
  const range = (a: Wall | null, b: Wall | null): string | null => {
    if (!a && !b) return null
    if (!a) return style.until(at(b!))
    if (!b) return style.since(at(a))
    if (at(a) === at(b)) return at(a)
    return day(a) === day(b)
      ? style.sameDay(day(a), style.time(a.hour, a.minute), style.time(b.hour, b.minute))
      : style.between(at(a), at(b))
  }
  /** Where the day is the same here and there it is not said again. */
  const times = (a: Wall, b: Wall): string => {
    const [from, to] = [style.time(a.hour, a.minute), style.time(b.hour, b.minute)]
    return from === to ? from : style.hours(from, to)
  }
  const span = (from: string | null, to: string | null, zone: Zone | null = null): string | null => {
    const [a, b] = [timeOf(from), timeOf(to)]
    const utc = range(wall(a), wall(b))
    if (utc === null || zone === null || zone.fixed === 0) return utc === null ? null : style.utc(utc)
    const [x, y] = [wall(a === null ? null : wallOf(zone, a)), wall(b === null ? null : wallOf(zone, b))]
    const days = new Set([wall(a), wall(b), x, y].filter((one) => one !== null).map(day))
    const local = days.size === 1 ? times(x ?? y!, y ?? x!) : range(x, y)!
    return style.local(utc, local, zone.name)
  }
  return {
    number,
    decimal,
    bytes: (n) => {
      if (n < 1000) return `${number(n)} ${style.units[0](n)}`
      let [value, unit] = [n / 1000, 1]
      while (value >= 999.5 && unit < 4) [value, unit] = [value / 1000, unit + 1]
      return `${value < 9.95 ? decimal(value) : number(Math.round(value))} ${style.units[unit] as string}`
    },
    day: (iso) => {
      const found = /^(\d{4})-(\d\d)-(\d\d)/.exec(iso)
      return found ? style.day(Number(found[1]), Number(found[2]), Number(found[3])) : iso
    },
    moment: (iso, zone = null) => span(iso, iso, zone) ?? iso,
    span,
    plural: (n, one, many) => (style.one(n) ? one : many),
  }
}

type Wall = {
  readonly year: number
  readonly month: number
  readonly day: number
  readonly hour: number
  readonly minute: number
}

function timeOf(iso: string | null): number | null {
  const time = iso === null ? Number.NaN : Date.parse(iso)
  return Number.isNaN(time) ? null : time
}

function wall(time: number | null): Wall | null {
  if (time === null) return null
  const date = new Date(time)
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
  }
}

export const formats: Readonly<Record<Language, Formats>> = {
  en: formatsOf(styles.en),
  de: formatsOf(styles.de),
  fr: formatsOf(styles.fr),
  ja: formatsOf(styles.ja),
}
