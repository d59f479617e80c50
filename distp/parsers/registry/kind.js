/** For people. */
export const kindNames = {
    system: 'SYSTEM hive',
    software: 'SOFTWARE hive',
    sam: 'SAM hive',
    security: 'SECURITY hive',
    user: 'hive of a user (NTUSER.DAT)',
    classes: 'classes of a user (UsrClass.dat)',
    amcache: 'AmCache hive',
    bcd: 'boot configuration (BCD)',
    components: 'COMPONENTS hive',
    drivers: 'DRIVERS hive',
    other: 'registry hive',
};
/**
 * Tells the hive by the keys below its root, then by the path in its base block, then by its place in the evidence.
 * `below` are the names of those keys, in upper case; `has` asks for one further down.
 */
export function identify(rootName, below, has, block, path) {
    const kind = byKeys(rootName, below, has) ??
        byName(block.name, below) ??
        byName(path.replaceAll('/', '\\'), below) ??
        'other';
    if (kind !== 'user' && kind !== 'classes')
        return { kind, mount: mounts[kind], user: null };
    const user = userOf(path.replaceAll('/', '\\')) ?? userOf(block.name) ?? 'unknown user';
    return { kind, mount: `HKU\\${user}${kind === 'classes' ? '_Classes' : ''}`, user };
}
const mounts = {
    system: 'HKLM\\SYSTEM',
    software: 'HKLM\\SOFTWARE',
    sam: 'HKLM\\SAM',
    security: 'HKLM\\SECURITY',
    amcache: 'AmCache',
    bcd: 'HKLM\\BCD00000000',
    components: 'HKLM\\COMPONENTS',
    drivers: 'HKLM\\DRIVERS',
    other: 'HIVE',
};
function byKeys(rootName, below, has) {
    if (below.has('SELECT') && [...below].some((name) => /^CONTROLSET\d{3}$/.test(name)))
        return 'system';
    if (has('SAM\\Domains'))
        return 'sam';
    if (below.has('POLICY') && (has('Policy\\Accounts') || has('Policy\\PolAdtEv') || has('Policy\\Secrets')))
        return 'security';
    if (below.has('ROOT') &&
        ['File', 'Programs', 'InventoryApplicationFile', 'InventoryApplication'].some((name) => has(`Root\\${name}`)))
        return 'amcache';
    if (/_classes$/i.test(rootName))
        return 'classes';
    if (has('Microsoft\\Windows\\CurrentVersion') || has('Microsoft\\Windows NT\\CurrentVersion'))
        return 'software';
    if (has('Software\\Microsoft') && ['ENVIRONMENT', 'CONTROL PANEL', 'CONSOLE'].some((name) => below.has(name)))
        return 'user';
    if (below.has('DESCRIPTION') && below.has('OBJECTS'))
        return 'bcd';
    if (below.has('CANONICALDATA') || below.has('DERIVEDDATA'))
        return 'components';
    return below.has('DRIVERDATABASE') ? 'drivers' : null;
}
const files = {
    SYSTEM: 'system',
    SOFTWARE: 'software',
    SAM: 'sam',
    SECURITY: 'security',
    DEFAULT: 'user',
    'NTUSER.DAT': 'user',
    'USRCLASS.DAT': 'classes',
    'AMCACHE.HVE': 'amcache',
    BCD: 'bcd',
    COMPONENTS: 'components',
    DRIVERS: 'drivers',
};
/** By the last part of a path; a name alone is believed only where the keys do not speak against it. */
function byName(path, below) {
    const name = path.slice(path.lastIndexOf('\\') + 1).toUpperCase();
    const kind = Object.hasOwn(files, name) ? files[name] : null;
    return kind === 'user' && !below.has('SOFTWARE') ? null : kind;
}
/** `C:\Users\joe\NTUSER.DAT`: joe. Of paths in base blocks the beginning is cut off. */
function userOf(path) {
    const m = /\\(?:users|documents and settings|serviceprofiles)\\([^\\]{1,64})\\/i.exec(path) ??
        /(?:users|ings|profiles)\\([^\\]{1,64})\\ntuser\.dat$/i.exec(path);
    if (m)
        return m[1];
    return /\\config\\default$|^default$/i.test(path) ? '.DEFAULT' : null;
}
//# sourceMappingURL=kind.js.map