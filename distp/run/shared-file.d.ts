import { type MessagePort } from 'node:worker_threads';
import type { Member } from '../evidence/container.ts';
import { type Ahead } from '../prefilter/read-ahead.ts';
import type { RowLayout } from '../parsers/row-layout.ts';
import { type ScanSettings } from '../scan/scan.ts';
/**
 * Bytes of a piece, which is the unit of help, and of a chunk, which is what a reader of files gets at a time; with more than
 * `whole` rows of a chunk that must be read as a whole a piece is no help.
 */
export type Sizes = {
    readonly piece: number;
    readonly chunk: number;
    readonly whole: number;
};
export declare const SIZES: Sizes;
/** What two threads share of one file: plain data, and a port for each. */
export type Shared = {
    readonly states: SharedArrayBuffer;
    readonly port: MessagePort;
};
/** The shared numbers for a file; null for one that is read by one thread. */
export declare function statesFor({ ref, size }: Member, { piece }?: Sizes): SharedArrayBuffer | null;
/** Nobody goes on with the file: a thread ended, or has read it. Whoever waits for the other is woken. */
export declare function leaveSharedFile(buffer: SharedArrayBuffer): void;
/** What the first thread asks for rows that were taken ahead. */
export declare class Leader implements Ahead {
    #private;
    constructor({ states, port }: Shared, sizes?: Sizes);
    take(layout: RowLayout, text: string, start: number, to: number): ReturnType<Ahead['take']>;
}
/** Takes rows of a file ahead of the thread that reads it, until that one is through. */
export declare function help(member: Member, { states: buffer, port }: Shared, settings: ScanSettings, sizes?: Sizes): Promise<void>;
