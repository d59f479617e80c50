import { type NtfsFolder, Paths } from './paths.ts';
/** One number for a reference: a folder that got the record of another one has another sequence. Null: it cannot be one. */
export declare function keyOf(number: number, sequence: number): number | null;
/** Names and places of the folders of a volume, the newest that are known. */
export declare class Folders {
    #private;
    /** `drive`: `C:`, or empty. */
    constructor(drive: string);
    /** What the $MFT says, which was taken when the journal ended. */
    inTable(key: number, folder: NtfsFolder): void;
    /** What a record of the journal says; later records say it better. */
    inJournal(key: number, folder: NtfsFolder): void;
    newest(key: number): NtfsFolder | null;
    /** The folders as they are now, to be taken back in time. */
    present(): Rewound;
}
/** The folders at an earlier time: changes are taken back, from the newest on. */
export declare class Rewound {
    #private;
    readonly paths: Paths;
    constructor(newest: Folders, drive: string);
    /** Before this the folder had that name and place. */
    back(key: number, folder: NtfsFolder): void;
}
/** Reads the folders of a $MFT, those that are there and those that were. */
export declare function foldersOfTable(chunks: AsyncIterable<Uint8Array>, folders: Folders): Promise<void>;
