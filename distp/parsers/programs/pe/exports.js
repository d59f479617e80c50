import { Damage } from '../../common/format-error.js';
import { tables } from './image.js';
const NAMES = 16_384;
/** Names that IIS calls in a module, a filter, an extension. */
const wanted = new Set([
    'RegisterModule',
    'GetFilterVersion',
    'HttpFilterProc',
    'GetExtensionVersion',
    'HttpExtensionProc',
]);
/** Which of the names that IIS looks for a library gives out. */
export function exportsForIis(image) {
    const table = image.table(tables.exports);
    if (!table)
        return [];
    const { data } = image;
    const count = data.u32(table.offset + 24);
    if (count > NAMES)
        throw new Damage(`${count} exported names`);
    if (count === 0)
        return [];
    const names = image.offsetOf(data.u32(table.offset + 32));
    const found = new Set();
    for (let i = 0; i < count; i++) {
        const name = image.text(image.offsetOf(data.u32(names + i * 4)), 64);
        if (wanted.has(name))
            found.add(name);
    }
    return [...found].sort();
}
//# sourceMappingURL=exports.js.map