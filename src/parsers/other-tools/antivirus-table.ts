import { headerLineOf, headersOf, splitCsv, type SplitHeader } from '../../lib/csv.ts'
import type { Place } from '../../model/event.ts'
import { certainOrAmericanTime } from '../common/local-time.ts'
import { readCsvTable } from '../common/csv-table.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { isThreatName, threatIn } from '../windows-events/antivirus-text.ts'
import { toolResult } from './tool-result.ts'

/**
 * Detections of antivirus products as their consoles export them, as a table. Each has columns of its own; all have a time, and
 * either the name of the threat, the file and what was done with it, or a sentence that holds these.
 * https://knowledge.broadcom.com/external/article?legacyId=tech171741 (risk log)
 * https://docs.trendmicro.com/all/ent/officescan/v10.6/en-us/osce_10.6_olhcl/osce_topics/manage_logs.htm
 */
export const antivirusTable: Parser = {
  name: 'antivirus-table',
  title: 'Detections of an antivirus product',
  product: 'windows',
  most: 70,
  recognize: ({ text }: Head) => (holdsDetections(text) ? 70 : 0),
  read: (source: Source, sink: Sink) =>
    readCsvTable(source, sink, {
      headerOf,
      repeats: true,
      isEven: true,
      take(row, header) {
        const found = detectionOf(row.values, header)
        // Scans and updates are rows as well.
        if (found === null) return
        const at = { path: source.path, offset: row.offset, length: row.length, line: row.number }
        tell(found, row.text, at, sink)
      },
    }),
}

/** What columns are called, without blanks and signs, in lower case. */
const NAMES = {
  time: 'eventtime time date datetime timestamp detected detectedat detectedon detectiontime detectiondate datedetected eventdate occurred occurredon logged loggedat generated created createdat reported firstseen timeutc dateandtime',
  threat:
    'risk riskname threat threatname malware malwarename virus virusname virusmalware detection detectionname infection signature signaturename securityrisk threatdetected',
  file: 'filepath path fullpath file filename object objectname infectedfile infectedobject filelocation target targetpath targetfilename resource itempath threatpath originalpath originallocation filefullpath',
  action:
    'action actiontaken actualaction actionsperformed actions result outcome status currentstatus firstaction actionresult scanresult state threataction threatstatus',
  says: 'event description message details eventdescription',
  host: 'computername computer device devicename host hostname endpoint endpointname machine machinename server servername productentityendpoint',
  user: 'user username account loggedinuser',
} as const
type Role = keyof typeof NAMES
const ROLES = new Map<string, Role>(
  (Object.keys(NAMES) as Role[]).flatMap((role) => NAMES[role].split(' ').map((name) => [name, role] as const)),
)

type Header = SplitHeader & { readonly columns: ReadonlyMap<Role, readonly number[]> }

function headerOf(line: string): Header | null {
  for (const header of headersOf(line)) {
    const columns = new Map<Role, number[]>()
    for (const [i, name] of header.lower.entries()) {
      const role = ROLES.get(name.replaceAll(/[^a-z]/g, ''))
      if (role !== undefined) columns.set(role, [...(columns.get(role) ?? []), i])
    }
    const has = (...roles: readonly Role[]): boolean => roles.every((role) => columns.has(role))
    if (has('time', 'threat', 'file', 'action') || has('time', 'says', 'host')) return { ...header, columns }
  }
  return null
}

/** The columns of other tables are called so, too: a row has to name a file and what was found in it. */
function holdsDetections(text: string): boolean {
  const line = headerLineOf(text)
  const header = line === null ? null : headerOf(line)
  if (line === null || header === null) return false
  const rows = text.slice(text.indexOf(line) + line.length).split(/\r?\n/, 40)
  return rows.some(
    (row) => row !== '' && (detectionOf(splitCsv(row, header.delimiter).values, header)?.file ?? null) !== null,
  )
}

type Detection = {
  readonly threat: string
  /** Null where it is no path of Windows. */
  readonly file: string | null
  readonly action: string
  readonly time: number | null
  readonly host: string | null
  readonly user: string | null
}

/** A path of Windows or of a share, up to a quotation mark. */
const PATH = /^(?:file:\/{0,3})?((?:[a-z]:[\\/]|\\\\)[^"<>|*?\r\n]{1,1000})$/i
function detectionOf(values: readonly string[], { columns }: Header): Detection | null {
  const all = (role: Role): string[] => (columns.get(role) ?? []).flatMap((i) => values[i]?.trim() || [])
  const of = (role: Role): string => all(role)[0] ?? ''
  const time = certainOrAmericanTime(of('time'))
  const who = { time, host: of('host') || null, user: of('user') || null }
  const files = all('file')
  const path = files.find((file) => PATH.test(file))
  const threat = of('threat')
  if (path !== undefined && isThreatName(threat)) {
    // The folder and the name may stand in two columns.
    const name = files.find((file) => file !== path && !/[\\/]/.test(file))
    const folder = PATH.exec(path)![1]!.replaceAll('/', '\\')
    const isWhole = name === undefined || folder.toLowerCase().endsWith(name.toLowerCase())
    return { threat, file: isWhole ? folder : `${folder.replace(/\\$/, '')}\\${name}`, action: of('action'), ...who }
  }
  if (isThreatName(threat) && files.length > 0) return { threat, file: null, action: of('action'), ...who }
  const said = all('says')
    .map(threatIn)
    .find((found) => found !== null)
  return said ? { threat: said.threat, file: said.file, action: said.before, ...who } : null
}

function tell({ threat, file, action, time, host, user }: Detection, raw: string, at: Place, sink: Sink): void {
  const verdict = [threat, action].filter((part) => part !== '').join(': ')
  const result = { tool: 'Antivirus', rule: threat, level: 'high', verdict, time, host, user, file } as const
  sink.event(toolResult({ ...result, fields: { Action: action || null, ThreatName: threat } }, raw, at))
}
