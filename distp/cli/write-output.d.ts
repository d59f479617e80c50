import { type Stats } from 'node:fs';
/** Makes a folder and those around it. (Node's own `recursive` never ends where a file system forbids it, as /proc does.) */
export declare function makeFolder(folder: string): void;
/** Writes a file that must not be there yet: nothing of another run is ever written over. */
export declare function writeNew(file: string, content: string | Iterable<string>, largest?: number): void;
/** Puts new content in the place of a file of this run: there is always one of the two, whole. */
export declare function writeOver(file: string, content: string): void;
/** An error of the operating system as what stops the run; any other is a bug. */
export declare function cannotWrite(path: string, error: unknown): Error;
/** Why a path is no folder that can be used, in words. */
export declare function notAFolder(path: string): string;
/** What is at a path; `unknown` without permission. */
export declare function statsOf(path: string): Stats | 'nothing' | 'unknown';
