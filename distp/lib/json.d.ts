/**
 * JSON with the keys of every object in code-unit order, so that the same content gives the same bytes
 * (RFC 8785 but for number formatting, which JavaScript's own already is). Lone surrogates are escaped.
 */
export declare function canonicalJson(value: unknown, indent?: number): string;
/**
 * The same text in pieces: each entry of a list and each field of an object that lies less than `levels` deep is one of its
 * own, so that neither a sorted copy nor the text of a large value ever stands in memory whole.
 */
export declare function canonicalPieces(value: unknown, indent: number, levels: number, depth?: number): Generator<string>;
/** The value of a JSON text; null where it is none. */
export declare function jsonOrNull(text: string): unknown;
