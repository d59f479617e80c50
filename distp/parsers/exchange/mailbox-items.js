import { canonicalIp, isPrivate } from '../../lib/ip.js';
import { certainTime } from '../common/local-time.js';
import { posternSources } from '../config/xml-reader.js';
/** An item of a mailbox with PidLidReminderFileParameter (MS-OXORMDR 2.2.1.7). */
export function reminderItem(of) {
    const sound = of('PidLidReminderFileParameter') ?? of('ReminderSoundFile');
    const mailbox = of('Mailbox') ?? of('PidTagDisplayTo');
    const place = sound === null ? null : reminderPlace(sound, domainOf(mailbox) ?? domainOf(of('Recipient')));
    const received = of('DateReceived') ?? of('ReceivedTime');
    const at = received === null ? null : certainTime(received);
    return {
        log: 'mailbox-items',
        sources: posternSources('mailbox-item'),
        fields: {
            Mailbox: mailbox,
            ItemType: of('ItemType') ?? of('ItemClass') ?? of('MessageClass') ?? of('PidTagMessageClass'),
            Sender: of('Sender') ?? of('SenderEmailAddress') ?? of('PidTagSenderEmailAddress'),
            Recipient: of('Recipient'),
            Subject: of('Subject') ?? of('PidTagSubject'),
            DateReceived: received,
            PidLidReminderFileParameter: sound,
            ReminderHost: place?.host ?? null,
            ReminderTo: place?.to ?? null,
            WebDav: place === null ? null : place.webDav,
        },
        target: `${mailbox ?? 'item'}: ${sound ?? ''}`,
        time: at === null ? null : { at, basis: 'assumed' },
    };
}
/** Who may do what in a folder of a mailbox. */
export function folderPermission(of, rights) {
    const folder = of('FolderName') ?? of('Identity');
    const who = of('User');
    return {
        log: 'folder-permissions',
        sources: posternSources('folder-permission'),
        fields: { Identity: of('Identity'), FolderName: of('FolderName'), User: who, AccessRights: rights },
        target: `${folder ?? 'folder'}: ${who ?? ''}`,
        time: null,
    };
}
/**
 * The host of a path that Windows would fetch from the network; null for a path of the machine itself. Slashes lean either
 * way, `\\?\UNC\`, `\\.\UNC\` and `\??\UNC\` mean the same (the last way round the first fix, CVE-2023-29324), `@80` or
 * `@SSL` behind the name asks for WebDAV.
 */
export function reminderPlace(sound, ownDomain) {
    const path = sound.trim().replace(/^["']|["']$/g, '');
    const url = /^(?:file|https?):(?:[/\\])+(?![a-z]:)([^/\\]+)/i.exec(path)?.[1];
    const unc = /^(?:[/\\]{2}[?.][/\\]|[/\\]\?\?[/\\])(?:(?:GLOBAL|GLOBALROOT[/\\]\?\?)[/\\])?UNC[/\\]+([^/\\]+)/i.exec(path)?.[1];
    const plain = /^[/\\]{2,}(?![?.](?:[/\\]|$))([^/\\]+)/.exec(path)?.[1];
    const authority = url ?? unc ?? plain;
    if (authority === undefined)
        return null;
    const [name = '', ...options] = authority.split('@');
    const host = (url === undefined ? name : name.replace(/:\d{1,5}$/, '')).toLowerCase().replace(/\.$/, '');
    if (host === '')
        return null;
    const webDav = options.length > 0 || /^https?:/i.test(path) || /[/\\]DavWWWRoot(?:[/\\]|$)/i.test(path);
    return { host, to: isOutside(host, ownDomain) ? 'outside' : 'inside', webDav };
}
// Endings that no name on the Internet has, and those that organizations give their own networks.
const INSIDE = /\.(?:local|localdomain|localhost|lan|internal|intern|intra|intranet|corp|home|private|home\.arpa)$/;
function isOutside(host, ownDomain) {
    const address = addressOf(host);
    if (address !== null)
        return !isPrivate(address) && address !== '0.0.0.0' && address !== '::';
    if (!host.includes('.') || INSIDE.test(host))
        return false;
    return ownDomain === null || !related(host, ownDomain);
}
/** An address however it is written: `2001-db8--1.ipv6-literal.net`, `0xcb007105`, `3405803781`. */
function addressOf(host) {
    const literal = /^([0-9a-f-]{2,60})(?:s[0-9a-z]{1,10})?\.ipv6-literal\.net$/.exec(host);
    if (literal)
        return canonicalIp(literal[1].replaceAll('-', ':'));
    if (/^(?:0x[0-9a-f]{1,8}|[1-9]\d{4,9})$/.test(host)) {
        const number = Number(host);
        return number > 0xffffffff ? null : [24, 16, 8, 0].map((bits) => (number >>> bits) & 255).join('.');
    }
    return canonicalIp(host);
}
/** Is one name in the domain of the other, or do both lie in one that is more than an ending of all the world? */
function related(host, domain) {
    if (host === domain || host.endsWith(`.${domain}`))
        return true;
    const above = host.slice(host.indexOf('.') + 1);
    const [first = '', ...more] = above.split('.');
    if (more.length === 0 || (more.length === 1 && first.length <= 3 && more[0].length === 2))
        return false;
    return domain === above || domain.endsWith(`.${above}`);
}
function domainOf(address) {
    return /@([\w-]+(?:\.[\w-]+)+)\s*>?$/.exec(address?.split(/[,;]/)[0] ?? '')?.[1]?.toLowerCase() ?? null;
}
//# sourceMappingURL=mailbox-items.js.map