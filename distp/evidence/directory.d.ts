import type { RandomBytes } from '../lib/bytes.ts';
import type { Container } from './container.ts';
/** A folder with all that lies below it; links are named, never followed. */
export declare const directory: Container;
/**
 * A file for reading only, with the size that it had when it was opened. Neither a link nor a pipe that took its place
 * since is opened. A file that became shorter ends in `changed`.
 */
export declare function fileBytes(path: string | Buffer): Promise<RandomBytes>;
/** Memory for a piece of a file. */
export declare const freshPiece: () => Buffer;
/**
 * The whole of a small file below a folder, read at once into `into`; null when it is larger than that, or became shorter
 * meanwhile: who streams it finds out where it ends. Throws the errors of the operating system, and `EvidenceError`.
 */
export declare function readSmall(folder: string, path: string, into: Buffer): Buffer | null;
/**
 * The bytes of a file below a folder, in order, each piece read into the memory that `room` gives. Throws the errors of the
 * operating system, and `EvidenceError`.
 */
export declare function readPieces(folder: string, path: string, room: () => Buffer): Generator<Buffer>;
/** The end of the file that was looked at last; empty where that was not looked for. */
export declare function lastEnding(): Uint8Array;
/** What to know of a sparse file in a Velociraptor collection (https://docs.velociraptor.app/docs/file_collection/). */
export declare const sparseFileNote = "sparse file: holds its data runs one after another; the .idx file beside it has their places";
/** Size and time of change of a file, the one at `folder` itself where there is no path; null where it may not be asked. */
export declare function stampOf(folder: string, path: string | null): string | null;
