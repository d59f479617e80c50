export function scalarAsText(value) {
    return value === undefined || value === null || typeof value === 'object' ? null : String(value);
}
//# sourceMappingURL=values.js.map