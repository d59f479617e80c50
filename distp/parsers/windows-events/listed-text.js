import { splitHeadLines } from '../../lib/text.js';
import { readLines } from '../common/lines.js';
import { eventColumns, LocalRows, LONGEST_TEXT, recordOfRow, withLine } from './csv.js';
/**
 * Events as `Get-WinEvent | Format-List` prints them: a line for each property, whose names are the same in every language,
 * and further lines of a value below it, indented. Times are local.
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/format-list
 */
export const listedEvents = {
    name: 'listed-events',
    title: 'Windows events listed by PowerShell',
    product: 'windows',
    recognise,
    read,
};
const PROPERTY = /^([A-Za-z]\w{1,40})\s{0,40}: ?(.*)$/s;
/** Properties of an event itself, in whatever order they stand. */
const ONCE = /^(?:Message|Id|ProviderName|TimeCreated|RecordId|LogName|MachineName|LevelDisplayName)$/i;
function recognise(head) {
    const found = new Set();
    for (const text of splitHeadLines(head.text).slice(0, 400)) {
        const name = eventColumns.get(PROPERTY.exec(text)?.[1]?.toLowerCase() ?? '');
        if (name !== undefined)
            found.add(name);
        if (found.has('TimeCreated') && found.has('Id') && found.has('Message'))
            return 83;
    }
    return 0;
}
async function read(source, sink) {
    const local = new LocalRows(source, sink);
    let open = null;
    const end = (unread) => {
        if (open !== null)
            give(open, local, unread);
        open = null;
    };
    const parsed = await readLines(source, sink, (line, unread) => {
        const [, name, value = ''] = PROPERTY.exec(line.text) ?? [];
        if (name === undefined) {
            if (open !== null)
                goOn(open, line);
            else if (line.text.trim() !== '')
                unread(line, 'unsupported', 'text that is no property of an event');
            return;
        }
        // The first name again, or one that each event has once: the next event.
        if (open !== null && (open.names[0] === name || (ONCE.test(name) && open.names.includes(name))))
            end(unread);
        if (open === null)
            open = { names: [], values: [], row: firstRow(line) };
        else
            open.row = withLine(open.row, line);
        open.names.push(name);
        open.values.push(value);
    }, end);
    local.finish();
    return parsed;
}
function firstRow({ text, offset, length, number }) {
    return { values: [], text, offset, length, number };
}
/** A further line of the last value. */
function goOn(open, line) {
    const last = open.values.length - 1;
    if (open.values[last].length < LONGEST_TEXT)
        open.values[last] += `\n${line.text.trimStart()}`;
    open.row = withLine(open.row, line);
}
function give({ names, values, row }, local, unread) {
    const columns = names.map((name) => eventColumns.get(name.toLowerCase()) ?? '');
    const record = recordOfRow({ names: columns, delimiter: '', utc: false, isViewer: false }, values.map((value) => value.trim()));
    if (!record)
        return unread(row, 'unsupported', 'properties of something that is no event');
    local.hold(record, row);
}
//# sourceMappingURL=listed-text.js.map