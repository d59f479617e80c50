import { counted } from '../../lib/amounts.js';
import { CsvRecords, headerLineOf, headersOf } from '../../lib/csv.js';
import { canonicalIp } from '../../lib/ip.js';
import { isoTime } from '../../lib/time.js';
import { certainTime, cultureTime, ordersOf } from '../common/local-time.js';
import { readCsvTable } from '../common/csv-table.js';
import { addressesIn, domainOf, whereTo } from './addresses.js';
/**
 * Message traces of Exchange Online: a row a recipient, as Get-MessageTrace and Get-MessageTraceV2 give them to Export-Csv
 * (the Microsoft Extractor Suite does so), and the summary or extended report of a historical search. No body is in them.
 * https://learn.microsoft.com/powershell/module/exchange/get-messagetracev2
 */
export const messageTrace = {
    name: 'message-trace',
    title: 'Message trace of Exchange Online',
    product: 'microsoft-365',
    recognise: ({ text }) => (headerOf(headerLineOf(text) ?? '') ? 96 : 0),
    read,
};
const SOURCES = [{ product: 'm365', service: 'message-trace' }];
/** Names of message tracking, by which rules ask, for the columns of each form. */
const NAMES = {
    senderaddress: 'sender-address',
    sender_address: 'sender-address',
    recipientaddress: 'recipient-address',
    recipient_address: 'recipient-address',
    recipient_status: 'recipient-address',
    subject: 'message-subject',
    message_subject: 'message-subject',
    messageid: 'message-id',
    message_id: 'message-id',
    messagetraceid: 'network-message-id',
    network_message_id: 'network-message-id',
    size: 'total-bytes',
    total_bytes: 'total-bytes',
    fromip: 'original-client-ip',
    original_client_ip: 'original-client-ip',
    event_id: 'event-id',
};
function headerOf(line) {
    for (const { delimiter, names, lower } of headersOf(line)) {
        const has = (...all) => all.every((name) => lower.includes(name));
        if (has('received', 'senderaddress', 'recipientaddress') && (has('messagetraceid') || has('messageid', 'status')))
            return { form: 'cmdlet', names, delimiter };
        const isDated = has('origin_timestamp_utc') || has('date_time_utc');
        if (isDated && has('sender_address') && (has('recipient_status') || has('recipient_address')))
            return { form: 'historical', names, delimiter };
    }
    return null;
}
async function read(source, sink) {
    const header = headerOf(headerLineOf(source.text) ?? '');
    const order = header ? orderOf(source.text, header) : null;
    const trace = new TraceAccount();
    const parsed = await readCsvTable(source, sink, {
        headerOf,
        take({ values, text, offset, length, number }, { names }, unread) {
            const place = { offset, length, number };
            if (values.length !== names.length)
                return unread(place, 'corrupt', `${counted(values.length, 'value')} for ${counted(names.length, 'column')}`);
            const columns = names.map((name, i) => [name, values[i]]);
            const event = traceEvent(columns, order, text, { path: source.path, offset, length, line: number });
            if (!event)
                return unread(place, 'corrupt', 'a row without its time or its sender');
            trace.add(event);
            sink.event(event);
        },
    });
    trace.finish(source.path, sink);
    return parsed;
}
/** A row of a trace by its columns, each with its name; null where it has neither a time nor an address. */
export function traceEvent(columns, order, raw, at) {
    const fields = Object.create(null);
    let written = '';
    for (const [name, value] of columns) {
        if (value === '' || name === '')
            continue;
        fields[name] = value;
        const lower = name.toLowerCase();
        const alias = NAMES[lower];
        if (alias !== undefined)
            fields[alias] = value;
        if (TIMES.has(lower))
            written ||= value;
    }
    const sender = fields['sender-address'];
    if (written === '' || (typeof sender !== 'string' && fields['recipient-address'] === undefined))
        return null;
    const time = isoTime(written) ?? (order === null ? certainTime(written) : cultureTime(written, order));
    const recipients = addressesIn(String(fields['recipient-address'] ?? ''));
    if (recipients.length > 0)
        fields['recipient-address'] = recipients;
    const from = typeof sender === 'string' ? sender : null;
    const house = typeof fields.Organization === 'string' ? fields.Organization.toLowerCase() : null;
    fields.SentWhere = whereTo(recipients, [domainOf(from), house]);
    const client = canonicalIp(String(fields['original-client-ip'] ?? ''));
    return {
        log: 'm365-message-trace',
        sources: SOURCES,
        time,
        // The cmdlets and the report write UTC, whatever the form of the date.
        timeBasis: 'format',
        fields,
        raw,
        at,
        host: null,
        client,
        user: from,
        target: recipients[0] ?? null,
        request: null,
        session: null,
    };
}
/** What a trace says of itself at its end: that it may be cut, and which organization it is of. */
export class TraceAccount {
    #house = new Map();
    #rows = 0;
    add({ fields }) {
        this.#rows++;
        const house = typeof fields.Organization === 'string' ? fields.Organization.toLowerCase() : '';
        if (house.includes('.') && (this.#house.has(house) || this.#house.size < HOUSES))
            this.#house.set(house, (this.#house.get(house) ?? 0) + 1);
    }
    finish(path, sink) {
        const at = { path, offset: 0, length: 0 };
        if (LIMITS.has(this.#rows))
            sink.fact({
                fact: 'note',
                note: `${path}: a message trace of ${this.#rows} rows, which is the most that one call gives: there may be more that it did not give`,
                at,
            });
        const [tenant] = [...this.#house].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
        if (tenant)
            sink.fact({ fact: 'tenant', domain: tenant[0], rows: tenant[1], at });
    }
}
const TIMES = new Set(['received', 'receiveddatetime', 'origin_timestamp_utc', 'date_time_utc']);
const HOUSES = 1_000;
/** Get-MessageTrace gives 1,000 rows where nothing is said and 5,000 at the most; a historical search 100,000. */
const LIMITS = new Set([1_000, 5_000, 100_000]);
/** How the dates of a table are written, where its first rows allow one reading alone. */
function orderOf(text, { names, delimiter }) {
    const column = names.findIndex((name) => /^(?:received|origin_timestamp_utc|date_time_utc)$/i.test(name));
    const times = [];
    const rows = new CsvRecords({
        delimiter,
        columns: names.length,
        take: ({ values }) => void times.push(values[column] ?? ''),
    });
    const lines = text
        .slice(0, 65_536)
        .split(/\r\n|\n/)
        .slice(0, -1);
    for (const [i, line] of lines.entries())
        rows.push({ text: line, offset: 0, length: 0, number: i + 1, ended: true });
    const dates = times.filter((time) => /\d[./-]\d/.test(time) && isoTime(time) === null).slice(0, 1_000);
    const orders = dates.length === 0 ? [] : ordersOf(dates);
    return orders.length === 1 ? orders[0] : null;
}
//# sourceMappingURL=message-trace.js.map