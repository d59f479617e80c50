import type { LogKind, Product } from '../model/log-kinds.ts'
import type { Head, Parser } from './parser.ts'
import { auditXml } from './exchange/audit-log-xml.ts'
import { certificateRequest } from './common/certificate-request.ts'
import { clixml } from './config/clixml.ts'
import { cloudCsv } from './microsoft-365/csv.ts'
import { cloudJson } from './microsoft-365/json.ts'
import { looseRecords } from './microsoft-365/loose-records.ts'
import { messageTrace } from './microsoft-365/message-trace.ts'
import { messageTraceJson } from './microsoft-365/message-trace-json.ts'
import { compiledPage, compilerOutput } from './programs/compiled-page.ts'
import { siemEvents } from './windows-events/cef.ts'
import { bareEvents } from './windows-events/bare-text.ts'
import { fieldLines } from './windows-events/field-lines.ts'
import { configExcerpt } from './config/config-excerpt.ts'
import { copiedEvents } from './windows-events/copied-text.ts'
import { csvEvents } from './windows-events/csv.ts'
import { userAccess } from './user-access-logging/user-access.ts'
import { defenderEndpoint } from './windows-events/defender-endpoint.ts'
import { defenderEndpointJson } from './windows-events/defender-endpoint-json.ts'
import { desiredState } from './config/desired-state.ts'
import { evtx } from './windows-events/evtx/index.ts'
import { exchangeCsv } from './exchange/csv-log.ts'
import { exchangeSetup } from './exchange/setup-log.ts'
import { exportedCsv, exportedJson } from './exchange/exported-settings.ts'
import { fileListing } from './common/file-listing.ts'
import { folderListing } from './common/folder-listing.ts'
import { fipFsConfig } from './exchange/antimalware-config.ts'
import { httperr } from './web/httperr.ts'
import { iisConfig } from './config/iis-config.ts'
import { iis } from './web/iis.ts'
import { jsonEvents } from './windows-events/json.ts'
import { listedEvents } from './windows-events/listed-text.ts'
import { keyValueEvents } from './windows-events/key-value.ts'
import { parsersAt } from '../model/log-places.ts'
import { i30 } from './ntfs/i30.ts'
import { mft } from './ntfs/mft.ts'
import { usn } from './ntfs/usn.ts'
import { oabDump } from './exchange/oab-dump.ts'
import { processCsv, processJson } from './windows-events/process-table.ts'
import { printedObjects } from './exchange/printed-objects.ts'
import { pe } from './programs/pe/index.ts'
import { accessLog } from './web/access-log.ts'
import { requestObjects } from './web/request-objects.ts'
import { programTables } from './programs/program-tables.ts'
import { processList } from './windows-events/process-list.ts'
import { autorunsCsv } from './config/autoruns.ts'
import { listedCsv, listedJson } from './config/listed-states.ts'
import { powershellHistory } from './powershell/history.ts'
import { powershellTable } from './powershell/console-table.ts'
import { powershellTranscript } from './powershell/transcript.ts'
import { prefetch } from './programs/prefetch.ts'
import { exportedRegistry } from './registry/exported.ts'
import { registry } from './registry/index.ts'
import { registryLog } from './registry/log-file.ts'
import { unparsed } from './fallback/unparsed.ts'
import { shortcut } from './programs/shortcut.ts'
import { snippet } from './fallback/headerless-rows.ts'
import { taskCsv } from './config/scheduled-task-csv.ts'
import { taskList } from './config/scheduled-task-list.ts'
import { taskXml } from './config/scheduled-task-xml.ts'
import { defenderAlertsCsv, defenderAlertsJson } from './other-tools/defender-alerts.ts'
import { antivirusTable } from './other-tools/antivirus-table.ts'
import { defenderCmdlets } from './other-tools/defender-cmdlets.ts'
import { eomt } from './other-tools/eomt.ts'
import { healthChecker } from './other-tools/health-checker.ts'
import { healthJson } from './other-tools/health-json.ts'
import { huntCsv, huntJson } from './other-tools/hunts.ts'
import { msert } from './other-tools/msert.ts'
import { proxylogonScript } from './other-tools/proxylogon-script.ts'
import { thorCsv, thorJson, thorText } from './other-tools/thor.ts'
import { yaraOutput } from './other-tools/yara-output.ts'
import { transportAgents } from './exchange/transport-agents.ts'
import { webConfig } from './config/web-config.ts'
import { isWebContent } from './fallback/web-content.ts'
import { searchCsv } from './windows-events/search-csv.ts'
import { snareEvents } from './windows-events/snare.ts'
import { xmlEvents } from './windows-events/xml.ts'

const ofTenant: readonly LogKind[] = ['m365-exchange', 'entra-signin']
const ofEvents: readonly LogKind[] = ['windows-security']

/** Every format that Postern reads. Of two that are equally sure the first wins. */
export const parsers: readonly Parser[] = [
  iis,
  httperr,
  exchangeCsv,
  exchangeSetup,
  evtx,
  xmlEvents,
  jsonEvents,
  csvEvents,
  searchCsv,
  snareEvents,
  siemEvents,
  copiedEvents,
  listedEvents,
  bareEvents,
  fieldLines,
  processCsv,
  processJson,
  defenderEndpoint,
  defenderEndpointJson,
  keyValueEvents,
  cloudJson,
  cloudCsv,
  looseRecords,
  messageTrace,
  messageTraceJson,
  fileListing,
  folderListing,
  iisConfig,
  webConfig,
  configExcerpt,
  fipFsConfig,
  auditXml,
  taskXml,
  taskCsv,
  taskList,
  listedJson,
  listedCsv,
  autorunsCsv,
  programTables,
  processList,
  accessLog,
  requestObjects,
  desiredState,
  clixml,
  exportedCsv,
  exportedJson,
  printedObjects,
  compiledPage,
  compilerOutput,
  powershellHistory,
  powershellTranscript,
  certificateRequest,
  transportAgents,
  oabDump,
  registry,
  exportedRegistry,
  registryLog,
  mft,
  usn,
  i30,
  powershellTable,
  prefetch,
  pe,
  shortcut,
  userAccess,
  proxylogonScript,
  msert,
  eomt,
  healthChecker,
  healthJson,
  huntJson,
  huntCsv,
  thorJson,
  thorText,
  thorCsv,
  antivirusTable,
  defenderCmdlets,
  defenderAlertsCsv,
  defenderAlertsJson,
  yaraOutput,
  snippet,
  unparsed,
]

/** The product whose files a parser reads; null where nothing read the file. */
export function productOfParser(name: string | null): Product | null {
  return name === null ? null : (products.get(name) ?? null)
}

const products = new Map(parsers.map(({ name, product }) => [name, product]))

/** Logs that records which are exported may be of, by the parser that reads such records. */
const exported: ReadonlyMap<Parser, readonly LogKind[]> = new Map([
  [cloudJson, ofTenant],
  [cloudCsv, ofTenant],
  [jsonEvents, ofEvents],
  [csvEvents, ofEvents],
  [searchCsv, ofEvents],
  [snareEvents, ofEvents],
  [siemEvents, ofEvents],
  [xmlEvents, ofEvents],
])

/** Which logs the records are of that a text begins with; none where it does not begin with records that are exported. */
export function exportedKindsIn(head: Head): readonly LogKind[] {
  const { parser, sure } = surest([...exported.keys()], head)
  return sure >= SURE ? (exported.get(parser) ?? []) : []
}

/** Which logs a file is of by its parser, where nothing of it could be read. */
export function exportedKindsOf(name: string | null): readonly LogKind[] {
  return [...exported].find(([parser]) => parser.name === name)?.[1] ?? []
}

/**
 * The parser that is surest of a file: by its content first, by its path second. A log that lies where its product writes it
 * is that log, whatever somebody wrote in front of its rows.
 */
export function choose(head: Head): Parser {
  if (isWebContent(head)) return unparsed
  const names = parsersAt(head.windowsPath ?? head.path)
  const own = names.size === 0 ? null : surest(parsersOf(names), head)
  // None of the others could be chosen.
  if (own !== null && own.sure >= SURE) return own.parser
  const best = surest(parsers, head)
  if (own === null || best.parser === unparsed || names.has(best.parser.name)) return best.parser
  return own.sure > 1 && !mixed.has(best.parser.name) ? own.parser : best.parser
}

/** Few places have parsers of their own. */
const byNames = new Map<string, readonly Parser[]>()

function parsersOf(names: ReadonlySet<string>): readonly Parser[] {
  const key = [...names].join()
  let some = byNames.get(key)
  if (some === undefined) byNames.set(key, (some = parsers.filter(({ name }) => names.has(name))))
  return some
}

/** A parser this sure of a file knows most of its lines. */
const SURE = 70
/** Parsers that read rows of logs among other lines, and so tell of every row. */
const mixed: ReadonlySet<string> = new Set(['snippet', 'powershell-table'])

function surest(among: readonly Parser[], head: Head): { readonly parser: Parser; readonly sure: number } {
  let best: { parser: Parser; sure: number } = { parser: unparsed, sure: 0 }
  for (const parser of among) {
    // It could not win: of two that are equally sure the first does.
    if (best.sure >= (parser.most ?? 100)) continue
    const sure = parser.recognize(head)
    if (sure > best.sure) best = { parser, sure }
  }
  return best
}
