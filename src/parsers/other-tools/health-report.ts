import { utcTime } from '../../lib/time.ts'
import type { Event, Place } from '../../model/event.ts'
import { buildOf } from '../exchange/build-sightings.ts'
import { certainTime, cultureTime, ordersOf } from '../common/local-time.ts'
import { isObject, type PsObject, type PsValue } from '../config/powershell-object.ts'
import { hostName } from '../common/lines.ts'
import { type ToolResult, toolResult } from './tool-result.ts'

// What the HealthChecker keeps of a server (`HealthChecker-*.xml`, and that as JSON): what it collected under
// `HealthCheckerExchangeServer`, and what it made of it under `DisplayResults` and `HtmlServerValues`. Its first versions
// and `(Import-Clixml …).HealthCheckerExchangeServer | ConvertTo-Json` have what was collected only.
// https://github.com/microsoft/CSS-Exchange/blob/main/Diagnostics/HealthChecker/Analyzer/Add-AnalyzedResultInformation.ps1

/** Of which server, by which version of the script and when something is said. */
export type HealthServer = {
  readonly version: string | null
  readonly host: string | null
  readonly time: number | null
}

export type HealthReport = HealthServer & {
  readonly build: string | null
  /** The build of the setup program names the update; the one that the directory knows does not. */
  readonly precision: 'cu' | 'update'
  readonly lines: readonly HealthLine[]
}

/** One statement about vulnerabilities. */
export type HealthLine = {
  readonly cve: string | null
  readonly verdict: string
  readonly action: 'vulnerable' | 'passed'
}

/** The report that an object is; null when it is none. */
export function healthReportOf(object: PsObject, path: string): HealthReport | null {
  const outer = childOf(object, 'HealthCheckerExchangeServer')
  const server = outer && isServer(outer) ? outer : isServer(object) ? object : null
  if (!server) return null
  const [lines, page] = [linesIn(object, 'DisplayResults'), linesIn(object, 'HtmlServerValues')]
  const [shown, said] = [[...lines, ...page], vulnerabilities(lines)]
  const exchange = childOf(server, 'ExchangeInformation')
  const information = exchange && childOf(exchange, 'BuildInformation')
  const setup =
    (information && childOf(information, 'ExchangeSetup')) ?? (exchange && childOf(exchange, 'ExchangeSetup'))
  const exact =
    setup && textOf(setup, 'FailedGetExSetup')?.toLowerCase() !== 'true' ? textOf(setup, 'FileVersion') : null
  const update = buildOf(exact ?? shownAs(shown, 'Build Number') ?? '')
  const cu =
    information &&
    (versionOf(childOf(information, 'VersionInformation'), 'BuildVersion') ?? textOf(information, 'BuildNumber'))
  return {
    version: textOf(server, 'HealthCheckerVersion'),
    host: hostName(textOf(server, 'ServerName')),
    time: timeOf(server.properties.get('GenerationTime'), path) ?? timeOf(shownAs(shown, 'Generation Time'), path),
    build: update ?? buildOf(cu ?? (exchange && textOf(exchange, 'ExchangeBuildNumber')) ?? ''),
    precision: update === null ? 'cu' : 'update',
    // In the page one cell lists them all.
    lines: said.length > 0 ? said : vulnerabilities(page),
  }
}

function isServer(object: PsObject): boolean {
  return object.properties.has('HealthCheckerVersion') && object.properties.has('ServerName')
}

/** The events of a report, that many at the most. */
export function healthEvents(server: HealthServer, lines: readonly HealthLine[], at: Place): Event[] {
  return lines
    .slice(0, 5_000)
    .map((line) => toolResult(healthResult(server, line), `Security Vulnerability: ${line.verdict}`, at))
}

/** What the script says of one vulnerability, whatever form it came in. */
export function healthResult({ version, host, time }: HealthServer, { cve, verdict, action }: HealthLine): ToolResult {
  return {
    tool: 'HealthChecker',
    version,
    rule: 'Security Vulnerability',
    level: action === 'vulnerable' ? 'medium' : 'informational',
    verdict,
    time,
    host,
    fields: { Action: action, Cve: cve },
  }
}

/** The numbers of vulnerabilities and advisories that a text names. */
export function advisoriesIn(text: string): string[] {
  const named = text.match(/\b(?:CVE-\d{4}-\d{4,7}|ADV\d{6,10})/gi) ?? []
  return [...new Set(named.map((name) => name.toUpperCase()))]
}

export const PASSED = 'All known security issues in this version of the script passed'

// ---------------------------------------------------------------- what was shown

type Shown = ReadonlyMap<string, string>

function vulnerabilities(shown: readonly Shown[]): HealthLine[] {
  const lines = new Map<string, HealthLine>()
  const add = (line: HealthLine): void => void lines.set(line.cve ?? line.verdict, line)
  for (const line of shown) {
    const [name, value] = [line.get('Name') ?? '', line.get('DisplayValue') ?? line.get('DetailValue') ?? '']
    if (/^Security Vulnerabilit(?:y|ies)$/.test(name)) {
      const named = advisoriesIn(
        ['CustomName', 'TestingName', 'CustomValue'].map((key) => line.get(key) ?? '').join(' '),
      )
      const cves = named.length > 0 ? named : advisoriesIn(value)
      for (const cve of cves) add({ cve, verdict: `vulnerable: ${cve}`, action: 'vulnerable' })
      if (cves.length === 0) add({ cve: null, verdict: value.slice(0, 1000), action: 'vulnerable' })
    } else if (name === 'IIS module anomalies detected' && /^true$/i.test(value))
      add({ cve: null, verdict: name, action: 'vulnerable' })
    else if (value.startsWith(PASSED) || (name === 'Vulnerability Detected' && value === 'None'))
      add({ cve: null, verdict: PASSED, action: 'passed' })
  }
  return [...lines.values()]
}

function shownAs(shown: readonly Shown[], name: string): string | null {
  const line = shown.find((one) => one.get('Name') === name)
  return line?.get('DisplayValue') ?? line?.get('DetailValue') ?? null
}

/** The lines of a dictionary of lists: `DisplayResults` by group, `HtmlServerValues` by part of the page. */
function linesIn(object: PsObject, name: string): Shown[] {
  const groups = childOf(object, name)
  if (!groups) return []
  const lists = [...(groups.entries ?? []).map(([, list]) => list), ...groups.properties.values()]
  return lists
    .flatMap((list) => (isObject(list) && list.items !== null ? list.items : [list]))
    .slice(0, 20_000)
    .map(membersOf)
}

/** The members of an object as text. What lies deeper than an export goes is text already: `@{Name=value; Other=value}`. */
function membersOf(value: PsValue): Shown {
  if (!isObject(value)) return typeof value === 'string' && value.startsWith('@{') ? cutOf(value) : new Map()
  const members = new Map<string, string>()
  for (const [name, member] of value.properties) {
    const text = plain(member)
    if (text !== null && text !== '') members.set(name, text)
  }
  return members.size === 0 && value.text?.startsWith('@{') ? cutOf(value.text) : members
}

function cutOf(text: string): Shown {
  const members = new Map<string, string>()
  const names = [...text.slice(0, 65_536).matchAll(/(?:^@\{|; )(\w{1,60})=/g)].slice(0, 100)
  names.forEach((name, i) => {
    const end = names[i + 1]?.index ?? Math.min(text.length, 65_536) - 1
    const value = text.slice(name.index + name[0].length, end)
    if (value !== '' && !members.has(name[1]!)) members.set(name[1]!, value)
  })
  return members
}

// ---------------------------------------------------------------- members

function childOf(object: PsObject, name: string): PsObject | null {
  const value = object.properties.get(name)
  if (isObject(value)) return value
  if (typeof value !== 'string' || !value.startsWith('@{')) return null
  return { types: [], text: value, properties: cutOf(value), items: null, entries: null, wrapped: null }
}

function textOf(object: PsObject, name: string): string | null {
  const text = plain(object.properties.get(name))
  return text === null ? null : text.slice(0, 4096)
}

/** A value as text; of a list its items, one a line. */
function plain(value: PsValue | undefined): string | null {
  if (value === undefined || value === null) return null
  if (!isObject(value)) return String(value)
  if (value.items !== null)
    return value.items
      .slice(0, 1000)
      .map((item) => plain(item) ?? '')
      .join('\n')
  return value.text ?? (value.wrapped === null ? null : String(value.wrapped))
}

/** `15.1.2106.2`, or the four numbers of a `System.Version`. */
function versionOf(object: PsObject | null, name: string): string | null {
  const value = object?.properties.get(name)
  if (!isObject(value) || value.text !== null) return plain(value)
  return ['Major', 'Minor', 'Build', 'Revision'].map((part) => plain(value.properties.get(part)) ?? '').join('.')
}

/**
 * A date as it is exported: ISO in XML and by PowerShell 7, `/Date(1616234400000)/` by Windows PowerShell, there also as
 * the `value` of an object; or as text.
 */
function timeOf(value: PsValue | undefined, path: string): number | null {
  if (isObject(value)) return timeOf(value.properties.get('value') ?? value.wrapped ?? value.text, path)
  if (typeof value !== 'string') return null
  const since = /^\/Date\((\d{1,14})(?:[+-]\d{4})?\)\/$/.exec(value)
  return since ? Number(since[1]) : reportTime(value, path)
}

const DAY = 86_400_000

/**
 * A date in the culture of the server. Where its order of day and month is open, the name of the file says it, which ends
 * in the time when the script began: `HealthChecker-MAIL01-20210310100000.txt`.
 */
export function reportTime(text: string, path: string): number | null {
  const certain = certainTime(text)
  if (certain !== null) return certain
  const m = /(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\.\w{1,5}$/.exec(path)
  const began = m ? utcTime(+m[1]!, +m[2]!, +m[3]!, +m[4]!, +m[5]!, +m[6]!) : null
  if (began === null) return null
  const near = ordersOf([text])
    .map((order) => cultureTime(text, order)!)
    .filter((time) => Math.abs(time - began) < 2 * DAY)
  return new Set(near).size === 1 ? near[0]! : null
}
