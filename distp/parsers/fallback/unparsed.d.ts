import type { Parser, Sink } from '../parser.ts';
/**
 * Any file that no parser knows: it is hashed and searched elsewhere, and holds no events. A file of nothing but zeros
 * (what a crash leaves of a log that was being written) holds nothing to search.
 */
export declare const unparsed: Parser;
/** The same for a file that lies in memory, without waiting. */
export declare function readUnparsed(bytes: Uint8Array, sink: Sink, path: string): number;
