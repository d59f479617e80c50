import type { HourCount, Scan } from '../../src/model/scan.ts'
import type { Fact } from '../../src/model/event.ts'
import type { LogKind } from '../../src/model/log-kinds.ts'
import { NO_MAIL } from '../../src/activity/mailbox-use.ts'
import { NO_REQUESTS } from '../../src/activity/requests.ts'

const HOUR = 3_600_000

/** A scan with entries at the given ISO hours of one kind, for tests of what comes after reading. */
export function scanOf(kind: LogKind, times: readonly string[], more: Partial<Scan> & { path?: string } = {}): Scan {
  const hours = new Map<number, [number, number, number]>()
  for (const time of times.map((t) => Date.parse(t))) {
    const hour = Math.floor(time / HOUR)
    const h = hours.get(hour)
    hours.set(hour, h ? [h[0] + 1, Math.min(h[1], time), Math.max(h[2], time)] : [1, time, time])
  }
  const { path = `${kind}.log`, ...rest } = more
  return {
    artifact: {
      path,
      windowsPath: null,
      size: 1000,
      sha256: path,
      modified: null,
      parser: 'x',
      kinds: [kind],
      parsed: 1000,
      events: times.length,
      first: null,
      last: null,
    },
    gaps: [],
    hits: [],
    more: [],
    trails: [],
    facts: [],
    hours: [[kind, [...hours].map(([hour, [n, first, last]]): HourCount => [hour, n, first, last])]],
    requests: NO_REQUESTS,
    mail: NO_MAIL,
    hosts: [],
    recorded: [],
    said: [],
    saidMore: 0,
    ...rest,
  }
}

/** One ISO time an hour, at minute 30, from..to (exclusive). */
export function hourly(from: string, to: string, skip: (time: string) => boolean = () => false): string[] {
  const out: string[] = []
  for (let time = Date.parse(from); time < Date.parse(to); time += HOUR) {
    const iso = new Date(time + HOUR / 2).toISOString()
    if (!skip(iso)) out.push(iso)
  }
  return out
}

export const build = (
  b: string,
  from: string | null,
  to: string | null,
  precision: 'cu' | 'update' = 'update',
): Fact => ({
  fact: 'build',
  build: b,
  precision,
  source: precision === 'cu' ? 'URL' : 'HttpProxy rows',
  from: from === null ? null : Date.parse(from),
  to: to === null ? null : Date.parse(to),
  host: null,
  at: { path: 'x', offset: 0, length: 0 },
})
