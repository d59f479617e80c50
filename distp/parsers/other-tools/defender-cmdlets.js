import { headerLineOf, headersOf } from '../../lib/csv.js';
import { certainTime } from '../common/local-time.js';
import { readCsvTable } from '../common/csv-table.js';
import { readLines } from '../common/lines.js';
import { toolResult } from './tool-result.js';
/**
 * What `Get-MpThreatDetection` and `Get-MpThreat` of Microsoft Defender printed, as a list or as CSV.
 * https://learn.microsoft.com/powershell/module/defender/get-mpthreatdetection
 */
export const defenderCmdlets = {
    name: 'defender-cmdlets',
    title: 'Detections of Defender (Get-MpThreatDetection)',
    product: 'windows',
    recognise,
    read,
};
const PAIR = /^([A-Z]\w{2,40}) *: ?(.*)$/;
const ONE_OF = /^(?:InitialDetectionTime|ThreatStatusID|DidThreatExecute)$/i;
function recognise({ text }) {
    if (!/threatid/i.test(text))
        return 0;
    const names = new Set();
    for (const line of text.slice(0, 8192).split(/\r?\n/)) {
        const m = PAIR.exec(line);
        if (m)
            names.add(m[1].toLowerCase());
    }
    if (isOurs(names))
        return 92;
    const header = headerLineOf(text);
    if (header === null)
        return 0;
    return headerOf(header) ? 93 : 0;
}
function headerOf(line) {
    return headersOf(line).find(({ lower }) => isOurs(new Set(lower))) ?? null;
}
function isOurs(names) {
    return (names.has('threatid') &&
        names.has('resources') &&
        (names.has('initialdetectiontime') || names.has('didthreatexecute')));
}
async function read(source, sink) {
    return headerOf(headerLineOf(source.text) ?? '') === null ? readList(source, sink) : readTable(source, sink);
}
/** `Name : value`, a record behind each blank line; what is indented goes on with the value above. */
function readList(source, sink) {
    let values = new Map();
    let first = null;
    let length = 0;
    let text = '';
    let last = '';
    const end = () => {
        if (first && [...values.keys()].some((name) => ONE_OF.test(name)))
            tell(values, text, { path: source.path, offset: first.offset, length, line: first.number }, sink);
        values = new Map();
        first = null;
        text = '';
    };
    return readLines(source, sink, (line, unread) => {
        if (line.text.trim() === '')
            return end();
        const m = PAIR.exec(line.text);
        if (!m && !(first && /^\s/.test(line.text)))
            return unread(line, 'unsupported', 'text that is no value of a detection');
        if (m && values.has(m[1].toLowerCase()))
            end();
        first ??= line;
        length = line.offset + line.length - first.offset;
        if (text.length < 65_536)
            text += `${text === '' ? '' : '\n'}${line.text}`;
        if (m) {
            last = m[1].toLowerCase();
            if (values.size < 200)
                values.set(last, m[2].trim());
        }
        else if ((values.get(last)?.length ?? 65_536) < 65_536)
            values.set(last, `${values.get(last)} ${line.text.trim()}`);
    }, end);
}
function readTable(source, sink) {
    return readCsvTable(source, sink, {
        headerOf,
        take(row, { lower }) {
            const values = new Map(lower.map((name, i) => [name, row.values[i] ?? '']));
            tell(values, row.text, { path: source.path, offset: row.offset, length: row.length, line: row.number }, sink);
        },
    });
}
/** https://learn.microsoft.com/previous-versions/windows/desktop/defender/msft-mpthreatdetection, ThreatStatusID */
const STATUS = new Map([
    ['1', 'detected'],
    ['2', 'cleaned'],
    ['3', 'quarantined'],
    ['4', 'removed'],
    ['5', 'allowed'],
    ['6', 'blocked'],
    ['102', 'quarantine-failed'],
    ['103', 'remove-failed'],
    ['104', 'allow-failed'],
]);
/** When it happened: a file was taken away after it was found, sometimes days later. */
function timeOf(status, get) {
    const found = get('initialdetectiontime');
    const isGone = /^(?:cleaned|quarantined|removed)$/.test(status);
    return isGone ? (get('remediationtime') ?? get('lastthreatstatuschangetime') ?? found) : found;
}
function tell(values, raw, at, sink) {
    const get = (name) => values.get(name) || null;
    const status = STATUS.get(get('threatstatusid') ?? '') ?? 'detected';
    const name = get('threatname');
    const resources = (get('resources') ?? '').replace(/^\{|\}$/g, '').split(/, (?=[a-z]+:_)|\|/, 100);
    const file = resources.map((resource) => /^(?:container)?file:_(.+)$/i.exec(resource.trim())?.[1]).find(Boolean);
    const fields = {
        Action: status,
        ThreatName: name,
        ThreatId: get('threatid'),
        Resource: resources.filter((resource) => resource !== ''),
        Image: get('processname'),
    };
    sink.event(toolResult({
        tool: 'Microsoft Defender',
        version: get('amproductversion'),
        rule: name ?? get('threatid'),
        level: 'high',
        verdict: `${name ?? `threat ${get('threatid') ?? ''}`} ${status}`,
        time: certainTime(timeOf(status, get) ?? ''),
        host: get('pscomputername'),
        user: get('domainuser'),
        file: file ?? null,
        fields,
    }, raw, at));
}
//# sourceMappingURL=defender-cmdlets.js.map