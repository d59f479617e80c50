import { splitCsv } from '../../lib/csv.js';
import { exchangeColumns, fitsExchangeColumns } from './csv-columns.js';
import { typeOf } from './log-types.js';
// Rows of Exchange logs cut to a part, and rows with more or fewer values than columns.
const ECP_PAIRS = /^"?(\d{4}-\d\d-\d\dT[\d:.]{8,16}Z?)"?,(?:"?([\w.-]{1,255})"?,)?(?:"?([\w.-]{1,80})"?,)?("?'?S:(?:TIME|SID|CMD|URL|EX)=.*)$/s;
/** A row of ECP Server cut to some columns: from its first pair on it is EventData, commas and all. */
export function ecpExcerpt(text) {
    const m = ECP_PAIRS.exec(text);
    if (!m)
        return null;
    const data = m[4].startsWith('"') ? (splitCsv(m[4]).values[0] ?? '') : m[4];
    const kept = [m[1], m[2], m[3], data];
    const names = ['TimeStamp', 'ServerName', 'EventId', 'EventData'].filter((_, i) => kept[i] !== undefined);
    return {
        columns: exchangeColumns(names, typeOf('ECP Server Log', names, '')),
        values: kept.filter((value) => value !== undefined),
    };
}
// Values that may hold a comma although nothing quotes them, likeliest first.
const LOOSE = [
    'UserAgent',
    'AnchorMailbox',
    'UrlQuery',
    'EventData',
    'Parameters',
    'message-subject',
    'data',
    'context',
    'P2FromAddresses',
    'Recipient',
    'SmtpResponse',
    'GenericInfo',
    'GenericErrors',
    'ClientInfo',
    'Data',
    'description',
];
/** Values of a row that has too few (cut off at the end) or too many of them (a comma that nothing quotes). */
export function alignCsv(columns, values) {
    const wanted = columns.names.length;
    if (values.length === wanted)
        return null;
    if (values.length < wanted)
        return wanted >= 10 && values.length * 2 >= wanted && fitsExchangeColumns(columns, values) ? values : null;
    const excess = values.length - wanted;
    if (excess > 200)
        return null;
    // Where the line end between two rows is gone neither is an agent or a message of the other.
    if (excess * 2 >= wanted && values.some((value, i) => i > 0 && i !== columns.time && STAMP.test(value)))
        return null;
    for (const name of LOOSE) {
        const at = columns.names.indexOf(name);
        if (at < 0)
            continue;
        const merged = [
            ...values.slice(0, at),
            values.slice(at, at + excess + 1).join(','),
            ...values.slice(at + excess + 1),
        ];
        if (fitsExchangeColumns(columns, merged))
            return merged;
    }
    return null;
}
/** A time at the end of a value, as it begins a row. */
const STAMP = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?Z?"?$/;
//# sourceMappingURL=odd-rows.js.map