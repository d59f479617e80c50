const BLANKS = 16;
/**
 * A text cut to a length such that padding hides nothing: runs of blanks are shortened first, and of what is still too long the
 * beginning and the end stay. A text that is short enough stays as it is.
 */
export function squeezed(text, most) {
    if (text.length <= most)
        return text;
    const dense = withoutRuns(text);
    if (dense.length <= most)
        return dense;
    const end = Math.floor(most / 4);
    return `${dense.slice(0, most - end)} … ${dense.slice(dense.length - end)}`;
}
/** Of a run of blanks the first ones stay. */
export function withoutRuns(text) {
    const parts = [];
    let [from, run] = [0, 0];
    for (let i = 0; i < text.length; i++) {
        if (!isBlank(text.charCodeAt(i))) {
            if (run > BLANKS)
                from = i;
            run = 0;
            continue;
        }
        if (++run === BLANKS + 1)
            parts.push(text.slice(from, i));
    }
    if (run <= BLANKS)
        parts.push(text.slice(from));
    return parts.join('');
}
/** Blanks of Unicode and characters without a width count, too. */
function isBlank(code) {
    return (code <= 0x20 ||
        code === 0xa0 ||
        code === 0x1680 ||
        (code >= 0x2000 && code <= 0x200f) ||
        (code >= 0x2028 && code <= 0x202f) ||
        code === 0x205f ||
        code === 0x3000 ||
        code === 0xfeff);
}
//# sourceMappingURL=squeeze.js.map