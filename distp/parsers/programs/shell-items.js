import { decode8 } from '../../lib/text.js';
import { Damage } from '../common/format-error.js';
import { Structure } from '../common/binary-reader.js';
/**
 * The path that a list of shell items spells: drive, folders, file; null when it holds none of these.
 * https://github.com/libyal/libfwsi/blob/main/documentation/Windows%20Shell%20Item%20format.asciidoc
 */
export function shellPath(list) {
    let path = '';
    for (const item of itemsOf(list)) {
        const part = partOf(item);
        if (part === null)
            continue;
        path = path === '' || path.endsWith('\\') ? path + part : `${path}\\${part}`;
    }
    return path === '' ? null : path;
}
/** Items, each behind its size; a size of zero ends them. */
function* itemsOf(list) {
    for (let at = 0; at + 2 <= list.length;) {
        const size = list.readUInt16LE(at);
        if (size < 3)
            return;
        if (at + size > list.length)
            throw new Damage(`a shell item of ${size} bytes in ${list.length - at}`, 'truncated');
        yield new Structure(list.subarray(at, at + size), 'shell item');
        at += size;
    }
}
function partOf(item) {
    const kind = item.u8(2);
    if ((kind & 0x70) === 0x20)
        return kind === 0x2e ? null : narrow(item, 3);
    if ((kind & 0x70) === 0x30 && item.size > 16)
        return longName(item) ?? shortName(item, kind);
    // A share and what lies below it on the network.
    if ((kind & 0x70) === 0x40 && item.size > 5)
        return narrow(item, 5);
    return null;
}
function shortName(item, kind) {
    return kind & 4 ? item.wideZ(14, item.size - 14) : narrow(item, 14);
}
/** The name in full stands in an extension block, to which the last two bytes of the item point. */
function longName(item) {
    const at = item.u16(item.size - 2);
    if (at < 14 || at + 20 > item.size || item.u32(at + 4) !== 0xbeef0004)
        return null;
    const version = item.u16(at + 2);
    const name = version >= 9 ? 46 : version === 8 ? 42 : version === 7 ? 38 : version >= 3 ? 20 : 0;
    return name === 0 || at + name > item.size ? null : item.wideZ(at + name, item.size - at - name) || null;
}
function narrow(item, at) {
    const end = item.bytes.indexOf(0, at);
    return decode8(item.bytes.subarray(at, end < 0 ? item.size : end));
}
//# sourceMappingURL=shell-items.js.map