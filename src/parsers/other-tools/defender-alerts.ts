import { headerLineOf, headersOf } from '../../lib/csv.ts'
import { asObject, type JsonObject } from '../../lib/json-object.ts'
import type { Place } from '../../model/event.ts'
import { readCsvTable } from '../common/csv-table.ts'
import { cloudTime } from '../common/local-time.ts'
import { holdsObject, readJsonObjects } from '../common/json-objects.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { defenderRowEvent, pathOfFile } from '../windows-events/defender-endpoint.ts'
import { parsed } from '../windows-events/json-values.ts'
import { objectIn, textIn } from './json-values.ts'
import { toolLevel, toolResult } from './tool-result.ts'

/**
 * Alerts of Microsoft Defender and what they point at: the tables AlertInfo and AlertEvidence of advanced hunting, SecurityAlert of
 * Sentinel, and the alerts of Microsoft Graph, also within incidents, and of the API of Defender for Endpoint.
 * https://learn.microsoft.com/defender-xdr/advanced-hunting-alertevidence-table
 * https://learn.microsoft.com/azure/azure-monitor/reference/tables/securityalert
 * https://learn.microsoft.com/graph/api/resources/security-alert
 */
export const defenderAlertsJson: Parser = {
  name: 'defender-alerts-json',
  title: 'Alerts of Microsoft Defender as JSON',
  product: 'windows',
  recognize: (head: Head) =>
    HINT.test(head.text) && holdsObject(head, (value) => alertOf(new Row(value)) !== null) ? 95 : 0,
  read: (source: Source, sink: Sink) =>
    readJsonObjects(source, sink, ({ value, text, offset, length, line }) => {
      const alert = alertOf(new Row(value))
      if (alert !== null) tell(alert, text, { path: source.path, offset, length, line }, sink)
      return alert !== null
    }),
}

export const defenderAlertsCsv: Parser = {
  name: 'defender-alerts-csv',
  title: 'Alerts of Microsoft Defender as a table',
  product: 'windows',
  most: 95,
  recognize: ({ text }: Head) => (headerOf(headerLineOf(text) ?? '') === null ? 0 : 95),
  read: (source: Source, sink: Sink) =>
    readCsvTable(source, sink, {
      headerOf,
      repeats: true,
      isEven: true,
      take(row, { names }, unread) {
        const values = Object.fromEntries(names.map((name, i) => [name, row.values[i]!.trim()]))
        const alert = alertOf(new Row(values))
        if (alert === null) return unread(row, 'corrupt', 'a row without the name of an alert')
        const at = { path: source.path, offset: row.offset, length: row.length, line: row.number }
        tell(alert, row.text, at, sink)
      },
    }),
}

const HINT = /"(?:AlertId|SystemAlertId|alertWebUrl|alertCreationTime|firstActivityDateTime|processCommandLine)"\s*:/i
/** Most entities of one alert that are read. */
const MOST = 500

type Header = { readonly names: readonly string[]; readonly delimiter: string }

function headerOf(line: string): Header | null {
  for (const { delimiter, lower } of headersOf(line)) {
    const names = lower.map((name) => name.replaceAll(/[\s_\ufeff]|\[utc\]/g, ''))
    const has = (...all: string[]): boolean => all.every((name) => names.includes(name))
    const isHunted = has('alertid', 'servicesource', 'detectionsource') && (has('title') || has('entitytype'))
    if (isHunted || has('systemalertid', 'alertname', 'entities')) return { names, delimiter }
  }
  return null
}

/** Members by their names in lower case. */
class Row {
  readonly #members: ReadonlyMap<string, unknown>

  constructor(value: JsonObject) {
    this.#members = new Map(Object.entries(value).map(([name, one]) => [name.toLowerCase(), one]))
  }

  get(name: string): unknown {
    return this.#members.get(name)
  }

  text(...names: readonly string[]): string | null {
    for (const name of names) {
      const value = this.#members.get(name)
      if (typeof value === 'string' && value !== '') return value
    }
    return null
  }
}

/** What an alert points at. */
type Entity = {
  readonly folder?: string | null
  readonly name?: string | null
  readonly command?: string | null
  /** The process that started it, and when. */
  readonly parent?: string | null
  readonly stamp?: string | null
  readonly device?: string | null
  readonly address?: string | null
  readonly domain?: string | null
  readonly account?: string | null
}
type Alert = {
  readonly title: string
  readonly level: string | null
  readonly category: string | null
  readonly threat: string | null
  readonly stamp: string | null
  readonly device: string | null
  readonly entities: readonly Entity[]
}

function alertOf(row: Row): Alert | null {
  const isHunted = row.text('alertid') !== null && row.text('servicesource', 'detectionsource') !== null
  const isSentinel = row.text('systemalertid') !== null && row.text('alertname', 'displayname') !== null
  const isDated = row.text('alertcreationtime', 'firstactivitydatetime', 'createddatetime') !== null
  const isOfApi = isDated && row.text('title') !== null && Array.isArray(row.get('evidence'))
  if (!isHunted && !isSentinel && !isOfApi) return null
  const techniques = row.get('attacktechniques') ?? row.get('mitretechniques') ?? row.get('techniques')
  const category = [row.text('category', 'categories', 'tactics'), listed(techniques)].filter(Boolean).join(', ')
  return {
    title: row.text('title', 'displayname', 'alertname') ?? (category || 'alert without a name'),
    level: row.text('severity', 'alertseverity'),
    category: category || null,
    threat: row.text('threatfamily', 'threatfamilyname', 'threatdisplayname'),
    stamp: row.text(
      'firstactivitydatetime',
      'firsteventtime',
      'starttime',
      'timestamp',
      'timegenerated',
      'alertcreationtime',
    ),
    device: row.text('devicename', 'computerdnsname', 'compromisedentity'),
    entities: entitiesOf(row).slice(0, MOST),
  }
}

function listed(value: unknown): string | null {
  if (typeof value === 'string') return value || null
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string').join(', ') || null : null
}

function entitiesOf(row: Row): Entity[] {
  const entities = row.get('entities')
  const list = typeof entities === 'string' ? (parsed(`{"all":${entities}}`)?.all ?? null) : entities
  if (Array.isArray(list)) return list.flatMap((one) => ofSentinel(asObject(one)))
  const evidence = row.get('evidence')
  if (Array.isArray(evidence)) return evidence.flatMap((one) => ofApi(asObject(one)))
  return row.text('entitytype') === null ? [] : [ofHunting(row)]
}

function ofHunting(row: Row): Entity {
  return {
    folder: row.text('folderpath'),
    name: row.text('filename'),
    command: row.text('processcommandline'),
    address: row.text('remoteip'),
    domain: row.text('accountdomain'),
    account: row.text('accountname'),
  }
}

function ofSentinel(one: JsonObject | null): Entity[] {
  if (one === null) return []
  const image = objectIn(one, 'ImageFile')
  const kind = textIn(one, 'Type')?.toLowerCase()
  if (kind === 'file') return [{ folder: textIn(one, 'Directory'), name: textIn(one, 'Name') }]
  if (kind === 'process')
    return [{ folder: textIn(image, 'Directory'), name: textIn(image, 'Name'), command: textIn(one, 'CommandLine') }]
  if (kind === 'ip') return [{ address: textIn(one, 'Address') }]
  if (kind === 'account') return [{ domain: textIn(one, 'NTDomain'), account: textIn(one, 'Name') }]
  return kind === 'host' ? [{ device: textIn(one, 'HostName') ?? textIn(one, 'NetBiosName') }] : []
}

/** Evidence of Microsoft Graph, whose details lie in objects, and of Defender for Endpoint, where they lie flat. */
function ofApi(one: JsonObject | null): Entity[] {
  if (one === null) return []
  const user = objectIn(one, 'userAccount') ?? one
  return [
    {
      ...fileIn(objectIn(one, 'fileDetails') ?? objectIn(one, 'imageFile') ?? one),
      command: textIn(one, 'processCommandLine'),
      parent: pathOf(fileIn(objectIn(one, 'parentProcessImageFile'))),
      stamp: textIn(one, 'processCreationDateTime'),
      device: textIn(one, 'deviceDnsName'),
      address: textIn(one, 'ipAddress'),
      domain: textIn(user, 'domainName'),
      account: textIn(user, 'accountName'),
    },
  ]
}

function fileIn(file: JsonObject | null): Pick<Entity, 'folder' | 'name'> {
  return { folder: textIn(file, 'filePath'), name: textIn(file, 'fileName') }
}

function pathOf({ folder, name }: Entity): string | null {
  return pathOfFile(folder || null, name || null)
}

/** The alert says of a file that it is malware or a web shell: others are files beside what happened. */
const MALICIOUS = /web ?shell|t1505|malware|trojan|backdoor|virus|ransom|hacktool|exploit/i

function tell(alert: Alert, raw: string, at: Place, sink: Sink): void {
  const { title, level, category, stamp } = alert
  const { time, timeBasis: basis } = cloudTime(stamp ?? '')
  const device = alert.device ?? alert.entities.find((one) => one.device)?.device ?? null
  const isMalicious = MALICIOUS.test(`${title} ${category ?? ''} ${alert.threat ?? ''}`)
  for (const entity of alert.entities.length === 0 ? [{}] : alert.entities) {
    const file = pathOf(entity)
    const account = entity.account ? [entity.domain, entity.account].filter(Boolean).join('\\') : null
    if (entity.command) sink.event(processOf(entity, { stamp, device }, raw, at))
    sink.event(
      toolResult(
        {
          tool: 'Microsoft Defender',
          rule: title,
          level: toolLevel(level),
          verdict: title,
          time,
          basis,
          host: device,
          client: entity.address ?? null,
          user: account,
          file: entity.command ? null : file,
          fields: {
            ...(category === null ? {} : { Category: category }),
            ...(isMalicious && file !== null ? { ThreatName: alert.threat ?? title } : {}),
            ...(entity.command ? { CommandLine: entity.command, Image: file } : {}),
          },
        },
        raw,
        at,
      ),
    )
  }
}

/** A process that an alert points at, as Defender for Endpoint itself writes it. */
function processOf(entity: Entity, of: { stamp: string | null; device: string | null }, raw: string, at: Place) {
  const values: [string, string | null | undefined][] = [
    ['timestamp', entity.stamp ?? of.stamp],
    ['devicename', of.device],
    ['actiontype', 'ProcessCreated'],
    ['folderpath', pathOf(entity)],
    ['filename', entity.name],
    ['processcommandline', entity.command],
    ['initiatingprocessfolderpath', entity.parent],
    ['accountdomain', entity.domain],
    ['accountname', entity.account],
  ]
  return defenderRowEvent(new Map(values.flatMap(([name, value]) => (value ? [[name, value]] : []))), raw, at)
}
