import { addTo } from '../../lib/collections.ts'
import { headerLineOf, headersOf } from '../../lib/csv.ts'
import { readCsvTable } from '../common/csv-table.ts'
import { certainTime } from '../common/local-time.ts'
import type { Parser, Sink, Source } from '../parser.ts'
import { eventOfFields } from './field-event.ts'

/**
 * The processes that ran at the time of the list: `Get-CimInstance Win32_Process | Export-Csv`, `wmic process get /format:csv`, and
 * Velociraptor (`Windows.System.Pslist`). A row has the number of its parent, whose program another row names.
 * https://learn.microsoft.com/windows/win32/cimwin32prov/win32-process
 */
export const processList: Parser = {
  name: 'process-list',
  title: 'Processes that were running',
  product: 'windows',
  most: 58,
  recognize: ({ text }) => (headerOf(headerLineOf(text) ?? '') === null ? 0 : 58),
  read,
}

const NAMES = {
  id: ['processid', 'pid'],
  parent: ['parentprocessid', 'ppid'],
  line: ['commandline'],
  image: ['executablepath', 'exe', 'name'],
  time: ['creationdate', 'createtime', 'starttime'],
  user: ['username', 'owner'],
  host: ['cscname', 'csname', 'pscomputername', 'node'],
} as const

/** Most processes of which the parents are found. */
const MOST = 100_000

function headerOf(line: string) {
  for (const { delimiter, names, lower } of headersOf(line)) {
    const has = (all: readonly string[]): boolean => all.some((name) => lower.includes(name))
    if (has(NAMES.id) && has(NAMES.parent) && has(NAMES.line) && has(NAMES.image)) return { names, lower, delimiter }
  }
  return null
}

type Process = {
  readonly fields: Map<string, string>
  /** The number of its parent on its machine. */
  readonly parent: string
  readonly time: number | null
  readonly text: string
  readonly offset: number
  readonly length: number
  readonly line: number
}

async function read(source: Source, sink: Sink): Promise<number> {
  const byId = new Map<string, Process[]>()
  const all: Process[] = []
  const tell = ({ fields, text, offset, length, line }: Process): void =>
    sink.event(eventOfFields(PROCESS, fields, text, { path: source.path, offset, length, line }))
  const parsed = await readCsvTable(source, sink, {
    headerOf,
    repeats: true,
    isEven: true,
    take(row, { lower }) {
      const of = (names: readonly string[]): string => {
        const name = names.find((one) => (row.values[lower.indexOf(one)] ?? '').trim() !== '')
        return name === undefined ? '' : row.values[lower.indexOf(name)]!.trim()
      }
      // The system itself has no command.
      if (of(NAMES.line) === '') return
      const time = certainTime(of(NAMES.time))
      const fields = new Map(
        Object.entries({
          Image: of(NAMES.image),
          CommandLine: of(NAMES.line),
          ProcessId: of(NAMES.id),
          ParentProcessId: of(NAMES.parent),
          User: of(NAMES.user),
          Computer: of(NAMES.host),
          // Local to the machine: no zone is said.
          UtcTime: time === null ? '' : new Date(time).toISOString().replace('Z', ''),
        }).filter(([, value]) => value !== ''),
      )
      const { offset, length, number: line, text } = row
      const host = of(NAMES.host).toLowerCase()
      const running = { fields, parent: `${host}\0${of(NAMES.parent)}`, time, text, offset, length, line }
      if (all.length >= MOST) return tell(running)
      addTo(byId, `${host}\0${of(NAMES.id)}`, running)
      all.push(running)
    },
  })
  for (const same of byId.values()) same.sort((a, b) => began(a) - began(b))
  for (const running of all) {
    const above = parentOf(running, byId.get(running.parent) ?? [])?.fields
    if (above !== undefined) {
      running.fields.set('ParentImage', above.get('Image') ?? '')
      running.fields.set('ParentCommandLine', above.get('CommandLine') ?? '')
    }
    tell(running)
  }
  return parsed
}

/**
 * Of the processes with the number of its parent (a list may hold several machines or times) the last one that began before it; where no
 * times are known, the last one.
 */
function parentOf(of: Process, inTime: readonly Process[]): Process | undefined {
  let [low, high] = [0, inTime.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (began(inTime[middle]!) <= (of.time ?? Infinity)) low = middle + 1
    else high = middle
  }
  return inTime[low - 1] === of ? inTime[low - 2] : inTime[low - 1]
}

function began({ time }: Process): number {
  return time ?? -Infinity
}

/** The number that Sysmon gives to the start of a process. */
const PROCESS = 1
