import { PosternError } from '../../lib/errors.js';
import { splitCsv } from '../../lib/csv.js';
/** Folders below the install folder of which a baseline of Exchange holds every file. */
const covered = /^(frontend|clientaccess)\//;
/** The path as baselines have it: below the install folder or else without drive, lower case, `/`, version folders as `<v>`. */
export function baselineKey(path) {
    const slashed = path.toLowerCase().replaceAll('\\', '/');
    const installed = /(?:^|\/)exchange server\/v15\/(?=.)/.exec(slashed);
    // Below the web site of Windows nothing of Exchange was installed, whatever a folder there is called.
    const isOwn = installed !== null && !/(?:^|\/)(?:inetpub|aspnet_client)\//.test(slashed.slice(0, installed.index + 1));
    const below = isOwn ? slashed.slice(installed.index + installed[0].length) : undefined;
    const key = below ?? slashed.replace(/^[a-z]:/, '').replace(/^\/+/, '');
    return key.replace(/(^|\/)(?:\d+\.\d+\.\d+(?:\.\d+)?|version|<(?:build|version|v)>)(?=\/)/g, '$1<v>');
}
/** The first folder of a key, empty for a file without one. */
export function firstFolder(key) {
    return key.slice(0, Math.max(0, key.indexOf('/')));
}
/** Judges a file by all baselines; null when none has anything to say. `path` is below the install folder, or whole. */
export function judgeFile(baselines, path, sha256) {
    if (baselines.length === 0)
        return null;
    const key = baselineKey(path);
    const knownPath = baselines.some((baseline) => baseline.hasPath(key));
    if (knownPath) {
        for (const baseline of baselines) {
            const span = baseline.atPath(key, sha256);
            if (span)
                return { is: 'known', knownPath, knownHash: true, builds: spanText(span), elsewhere: null };
        }
    }
    for (const baseline of baselines) {
        const found = baseline.anywhere(sha256);
        if (found)
            return { is: 'known-elsewhere', knownPath, knownHash: true, builds: spanText(found), elsewhere: found.key };
    }
    if (!knownPath && !covered.test(key))
        return null;
    return { is: knownPath ? 'changed' : 'unknown-path', knownPath, knownHash: false, builds: null, elsewhere: null };
}
function spanText({ from, to }) {
    if (from === '')
        return null;
    return from === to ? from : `${from}–${to}`;
}
/**
 * Reads a list: tab, comma or semicolon separated, with a header line that names `sha256` or `Hash` and `path` (as
 * `Get-FileHash | Export-Csv` writes it), or without one and the digest first. Lines that begin with `#` are comments.
 */
export function readBaselineList(text, file) {
    const rows = [];
    let columns = null;
    let number = 0;
    for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
        number++;
        if (line.trim() === '' || line.startsWith('#'))
            continue;
        const cells = cellsOf(line);
        if (columns === null) {
            columns = headerOf(cells);
            if (columns)
                continue;
            columns = { hash: 0, path: 1, builds: 2, algorithm: -1 };
        }
        rows.push(rowOf(cells, columns, { file, line: number }));
    }
    if (rows.length === 0)
        throw new PosternError('usage', 'No line of it names a file.', { file });
    return rows;
}
function cellsOf(line) {
    const delimiter = ['\t', ';', ','].find((d) => line.includes(d)) ?? ',';
    return splitCsv(line, delimiter).values.map((cell) => cell.trim());
}
function headerOf(cells) {
    const names = cells.map((cell) => cell.toLowerCase().replace(/[\s_-]/g, ''));
    const find = (...wanted) => names.findIndex((name) => wanted.includes(name));
    const hash = find('sha256', 'hash', 'sha256hash', 'filehash');
    const path = find('path', 'fullname', 'relativepath', 'relativepathlower', 'filename', 'file');
    if (hash < 0 || path < 0)
        return null;
    return { hash, path, builds: find('builds', 'build', 'version', 'seenin'), algorithm: find('algorithm') };
}
function rowOf(cells, columns, where) {
    const algorithm = columns.algorithm < 0 ? 'SHA256' : (cells[columns.algorithm] ?? '');
    const sha256 = (cells[columns.hash] ?? '').toLowerCase();
    const path = cells[columns.path] ?? '';
    if (!/^sha-?256$/i.test(algorithm) || !/^[0-9a-f]{64}$/.test(sha256))
        throw new PosternError('usage', 'This is no line of a baseline: it begins with a SHA-256 of 64 hex digits, then the path (docs/use/baselines.md).', where);
    if (path === '')
        throw new PosternError('usage', 'A path was wanted beside the SHA-256.', where);
    const builds = (columns.builds < 0 ? '' : (cells[columns.builds] ?? '')).match(/(?<!\d)\d+\.\d+\.\d+(?:\.\d+)?/g) ?? [];
    const sorted = [...builds].sort(compareBuildNames);
    return { sha256, path, from: sorted[0] ?? '', to: sorted.at(-1) ?? '' };
}
/** A list as it is written by `postern baseline make`: readable, and read again by `readList`. */
export function writeList(rows, comments) {
    const lines = rows.map(({ sha256, path, from, to }) => [sha256, path.replace(/[\t\r\n]/g, ' '), from === to ? from : `${from}..${to}`].join('\t'));
    return [
        ...comments.map((comment) => `# ${comment.replace(/[\r\n]/g, ' ')}`),
        'sha256\tpath\tbuilds',
        ...lines,
        '',
    ].join('\n');
}
/** A baseline of rows, held in maps: for the lists of one organization, some ten thousand lines. */
export function baselineOf(rows, name, origin) {
    const byPath = new Map();
    const byHash = new Map();
    const builds = new Set();
    const names = new Set();
    const folders = new Set();
    for (const { sha256, path, from, to } of rows) {
        const key = baselineKey(path);
        names.add(key.slice(key.lastIndexOf('/') + 1));
        folders.add(firstFolder(key));
        let known = byPath.get(key);
        if (!known)
            byPath.set(key, (known = new Map()));
        known.set(sha256, wider(known.get(sha256), { from, to }));
        byHash.set(sha256, { key: byHash.get(sha256)?.key ?? key, ...wider(byHash.get(sha256), { from, to }) });
        for (const build of [from, to])
            if (build !== '')
                builds.add(build);
    }
    return {
        name,
        origin,
        builds: [...builds].sort(compareBuildNames),
        paths: byPath.size,
        digests: byHash.size,
        hasPath: (key) => byPath.has(key),
        hasName: (name) => names.has(name),
        hasFolder: (folder) => folders.has(folder),
        atPath: (key, sha256) => byPath.get(key)?.get(sha256) ?? null,
        anywhere: (sha256) => byHash.get(sha256) ?? null,
    };
}
function wider(a, b) {
    if (!a || a.from === '')
        return b;
    if (b.from === '')
        return { from: a.from, to: a.to };
    return {
        from: compareBuildNames(a.from, b.from) <= 0 ? a.from : b.from,
        to: compareBuildNames(a.to, b.to) >= 0 ? a.to : b.to,
    };
}
export function compareBuildNames(a, b) {
    const [x, y] = [a.split('.').map(Number), b.split('.').map(Number)];
    for (let i = 0; i < Math.max(x.length, y.length); i++) {
        const difference = (x[i] ?? 0) - (y[i] ?? 0);
        if (difference !== 0)
            return difference;
    }
    return 0;
}
//# sourceMappingURL=baseline.js.map