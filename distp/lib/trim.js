/**
 * Removal of repeated characters at the edges of a text. An expression such as `/\/+$/` looks at every run of the characters
 * again from each of its places: the square of what a hostile text holds.
 */
export function trimEnd(text, characters) {
    let end = text.length;
    while (end > 0 && characters.includes(text[end - 1]))
        end--;
    return text.slice(0, end);
}
/** The text without these characters at its start. */
export function trimStart(text, characters) {
    let start = 0;
    while (start < text.length && characters.includes(text[start]))
        start++;
    return text.slice(start);
}
/** The text without these characters at both of its ends. */
export function trim(text, characters) {
    return trimStart(trimEnd(text, characters), characters);
}
//# sourceMappingURL=trim.js.map