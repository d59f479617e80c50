import { isProxyLog } from '../../model/log-kinds.js';
import { columnOf, traitColumns } from '../row-layout.js';
// Requests of mobile devices: who asks for whose mail with which device stands in the address, `?Cmd=Sync&User=ann&DeviceId=A1&DeviceType=iPhone`
// ([MS-ASHTTP] 2.2.1.1.1). The same in base64 is not read.
/** Longer names are counted with all that begin alike. */
const LONGEST = 128;
const PATH = /activesync/i;
/** Names may be written in any case. */
const DEVICE = /(?:^|[?&])deviceid=([^&;#\s]{1,64})/i;
const COMMAND = /(?:^|[?&])cmd=([^&;#\s]{1,64})/i;
/** Commands that fetch content; the others set up the device, wait, or send. One that is written with escapes may be any. */
const CONTENT = /^(?:sync|itemoperations|search|find|getattachment)$|%/i;
/** The kind of a log of HttpProxy; that of IIS is 0. One more where the request was refused. */
export const OF_PROXY = 2;
export const REFUSED = 1;
/** Is that the path of requests of devices? */
export function isOfDevices(path) {
    return PATH.test(path);
}
/** The request of a device; null for another request, and for one that was neither served nor refused for its password. */
export function deviceOf(fields, client, log) {
    const { 'cs-uri-stem': path, 'cs-uri-query': query, 'cs-username': user, 'sc-status': status } = fields;
    if ((status !== 200 && status !== 401) || typeof path !== 'string' || typeof query !== 'string')
        return null;
    if (!isOfDevices(path))
        return null;
    const device = DEVICE.exec(query)?.[1];
    if (device === undefined || typeof user !== 'string')
        return null;
    const value = nameOf(user, device, (isProxyLog(log) ? OF_PROXY : 0) + (status === 401 ? REFUSED : 0));
    if (value === null)
        return null;
    return { value, client: client ?? '', isContent: CONTENT.test(COMMAND.exec(query)?.[1] ?? '') };
}
/** What it is counted by, of values as they stand in a row, parted by NUL. */
export function deviceIn(value, layout, userColumn) {
    const [user, device, kind] = value.split('\0');
    const named = layout.fieldsOf(userColumn, user)?.['cs-username'];
    return typeof named === 'string' ? nameOf(named, device, Number(kind)) : null;
}
function nameOf(user, device, kind) {
    if (user === '' || user === '-')
        return null;
    const [name, id] = [user.slice(0, LONGEST), device].map((part) => part.replaceAll('\0', '\ufffd').toLowerCase());
    return [name, id, kind].join('\0');
}
/** Who asked with which device, in a log of which kind. */
export function deviceUser(value) {
    const [user, device, kind] = value.split('\0');
    return [user, device, Number(kind)];
}
/** Where what tells of a device stands in rows of a layout; null where not all is there. */
export function deviceColumns(layout) {
    const traits = traitColumns(layout);
    const [path, status] = [traits.get('path') ?? -1, traits.get('status') ?? -1];
    const [query, user] = [columnOf(layout, 'cs-uri-query'), columnOf(layout, 'cs-username')];
    return [path, status, query, user].includes(-1) ? null : { path, query, user, status };
}
//# sourceMappingURL=active-sync.js.map