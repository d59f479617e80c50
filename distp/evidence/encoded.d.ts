import { type Container } from './container.ts';
/** The first line of an encoded file. */
export declare const encodedMark = "postern-encoded/1";
/**
 * One file as base64 of its raw deflate data (RFC 1951) behind a first line of its own: samples of web shells lie in
 * repositories in this form, so that no virus scanner removes them. Decoded in memory only.
 * `scripts/encode.mjs` makes such files.
 */
export declare const encoded: Container;
/** The bytes behind the text of an encoded file. */
export declare function decodeEncodedText(text: string): Buffer;
