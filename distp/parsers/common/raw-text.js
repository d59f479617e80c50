const TEXT = Symbol('text');
/**
 * An event whose raw text is made when it is asked for: of a binary record that costs more than all the rest. A copy of
 * the event (spread, clone) holds the text itself.
 */
export function withRaw(event, text) {
    Object.defineProperty(event, TEXT, { value: text });
    // The same getter for all events, so that they keep one form in memory.
    return Object.defineProperty(event, 'raw', RAW);
}
const RAW = {
    get() {
        return this[TEXT]();
    },
    enumerable: true,
    configurable: true,
};
//# sourceMappingURL=raw-text.js.map