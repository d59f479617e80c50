import { lastHop } from '../../lib/ip.js';
import { isProxyLog } from '../../model/log-kinds.js';
import { columnOf, traitColumns } from '../row-layout.js';
import { deviceOf } from './active-sync.js';
// Logons to the front end: which user was served or refused, from which address. The front end names the user of a refused request
// where the client sent a name with its password (Basic), and where Windows refused it.
/** Longer names, addresses and programs are counted with all that begin alike. */
const LONGEST = { user: 128, client: 96, agent: 64 };
/** Reasons of Windows (`sc-win32-status`) with which the password was right: it must be changed, or has expired. */
const RIGHT = new Set([1907, 1330]);
/** Paths that show mail to who is served there; devices are counted by themselves. */
const MAIL = /^\/+(?:owa(?!\/+(?:auth|healthcheck|prem|calendar|\d))|ews\/+exchange\.asmx|mapi\/+emsmdb|rpc\/+rpcproxy|api\/+(?:v\d|beta)[\w.]{0,6}\/+(?:me|users)\b)/i;
/**
 * What the number of a logon says, in bits: how it ended, what it showed, and by which log it is known where that is not IIS;
 * `table`: by a table of events, which is a choice of them; `token`: no logon here, but a token of AD FS for one.
 */
export const LOGON = {
    refused: 1,
    proxy: 2,
    mail: 4,
    'imap-pop': 8,
    smtp: 16,
    windows: 32,
    table: 64,
    token: 128,
};
/** Paths below those of mail that lead to another service of the back end. */
const OTHER_SERVICE = /\/(?:powershell|ecp|oab|autodiscover)(?:\/|$)/i;
/** Does what is served there show mail? */
export function showsMail(path) {
    return MAIL.test(path) && !OTHER_SERVICE.test(path);
}
/** The logon of a request to the front end; null where it names no user, or was neither served nor refused. */
export function logonOf(fields, client, log) {
    const { 'cs-username': user, 'sc-status': status, 'cs-uri-stem': path, 'cs-user-agent': agent } = fields;
    if (client === null || typeof status !== 'number' || typeof user !== 'string' || isNoUser(user))
        return null;
    const isRefused = status === 401;
    if (!isRefused && (status < 200 || status >= 300))
        return null;
    if (isRefused && (RIGHT.has(fields['sc-win32-status']) || deviceOf(fields, client, log) !== null))
        return null;
    const isMail = typeof path === 'string' && showsMail(path);
    const kind = (isRefused ? LOGON.refused : 0) + (isProxyLog(log) ? LOGON.proxy : 0) + (isMail ? LOGON.mail : 0);
    const named = withHop(client, fields[FORWARDED]);
    return { value: valueOf(user, named, isRefused && typeof agent === 'string' ? agent : '', kind), client };
}
/** The header by which a proxy says for whom it asks, as columns of the web server's log are called. */
const FORWARDED = 'x-forwarded-for';
/** Client and last hop of X-Forwarded-For, as logons are counted by them. */
function withHop(client, forwarded) {
    const hop = typeof forwarded === 'string' ? lastHop(forwarded) : null;
    return hop === null || hop === client ? client : `${client}>${hop}`;
}
/** The client that connected, and for whom it says to ask: null where it does not. */
export function hopsOf(counted) {
    const at = counted.indexOf('>');
    if (at < 0)
        return { client: counted, forwarded: null };
    return { client: counted.slice(0, at), forwarded: counted.slice(at + 1) };
}
/** Of values as they stand in a row; null where they name no client. */
export function logonIn(value, layout, columns) {
    const [user, client, agent, kind] = value.split('\0');
    const fieldOf = (column, text, name) => {
        const field = text === '' || column < 0 ? '' : layout.fieldsOf(column, text)?.[name];
        return typeof field === 'string' ? field : '';
    };
    const hops = hopsOf(client);
    const own = layout.clientOf(hops.client);
    if (own === null)
        return null;
    return valueOf(fieldOf(columns.user, user, 'cs-username'), withHop(own, hops.forwarded), fieldOf(columns.agent, agent, 'cs-user-agent'), Number(kind));
}
/** User, client, program or mailbox, and number; parted by NUL. */
export function valueOf(user, client, detail, kind) {
    const parts = [user.slice(0, LONGEST.user), client.slice(0, LONGEST.client), detail.slice(0, LONGEST.agent)];
    return [...parts.map((part) => part.replaceAll('\0', '\ufffd').toLowerCase()), kind].join('\0');
}
/** Is that what a logon is counted by, and not what a device is? */
export function isLogonValue(value) {
    return value.split('\0', 5).length === 4;
}
/** A machine account is no user. */
function isNoUser(user) {
    return user === '' || user === '-' || user.endsWith('$');
}
/** Columns of a logon in rows of a layout; null where one is missing. */
export function logonColumns(layout) {
    const traits = traitColumns(layout);
    const [path, client] = [traits.get('path') ?? -1, layout.client];
    const user = columnOf(layout, 'cs-username');
    if ([path, client, user, traits.get('status') ?? -1].includes(-1))
        return null;
    const [forwarded, reason] = [columnOf(layout, FORWARDED), columnOf(layout, 'sc-win32-status')];
    return { path, user, client, forwarded, agent: traits.get('agent') ?? -1, reason };
}
//# sourceMappingURL=logons.js.map