import { type Folders } from './folders.ts';
import type { FolderPath } from './paths.ts';
import type { FileTimePlace } from './times.ts';
/** A change of a file as it is told. */
export type Change = {
    readonly name: string;
    readonly number: number;
    readonly sequence: number;
    readonly parent: number;
    readonly parentSequence: number;
    readonly usn: number;
    readonly time: FileTimePlace;
    readonly first: FileTimePlace;
    readonly reason: number;
    readonly attributes: number;
    /** How many records were joined. */
    readonly records: number;
    readonly offset: number;
    readonly length: number;
};
/** Changes of a journal, packed: about ninety bytes each. */
export declare class JournalChanges {
    #private;
    get count(): number;
    get size(): number;
    rows(): readonly number[];
    /** Takes in a record of version 2 or 3; those of version 4 tell of ranges only, and the record after them of the file. */
    add(bytes: Buffer, at: number, length: number, offset: number): void;
    at(row: number): Change;
    /**
     * Finds the folder of every change as it was called at that time: from the newest change back, each record of a folder
     * says the name and place that it had before the later ones.
     */
    place(folders: Folders): void;
    /** The folder that a change was made in; null when it is not known. */
    folderOf(row: number): FolderPath | null;
}
/** Where in a record a time stands that is no date; null when it is one, or there is none. */
export declare function badTimeOf(bytes: Buffer, at: number): number | null;
