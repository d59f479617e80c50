import { isoTime, statesZone } from '../../lib/time.ts'
import type { Event, Place } from '../../model/event.ts'
import { windowsEvent } from './event.ts'
import type { WindowsTime } from './record.ts'

// The event of a process whose fields a text or a table names, in the names of Sysmon (field-names.ts).

/** Which event of Sysmon has such fields; the first that fits. */
const EVENTS: readonly (readonly [eventId: number, fields: readonly string[]])[] = [
  [10, ['SourceImage', 'TargetImage', 'GrantedAccess']],
  [8, ['SourceImage', 'TargetImage']],
  [11, ['Image', 'TargetFilename']],
  [7, ['Image', 'ImageLoaded']],
  [13, ['TargetObject', 'Details']],
  [3, ['Image', 'DestinationIp']],
  [1, ['Image', 'CommandLine']],
  [1, ['ParentImage', 'CommandLine']],
  [1, ['ParentCommandLine', 'CommandLine']],
]

/** Which event has these fields; null where none has. */
export function eventIdOf(fields: ReadonlyMap<string, string>): number | null {
  return EVENTS.find(([, names]) => names.every((name) => fields.has(name)))?.[0] ?? null
}

/** The event of these fields; it was chosen by who wrote them down, and covers no time. */
export function eventOfFields(eventId: number, fields: ReadonlyMap<string, string>, raw: string, at: Place): Event {
  return windowsEvent(
    {
      system: {
        eventId,
        provider: 'Microsoft-Windows-Sysmon',
        channel: 'Microsoft-Windows-Sysmon/Operational',
        computer: fields.get('Computer') ?? null,
      },
      data: [...programs(fields), ...[...fields].filter(([name]) => name !== 'Computer' && name !== 'UtcTime')],
      when: timeOf(fields.get('UtcTime') ?? null),
      snippet: true,
    },
    raw,
    at,
  )
}

/** Programs that only their command lines name. */
function* programs(fields: ReadonlyMap<string, string>): Generator<[string, string]> {
  for (const [image, line] of [
    ['Image', 'CommandLine'],
    ['ParentImage', 'ParentCommandLine'],
  ] as const) {
    const program = /^(?:"([^"]{1,260})"|(\S{1,260}))/.exec(fields.get(line) ?? '')
    if (!fields.has(image) && program) yield [image, program[1] ?? program[2]!]
  }
}

/** ISO text, or seconds or milliseconds since 1970. */
function timeOf(text: string | null): WindowsTime {
  const since = /^\s*(\d{10})(?:\.\d{1,9}|(\d{3}))?\s*$/.exec(text ?? '')
  if (since) return { time: Number(since[1]) * 1000 + Number(since[2] ?? 0), basis: 'stated', text }
  const stamp =
    text === null
      ? null
      : (/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,7})?(?:Z|[+-]\d\d:\d\d)?/.exec(text)?.[0] ?? null)
  const time = stamp === null ? null : isoTime(stamp)
  return { time, basis: stamp !== null && statesZone(stamp) ? 'stated' : 'assumed', text: stamp }
}
