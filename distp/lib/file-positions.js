import { firstReached } from './collections.js';
/** Turns offsets of a text into places. Its lines are looked for at the first question. */
export function placer(text) {
    let starts = null;
    return (offset) => {
        starts ??= lineStarts(text);
        const lines = starts;
        const line = Math.max(1, firstReached(lines.length, (i) => lines[i] > offset));
        return { line, column: offset - lines[line - 1] + 1 };
    };
}
function lineStarts(text) {
    const starts = [0];
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1))
        starts.push(i + 1);
    return starts;
}
//# sourceMappingURL=file-positions.js.map