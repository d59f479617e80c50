import { canonicalJson } from '../../lib/json.js';
/** What a field can hold of a value of JSON; deeper structures are kept as their JSON text. */
export function fieldValue(value) {
    if (value === undefined || value === null)
        return null;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
        return value;
    if (Array.isArray(value) && value.every((item) => typeof item === 'string' || typeof item === 'number'))
        return value;
    return canonicalJson(value);
}
//# sourceMappingURL=field-value.js.map