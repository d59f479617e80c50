import { splitCsv } from '../../lib/csv.js';
import { splitHeadLines } from '../../lib/text.js';
import { beginsExchangeRow, ExchangeRows, isBareHeader } from '../exchange/csv-log.js';
import { HttperrRows, isHttperrRow } from '../web/httperr.js';
import { IisRows, misfit } from '../web/iis.js';
import { recordOfJson } from '../windows-events/json.js';
import { recordOfLine } from '../windows-events/key-value.js';
import { readLines } from '../common/lines.js';
import { cmdletRecord } from '../windows-events/cmdlet-line.js';
import { requestByShape } from '../web/row-by-shape.js';
import { takeOtherLine } from './excerpt-lines.js';
import { continued, quotedCommands } from '../powershell/quoted-command.js';
import { windowsEvent } from '../windows-events/event.js';
/**
 * Rows of IIS, HTTPERR and Exchange logs inside other text: what Select-String, findstr and grep print, what people
 * paste into reports and forum posts. Several logs may stand in one file, with headers in the middle or none at all,
 * and Windows events between them, one a line. Only a `#Fields:` line as the logs write it says what values mean; a row
 * of IIS without one must fit a set of default fields as it stands, since nothing tells whether somebody made it up.
 */
export const snippet = {
    name: 'snippet',
    title: 'Log rows inside a text',
    product: 'any',
    most: 90,
    recognise,
    read,
};
function recognise(head) {
    if (!ANY_TIME.test(head.text) && !NATIVE_TIME.test(head.text))
        return copied(head);
    const rows = new MixedRows(head, { event: () => { }, gap: () => { }, fact: () => { } });
    const lines = splitHeadLines(head.text).slice(0, 5_000);
    const found = new Set(lines.map((text) => rows.take(text, { offset: 0, length: 0, number: 0 })));
    // Where Windows events stand between rows of logs, no other parser reads both.
    if (found.has('row'))
        return found.has('windows') ? 90 : 45;
    // A row that cannot be read is reported when no other parser knows the file better.
    if (found.has('other') && lines.some((text) => rows.complaint(text) !== null))
        return 20;
    return copied(head);
}
function copied(head) {
    if (head.windowsPath !== null)
        return 0;
    const at = { offset: 0, length: 0, number: 0 };
    const holdsRow = splitHeadLines(head.text)
        .slice(0, 2_000)
        .some((line) => cmdletRecord(line) !== null || requestByShape(line, head.path, at) !== null);
    return holdsRow ? 45 : holdsCommands(head) ? COMMANDS : 0;
}
/** As sure as a text of commands is known, where nothing else in it is. */
const COMMANDS = 15;
/**
 * Is it an excerpt that lists commands? A text in a folder of the server is a file of the server, in which people note
 * what they mean to do; scripts are programs.
 */
function holdsCommands({ path, windowsPath, text }) {
    if (windowsPath !== null || !/(?:\.(?:txt|log|md|csv|tsv)|(?:^|[\\/])[^.\\/]+)$/i.test(path))
        return false;
    let others = 0;
    const found = { sure: 0, all: 0 };
    for (const line of wholeCommands(splitHeadLines(text).slice(0, 2_000))) {
        const commands = quotedCommands(line);
        if (commands.length > 0)
            found.all++;
        else if (line.trim() !== '')
            others++;
        if (commands.some(({ isSure }) => isSure))
            found.sure++;
    }
    return (found.sure > 0 && found.all * 3 >= others) || (found.sure > 1 && found.all * 8 >= others);
}
/** Lines with those joined that a command goes on in. */
function* wholeCommands(lines) {
    let open = '';
    for (const line of lines) {
        const more = continued(line);
        if (more !== null && open.length < COMMAND)
            open += more;
        else {
            yield open + line;
            open = '';
        }
    }
    if (open !== '')
        yield open;
}
/** A command of many lines is cut here. */
const COMMAND = 16_384;
async function read(source, sink) {
    const rows = new MixedRows(source, sink);
    const take = (line, unread) => {
        if (rows.take(line.text, line) !== 'other')
            return;
        const complaint = rows.complaint(line.text);
        if (complaint === null)
            takeOtherLine(line, source, sink, unread, 'text that is no row of a log');
        else
            unread(line, 'unsupported', complaint);
    };
    let open = null;
    const end = (unread) => {
        if (open !== null)
            take(open, unread);
        open = null;
    };
    const parsed = await readLines(source, sink, (line, unread) => {
        const more = source.windowsPath === null ? continued(line.text) : null;
        const text = (open?.text ?? '') + (more ?? line.text);
        const { offset, number } = open ?? line;
        open = { ...line, text, offset, number, length: line.offset + line.length - offset };
        if (more === null || text.length > COMMAND)
            end(unread);
    }, end);
    rows.finish();
    return parsed;
}
const ANY_TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d/;
const NATIVE_TIME = /, \d{1,2}\/\d{1,2}\/\d{2,4}, \d{1,2}:\d\d:\d\d, /;
// Where a row may begin behind a prefix. What precedes is looked at no further than a path and a line number reach.
const ISO_ROW = /"?\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,7})?(?:Z|[+-]\d\d:\d\d)?"?,/;
const W3C_ROW = /\d{4}-\d\d-\d\d \d\d:\d\d:\d\d /;
const NATIVE_ROW = /[0-9a-fA-F.:%]{2,45}, [^,]{1,256}, \d{1,2}\/\d{1,2}\/\d{2,4}, \d{1,2}:\d\d:\d\d, /;
const PREFIX = 600;
const HEADER = /#(?:Software|Version|Log-type|Date|Fields):/i;
/** What begins at a place of a line: to the end of it, or of the cell of a table whose quotation mark stands before. */
function unquoted(text, from) {
    const end = text[from - 1] === '"' ? /^(?:[^"]|"")*/.exec(text.slice(from))[0].length : text.length;
    return text.slice(from, from + end);
}
class MixedRows {
    #path;
    /** A text that lies in no folder of a server: what is in it was copied. Where it has headers, rows are read by these alone. */
    #isExcerpt;
    #sink;
    #iis;
    #httperr;
    #exchange;
    constructor(source, sink) {
        this.#path = source.path;
        this.#isExcerpt = source.windowsPath === null && !/^#Fields:/im.test(source.text);
        this.#sink = sink;
        this.#iis = new IisRows(source, sink, { strict: true });
        this.#httperr = new HttperrRows(source, sink);
        this.#exchange = new ExchangeRows(source, sink);
    }
    take(text, at) {
        const windows = this.#windows(text, at);
        if (windows) {
            this.#sink.event({ ...windows, snippet: true });
            return 'windows';
        }
        const head = text.slice(0, PREFIX);
        const header = HEADER.exec(head);
        if (header && !ISO_ROW.test(head.slice(0, header.index)))
            return this.#header(text.slice(header.index), at);
        const event = this.#row(text, head, at);
        if (event) {
            this.#sink.event({ ...event, raw: text, snippet: true });
            return 'row';
        }
        const shaped = this.#isExcerpt ? requestByShape(text, this.#path, at) : null;
        if (shaped) {
            this.#sink.event(shaped);
            return 'row';
        }
        const trimmed = text.trim();
        if (isBareHeader(trimmed)) {
            this.#exchange.bareHeader(trimmed, at);
            return 'header';
        }
        return /^(?:$|#|```|~~~|\/\/|;|--+$|==+$|>\s*$)/.test(trimmed) ? 'header' : 'other';
    }
    /** What is wrong with a text that looks like a row of IIS and was not taken for one; null when it does not. */
    complaint(text) {
        const row = W3C_ROW.exec(text.slice(0, PREFIX));
        return row && misfit(text.slice(row.index).trimEnd());
    }
    finish() {
        this.#iis.finish();
        this.#exchange.finish();
    }
    #header(line, at) {
        if (/^#Fields:[^,]*$/i.test(line)) {
            if (/\bs-reason\b/.test(line))
                this.#httperr.header(line);
            // Firewalls and others write such headers too.
            else if (/\b(?:cs-uri-stem|cs-method|c-ip)\b/.test(line))
                this.#iis.header(line);
        }
        else {
            if (/^#Date:/i.test(line))
                this.#iis.header(line);
            this.#exchange.header(line, at);
        }
        return 'header';
    }
    #row(text, head, at) {
        const iso = ISO_ROW.exec(head);
        // A time and a comma stand in every JSON object too.
        if (iso && !/^\s*[{[]/.test(head.slice(0, 64)))
            return this.#exchangeRow(text.slice(iso.index), at);
        const w3c = W3C_ROW.exec(head);
        if (w3c) {
            const row = unquoted(text, w3c.index).trimEnd();
            return isHttperrRow(row) ? this.#httperr.row(row, at) : (this.#iis.row(row, at) ?? this.#httperr.row(row, at));
        }
        const native = NATIVE_ROW.exec(head);
        return native ? this.#iis.row(afterNumber(text.slice(native.index)), at) : null;
    }
    #windows(text, at) {
        const record = /^\s{0,40}\{/.test(text)
            ? recordIn(text)
            : text.includes('Event')
                ? recordOfLine(text)
                : this.#isExcerpt
                    ? cmdletRecord(text)
                    : null;
        return (record && windowsEvent(record, text, { path: this.#path, offset: at.offset, length: at.length, line: at.number }));
    }
    // What follows a row on its line (a closing quote of the text around it) belongs to its last value at most.
    #exchangeRow(row, at) {
        if (!beginsExchangeRow(row))
            return null;
        const { values, open } = splitCsv(row);
        return this.#exchange.record(values, row, at, open);
    }
}
function recordIn(text) {
    try {
        const value = JSON.parse(text);
        return value !== null && typeof value === 'object' && !Array.isArray(value) ? recordOfJson({ ...value }) : null;
    }
    catch {
        return null;
    }
}
// `12:198.51.100.7, -, …`: a line number in front of an address looks like a part of it.
function afterNumber(row) {
    const m = /^:?\d{0,7}:(?=\d{1,3}(?:\.\d{1,3}){3}, )/.exec(row);
    return m ? row.slice(m[0].length) : row;
}
//# sourceMappingURL=headerless-rows.js.map