/**
 * Restores the path that a file had on the Windows server from the folders around it in a folder or archive of evidence (of
 * a member of an archive: the names inside the innermost one). Known are
 * - a copied drive, also below other folders: `C:`, `C`, `c`, `C%3A`, `C$` (`host/C$/…`), `C_drive`, `[C]`
 * - KAPE and CyLR: `…/C/Windows/…`, `<host>/D/Exchange/…`
 * - Velociraptor: `uploads/<accessor>/C%3A/…`, `%5C%5C.%5CC%3A/…`, each name percent-encoded once
 * - shadow copies: kept apart as `\\?\GLOBALROOT\Device\HarddiskVolumeShadowCopy1\…`, they are not the present state
 * - image viewers: `…/[root]/Windows/…`
 * - a top folder of the system drive as the first name (`inetpub/…`, `Windows/…`): taken as drive C
 * null where nothing of that fits: loose files, or folders rooted deeper (`V15/Logging/…`); their content decides, and
 * whoever compares paths compares their ends.
 *
 * The outermost sign counts. Whoever writes into a folder of the server names what lies below it: a folder `C` below
 * `inetpub` is no drive, wherever the collection begins.
 */
export function windowsPathOf(path) {
    const names = namesIn(path);
    for (let i = 0; i < names.length; i++) {
        const root = rootAt(names, i);
        if (root !== null) {
            const below = names.slice(i + root.taken);
            return [root.name, ...(root.encoded ? below.map(decodeOnce) : below)].join('\\');
        }
        if (isLandmark(names[i]))
            return null;
    }
    return null;
}
/**
 * The path of a member of an archive. One that itself lay on the server is where its members are: what the names in it
 * say is what whoever packed it wants them to say.
 */
export function windowsPathIn(outer, name) {
    if (outer.windowsPath !== null)
        return `${outer.windowsPath}!\\${namesIn(name).join('\\')}`;
    return isBelowLayout(outer.path) ? null : windowsPathOf(outer.within + name);
}
function namesIn(path) {
    return path.split(/[/\\]/).filter((name) => name !== '' && name !== '.' && name !== '?');
}
/**
 * The same for all files of one folder (its path ends in `/`, or is empty), by their names: what the folder says is found
 * once. Names that say something themselves are looked at with the whole path.
 */
export function windowsPathsIn(folder) {
    const sample = windowsPathOf(`${folder}x`);
    // `%` is decoded below some roots, and `\\` parts names; top folders, drives and `$MFT` say where a path begins.
    const tells = /[%\\$:?[\]]|^\.$/;
    const stem = sample?.slice(0, -1);
    return (name) => {
        if (tells.test(name) || isTop(name))
            return windowsPathOf(folder + name);
        return stem === undefined ? null : stem + name;
    };
}
/** Does a folder of this path, the last name aside, say where on a server the file lay, if only from some folder on? */
export function isBelowLayout(path) {
    return namesIn(path).slice(0, -1).some(isLandmark);
}
/** Does a folder of this path say that the file lay in no web root? */
export function isBelowSystem(path) {
    const top = namesIn(path).slice(0, -1).find(isLandmark);
    return top !== undefined && isTop(top) && top.toLowerCase() !== 'inetpub';
}
/**
 * The path that a file's own name holds, as tools write it that keep all files in one folder:
 * - the whole path percent-encoded: `C%3A%5Cinetpub%5Cwwwroot%5Cx.aspx`
 * - with an underscore between the names, where a web root is told so: `C_inetpub_wwwroot_aspnet_client_x.aspx`
 */
export function pathInName(name) {
    if (/^[a-z](?:%3A|:)%(?:5C|2F)/i.test(name))
        return decodeOnce(name)
            .replaceAll('/', '\\')
            .replace(/^[a-z]/, upper);
    return joinedPath(name);
}
/** Names of folders hold underscores, too, so that only those of web roots are taken apart; what is behind the first is one name. */
function joinedPath(name) {
    const drive = /^([a-z])_{1,2}(?=[^_])/i.exec(name);
    if (drive === null)
        return null;
    const rest = name.slice(drive[0].length);
    const root = /(?:^|_)(?:inetpub_wwwroot|frontend_httpproxy|clientaccess)_/i.exec(rest);
    if (root === null || root.index > 160)
        return null;
    const site = rest.slice(0, root.index + root[0].length);
    const pages = /^(?:(?:owa|ecp|oab|auth|current)_)*/i.exec(rest.slice(site.length))[0];
    const named = rest.slice(site.length + pages.length);
    const file = named.replace(/^(aspnet_client)_(?=.)/i, '$1\\');
    if (file === '' || /^_|\\_/.test(file))
        return null;
    return `${upper(drive[1])}:\\${(site + pages).replaceAll('_', '\\')}${file}`;
}
const upper = (letter) => letter.toUpperCase();
/** The root of a Windows file system at name `i`, if there is one; a top folder elsewhere than first ends the search. */
function rootAt(names, i) {
    const name = names[i] ?? '';
    const encoded = isUpload(names, i) || /%3A$/i.test(name) || /^%5C%5C/i.test(name);
    const plain = encoded ? decodeOnce(name) : name;
    const below = names.length - i - 1;
    if (below === 0)
        return null;
    const shadow = /^(?:\\\\[.?]\\)?(?:GLOBALROOT\\Device\\)?(HarddiskVolumeShadowCopy\d+)\\?$/i.exec(plain)?.[1];
    if (shadow !== undefined)
        return { name: `\\\\?\\GLOBALROOT\\Device\\${shadow}`, taken: 1, encoded };
    // Sure signs of a drive: `C:`, `\\.\C:`, `C$`.
    const drive = /^(?:\\\\[.?]\\)?([A-Za-z])[:$]\\?$/.exec(plain)?.[1];
    if (drive !== undefined)
        return { name: `${drive.toUpperCase()}:`, taken: 1, encoded };
    // A bare letter is a drive when it stands first, or above a top folder, or near the top in upper case.
    const letter = /^\[?([A-Za-z])(?:_|[-_ ]drive)?\]?$/i.exec(plain)?.[1];
    if (letter !== undefined) {
        const topBelow = isTop(encoded ? decodeOnce(names[i + 1] ?? '') : (names[i + 1] ?? ''));
        const likely = /^[C-Z]$/i.test(letter) && (i === 0 || (i <= 3 && below >= 2 && letter === letter.toUpperCase()));
        if (topBelow || likely)
            return { name: `${letter.toUpperCase()}:`, taken: 1, encoded };
    }
    if (/^\[root\]$/i.test(plain))
        return { name: 'C:', taken: 1, encoded };
    if (i === 0 && isTop(plain))
        return { name: 'C:', taken: 0, encoded };
    return null;
}
/** `uploads/<accessor>/` before this name. */
function isUpload(names, i) {
    return i >= 2 && names[i - 2] === 'uploads' && accessors.has(names[i - 1] ?? '');
}
const accessors = new Set([
    'auto',
    'file',
    'ntfs',
    'lazy_ntfs',
    'raw_ntfs',
    'ntfs_vss',
    'vss',
    'raw_file',
    'mft',
    'fs',
    'data',
    'collector',
]);
/** Folders and files that lie right below a Windows drive, of an Exchange server's in particular. */
const tops = new Set([
    'inetpub',
    'windows',
    'program files',
    'program files (x86)',
    'programdata',
    'users',
    'documents and settings',
    'exchangesetuplogs',
    'perflogs',
    '$extend',
    '$mft',
    '$logfile',
    '$recycle.bin',
    'system volume information',
    'recovery',
]);
function isTop(name) {
    return tops.has(name.toLowerCase());
}
/** Folders of IIS and Exchange that lie deeper: below them nothing is a drive any more. */
const landmarks = new Set(['wwwroot', 'aspnet_client', 'httpproxy', 'clientaccess', 'exchange server', 'v14', 'v15']);
/** An archive of such a folder, too: `wwwroot.zip!`. */
function isLandmark(name) {
    const bare = name.endsWith('!') ? name.replace(/\.\w{1,6}!$/, '') : name;
    return landmarks.has(bare.toLowerCase()) || isTop(bare);
}
/** Percent-encoding undone once; a name whose encoding is broken stays as it is. */
export function decodeOnce(name) {
    try {
        return decodeURIComponent(name);
    }
    catch {
        return name.replace(/%([0-7][0-9A-Fa-f])/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
    }
}
//# sourceMappingURL=windows-paths.js.map