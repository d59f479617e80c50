import type { Event } from '../../../model/event.ts';
import { type ChunkBytes } from './binxml.ts';
/** How a record was found. */
export type Origin = 
/** In its place. */
'live'
/** Behind the end of a chunk's records: what was there before the chunk was written anew. */
 | 'slack'
/** In a chunk that is damaged before it, or whose header is. */
 | 'damaged'
/** Inside the record before it, which was made to cover it. */
 | 'removed';
/** Makes events of records. */
export declare class Decoder {
    #private;
    constructor(path: string);
    /** Called before each chunk; `sound`: its checksums are right. */
    begin(sound: boolean): void;
    /**
     * Does the record at `at` have more room than its values take, or can that not be told? It is read with `event`, for
     * the record that was looked at last.
     */
    mayHide(chunk: ChunkBytes, at: number, size: number): boolean;
    /** The event of the record at `at`; `offset` is where the chunk lies in the file. */
    event(chunk: ChunkBytes, at: number, size: number, offset: number, origin: Origin): Event;
}
