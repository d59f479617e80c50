import type { Event } from '../../../model/event.ts';
import type { Between } from '../../parser.ts';
import { type ChunkHeader } from './chunk.ts';
/** Records that were there, between two others: where they lay, and when those were written. */
type Missing = {
    readonly offset: number;
    readonly between: Between;
    readonly detail: string;
};
/** Watches what records and chunks say of each other, and tells where something is missing or was changed. */
export declare class Integrity {
    #private;
    constructor(path: string);
    /** A checksum that is wrong. */
    checksum(of: string, offset: number, length: number): void;
    begin(offset: number, header: ChunkHeader): void;
    /** A record in its place; its event is null when it could not be read. */
    record(bytes: Buffer, at: number, size: number, event: Event | null): void;
    /** A record that lies inside the one at `before`. */
    removed(bytes: Buffer, at: number, before: number): void;
    /** The chunk ends; `end` is where its records end, `whole` whether all of it is there. */
    end(end: number, whole: boolean): void;
    /** Is a record of this number and time in its place? */
    has(id: number, time: number): boolean;
    /** Where records are missing; called after `events`. An export leaves out what was not selected. */
    missing(): readonly Missing[];
    /** Everything that was noticed; called once, at the end. */
    events(file: {
        readonly next: number;
        readonly dirty: boolean;
    } | null): Generator<Event>;
}
export {};
