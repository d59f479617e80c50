import { firstLine } from '../../lib/text.js';
import { isoTime } from '../../lib/time.js';
import { readLines } from '../common/lines.js';
import { toolResult } from './tool-result.js';
import { fileNameOf } from '../../model/file-name.js';
/**
 * What Microsoft's mitigation tools wrote: the logs of EOMT (ProxyLogon) and EOMTv2 (ProxyNotShell) and their summaries.
 * https://github.com/microsoft/CSS-Exchange/blob/main/Security/src/EOMT.ps1
 */
export const eomt = {
    name: 'eomt',
    title: 'Log or summary of the Exchange mitigation tool (EOMT)',
    product: 'exchange',
    recognise,
    read,
};
const SUMMARY = /^(?:Microsoft Safety Scanner and CVE-\d{4}-\d+ mitigation summary|EOMTv2 mitigation summary)/i;
const ENTRY = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (Info|Notice|Error): (.*)$/s;
function recognise({ text, path }) {
    if (SUMMARY.test(text))
        return 94;
    if (!ENTRY.test(firstLine(text.slice(0, 4096))))
        return 0;
    return /\bEOMT(?:v2)?\b|\bMSERT\b/.test(text.slice(0, 8192)) || /eomt/i.test(path) ? 94 : 0;
}
async function read(source, sink) {
    const name = fileNameOf(source.path);
    const run = { tool: /eomtv2/i.test(name) ? 'EOMTv2' : 'EOMT', version: null, host: null };
    let held = null;
    let summary = false;
    const tell = () => {
        if (!held)
            return;
        const { text, first, length } = held;
        const at = { path: source.path, offset: first.offset, length, line: first.number };
        held = null;
        const entry = ENTRY.exec(text);
        if (!entry && !summary)
            return;
        const message = entry ? entry[3] : summaryOf(text);
        learn(run, message);
        const { action, level } = meaningOf(message);
        const failed = entry?.[2] === 'Error';
        // Steps of its own work say nothing of the server.
        if (action === null && !failed)
            return;
        sink.event(toolResult({
            tool: run.tool,
            version: run.version,
            level: failed ? 'medium' : level,
            verdict: `${action ?? 'failed'}: ${message}`,
            time: entry ? isoTime(entry[1]) : null,
            host: run.host,
            fields: {
                Action: action ?? 'failed',
                VendorName: /vulnerable|mitigat/.test(action ?? '') ? run.tool : null,
            },
        }, text, at));
    };
    return readLines(source, sink, (line) => {
        if (SUMMARY.test(line.text)) {
            tell();
            summary = true;
            run.tool = /^EOMTv2/i.test(line.text) ? 'EOMTv2' : 'EOMT';
            held = { text: line.text, first: line, length: line.length };
            return;
        }
        if (ENTRY.test(line.text)) {
            tell();
            summary = false;
            held = { text: line.text, first: line, length: line.length };
        }
        else if (held && held.text.length < 65_536) {
            // A message of several lines, or the summary, which is one text.
            held.text += `\n${line.text}`;
            held.length = line.offset + line.length - held.first.offset;
        }
    }, () => tell());
}
/** The two sentences of a summary that say something of this server. */
function summaryOf(text) {
    const message = /^Message: (.*)$/m.exec(text)?.[1]?.trim() ?? 'summary';
    return /This attempt was unsuccessful/i.test(text) ? `${message} This attempt was unsuccessful.` : message;
}
function learn(run, message) {
    const started = /^Starting (EOMT(?:v2)?)\.ps1 version (\S+)/.exec(message);
    if (started) {
        run.tool = started[1];
        run.version = started[2];
    }
    run.host = /\b(?:on|to) ([\w-]{1,63})(?:$|[ ,.]| ::)/.exec(message.split('\n')[0])?.[1] ?? run.host;
}
const MEANINGS = [
    [/^Threats detected!/, 'threats-detected', 'high'],
    [/No known threats detected/, 'nothing-found', 'informational'],
    [/ is vulnerable: applying mitigation/, 'vulnerable', 'medium'],
    [/ is not vulnerable/, 'not-vulnerable', 'informational'],
    [/^Rollback of mitigation complete/, 'mitigation-removed', 'medium'],
    [/^Mitigation complete/, 'mitigated', 'informational'],
    [/^Microsoft attempted to mitigate(?!.*unsuccessful)/, 'mitigation-tried', 'informational'],
    [/^Mitigation failed|This attempt was unsuccessful|failed to complete/, 'failed', 'medium'],
];
function meaningOf(message) {
    const found = MEANINGS.find(([pattern]) => pattern.test(message));
    return found ? { action: found[1], level: found[2] } : { action: null, level: 'informational' };
}
//# sourceMappingURL=eomt.js.map