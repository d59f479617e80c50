import { type RecordHeader } from './record.ts';
import type { Damaged } from './records.ts';
import type { FileTimePlace } from './times.ts';
/** Bits of what is known of a record. */
export declare const PRESENT = 1;
export declare const LIVE = 2;
export declare const FOLDER = 4;
export declare const DAMAGED = 32;
/** Damage in it was reported. */
export declare const TOLD = 64;
/**
 * What a $MFT says of its files, packed: about 100 bytes a file, so that two million of them take
 * 200 MB. Paths can only be told at the end, when every folder was seen.
 */
export declare class FileTable {
    #private;
    /** Small files whose text was not kept, since those before filled the room. */
    dropped: number;
    /** Takes in one record. `damaged` is told of places in it that are not sound. */
    add(number: number, bytes: Buffer, header: RecordHeader, tell: Damaged): void;
    /** Joins each record that continues another to that one. To be called once, when all records are there. */
    join(): void;
    /** Numbers of all records that were seen, in order. */
    numbers(): Generator<number>;
    stateOf(number: number): number;
    sequenceOf(number: number): number;
    attributesOf(number: number): number;
    sizeOf(number: number): number | null;
    streamsOf(number: number): readonly string[];
    /** Content of a small script, page or configuration. */
    textOf(number: number): string | undefined;
    /** Content of its stream Zone.Identifier: where it was fetched from. */
    zoneOf(number: number): string | undefined;
    /** The first of its names as a row of the table; 0 when it has none. */
    firstName(number: number): number;
    nextName(row: number): number;
    spaceOf(row: number): number;
    textOfName(row: number): string;
    parentOf(row: number): number;
    parentSequenceOf(row: number): number;
    /**
     * Where four FILETIMEs lie: created, modified, changed, accessed; null when the record has none. The bytes are good until
     * those of another record are asked for.
     */
    timesOf(number: number): FileTimePlace | null;
    /** The same of a name. */
    timesOfName(row: number): FileTimePlace;
    /**
     * Is the record still, or was it last, the one that a reference means? The sequence number of a record rises when it
     * is given up, so that the one of a deleted file is one ahead.
     */
    isMeant(number: number, sequence: number): boolean;
}
