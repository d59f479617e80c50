/** The encodings that text of the evidence comes in; `ascii`-only text counts as `utf-8`. */
export type Encoding = 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be';
/** What the first bytes say about the encoding, and how long the byte order mark is (0 when there is none). */
export declare function sniffEncoding(bytes: Uint8Array): {
    encoding: Encoding;
    bom: number;
};
/** Text of one piece in UTF-8, or in Windows-1252 where the bytes are not valid UTF-8. */
export declare function decode8(bytes: Uint8Array): string;
/** Text of a head or of a whole small file, with its byte order mark honoured and taken off; empty for binary bytes. */
export declare function decodeText(bytes: Uint8Array): string;
/** The lines of a head. Several who look at the same text one after another get the same list. */
export declare function splitHeadLines(text: string): readonly string[];
/** The first line that is not blank; empty when there is none. */
export declare function firstLine(text: string): string;
/** Text of UTF-16 bytes; an odd last byte is left out. */
export declare function decode16(bytes: Uint8Array, bigEndian: boolean): string;
/** The same bytes as a Buffer, without a copy. */
export declare function bufferOf(bytes: Uint8Array): Buffer;
