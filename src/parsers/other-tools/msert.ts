import type { Line } from '../../lib/lines.ts'
import { monthNumber, utcTime } from '../../lib/time.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { readLines } from '../common/lines.ts'
import { isMostlyRecords } from '../common/other-records.ts'
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
  recognize,
  read,
}

const TITLE =
  /^Microsoft (?:Windows )?(Safety Scanner|Malicious Software Removal Tool) v([\d.]+)(?:, .*?\(build ([\d.]+)\))?/i
const STARTED = /^(?:Started|Microsoft .*Finished) On (.*)/i
const THREAT = /^(?:Quick |Full |Custom )?(?:->)?\s*Threat Detected: (.+)$/i
const ACTION = /^Action: (\w+), Result: (0x[\da-f]+)/i
const RESOURCE =
  /^(?:container)?(?:file|process|regkey|regkeyvalue|service|taskscheduler|runkey|webscript)[a-z]*:\/\/(.+)$/i

function recognize({ text }: Head): number {
  const begin = text.slice(0, 4096)
  if (!/^[ \t]*Microsoft (?:Windows )?(?:Safety Scanner|Malicious Software Removal Tool) v\d/im.test(begin)) return 0
  return isMostlyRecords(text) ? 0 : 94
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
  const log = new ScannerLog(source.path, sink)
  return readLines(
    source,
    sink,
    (line) => log.add(line),
    () => log.reportThreat(),
  )
}

/** The state of the log between its lines: which run, and which threat of it. */
class ScannerLog {
  readonly #path: string
  readonly #sink: Sink
  #tool = 'MSERT'
  #version: string | null = null
  #started: number | null = null
  #threat: Threat | null = null
  #found = 0

  constructor(path: string, sink: Sink) {
    this.#path = path
    this.#sink = sink
  }

  add(line: Line): void {
    const text = line.text.slice(0, 4096).trim()
    const title = TITLE.exec(text)
    const detected = THREAT.exec(text)
    if (title) this.#newRun(title)
    else if (detected) {
      this.reportThreat()
      this.#threat = threatOf(detected[1]!.trim(), line)
    } else if (!this.#detail(text, line) && /^Results Summary:/i.test(text)) this.reportThreat()
    const time = STARTED.exec(text)
    if (!time) return
    this.reportThreat()
    if (/^started/i.test(text)) this.#started = cTime(time[1]!)
    else this.#finish(line, cTime(time[1]!))
  }

  #newRun([, tool, version, build]: RegExpExecArray): void {
    this.reportThreat()
    this.#tool = /safety/i.test(tool!) ? 'MSERT' : 'MRT'
    this.#version = build ?? version!
    this.#found = 0
  }

  /** Is the line an action or a resource of the current threat? */
  #detail(text: string, line: Line): boolean {
    const threat = this.#threat
    if (!threat) return false
    const action = ACTION.exec(text)
    if (action) {
      threat.action = action[1]!
      threat.result = action[2]!
      return true
    }
    if (!RESOURCE.test(text) || threat.resources.length >= RESOURCES) return false
    threat.resources.push({ text, line })
    return true
  }

  /** Emits an event for each resource of the current threat. */
  reportThreat(): void {
    if (!this.#threat) return
    const { name, action, resources, line } = this.#threat
    const removed = outcomeOf(this.#threat)
    const places = resources.length > 0 ? resources : [{ text: '', line }]
    for (const { text, line: at } of places) {
      this.#sink.event(
        toolResult(
          {
            tool: this.#tool,
            version: this.#version,
            rule: name,
            level: 'high',
            verdict: `${name} ${removed}`,
            time: this.#started,
            file: pathOf(text),
            fields: { ThreatName: name, Action: removed, ToolAction: action, Resource: text || null },
          },
          `${line.text.trim()}${text === '' ? '' : ` ${text}`}`,
          { path: this.#path, offset: at.offset, length: at.length, line: at.number },
        ),
      )
    }
    this.#found += places.length
    this.#threat = null
  }

  /** Every run ends with a result, also one that found nothing. */
  #finish(line: Line, time: number | null): void {
    const found = this.#found
    this.#sink.event(
      toolResult(
        {
          tool: this.#tool,
          version: this.#version,
          level: 'informational',
          verdict: found === 0 ? 'finished, nothing found' : `finished, ${found} found`,
          time: time ?? this.#started,
          fields: { Action: found === 0 ? 'nothing-found' : 'finished', Found: found },
        },
        line.text,
        { path: this.#path, offset: line.offset, length: line.length, line: line.number },
      ),
    )
  }
}

/** The text behind `Threat Detected:`: a name, and often what became of it. */
function threatOf(text: string, line: Line): Threat {
  const rest = text.search(/ (?:not |and |partially |successfully )/i)
  return {
    name: rest < 0 ? text : trimEnd(text.slice(0, rest), ' ').replace(/,$/, ''),
    outcome: rest < 0 ? null : text.slice(rest + 1),
    action: null,
    result: null,
    resources: [],
    line,
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

/** `Tue Mar  9 20:05:00 2021` of the C library, in the machine's own time. */
function cTime(text: string): number | null {
  const m = /^\w{3},? +(\w{3}) +(\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})\s*$/.exec(text)
  if (m) return utcTime(+m[6]!, monthNumber(m[1]!), +m[2]!, +m[3]!, +m[4]!, +m[5]!)
  const other = /^\w{3}, +(\d{1,2}) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d)/.exec(text)
  if (!other) return null
  return utcTime(+other[3]!, monthNumber(other[2]!), +other[1]!, +other[4]!, +other[5]!, +other[6]!)
}
