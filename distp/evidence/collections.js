import { splitCsv } from '../lib/csv.js';
import { jsonOrNull } from '../lib/json.js';
import { firstReached } from '../lib/collections.js';
import { decodeText } from '../lib/text.js';
import { noneOpens } from './passwords.js';
import { decodeOnce, isBelowLayout, pathInName } from './windows-paths.js';
/** Members with what their collection says of them. */
export async function withOrigins(members, read, passwords, 
/** What the name of the evidence itself says: `aspnet_client/`, or nothing. */
within = '') {
    const changed = new Map();
    const now = (member) => changed.get(member) ?? member;
    for (const { list, folder, around } of listsAmong(members)) {
        if (around === null) {
            changed.set(list, added(now(list), { note: BEYOND }));
            continue;
        }
        const text = decodeText(await read(list, most));
        const words = collectors[nameOf(list).toLowerCase()];
        const isOfServer = isLaid(list, within);
        const all = [...words(text, folder, around, passwords)];
        // Of a collection at least half of the files are in its list.
        if (!isOfServer && nameOf(list).toLowerCase() === 'getthis.csv' && all.length * 2 < around.length - 1)
            continue;
        for (const [member, told] of all)
            changed.set(member, isOfServer ? claimed(now(member), told, within) : added(now(member), told, within));
    }
    const cap = capOf(members);
    if (cap !== null)
        changed.set(cap.first, added(now(cap.first), { cut: cap.told }));
    return members.map(now);
}
/**
 * Files of a flattened collection, whose names hold their paths: most of their folder are named so, and no folder around
 * them says where they were. Below a folder of the server such a name is a claim, and among others it says nothing.
 */
export function withNamedPaths(members, within = '') {
    const named = new Map();
    const folders = new Map();
    for (const member of members) {
        const name = nameOf(member);
        const folder = member.path.slice(0, member.path.length - name.length);
        let counts = folders.get(folder);
        if (!counts)
            folders.set(folder, (counts = { files: 0, named: 0 }));
        counts.files++;
        const path = pathInName(name);
        if (path === null)
            continue;
        named.set(member, path);
        counts.named++;
    }
    if (named.size === 0)
        return members;
    return members.map((member) => {
        const path = named.get(member);
        if (path === undefined)
            return member;
        const { files, named: those } = folders.get(member.path.slice(0, member.path.length - nameOf(member).length));
        if (isLaid(member, within))
            return { ...member, claim: { path, by: 'name' } };
        return those > 1 && those * 2 >= files ? { ...member, windowsPath: path, toldBy: 'name' } : member;
    });
}
/** Does a folder around it say where it lay on the server, if only from some folder on? */
function isLaid(member, within) {
    return (member.windowsPath !== null && member.toldBy === undefined) || isBelowLayout(within + member.path);
}
const most = 64 * 2 ** 20;
/**
 * So many bytes of lists are read of one evidence, and so many files are looked for in them besides each of them twice: in
 * folders of lists every list is asked for the same files.
 */
const together = { bytes: 256 * 2 ** 20, files: 500_000 };
const BEYOND = 'not used as the list of a collector: there are more of these than one evidence may have';
/** Lists by their names, in the order of the members; those that are least deep count first: a collector writes beside what it took. */
function listsAmong(members) {
    const named = new Map();
    for (const member of members)
        if (!member.refused && collectors[nameOf(member).toLowerCase()] !== undefined && !named.has(member.path))
            named.set(member.path, member);
    if (named.size === 0)
        return [];
    const sorted = [...members].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    const lists = [...named.values()];
    const depths = new Map(lists.map((list) => [list, list.path.split('/').length]));
    const left = { bytes: together.bytes, files: together.files + 2 * members.length };
    const found = new Map();
    for (const list of lists.toSorted((a, b) => depths.get(a) - depths.get(b))) {
        const folder = list.path.slice(0, list.path.length - nameOf(list).length);
        const bytes = Math.min(list.size ?? most, most);
        const around = bytes <= left.bytes ? below(sorted, folder, left.files) : null;
        if (around !== null) {
            left.bytes -= bytes;
            left.files -= around.length;
        }
        found.set(list, { list, folder, around });
    }
    return lists.map((list) => found.get(list));
}
/** Those whose paths begin with `folder`, of members in the order of their paths; null where they are more than `room`. */
function below(sorted, folder, room) {
    const from = firstReached(sorted.length, (at) => sorted[at].path >= folder);
    let end = from;
    while (end < sorted.length && end - from <= room && sorted[end].path.startsWith(folder))
        end++;
    return end - from > room ? null : sorted.slice(from, end);
}
const collectors = Object.assign(Object.create(null), { 'uploads.json': velociraptorUploads, 'metadata.json': velociraptorLock, 'getthis.csv': orcSamples });
/** Of a list that lay on the server itself only what it says against the place of a file is kept. */
function claimed(member, { windowsPath: path }, within) {
    if (path === undefined || member.claim !== undefined || isSame(path, member.windowsPath))
        return member;
    if (!isLaid(member, within))
        return member;
    return { ...member, claim: { path, by: 'list' } };
}
function isSame(a, b) {
    return a.toLowerCase() === b?.toLowerCase();
}
function added(was, { windowsPath, note, cut, locked }, within = '') {
    const member = windowsPath === undefined || was.windowsPath === null ? was : claimed(was, { windowsPath }, within);
    const notes = [member.note, note].filter((part) => part !== undefined).join('; ');
    const cuts = [member.cut, cut].filter((part) => part !== undefined).join('; ');
    return {
        ...member,
        ...(windowsPath !== undefined &&
            !isLaid(member, within) &&
            member.windowsPath === null && { windowsPath, toldBy: 'list' }),
        ...(notes !== '' && { note: notes }),
        ...(cuts !== '' && { cut: cuts }),
        ...(locked !== undefined && member.refused && { refused: { ...member.refused, detail: locked } }),
    };
}
function nameOf(member) {
    return member.path.slice(member.path.lastIndexOf('/') + 1);
}
/** `uploads.json`: a line of JSON for each file (https://docs.velociraptor.app/docs/file_collection/). */
function* velociraptorUploads(text, folder, members) {
    const uploads = uploadsIn(text);
    const where = `${folder}uploads/`;
    for (const member of members) {
        if (!member.path.startsWith(where) || member.path.endsWith('.idx'))
            continue;
        const names = member.path.slice(folder.length).split('/').map(decodeOnce);
        const upload = uploads.get(names.join('\0'));
        if (upload === undefined)
            continue;
        const path = drivePath(upload.path);
        yield [member, { ...uploadTold(upload, member), ...(path !== null && { windowsPath: path }) }];
    }
}
function uploadsIn(text) {
    const uploads = new Map();
    for (const line of text.split('\n')) {
        const row = objectOf(line);
        const names = row?.['_Components'];
        // The index of a sparse file goes by the name of the file.
        if (row === null || row['Type'] === 'idx' || !Array.isArray(names))
            continue;
        uploads.set(names.map(String).join('\0'), {
            path: typeof row['vfs_path'] === 'string' ? row['vfs_path'] : '',
            size: countOf(row['file_size']),
            stored: countOf(row['uploaded_size'] ?? row['stored_size']),
        });
    }
    return uploads;
}
/** How much of it is here: of a sparse file the data is all there is. */
function uploadTold({ size, stored }, member) {
    const less = size !== null && stored !== null && stored < size;
    const lost = stored !== null && member.size !== null && member.size < stored;
    const isSparse = member.note?.includes('sparse') === true;
    const cuts = [
        ...(less && !isSparse ? [`the collector took ${stored} of ${size} bytes (or it is sparse, without an index)`] : []),
        ...(lost ? [`the collector took ${stored} bytes, ${member.size} are here`] : []),
    ];
    return {
        ...(less && isSparse && { note: `${size} bytes long on the server, ${stored} of them data` }),
        ...(cuts.length > 0 && { cut: cuts.join('; ') }),
    };
}
/** `\\.\C:\Windows\…` as `C:\Windows\…`; null for what is no path of a drive. */
function drivePath(path) {
    const plain = path.replace(/^\\\\[.?]\\(?=[A-Za-z]:)/, '');
    return /^[A-Za-z]:\\/.test(plain) ? plain.slice(0, 1).toUpperCase() + plain.slice(1) : null;
}
/** `metadata.json` of an encrypted collection: which key its password was encrypted with. */
function* velociraptorLock(text, folder, members, passwords) {
    const data = members.find((member) => member.path === `${folder}data.zip` && member.refused?.reason === 'encrypted');
    const rows = data === undefined ? null : jsonOrNull(text);
    const row = Array.isArray(rows) ? rows[0] : rows;
    if (data === undefined || typeof row !== 'object' || row === null || !('Scheme' in row))
        return;
    const scheme = String(row.Scheme).slice(0, 40);
    const tried = passwords.length === 0 ? '' : ` (${noneOpens(passwords.length)})`;
    const locked = `Velociraptor collection encrypted by the scheme ${scheme}: its password is encrypted for the server's key. Decrypt it there first (velociraptor --config server.config.yaml unzip)${tried}`;
    yield [data, { locked }];
}
// ---------------------------------------------------------------- DFIR-ORC
/** `GetThis.csv`: what each sample of the archive was called (https://dfir-orc.github.io/). */
function* orcSamples(text, folder, members) {
    const samples = samplesIn(text);
    if (samples.size === 0)
        return;
    for (const member of members) {
        const sample = samples.get(member.path.slice(folder.length).toLowerCase());
        if (sample === undefined)
            continue;
        const short = sample.size !== null && member.size !== null && member.size < sample.size;
        const cut = `the collector took ${member.size} of ${sample.size} bytes`;
        yield [member, { windowsPath: sample.path, ...(short && { cut }) }];
    }
}
function samplesIn(text) {
    const samples = new Map();
    const [header = '', ...lines] = text.replace(/^\ufeff/, '').split(/\r?\n/);
    const columns = splitCsv(header).values.map((name) => name.trim().toLowerCase());
    const [full, sample, size, snapshot] = ['fullname', 'samplename', 'sizeinbytes', 'snapshotid'].map((name) => columns.indexOf(name));
    if (full < 0 || sample < 0)
        return samples;
    for (const line of lines) {
        const { values } = splitCsv(line);
        const [path, name] = [values[full] ?? '', (values[sample] ?? '').replaceAll('\\', '/').toLowerCase()];
        if (path === '' || name === '' || samples.has(name))
            continue;
        samples.set(name, { path: volumePath(path, values[snapshot] ?? ''), size: countOf(values[size]) });
    }
    return samples;
}
/** Paths begin at the root of their volume; that of the system is meant where no letter is said. */
function volumePath(path, snapshot) {
    if (/^[A-Za-z]:\\/.test(path) || path.startsWith('\\\\'))
        return path;
    const below = path.replace(/^\\/, '');
    if (snapshot === '' || /^\{?[0-]+\}?$/.test(snapshot))
        return `C:\\${below}`;
    return `\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy${snapshot}\\${below}`;
}
// ---------------------------------------------------------------- cut files
/** Files of one round size that none exceeds: a collector with a limit leaves these. Database logs are made that way. */
function capOf(members) {
    let largest = 0;
    for (const { size, refused } of members)
        if (!refused && (size ?? 0) > largest)
            largest = size ?? 0;
    if (largest < 1_000_000 || (largest % 2 ** 20 !== 0 && largest % 1_000_000 !== 0))
        return null;
    const cut = members.filter((m) => m.size === largest &&
        !m.refused &&
        !/\.(?:jrs|etl|edb|vhdx?|blf|regtrans-ms)$|(?:^|\/)(?:e\d\d|edb|v01|srs)[^/]*\.log$|\.evtx?$/i.test(m.path));
    if (cut.length < 3)
        return null;
    const told = `${cut.length} files of the evidence are exactly ${largest} bytes long, and none is longer: the collector may have cut them there`;
    return { first: cut[0], told };
}
// ---------------------------------------------------------------- values
function objectOf(line) {
    const value = line.startsWith('{') ? jsonOrNull(line) : null;
    return typeof value === 'object' && value !== null ? value : null;
}
function countOf(value) {
    const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
    return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null;
}
//# sourceMappingURL=collections.js.map