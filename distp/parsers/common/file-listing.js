import { headerLineOf, headersOf } from '../../lib/csv.js';
import { isoTime, statesZone } from '../../lib/time.js';
import { readCsvTable } from './csv-table.js';
import { rowEvent } from './row-event.js';
/**
 * Lists of files as CSV: MFTECmd (https://github.com/EricZimmerman/MFTECmd), `Get-ChildItem | Export-Csv`
 * (https://learn.microsoft.com/dotnet/api/system.io.filesysteminfo), file finders of Velociraptor, and the list of
 * suspicious files of Test-ProxyLogon. A listed file is an event with the time it was made, where that is stated in UTC.
 */
export const fileListing = {
    name: 'file-listing',
    title: 'List of files',
    product: 'any',
    most: 72,
    recognise,
    read,
};
const PATHS = ['fullname', 'fullpath', 'ospath', 'path'];
const MADE = ['created0x10', 'creationtimeutc', 'btime'];
const WRITTEN = ['lastmodified0x10', 'lastwritetimeutc', 'lastwrite', 'mtime', 'lastwritetime'];
const SIZES = ['filesize', 'length', 'size'];
function columnsOf(line) {
    for (const { delimiter, lower } of headersOf(line)) {
        const at = (names) => lower.findIndex((name) => names.includes(name));
        const parent = lower.indexOf('parentpath');
        const name = parent >= 0 ? lower.indexOf('filename') : -1;
        const path = parent >= 0 && name >= 0 ? parent : at(PATHS);
        const [made, written, size] = [at(MADE), at(WRITTEN), at(SIZES)];
        // A path alone heads many tables: the time of a file must stand beside it.
        if (path < 0 || (made < 0 && written < 0))
            continue;
        const [inUse, isFolder] = [lower.indexOf('inuse'), at(['isdirectory', 'isdir', 'psiscontainer'])];
        return { delimiter, names: lower, path, name, made, written, size, inUse, isFolder };
    }
    return null;
}
function recognise(head) {
    const first = headerLineOf(head.text);
    return first && columnsOf(first) ? 72 : 0;
}
function read(source, sink) {
    return readCsvTable(source, sink, { headerOf: columnsOf, take });
    function take(record, columns, unread) {
        const { values } = record;
        const path = record.broken || values.length > columns.names.length ? null : pathOf(columns, values);
        if (path === null)
            return unread(record, 'corrupt', 'a row that names no file');
        if (/^true$/i.test(values[columns.isFolder] ?? ''))
            return;
        const gone = /^false$/i.test(values[columns.inUse] ?? '');
        const made = values[columns.made] ?? '';
        const time = made === '' ? null : isoTime(made);
        const size = /^\d{1,15}$/.test(values[columns.size] ?? '') ? Number(values[columns.size]) : null;
        const listed = listedFile(path, size);
        sink.event(rowEvent(source.path, record, {
            ...listed,
            sources: [{ category: gone ? 'file_delete' : 'file_event', product: 'windows' }],
            // A record that is no longer in use was deleted, at a time that was not recorded.
            time: gone ? null : time,
            timeBasis: statesZone(made) ? 'stated' : 'format',
            fields: {
                ...listed.fields,
                Created: made || null,
                Modified: values[columns.written] || null,
            },
        }));
    }
}
/** What a list says of a file by its path and size. A list is a choice of files, never a whole folder. */
export function listedFile(path, size) {
    const name = path.slice(path.lastIndexOf('\\') + 1);
    const dot = name.lastIndexOf('.');
    return {
        log: WEB_ROOT.test(path) ? 'web-roots' : 'files',
        fields: {
            TargetFilename: path,
            FileName: name,
            Extension: dot < 0 ? '' : name.slice(dot).toLowerCase(),
            Directory: path.slice(0, Math.max(0, path.length - name.length - 1)),
            Size: size,
        },
        target: path,
        snippet: true,
    };
}
// Folders that IIS serves pages of Exchange from, or of the default site.
const WEB_ROOT = /\\(?:aspnet_client|inetpub\\wwwroot|frontend\\httpproxy|clientaccess)\\/i;
function pathOf(columns, values) {
    const first = (values[columns.path] ?? '').replaceAll('/', '\\').replace(/^\\\\[.?]\\/, '');
    const name = columns.name < 0 ? null : (values[columns.name] ?? '');
    if (name === '' || first === '')
        return null;
    // MFTECmd begins at the root of a volume whose letter it does not know; that of the system is the likely one.
    const path = name === null ? first : `${first.replace(/^\.(?=\\|$)/, 'C:')}\\${name}`;
    return path.includes('\\') ? path : null;
}
//# sourceMappingURL=file-listing.js.map