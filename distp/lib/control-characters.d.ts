/**
 * Text as it may stand in a terminal or on a page: control characters, escape sequences, bidirectional overrides and
 * characters without width become visible (`␛`, `⟨U+202E⟩`), so that evidence can neither steer a terminal nor pose as
 * other text. Line ends become `␍` and `␊` too: what may break lines is decided by the writer, never by the evidence.
 */
export declare function visible(text: string): string;
/** Has it a character that `visible` might change? */
export declare const suspicious: RegExp;
