import { CsvRecords } from '../../lib/csv.js';
import { readLines } from './lines.js';
/** Reads a table; returns the bytes that were understood. What stands before the header is a gap `unsupported`. */
export function readCsvTable(source, sink, { headerOf, repeats, take }) {
    let rows = null;
    let report = () => { };
    const begin = (header) => {
        rows = new CsvRecords({
            delimiter: header.delimiter,
            columns: header.names.length,
            take: (record) => take(record, header, report),
        });
    };
    return readLines(source, sink, (line, unread) => {
        report = unread;
        if (rows?.waiting)
            return rows.push(line);
        if (line.text === '' || line.text.startsWith('#TYPE'))
            return;
        const header = rows === null || repeats ? headerOf(line.text) : null;
        if (header)
            begin(header);
        else if (rows)
            rows.push(line);
        else
            unread(line, 'unsupported', 'text that is no row of the table');
    }, (unread) => {
        report = unread;
        rows?.flush();
    });
}
/**
 * Tells of rows with more values than the table has columns: such a row, or its quotes, were written over, so that its values may lie
 * in other columns. One costs the time of the file, and is reported once.
 */
export class LongRows {
    #sink;
    #isTold = false;
    constructor(sink) {
        this.#sink = sink;
    }
    see({ values, offset, number }, columns) {
        if (this.#isTold || values.length <= columns || values.slice(columns).every((value) => value === ''))
            return;
        this.#isTold = true;
        const detail = 'a row with more values than the table has columns';
        const between = { after: null, before: null };
        this.#sink.gap({ offset, length: 0, reason: 'corrupt', detail, line: number, between });
    }
}
//# sourceMappingURL=csv-table.js.map