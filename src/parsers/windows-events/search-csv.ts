import { headerLineOf, headersOf } from '../../lib/csv.ts'
import { readCsvTable } from '../common/csv-table.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { LocalRows, providerOf } from './csv.ts'
import { recordOfJson } from './json.ts'
import type { WindowsRecord } from './record.ts'

/**
 * Windows events as the result of a search, saved as a CSV: each field is a column, and the text of the event is not there. Azure
 * Monitor and Sentinel (https://learn.microsoft.com/azure/azure-monitor/reference/tables/securityevent), Splunk with its Windows
 * add-on (https://docs.splunk.com/Documentation/WindowsAddOn), and Kibana (https://www.elastic.co/docs/reference/ecs).
 */
export const searchCsv: Parser = {
  name: 'search-csv',
  title: 'Windows events of a search in a CSV',
  product: 'windows',
  most: 90,
  recognize,
  read,
}

type Header = { readonly delimiter: string; readonly names: readonly string[] }

const GRAYLOG: ReadonlyMap<string, string> = new Map([
  ['timestamp', '@timestamp'],
  ['source', 'host.name'],
])
const NUMBERS = new Set(['eventid', 'eventcode', 'event_id', 'event_code', 'event.code', 'winlog.event_id'])
const TIMES = new Set([
  'timegenerated',
  'timegenerated [utc]',
  '_time',
  '@timestamp',
  'timecreated',
  'timecreated [utc]',
])
/** A column that no other log has beside the number of an event. */
const OF_EVENT =
  /^(?:new_?process_?name|process_?command_?line|command_?line|parent_?process_?name|creator_?process_?name|parentimage|image|target_?user_?name|subject_?user_?name|account_?name|account|logon_?type|script_?block_?text|service_?(?:file_?)?name|image_?path|task_?name|ip_?address|source_?network_?address|targetfilename|targetobject|process\.(?:executable|command_line)|winlog\.event_data\..+|eventdata|renderedd?escription)$/

/** Names that Splunk makes of the labels in the text of an event. */
const OF_SPLUNK: ReadonlyMap<string, string> = new Map([
  ['new_process_name', 'NewProcessName'],
  ['process_command_line', 'CommandLine'],
  ['creator_process_name', 'ParentProcessName'],
  ['logon_type', 'LogonType'],
  ['source_network_address', 'IpAddress'],
  ['source_port', 'IpPort'],
  ['workstation_name', 'WorkstationName'],
  ['service_name', 'ServiceName'],
  ['service_file_name', 'ImagePath'],
  ['task_name', 'TaskName'],
  ['task_content', 'TaskContent'],
  ['script_block_text', 'ScriptBlockText'],
  ['process_name', 'ProcessName'],
  ['object_name', 'ObjectName'],
  ['access_mask', 'AccessMask'],
])

/** The fields of an agent of Elastic as Graylog flattens them: `winlogbeat_winlog_event_data_CommandLine`. */
function ofGraylog(name: string): string {
  const own = /^(?:winlogbeat|filebeat|beats)_(.{1,200})$/.exec(name)?.[1] ?? name
  const data = /^winlog_(?:event|user)_data_(.{1,200})$/.exec(own)?.[1]
  if (data !== undefined) return `winlog.event_data.${data}`
  const part = /^winlog_(event_id|channel|provider_name|computer_name|record_id|level|opcode|task)$/.exec(own)?.[1]
  return part === undefined ? name : `winlog.${part}`
}

function headerOf(line: string): Header | null {
  for (const { delimiter, names: written } of headersOf(line)) {
    const renamed = written.map((name) => ofGraylog(name.trim()))
    const isGraylog = renamed.some((name, i) => name !== written[i]!.trim())
    // Graylog has a time and a host without more words.
    const names = isGraylog ? renamed.map((name) => GRAYLOG.get(name.toLowerCase()) ?? name) : renamed
    const own = names.map((name) => name.toLowerCase())
    const isTable = own.some((name) => NUMBERS.has(name)) && own.some((name) => TIMES.has(name))
    if (isTable && own.some((name) => OF_EVENT.test(name))) return { delimiter, names }
  }
  return null
}

function recognize({ text }: Head): number {
  return headerOf(headerLineOf(text) ?? '') === null ? 0 : 90
}

async function read(source: Source, sink: Sink): Promise<number> {
  const local = new LocalRows(source, sink)
  const parsed = await readCsvTable(source, sink, {
    headerOf,
    repeats: true,
    isEven: true,
    take(row, { names }, unread) {
      const record = recordOfRow(names, row.values)
      if (record === null) return unread(row, 'unsupported', 'a row without the number of an event')
      local.hold(record, row)
    },
  })
  local.finish()
  return parsed
}

function recordOfRow(names: readonly string[], values: readonly string[]): WindowsRecord | null {
  const o: Record<string, string> = Object.create(null)
  for (const [i, name] of names.entries()) {
    const value = values[i]!.trim()
    // `-` is how Kibana writes a field that is not there.
    if (value === '' || value === '-') continue
    // Kibana writes numbers with separators.
    if (NUMBERS.has(name.toLowerCase())) o[name] = value.replaceAll(',', '')
    else if (TIMES.has(name.toLowerCase())) o[name.replace(/ \[UTC\]$/i, '')] = timeOf(value, / \[UTC\]$/i.test(name))
    else if (/^account_name$/i.test(name)) addAccounts(o, value)
    else o[OF_SPLUNK.get(name.toLowerCase()) ?? name] = value
  }
  const [domain, account] = /^([^\\]+)\\([^\\]+)$/.exec(o.Account ?? '')?.slice(1) ?? []
  if (
    account !== undefined &&
    domain !== undefined &&
    o.SubjectUserName === undefined &&
    o.TargetUserName === undefined
  ) {
    o.SubjectUserName = account
    o.SubjectDomainName = domain
  }
  return recordOfJson(withOrigin(o))
}

/** The first is the account that acted, the second that of the logon. */
function addAccounts(o: Record<string, string>, value: string): void {
  const [subject, target] = value.split(/\r?\n/)
  if (subject && subject !== '-') o.SubjectUserName ??= subject
  if (target && target !== '-') o.TargetUserName ??= target
}

/** With channel and provider where the number and the columns imply them. */
function withOrigin(o: Record<string, string>): Record<string, string> {
  if (Object.keys(o).some((name) => name.startsWith('winlog.') || name.startsWith('process.'))) return o
  const id = Number(o.EventID ?? o.EventCode ?? o.event_id ?? o.event_code)
  const channel = o.Channel ?? o.EventLog ?? o.LogName ?? ''
  const isSysmon = channel === '' && id <= 29 && (o.Image !== undefined || o.ParentImage !== undefined)
  if (isSysmon) return { ...o, Channel: SYSMON, Provider_Name: 'Microsoft-Windows-Sysmon' }
  if (channel === '' && id >= 4608 && id <= 5712) o.Channel = 'Security'
  const isNamed = [
    'Provider_Name',
    'SourceName',
    'ProviderName',
    'Provider',
    'EventSourceName',
    'Source_Name',
    'Source',
  ].some((name) => o[name] !== undefined)
  return isNamed ? o : { ...o, Provider_Name: providerOf(id, channel) }
}

const SYSMON = 'Microsoft-Windows-Sysmon/Operational'
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const two = (n: number): string => String(n).padStart(2, '0')

/** ISO of the times of Azure (`6/11/2024, 1:10:02.120 AM`) and of Kibana (`Jun 11, 2024 @ 01:10:02.120`, of the browser's zone). */
function timeOf(text: string, isUtc: boolean): string {
  const azure = /^(\d{1,2})\/(\d{1,2})\/(\d{4}),? (\d{1,2}):(\d\d):(\d\d)(\.\d{1,7})?(?: ([AP])M)?$/i.exec(text)
  if (azure) {
    const [, month, day, year, hour, minute, second, part = '', half] = azure
    const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === 'P' ? 12 : 0)
    const date = `${year}-${two(Number(month))}-${two(Number(day))}`
    return `${date}T${two(hours)}:${minute}:${second}${part}${isUtc ? 'Z' : ''}`
  }
  const kibana = /^([a-z]{3}) (\d{1,2}), (\d{4}) @ (\d\d:\d\d:\d\d(?:\.\d{1,7})?)$/i.exec(text)
  const month = kibana ? MONTHS.indexOf(kibana[1]!.toLowerCase()) : -1
  if (kibana && month >= 0) return `${kibana[3]}-${two(month + 1)}-${two(Number(kibana[2]))}T${kibana[4]}`
  const zone = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?)([+-]\d\d)(\d\d)$/.exec(text)
  if (zone) return `${zone[1]}${zone[2]}:${zone[3]}`
  return isUtc && /\d$/.test(text) ? `${text}Z` : text
}
