import type { Product } from './kinds.ts'
import type { Head, Parser } from './parser.ts'
import { auditXml } from './audit-xml.ts'
import { certificateRequest } from './certificate-request.ts'
import { clixml } from './clixml.ts'
import { cloudCsv } from './cloud/csv.ts'
import { cloudJson } from './cloud/json.ts'
import { messageTrace } from './cloud/message-trace.ts'
import { messageTraceJson } from './cloud/message-trace-json.ts'
import { compiledPage, compilerOutput } from './compiled-page.ts'
import { csvEvents } from './csv-events.ts'
import { userAccess } from './ese/user-access.ts'
import { defenderEndpoint } from './defender-endpoint.ts'
import { evtx } from './evtx/index.ts'
import { exchangeCsv } from './exchange-csv.ts'
import { exchangeSetup } from './exchange-setup.ts'
import { exportedCsv, exportedJson } from './exported-objects.ts'
import { fileListing } from './file-listing.ts'
import { fipFsConfig } from './fip-fs-config.ts'
import { httperr } from './httperr.ts'
import { iisConfig } from './iis-config.ts'
import { iis } from './iis.ts'
import { jsonEvents } from './json-events.ts'
import { keyValueEvents } from './key-value-events.ts'
import { parsersAt } from './log-places.ts'
import { i30 } from './ntfs/i30.ts'
import { mft } from './ntfs/mft.ts'
import { usn } from './ntfs/usn.ts'
import { oabDump } from './oab-dump.ts'
import { pe } from './pe/index.ts'
import { powershellHistory } from './powershell-history.ts'
import { powershellTable } from './powershell-table.ts'
import { powershellTranscript } from './powershell-transcript.ts'
import { prefetch } from './prefetch.ts'
import { registry } from './regf/index.ts'
import { registryLog } from './regf/log-file.ts'
import { scan } from './scan.ts'
import { shortcut } from './shortcut.ts'
import { snippet } from './snippet.ts'
import { taskCsv } from './task-csv.ts'
import { taskXml } from './task-xml.ts'
import { defenderCmdlets } from './tool-results/defender-cmdlets.ts'
import { eomt } from './tool-results/eomt.ts'
import { healthChecker } from './tool-results/health-checker.ts'
import { healthJson } from './tool-results/health-json.ts'
import { huntCsv, huntJson } from './tool-results/hunts.ts'
import { msert } from './tool-results/msert.ts'
import { proxylogonScript } from './tool-results/proxylogon-script.ts'
import { thorCsv, thorJson, thorText } from './tool-results/thor.ts'
import { yaraOutput } from './tool-results/yara-output.ts'
import { transportAgents } from './transport-agents.ts'
import { webConfig } from './web-config.ts'
import { isWebContent } from './web-content.ts'
import { xmlEvents } from './xml-events.ts'

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
  defenderEndpoint,
  keyValueEvents,
  cloudJson,
  cloudCsv,
  messageTrace,
  messageTraceJson,
  fileListing,
  iisConfig,
  webConfig,
  fipFsConfig,
  auditXml,
  taskXml,
  taskCsv,
  clixml,
  exportedCsv,
  exportedJson,
  compiledPage,
  compilerOutput,
  powershellHistory,
  powershellTranscript,
  certificateRequest,
  transportAgents,
  oabDump,
  registry,
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
  defenderCmdlets,
  yaraOutput,
  snippet,
  scan,
]

/** The product whose files a parser reads; null where nothing read the file. */
export function productOfParser(name: string | null): Product | null {
  return name === null ? null : (products.get(name) ?? null)
}

const products = new Map(parsers.map(({ name, product }) => [name, product]))

/**
 * The parser that is surest of a file: by its content first, by its path second. A log that lies where its product writes it
 * is that log, whatever somebody wrote in front of its rows.
 */
export function choose(head: Head): Parser {
  if (isWebContent(head)) return scan
  const best = surest(parsers, head)
  const own = best.parser === scan ? EMPTY : parsersAt(head.windowsPath ?? head.path)
  if (own.size === 0 || own.has(best.parser.name)) return best.parser
  const other = surest(
    parsers.filter(({ name }) => own.has(name)),
    head,
  )
  return other.sure >= SURE || (other.sure > 1 && !mixed.has(best.parser.name)) ? other.parser : best.parser
}

const EMPTY: ReadonlySet<string> = new Set()
/** A parser this sure of a file knows most of its lines. */
const SURE = 70
/** Parsers that read rows of logs among other lines, and so tell of every row. */
const mixed: ReadonlySet<string> = new Set(['snippet', 'powershell-table'])

function surest(among: readonly Parser[], head: Head): { readonly parser: Parser; readonly sure: number } {
  let best: { parser: Parser; sure: number } = { parser: scan, sure: 0 }
  for (const parser of among) {
    const sure = parser.recognise(head)
    if (sure > best.sure) best = { parser, sure }
  }
  return best
}
