import type { Line } from '../../lib/lines.ts'
import { utcTime } from '../../lib/time.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readLines } from '../common/lines.ts'
import { toolResult } from './tool-result.ts'
import { trimEnd } from '../../lib/trim.ts'

/**
 * The log of the Microsoft Safety Scanner (`C:\Windows\debug\msert.log`) and of the Malicious Software Removal Tool
 * (mrt.log): each file that was found, as what, and whether it was taken away.
 * https://learn.microsoft.com/defender-endpoint/safety-scanner-download
 */
export const msert: Parser = {
  name: 'msert',
  title: 'Log of the Microsoft Safety Scanner',
  product: 'windows',
  recognise,
  read,
}

const TITLE =
  /^Microsoft (?:Windows )?(Safety Scanner|Malicious Software Removal Tool) v([\d.]+)(?:, .*?\(build ([\d.]+)\))?/i
const STARTED = /^(?:Started|Microsoft .*Finished) On (.*)/i
const THREAT = /^(?:Quick |Full |Custom )?(?:->)?\s*Threat Detected: (.+)$/i
const ACTION = /^Action: (\w+), Result: (0x[\da-f]+)/i
const RESOURCE =
  /^(?:container)?(?:file|process|regkey|regkeyvalue|service|taskscheduler|runkey|webscript)[a-z]*:\/\/(.+)$/i

function recognise({ text }: Head): number {
  return /^[ \t]*Microsoft (?:Windows )?(?:Safety Scanner|Malicious Software Removal Tool) v\d/im.test(
    text.slice(0, 4096),
  )
    ? 94
    : 0
}

type Threat = {
  readonly name: string
  /** `not removed`, `and Removed!` and the like, as it stands behind the name. */
  readonly outcome: string | null
  action: string | null
  result: string | null
  readonly resources: { text: string; line: Line }[]
  readonly line: Line
}

const RESOURCES = 10_000

async function read(source: Source, sink: Sink): Promise<number> {
  let tool = 'MSERT'
  let version: string | null = null
  let started: number | null = null
  let threat: Threat | null = null
  let found = 0
  const tell = (): void => {
    if (!threat) return
    const { name, action, resources, line } = threat
    const removed = outcomeOf(threat)
    const places = resources.length > 0 ? resources : [{ text: '', line }]
    for (const { text, line: at } of places) {
      const path = pathOf(text)
      sink.event(
        toolResult(
          {
            tool,
            version,
            rule: name,
            level: 'high',
            verdict: `${name} ${removed}`,
            time: started,
            file: path,
            fields: { ThreatName: name, Action: removed, ToolAction: action, Resource: text || null },
          },
          `${line.text.trim()}${text === '' ? '' : ` ${text}`}`,
          { path: source.path, offset: at.offset, length: at.length, line: at.number },
        ),
      )
    }
    found += places.length
    threat = null
  }

  return readLines(
    source,
    sink,
    (line) => {
      const text = line.text.slice(0, 4096).trim()
      const title = TITLE.exec(text)
      const detected = THREAT.exec(text)
      const action = ACTION.exec(text)
      const resource = RESOURCE.exec(text)
      if (title) {
        tell()
        tool = /safety/i.test(title[1]!) ? 'MSERT' : 'MRT'
        version = title[3] ?? title[2]!
        found = 0
      } else if (detected) {
        tell()
        const said = detected[1]!.trim()
        const rest = said.search(/ (?:not |and |partially |successfully )/i)
        const name = rest < 0 ? said : trimEnd(said.slice(0, rest), ' ').replace(/,$/, '')
        const outcome = rest < 0 ? null : said.slice(rest + 1)
        threat = { name, outcome, action: null, result: null, resources: [], line }
      } else if (threat && action) {
        threat.action = action[1]!
        threat.result = action[2]!
      } else if (threat && resource && threat.resources.length < RESOURCES) {
        threat.resources.push({ text, line })
      } else if (/^Results Summary:/i.test(text)) tell()
      const time = STARTED.exec(text)
      if (!time) return
      tell()
      if (/^started/i.test(text)) started = cTime(time[1]!)
      else finished(line, cTime(time[1]!))
    },
    () => tell(),
  )

  /** Every run ends with a statement, also the one that found nothing. */
  function finished(line: Line, time: number | null): void {
    sink.event(
      toolResult(
        {
          tool,
          version,
          level: 'informational',
          verdict: found === 0 ? 'finished, nothing found' : `finished, ${found} found`,
          time: time ?? started,
          fields: { Action: found === 0 ? 'nothing-found' : 'finished', Found: found },
        },
        line.text,
        { path: source.path, offset: line.offset, length: line.length, line: line.number },
      ),
    )
  }
}

/** What became of it: the words behind the name first, then the action and its result. */
function outcomeOf({ outcome, action, result }: Threat): 'removed' | 'not-removed' | 'detected' {
  if (outcome && /not /i.test(outcome)) return 'not-removed'
  const removes = action !== null && /^(?:remove|quarantine|clean|delete)/i.test(action)
  if (removes && result !== null && !/^0x0+$/.test(result)) return 'not-removed'
  if (removes || (outcome !== null && /removed|quarantined|cleaned/i.test(outcome))) return 'removed'
  return 'detected'
}

/** The file of a resource: of one in an archive the archive, whose members stand behind `->`. */
function pathOf(resource: string): string | null {
  const m = /^(?:container)?file:\/\/(.+)$/i.exec(resource)
  return m ? m[1]!.split('->')[0]!.replace(/^\\\\\?\\/, '') : null
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** `Tue Mar  9 20:05:00 2021` of the C library, in the machine's own time. */
function cTime(text: string): number | null {
  const m = /^\w{3},? +(\w{3}) +(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})\s*$/.exec(text)
  if (m) return utcTime(+m[6]!, MONTHS.indexOf(m[1]!.toLowerCase()) + 1, +m[2]!, +m[3]!, +m[4]!, +m[5]!)
  const other = /^\w{3}, +(\d{1,2}) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d)/.exec(text)
  if (!other) return null
  return utcTime(
    +other[3]!,
    MONTHS.indexOf(other[2]!.toLowerCase()) + 1,
    +other[1]!,
    +other[4]!,
    +other[5]!,
    +other[6]!,
  )
}
