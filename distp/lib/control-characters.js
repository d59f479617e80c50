/**
 * Text as it may stand in a terminal or on a page: control characters, escape sequences, bidirectional overrides and
 * characters without width become visible (`␛`, `⟨U+202E⟩`), so that evidence can neither steer a terminal nor pose as
 * other text. Line ends become `␍` and `␊` too: what may break lines is decided by the writer, never by the evidence.
 */
export function visible(text) {
    if (!suspicious.test(text))
        return text;
    return text
        .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\u{e0100}-\u{e01ef}]/gu, picture)
        .replace(/(\p{M}{4})\p{M}+/gu, '$1⟨…⟩');
}
/** Has it a character that `visible` might change? */
export const suspicious = /[^\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff]/;
function picture(character) {
    const code = character.codePointAt(0);
    if (code < 0x20)
        return String.fromCodePoint(0x2400 + code);
    if (code === 0x7f)
        return '␡';
    return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`;
}
//# sourceMappingURL=control-characters.js.map