import type { FieldValue } from '../../model/event.ts';
/** A folder as its record names it. `parent`: the key of the folder above; null when that is not the one meant any more. */
export type NtfsFolder = {
    readonly name: string;
    readonly parent: number | null;
};
/** The path of a folder: `\inetpub\wwwroot`, empty for the root. */
export type FolderPath = {
    readonly text: string;
    /** Does it lead to the root over folders that are the ones meant? */
    readonly sure: boolean;
    readonly depth: number;
    /** The fields that all files in it have; filled when the first is asked for. */
    shared: SharedFields | null;
};
type SharedFields = {
    readonly directory: string;
    readonly webRoot: FieldValue;
    readonly relative: string | null;
};
/** Paths of folders from links to the folder above, found once each. Keys are numbers that the caller chooses. */
export declare class Paths {
    #private;
    /** `drive`: `C:` or empty. `lost`: what stands where the folder above is not known. `onCycle`: a folder lies in itself. */
    constructor(folderOf: (key: number) => NtfsFolder | null, of: {
        readonly root: number;
        readonly drive: string;
        readonly lost: string;
        readonly onCycle?: (key: number) => void;
    });
    /** The folder of that key; the place for lost files when it is null or not known. */
    of(key: number | null): FolderPath;
    /** Forgets what was found: a folder has another name or place now. */
    forget(): void;
}
/** The fields of `fileFields` for a file in a folder, most of them found once a folder. */
export declare function fieldsIn(folder: FolderPath, name: string): Record<string, FieldValue>;
/** The drive that a metadata file was taken from: `C:`, the device of a shadow copy; empty where nothing says it. */
export declare function driveOf(source: {
    readonly path: string;
    readonly windowsPath: string | null;
}): string;
export {};
