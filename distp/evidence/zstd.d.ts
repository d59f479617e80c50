import { type Container } from './container.ts';
/** One file packed by Zstandard (RFC 8878, https://www.rfc-editor.org/rfc/rfc8878), also of several frames. */
export declare const zstd: Container;
