// Members of JSON objects of the evidence: own members only, of the type that is wanted, else nothing.
import { asObject, ownMember } from '../../lib/json-object.js';
export function has(o, name) {
    return Object.hasOwn(o, name);
}
/** A text, or a number or boolean as text; null when it is empty or something else. */
export function textIn(o, name) {
    const value = ownMember(o, name);
    if (typeof value === 'number' || typeof value === 'boolean')
        return String(value);
    return typeof value === 'string' && value !== '' ? value : null;
}
export function objectIn(o, name) {
    return asObject(ownMember(o, name));
}
/** The objects of a list; what is no object is left out. */
export function listIn(o, name) {
    const value = ownMember(o, name);
    return Array.isArray(value) ? value.map(asObject).filter((item) => item !== null) : [];
}
//# sourceMappingURL=json-values.js.map