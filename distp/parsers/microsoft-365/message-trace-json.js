import { readJsonObjects } from '../common/json-objects.js';
import { JsonObjects } from '../../lib/json-stream.js';
import { iso } from '../../lib/time.js';
import { membersOf, jsonObjectOf, memberText } from './record.js';
import { TraceAccount, traceEvent } from './message-trace.js';
/**
 * The same message traces as JSON: Get-MessageTrace and Get-MessageTraceV2 with ConvertTo-Json (the Microsoft Extractor Suite
 * does so), and the answers of Microsoft Graph.
 * https://learn.microsoft.com/graph/api/resources/exchangemessagetrace
 */
export const messageTraceJson = {
    name: 'message-trace-json',
    title: 'Message trace of Exchange Online as JSON',
    product: 'microsoft-365',
    recognise,
    read,
};
function recognise(head) {
    if (!/"SenderAddress"\s*:/i.test(head.text) || !/"Received(?:DateTime)?"\s*:/i.test(head.text))
        return 0;
    let records = 0;
    const objects = new JsonObjects(head.bytes, ({ value }) => {
        if (!isTrace(value))
            return false;
        records++;
        return true;
    }, () => { });
    objects.push(head.bytes);
    objects.finish();
    return records === 0 ? 0 : 96;
}
async function read(source, sink) {
    const trace = new TraceAccount();
    const parsed = await readJsonObjects(source, sink, ({ value, text, offset, length, line, prefixed }) => {
        if (!isTrace(value))
            return false;
        const event = traceEvent(columnsOf(value), null, text, { path: source.path, offset, length, line });
        if (event === null)
            return false;
        trace.add(event);
        sink.event(prefixed ? { ...event, snippet: true } : event);
        return true;
    });
    trace.finish(source.path, sink);
    return parsed;
}
function isTrace(value) {
    const members = membersOf(value);
    const has = (name) => members.has(name);
    return ((has('received') || has('receiveddatetime')) &&
        memberText(members, 'senderaddress', 'recipientaddress') !== null &&
        has('senderaddress') &&
        has('recipientaddress') &&
        (has('messagetraceid') || (has('messageid') && has('status'))));
}
function columnsOf(value) {
    return [...membersOf(value).values()].map(([name, inner]) => [name, written(name, inner)]);
}
/**
 * Windows PowerShell writes a date as `/Date(1755746055000)/`, or as an object with that and a text for people; PowerShell 7 as
 * a text.
 */
function written(name, value) {
    if (typeof value === 'number' || typeof value === 'boolean')
        return String(value);
    const inner = jsonObjectOf(value);
    const text = inner === null ? value : memberText(membersOf(inner), 'value', 'datetime');
    if (typeof text !== 'string')
        return '';
    const ticks = /^Received/i.test(name) ? /^\\?\/Date\((-?\d{1,15})(?:[+-]\d{4})?\)\\?\/$/.exec(text) : null;
    return ticks ? (iso(Number(ticks[1])) ?? '') : text;
}
//# sourceMappingURL=message-trace-json.js.map