export declare const star: unique symbol;
export declare const anyOneCharacter: unique symbol;
/** Any of the characters that Windows programs take for a dash. */
export declare const dash: unique symbol;
/** A Sigma string in pieces: literal text between wildcards. */
export type Pieces = readonly (string | typeof star | typeof anyOneCharacter | typeof dash)[];
/** Reads wildcards and their escapes. A backslash that escapes nothing is itself. */
export declare function parseWildcards(text: string): Pieces;
/** The text of pieces without wildcards, else null. */
export declare function literalOf(pieces: Pieces): string | null;
/** The pieces with each literal changed. */
export declare function mapLiterals(pieces: Pieces, change: (literal: string) => string): Pieces;
export type Anchor = 'exact' | 'contains' | 'startswith' | 'endswith';
/** The pieces open at the ends where the anchor says so. */
export declare function anchored(pieces: Pieces, anchor: Anchor): Pieces;
/** Does a text match any one of the patterns? Texts and patterns must be folded alike. */
export declare function matchAny(patterns: readonly Pieces[]): (text: string) => boolean;
