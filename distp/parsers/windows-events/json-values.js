import { asObject } from '../../lib/json-object.js';
import { fieldValue } from '../common/field-value.js';
import { isoTime, statesZone } from '../../lib/time.js';
import { wholeNumber } from './event.js';
// Exports of search engines put every value into a list.
export function withoutSingleList(value) {
    return Array.isArray(value) && value.length === 1 ? value[0] : value;
}
/** A time with its zone; without one it is a local time of unknown zone. */
export function stated(value) {
    if (typeof value !== 'string')
        return { time: null, basis: 'assumed', text: null };
    return { time: isoTime(value), basis: statesZone(value) ? 'stated' : 'assumed', text: value };
}
export function entries(value) {
    const o = asObject(value);
    return o ? Object.entries(o) : [];
}
export function nonEmptyText(value) {
    return typeof value === 'string' && value !== '' ? value : null;
}
/** JSON within a text of the record; null when it is none, or nested too deep to be walked. */
export function parsed(text) {
    try {
        const value = JSON.parse(text);
        return fits(value, 100) ? asObject(value) : null;
    }
    catch {
        return null;
    }
}
function fits(value, depth) {
    if (typeof value !== 'object' || value === null)
        return true;
    return depth > 0 && Object.values(value).every((inner) => fits(inner, depth - 1));
}
export function add(more, name, value) {
    if (value === undefined || value === null || value === '')
        return;
    more.push([name, wholeNumber(value) ?? fieldValue(value)]);
}
//# sourceMappingURL=json-values.js.map