import { decode16 } from '../../lib/text.js';
import { fileTime, fileTimeText } from '../../lib/time.js';
import { Damage } from '../common/format-error.js';
import { Structure } from '../common/binary-reader.js';
import { gives, keyValues } from './context.js';
import { anyText, numberOf } from './value.js';
/** Bits of an account. [MS-SAMR] 2.2.1.12, as the F value keeps them */
const flags = [
    [0x0001, 'disabled'],
    [0x0002, 'home directory required'],
    [0x0004, 'no password required'],
    [0x0008, 'temporary duplicate'],
    [0x0010, 'normal'],
    [0x0080, 'workstation trust'],
    [0x0100, 'server trust'],
    [0x0200, 'password does not expire'],
    [0x0400, 'locked'],
];
/**
 * The accounts of the machine: `SAM\Domains\Account\Users` holds one key an account, named by its number, and `Names` one
 * by its name. Only names, dates and memberships are read; the secrets that lie beside them are not.
 */
export function accounts(key, context) {
    const users = key.key('Account\\Users');
    const names = namesOf(users?.key('Names') ?? null);
    const groups = [...groupsOf(key.key('Builtin\\Aliases'), context), ...groupsOf(key.key('Account\\Aliases'), context)];
    const machine = machineSid(key.key('Account'));
    for (const user of users?.keys() ?? []) {
        const rid = /^[0-9a-f]{8}$/i.test(user.name) ? Number.parseInt(user.name, 16) : null;
        if (rid !== null)
            account(user, rid, { names, groups, machine }, context);
    }
    for (const [rid, name] of names)
        if (!users?.key(rid.toString(16).padStart(8, '0')))
            context.emit(gives.account, name.key, {
                fields: { UserName: name.name, Rid: rid, Source: 'SAM', Incomplete: true, Created: name.key.written },
                target: name.name,
                user: name.name,
            });
    for (const { group, key: at } of listed(key, context))
        context.emit(gives.account, at, {
            fields: { GroupName: group.name, Members: group.members, Source: 'SAM group' },
            target: group.name,
            user: null,
            raw: `${group.name}: ${group.members.join(', ')}`,
        });
}
/** An account that was deleted: what its key still holds. */
export function deletedAccount(key, context) {
    if (!key.deleted)
        return;
    if (/^[0-9a-f]{8}$/i.test(key.name))
        account(key, Number.parseInt(key.name, 16), { names: new Map(), groups: [], machine: null }, context);
    else if (key.path.at(-2)?.toLowerCase() === 'names')
        context.emit(gives.account, key, {
            fields: { UserName: key.name, Source: 'SAM', Incomplete: true, Created: key.written },
            target: key.name,
            user: key.name,
        });
}
/** The type of the unnamed value of each key is the number of the account. */
function namesOf(key) {
    const names = new Map();
    for (const below of key?.keys() ?? []) {
        const rid = below.value('')?.type;
        if (rid !== undefined)
            names.set(rid, { name: below.name, key: below });
    }
    return names;
}
function account(key, rid, known, context) {
    const named = known.names.get(rid);
    const texts = textsOf(key, context);
    const f = fixedOf(key);
    const name = named?.name ?? texts?.name ?? key.name;
    const sid = known.machine === null ? null : `${known.machine}-${rid}`;
    const groups = known.groups.filter(({ members }) => sid !== null && members.includes(sid));
    const fields = {
        UserName: name,
        Rid: rid,
        Sid: sid,
        FullName: texts?.fullName || null,
        Comment: texts?.comment || null,
        Description: texts?.comment || null,
        Source: 'SAM',
        Created: named?.key.written ?? null,
        ...f?.fields,
        Groups: groups.map((group) => group.name),
        Administrator: groups.some((group) => group.administrators),
    };
    // Its number points to another account, whose rights it has then.
    if (f && f.rid !== rid)
        fields.RidMismatch = f.rid;
    // Without a key by its name no list of accounts shows it.
    if (!named && known.names.size > 0)
        fields.Hidden = true;
    context.emit(gives.account, key, {
        fields,
        time: named?.key.time ?? key.time,
        target: name,
        user: name,
        raw: Object.entries(fields)
            .filter(([, value]) => value !== null)
            .map(([field, value]) => `${field}: ${Array.isArray(value) ? value.join(', ') : String(value)}`)
            .join('\n'),
    });
}
/** The fixed part of an account: dates, counters and flags. */
function fixedOf(key) {
    const data = key.value('F')?.data(80) ?? null;
    if (data === null || data.length < 68)
        return null;
    const bytes = new Structure(data, 'F');
    const bits = bytes.u16(56);
    const words = flags.filter(([bit]) => (bits & bit) !== 0).map(([, word]) => word);
    return {
        rid: bytes.u32(48),
        fields: {
            LastLogon: bytes.stamp(8)?.text ?? null,
            PasswordLastSet: bytes.stamp(24)?.text ?? null,
            LastBadPassword: bytes.stamp(40)?.text ?? null,
            BadPasswordCount: bytes.u16(64),
            LogonCount: bytes.u16(66),
            Disabled: (bits & 1) !== 0,
            Enabled: (bits & 1) === 0,
            Flags: words,
        },
    };
}
/** The texts of an account: a table of places, counted from its end. */
function textsOf(key, context) {
    const value = key.value('V');
    const data = value?.data(1 << 16) ?? null;
    if (value === null || data === null)
        return null;
    try {
        const bytes = new Structure(data, 'V');
        const text = (at) => {
            const length = bytes.u32(at + 4);
            return length === 0 ? '' : decode16(bytes.part(0xcc + bytes.u32(at), length), false);
        };
        return { name: text(12), fullName: text(24), comment: text(36) };
    }
    catch (error) {
        if (!(error instanceof Damage))
            throw error;
        context.note(`${context.pathOf(key)}: ${error.message}`, value.at);
        return null;
    }
}
/** The SID of the machine is the last part of the domain's V. */
function machineSid(key) {
    const data = key?.value('V')?.data(1 << 16) ?? null;
    if (data === null || data.length < 12)
        return null;
    const at = data.length - 12;
    return `S-1-5-21-${data.readUInt32LE(at)}-${data.readUInt32LE(at + 4)}-${data.readUInt32LE(at + 8)}`;
}
/** The number of the group of administrators, whatever its name is here. */
const ADMINISTRATORS = '00000220';
const MEMBERS = 10_000;
function groupsOf(key, context) {
    return (key?.keys() ?? []).flatMap((alias) => groupOf(alias, context) ?? []);
}
function* listed(key, context) {
    for (const path of ['Builtin\\Aliases', 'Account\\Aliases']) {
        for (const alias of key.key(path)?.keys() ?? []) {
            const group = groupOf(alias, context);
            if (group && group.members.length > 0)
                yield { group, key: alias };
        }
    }
}
/** A local group: places of its name and its members, counted from 52. */
function groupOf(key, context) {
    const value = /^[0-9a-f]{8}$/i.test(key.name) ? key.value('C') : null;
    const data = value?.data(1 << 20) ?? null;
    if (value === null || data === null)
        return null;
    try {
        const bytes = new Structure(data, 'C');
        const name = decode16(bytes.part(52 + bytes.u32(16), bytes.u32(20)), false);
        const members = [];
        const count = Math.min(bytes.u32(48), MEMBERS);
        for (let i = 0, at = 52 + bytes.u32(40); i < count; i++) {
            const { text, length } = sidAt(bytes, at);
            members.push(text);
            at += length;
        }
        return { name, members, administrators: key.name === ADMINISTRATORS };
    }
    catch (error) {
        if (!(error instanceof Damage))
            throw error;
        context.note(`${context.pathOf(key)}: ${error.message}`, value.at);
        return null;
    }
}
/** A security identifier. [MS-DTYP] 2.4.2.2 */
function sidAt(bytes, at) {
    const count = bytes.u8(at + 1);
    if (bytes.u8(at) !== 1 || count > 15)
        throw new Damage(`SID at ${at}: revision ${bytes.u8(at)}, ${count} parts`);
    const authority = bytes.part(at + 2, 6).readUIntBE(0, 6);
    const parts = Array.from({ length: count }, (_, i) => bytes.u32(at + 8 + i * 4));
    return { text: ['S-1', authority, ...parts].join('-'), length: 8 + count * 4 };
}
/** Accounts that have been here with a profile, of the machine or of a domain. */
export function profile(key, context) {
    const path = anyText(key.value('ProfileImagePath'));
    if (path === null)
        return;
    const name = path.slice(path.lastIndexOf('\\') + 1);
    const time = (prefix) => {
        const [low, high] = [numberOf(key.value(`${prefix}Low`)), numberOf(key.value(`${prefix}High`))];
        return low === null || high === null || fileTime(low, high) === null ? null : fileTimeText(low, high);
    };
    context.emit(gives.profile, key, {
        fields: {
            UserName: name,
            Sid: key.name,
            ProfilePath: path,
            Loaded: time('LocalProfileLoadTime'),
            Unloaded: time('LocalProfileUnloadTime'),
            Source: 'ProfileList',
        },
        target: name,
        user: name,
    });
}
/** Accounts that the logon screen does not show. */
export function hiddenAccounts(key, context) {
    for (const { value, former } of keyValues(key)) {
        const shown = numberOf(value);
        if (shown === null)
            continue;
        context.emit(gives.profile, key, {
            value,
            former,
            fields: { UserName: value.name, Hidden: shown === 0, Source: 'SpecialAccounts' },
            user: value.name,
        });
    }
}
//# sourceMappingURL=accounts.js.map