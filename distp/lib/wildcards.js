/** Does a text fit a pattern in which each wildcard stands for any text, also for none? Looks for each piece once. */
export function fitsWildcards(text, pattern, wildcards = /\*/) {
    const pieces = pattern.split(wildcards);
    if (pieces.length === 1)
        return text === pattern;
    const [first, last] = [pieces[0], pieces.at(-1)];
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last))
        return false;
    let at = first.length;
    for (const piece of pieces.slice(1, -1)) {
        const next = text.indexOf(piece, at);
        if (next < 0)
            return false;
        at = next + piece.length;
    }
    return at <= text.length - last.length;
}
//# sourceMappingURL=wildcards.js.map