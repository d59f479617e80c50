import { holdsObject, readJsonObjects } from '../common/json-objects.ts'
import { ownMember } from '../../lib/json-object.ts'
import type { Place } from '../../model/event.ts'
import { buildOf } from '../exchange/build-sightings.ts'
import { ClixmlEvents } from '../config/clixml-objects.ts'
import { objectOfJson, objectTag } from '../exchange/exported-settings.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { hostName } from '../common/lines.ts'
import { advisoriesIn, healthEvents, type HealthLine, healthReportOf, PASSED, reportTime } from './health-report.ts'
import { has, listIn, textIn } from './json-values.ts'

/**
 * Results of the HealthChecker as JSON: `HealthChecker-VulnerabilityReport-*.json` of all servers, and what it exported of
 * one as XML after `ConvertTo-Json`, whole or what was collected only.
 * https://github.com/microsoft/CSS-Exchange/blob/main/Diagnostics/HealthChecker/Features/Invoke-VulnerabilityReport.ps1
 */
export const healthJson: Parser = {
  name: 'health-json',
  title: 'Result of the Exchange HealthChecker as JSON',
  product: 'exchange',
  recognize,
  read,
}

type Json = Readonly<Record<string, unknown>>

function recognize(head: Head): number {
  const { text } = head
  if (!/^[\s[]*\{\s*"/.test(text)) return 0
  if (BEGINS.test(text.slice(0, 4096)) || MEMBERS.every((name) => text.includes(name))) return 95
  if (!REPORT.every((name) => text.includes(name))) return 0
  // One report may be longer than the head.
  return holdsObject(head, isReport) || text.length > 32_768 ? 95 : 0
}

// What was collected of a server begins with these; in the first versions one stood at the end.
const BEGINS = /^[\s[]*\{\s*"(?:HealthCheckerExchangeServer"|ServerName"\s*:\s*"[^"]{1,300}"\s*,\s*"HardwareInfo)/
const MEMBERS = ['"HealthCheckerVersion"', '"ServerName"']
const REPORT = ['"VersionReport"', '"ReportDate"', '"Servers"']

function isReport(value: Json): boolean {
  return has(value, 'VersionReport') && has(value, 'ReportDate') && Array.isArray(ownMember(value, 'Servers'))
}

async function read(source: Source, sink: Sink): Promise<number> {
  const events = new ClixmlEvents(source, sink)
  const parsed = await readJsonObjects(source, sink, ({ value, text, offset, length, line }) => {
    const at: Place = { path: source.path, offset, length, line }
    if (isReport(value)) tellServers(value, at, sink)
    else {
      const object = objectOfJson('HealthChecker', value)
      if (!healthReportOf(object, source.path)) return false
      events.take(object, objectTag(text, offset, length, line))
    }
    return true
  })
  events.finish()
  return parsed
}

/** The report of all servers; of those that did not answer the directory knows a build, and nothing else is said. */
function tellServers(report: Json, at: Place, sink: Sink): void {
  const version = textIn(report, 'VersionReport')
  const time = reportTime(textIn(report, 'ReportDate') ?? '', at.path)
  for (const one of listIn(report, 'Servers').slice(0, 1000)) {
    const host = hostName(textIn(one, 'Name'))
    const online = ownMember(one, 'Online') === true
    const build = buildOf(textIn(one, 'BuildVersion') ?? '')
    if (build !== null) {
      const precision = online ? 'update' : 'cu'
      sink.fact({ fact: 'build', build, precision, source: 'HealthChecker', from: time, to: time, host, at })
    }
    if (!online) continue
    for (const event of healthEvents({ version, host, time }, linesOf(one), at)) sink.event(event)
  }
}

function linesOf(server: Json): HealthLine[] {
  const all = ownMember(server, 'Vulnerabilities')
  const texts = (Array.isArray(all) ? all : [all]).filter((text) => typeof text === 'string')
  const lines = texts.flatMap((text): HealthLine[] => {
    const named = advisoriesIn(text)
    if (named.length === 0) return [{ cve: null, verdict: text.slice(0, 1000), action: 'vulnerable' }]
    return named.map((cve) => ({ cve, verdict: `vulnerable: ${cve}`, action: 'vulnerable' }))
  })
  const passed = lines.length === 0 && ownMember(server, 'HasVulnerability') === false
  return passed ? [{ cve: null, verdict: PASSED, action: 'passed' }] : lines
}
