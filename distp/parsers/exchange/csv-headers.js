import { splitCsv } from '../../lib/csv.js';
import { exchangeColumns } from './csv-columns.js';
import { placedTypeOf, statedTypeOf } from './log-types.js';
// Hourly logs of one kind have one header: what it says is found out once.
/** Headers that are remembered, the longest of them, and log types with which each may come. */
const [HEADERS, LONGEST, TYPES] = [64, 8_192, 64];
const headers = new Map();
/** The names in a header; the same list for the same header. */
export function namesIn(text) {
    let names = headers.get(text);
    if (names !== undefined)
        return names;
    names = splitCsv(text).values.map((name) => name.trim());
    if (headers.size >= HEADERS)
        headers.clear();
    if (text.length <= LONGEST)
        headers.set(text, names);
    return names;
}
/** What a list of names is with each log type that a header states. */
class ByType {
    #known = new WeakMap();
    #make;
    constructor(make) {
        this.#make = make;
    }
    of(names, type) {
        let byType = this.#known.get(names);
        if (byType === undefined)
            this.#known.set(names, (byType = new Map()));
        let made = byType.get(type);
        if (made === undefined) {
            if (byType.size >= TYPES)
                byType.clear();
            byType.set(type, (made = this.#make(names, type)));
        }
        return made;
    }
}
const written = new ByType((names, type) => JSON.stringify([type, names]));
/** From this text columns can be made again: the type that the header states, and their names. */
export function writtenFor(names, type) {
    return written.of(names, type);
}
const stated = new ByType((names, type) => {
    const known = statedTypeOf(type, names);
    return known && exchangeColumns(names, known);
});
/** The columns of a header in a log of that path. */
export function headerColumns(names, type, path) {
    return stated.of(names, type) ?? exchangeColumns(names, placedTypeOf(names, path));
}
//# sourceMappingURL=csv-headers.js.map