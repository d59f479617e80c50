import { counted } from '../../lib/amounts.js';
import { headerLineOf, headersOf } from '../../lib/csv.js';
import { certainTime } from '../common/local-time.js';
import { fileListing } from '../common/file-listing.js';
import { powershellTable } from '../powershell/console-table.js';
import { readCsvTable } from '../common/csv-table.js';
import { readLines } from '../common/lines.js';
import { cveIn, toolResult } from './tool-result.js';
/**
 * What Test-ProxyLogon.ps1 (before: Test-Hafnium) wrote: tables of quoted HttpProxy rows, of events, of other files and of
 * the age of the logs, lists of paths, and what it said on the screen. Quoted rows are read as rows, so that our rules
 * judge them; beside them stands what the script concluded.
 * https://github.com/microsoft/CSS-Exchange/blob/main/Security/src/Test-ProxyLogon.ps1
 */
export const proxylogonScript = {
    name: 'proxylogon-script',
    title: 'Result of Test-ProxyLogon.ps1',
    product: 'exchange',
    most: 93,
    recognise,
    read,
};
const TOOL = 'Test-ProxyLogon';
/** What rows of HttpProxy logs are called where the name of the file does not say which vulnerability they show. */
const HTTP_PROXY = `${TOOL} Http Proxy log`;
const PROXY_COLUMNS = 'datetime,requestid,clientipaddress,urlhost,urlstem,routinghint,useragent,anchormailbox,httpstatus';
const EVENT_COLUMNS = 'timecreated,machinename,message';
const FILE_COLUMNS = 'computername,type,path,name,lastwrite';
const AGE_COLUMNS = /^oabgen,ecp,autodproxy,/;
const STATUS = /^[ \t]*ProxyLogon Status: Exchange Server (\S+)/m;
const LIST = /-cve-2021-(26858-downloadpaths|26858|27065)\.log$/i;
function formOf({ text, path }) {
    const header = headerLineOf(text);
    for (const { lower } of header === null ? [] : headersOf(header)) {
        const columns = lower.join(',');
        if (columns === PROXY_COLUMNS)
            return 'proxy';
        if (columns === EVENT_COLUMNS && cveIn(path) !== null)
            return 'events';
        if (columns === FILE_COLUMNS)
            return 'files';
        if (AGE_COLUMNS.test(columns))
            return 'ages';
    }
    if (LIST.test(path) && text !== '' && !text.startsWith('#'))
        return 'list';
    // A transcript of PowerShell holds more than what this script said.
    return STATUS.test(text.slice(0, 16_384)) && !/^\*{10,}/.test(text) ? 'screen' : null;
}
function recognise(head) {
    return head.text !== '' && formOf(head) !== null ? 93 : 0;
}
async function read(source, sink) {
    const form = formOf(source);
    if (form === 'proxy')
        return readQuoted(source, sink);
    if (form === 'files')
        return readFiles(source, sink);
    if (form === 'list')
        return readList(source, sink);
    if (form === 'screen')
        return readScreen(source, sink);
    return readTable(source, sink, form === 'ages' ? ageOf : (row) => eventOf(row, cveIn(source.path)));
}
/** The name of the server that the script put in front of the names of its files. */
function hostOf(path) {
    for (const name of path.split(/[\\/]/)) {
        const end = name.slice(1).search(/-(?:cve-2021-|other\.csv|logagedays)/i);
        if (end >= 0)
            return name.slice(0, end + 1);
    }
    return null;
}
function tell(sink, result, raw, at) {
    sink.event(toolResult({ tool: TOOL, ...result }, raw, at));
}
const placeOf = (source, line) => ({
    path: source.path,
    offset: line.offset,
    length: line.length,
    line: line.number,
});
/** Rows of HttpProxy logs; behind the last stands what the script took them for. */
async function readQuoted(source, sink) {
    let rows = 0;
    let first = null;
    const reset = /resetvdir/i.test(source.path);
    const parsed = await powershellTable.read(source, watched(sink, (event) => {
        rows++;
        first ??= event;
    }));
    const cve = cveIn(source.path);
    const header = headerLineOf(source.text) ?? '';
    tell(sink, {
        rule: cve ?? HTTP_PROXY,
        level: rows > 0 ? 'high' : 'informational',
        verdict: reset
            ? `${counted(rows, 'row')}: web shell possibly downloaded (Reset-VirtualDirectory)`
            : `${counted(rows, 'row')}: suspicious activity found in Http Proxy log`,
        time: first?.time ?? null,
        basis: 'stated',
        host: hostOf(source.path),
        fields: { Action: 'detected', Cve: cve, Rows: rows, ...(cve === null ? { VendorName: HTTP_PROXY } : {}) },
    }, header, { path: source.path, offset: 0, length: Math.min(source.size ?? 0, Buffer.byteLength(header)) });
    return parsed;
}
/** Other suspicious files: listed files, each with what it was taken for. */
function readFiles(source, sink) {
    return fileListing.read(source, watched(sink, (event) => {
        const path = String(event.fields.TargetFilename);
        const kind = /\blsass/i.test(path) && /dmp$/i.test(path) ? 'LsassDump' : 'SuspiciousArchive';
        tell(sink, {
            rule: kind,
            level: kind === 'LsassDump' ? 'high' : 'low',
            verdict: `other suspicious file: ${kind}`,
            host: hostOf(source.path),
            file: path,
            fields: { Action: 'detected' },
        }, event.raw, event.at);
    }));
}
/** The same sink, that lets look at each event behind it. */
function watched(sink, look) {
    return {
        event: (event) => {
            sink.event(event);
            look(event);
        },
        gap: (gap) => sink.gap(gap),
        fact: (fact) => sink.fact(fact),
        about: (fields) => sink.about?.(fields),
    };
}
function ageOf({ columns, host }) {
    const ages = [...columns].filter(([, days]) => days !== '');
    return {
        rule: 'Log age',
        level: 'informational',
        verdict: `log age in days: ${ages.map(([name, days]) => `${name} ${days}`).join(', ')}`,
        host,
        fields: { Action: 'log-age', LogAgeDays: ages.map(([name, days]) => `${name}=${days}`) },
    };
}
function eventOf({ columns, host }, cve) {
    return {
        rule: cve,
        level: 'high',
        verdict: 'suspicious activity found in Eventlog',
        time: certainTime(columns.get('timecreated') ?? ''),
        host: columns.get('machinename') || host,
        fields: { Action: 'detected', Cve: cve, Details: columns.get('message') ?? null },
    };
}
function readTable(source, sink, resultOf) {
    return readCsvTable(source, sink, {
        headerOf: (line) => [...headersOf(line)][0] ?? null,
        take(row, { lower }) {
            const columns = new Map(lower.map((name, i) => [name, row.values[i] ?? '']));
            tell(sink, resultOf({ columns, host: hostOf(source.path) }), row.text, placeOf(source, row));
        },
    });
}
/** Paths, one a line: what was downloaded, or the logs to look at. */
function readList(source, sink) {
    const [, which] = LIST.exec(source.path);
    const downloads = /downloadpaths/i.test(which);
    const cve = `CVE-2021-${which.slice(0, 5)}`;
    return readLines(source, sink, (line) => {
        const path = line.text.trim().replace(/^'(.*)'$/, '$1');
        if (path === '')
            return;
        tell(sink, {
            rule: cve,
            level: 'high',
            verdict: downloads
                ? 'web shells possibly downloaded in file system'
                : which.startsWith('26858')
                    ? 'suspicious activity found in OAB generator logs'
                    : 'suspicious activity found in ECP logs',
            host: hostOf(source.path),
            file: path,
            fields: { Action: 'detected', Cve: cve },
        }, line.text, placeOf(source, line));
    });
}
/** What it said on the screen, server by server. */
function readScreen(source, sink) {
    let host = null;
    return readLines(source, sink, (line) => {
        host = STATUS.exec(line.text)?.[1] ?? host;
        const text = line.text.trim();
        const finding = /^\[(CVE-2021-\d+)\] (.*)$/i.exec(text);
        const clean = /^Nothing suspicious detected/i.test(text);
        if (!finding && !clean)
            return;
        tell(sink, {
            rule: finding?.[1] ?? null,
            level: finding ? 'high' : 'informational',
            verdict: finding?.[2] ?? text,
            host,
            fields: { Action: finding ? 'detected' : 'nothing-found', Cve: finding?.[1]?.toUpperCase() ?? null },
        }, line.text, placeOf(source, line));
    });
}
//# sourceMappingURL=proxylogon-script.js.map