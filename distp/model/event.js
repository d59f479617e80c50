/** A field as text, null when absent or empty. */
export function fieldText(event, name) {
    const value = event.fields[name];
    const first = Array.isArray(value) ? value[0] : value;
    return first === undefined || first === null || first === '' ? null : String(first);
}
//# sourceMappingURL=event.js.map