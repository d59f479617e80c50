import type { Line } from '../../lib/lines.ts'
import { buildOf } from '../exchange/build-sightings.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { hostName, readLines } from '../common/lines.ts'
import { isMostlyRecords } from '../common/other-records.ts'
import { advisoriesIn, type HealthLine, healthResult, PASSED, reportTime } from './health-report.ts'
import { toolResult } from './tool-result.ts'

/**
 * Reports of the Exchange HealthChecker: the text of one server (`HealthChecker-*.txt`) and the page of all
 * (`ExchangeAllServersReport*.html`). Each vulnerability that it names is an event, and the build of the server a fact.
 * https://github.com/microsoft/CSS-Exchange/tree/main/Diagnostics/HealthChecker
 */
export const healthChecker: Parser = {
  name: 'health-checker',
  title: 'Report of the Exchange HealthChecker',
  product: 'exchange',
  most: 93,
  recognize,
  read,
}

const TITLE = /Exchange Health Checker (?:version |Version |v)([\w.]+)/

function recognize({ text }: Head): number {
  const head = text.slice(0, 16_384)
  if (!TITLE.test(head)) return 0
  if (/^\s*<html/i.test(head)) return 93
  return /^[ \t]*Exchange Health Checker version /im.test(head) && !isMostlyRecords(head) ? 93 : 0
}

/** What is known of the server whose part of the report is being read. */
type Server = {
  version: string | null
  host: string | null
  time: number | null
  /** The first cell of a row of the page whose second is on the next line. */
  label: string | null
  /** Within the cell of the page that lists them, which goes over many lines. */
  listing: boolean
  told: Set<string>
}

async function read(source: Source, sink: Sink): Promise<number> {
  const server: Server = { version: null, host: null, time: null, label: null, listing: false, told: new Set() }
  return readLines(source, sink, (line) => {
    server.version = TITLE.exec(line.text)?.[1] ?? server.version
    const [name, value] = pairOf(line.text, server)
    if (name === 'Name' || name === 'Server Name') {
      server.host = hostName(value)
      server.told = new Set()
    }
    if (/^<\/tr>/.test(line.text)) server.listing = false
    if (server.listing || />Security Vulnerabilities</.test(line.text)) {
      server.listing = true
      tellVulnerability(line, line.text)
    }
    if (name === 'Generation Time') server.time = reportTime(value, source.path)
    else if (name === 'Build Number') tellBuild(line, value)
    else if (name === 'Security Vulnerability') tellVulnerability(line, value)
    else if (line.text.includes(PASSED)) tell(line, { cve: null, verdict: PASSED, action: 'passed' })
  })

  function tellBuild(line: Line, value: string): void {
    const build = buildOf(value)
    if (build === null) return
    sink.fact({
      fact: 'build',
      build,
      precision: 'update',
      source: 'HealthChecker',
      from: server.time,
      to: server.time,
      host: server.host,
      at: { path: source.path, offset: line.offset, length: line.length, line: line.number },
    })
  }

  /** One in the text, all of them in one cell of the page. */
  function tellVulnerability(line: Line, value: string): void {
    const named = advisoriesIn(value)
    if (named.length === 0 && !server.listing) tell(line, { cve: null, verdict: value, action: 'vulnerable' })
    for (const cve of named) {
      if (server.told.has(cve) || server.told.size > 5_000) continue
      server.told.add(cve)
      tell(line, { cve, verdict: `vulnerable: ${cve}`, action: 'vulnerable' })
    }
  }

  function tell(line: Line, said: HealthLine): void {
    const at = { path: source.path, offset: line.offset, length: line.length, line: line.number }
    sink.event(toolResult(healthResult(server, said), line.text, at))
  }
}

/** `Name: value` of the text; in the page a row has its name in one cell and its value in the next, on one line or two. */
function pairOf(text: string, server: Server): [name: string, value: string] {
  if (!text.trimStart().startsWith('<')) {
    const m = /^\s*([A-Z][\w ()/-]{1,60}): (.*)$/.exec(text)
    return m ? [m[1]!, m[2]!.trim()] : ['', '']
  }
  const cells = [...text.slice(0, 65_536).matchAll(/<t[hd][^>]{0,100}>([^<]{0,4096})/g)].map((m) => m[1]!.trim())
  if (cells.length === 2) {
    server.label = null
    return [cells[0]!, cells[1]!]
  }
  const label = server.label
  server.label = cells.length === 1 ? cells[0]! : null
  return label !== null && cells.length === 1 ? [label, cells[0]!] : ['', '']
}
