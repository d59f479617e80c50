/** By code units, the same on every machine. */
export function compareText(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
}
//# sourceMappingURL=compare.js.map