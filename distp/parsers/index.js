import { auditXml } from './exchange/audit-log-xml.js';
import { certificateRequest } from './common/certificate-request.js';
import { clixml } from './config/clixml.js';
import { cloudCsv } from './microsoft-365/csv.js';
import { cloudJson } from './microsoft-365/json.js';
import { looseRecords } from './microsoft-365/loose-records.js';
import { messageTrace } from './microsoft-365/message-trace.js';
import { messageTraceJson } from './microsoft-365/message-trace-json.js';
import { compiledPage, compilerOutput } from './programs/compiled-page.js';
import { bareEvents } from './windows-events/bare-text.js';
import { fieldLines } from './windows-events/field-lines.js';
import { configExcerpt } from './config/config-excerpt.js';
import { copiedEvents } from './windows-events/copied-text.js';
import { csvEvents } from './windows-events/csv.js';
import { userAccess } from './user-access-logging/user-access.js';
import { defenderEndpoint } from './windows-events/defender-endpoint.js';
import { defenderEndpointJson } from './windows-events/defender-endpoint-json.js';
import { desiredState } from './config/desired-state.js';
import { evtx } from './windows-events/evtx/index.js';
import { exchangeCsv } from './exchange/csv-log.js';
import { exchangeSetup } from './exchange/setup-log.js';
import { exportedCsv, exportedJson } from './exchange/exported-settings.js';
import { fileListing } from './common/file-listing.js';
import { folderListing } from './common/folder-listing.js';
import { fipFsConfig } from './exchange/antimalware-config.js';
import { httperr } from './web/httperr.js';
import { iisConfig } from './config/iis-config.js';
import { iis } from './web/iis.js';
import { jsonEvents } from './windows-events/json.js';
import { listedEvents } from './windows-events/listed-text.js';
import { keyValueEvents } from './windows-events/key-value.js';
import { parsersAt } from '../model/log-places.js';
import { i30 } from './ntfs/i30.js';
import { mft } from './ntfs/mft.js';
import { usn } from './ntfs/usn.js';
import { oabDump } from './exchange/oab-dump.js';
import { printedObjects } from './exchange/printed-objects.js';
import { pe } from './programs/pe/index.js';
import { powershellHistory } from './powershell/history.js';
import { powershellTable } from './powershell/console-table.js';
import { powershellTranscript } from './powershell/transcript.js';
import { prefetch } from './programs/prefetch.js';
import { exportedRegistry } from './registry/exported.js';
import { registry } from './registry/index.js';
import { registryLog } from './registry/log-file.js';
import { unparsed } from './fallback/unparsed.js';
import { shortcut } from './programs/shortcut.js';
import { snippet } from './fallback/headerless-rows.js';
import { taskCsv } from './config/scheduled-task-csv.js';
import { taskXml } from './config/scheduled-task-xml.js';
import { defenderCmdlets } from './other-tools/defender-cmdlets.js';
import { eomt } from './other-tools/eomt.js';
import { healthChecker } from './other-tools/health-checker.js';
import { healthJson } from './other-tools/health-json.js';
import { huntCsv, huntJson } from './other-tools/hunts.js';
import { msert } from './other-tools/msert.js';
import { proxylogonScript } from './other-tools/proxylogon-script.js';
import { thorCsv, thorJson, thorText } from './other-tools/thor.js';
import { yaraOutput } from './other-tools/yara-output.js';
import { transportAgents } from './exchange/transport-agents.js';
import { webConfig } from './config/web-config.js';
import { isWebContent } from './fallback/web-content.js';
import { xmlEvents } from './windows-events/xml.js';
/** Every format that Postern reads. Of two that are equally sure the first wins. */
export const parsers = [
    iis,
    httperr,
    exchangeCsv,
    exchangeSetup,
    evtx,
    xmlEvents,
    jsonEvents,
    csvEvents,
    copiedEvents,
    listedEvents,
    bareEvents,
    fieldLines,
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
    defenderCmdlets,
    yaraOutput,
    snippet,
    unparsed,
];
/** The product whose files a parser reads; null where nothing read the file. */
export function productOfParser(name) {
    return name === null ? null : (products.get(name) ?? null);
}
const products = new Map(parsers.map(({ name, product }) => [name, product]));
/**
 * The parser that is surest of a file: by its content first, by its path second. A log that lies where its product writes it
 * is that log, whatever somebody wrote in front of its rows.
 */
export function choose(head) {
    if (isWebContent(head))
        return unparsed;
    const names = parsersAt(head.windowsPath ?? head.path);
    const own = names.size === 0 ? null : surest(parsersOf(names), head);
    // None of the others could be chosen.
    if (own !== null && own.sure >= SURE)
        return own.parser;
    const best = surest(parsers, head);
    if (own === null || best.parser === unparsed || names.has(best.parser.name))
        return best.parser;
    return own.sure > 1 && !mixed.has(best.parser.name) ? own.parser : best.parser;
}
/** Few places have parsers of their own. */
const byNames = new Map();
function parsersOf(names) {
    const key = [...names].join();
    let some = byNames.get(key);
    if (some === undefined)
        byNames.set(key, (some = parsers.filter(({ name }) => names.has(name))));
    return some;
}
/** A parser this sure of a file knows most of its lines. */
const SURE = 70;
/** Parsers that read rows of logs among other lines, and so tell of every row. */
const mixed = new Set(['snippet', 'powershell-table']);
function surest(among, head) {
    let best = { parser: unparsed, sure: 0 };
    for (const parser of among) {
        // It could not win: of two that are equally sure the first does.
        if (best.sure >= (parser.most ?? 100))
            continue;
        const sure = parser.recognise(head);
        if (sure > best.sure)
            best = { parser, sure };
    }
    return best;
}
//# sourceMappingURL=index.js.map