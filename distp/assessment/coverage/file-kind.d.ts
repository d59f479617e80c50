import { type Scan } from '../../model/scan.ts';
import { type LogKind } from '../../model/log-kinds.ts';
import { type Served } from '../served.ts';
/** What kind of file a gap lies in. */
export declare const fileKinds: readonly ['log', 'page', 'state', 'program', 'collection', 'other'];
export type FileKind = (typeof fileKinds)[number];
/** The kind of a file, and which kinds of log or state it is a part of. */
export type JudgedFile = {
    readonly is: FileKind;
    readonly kinds: readonly LogKind[];
};
/** The kind of a file: the first that it can be. */
export declare function kindOfFile(scan: Pick<Scan, 'artifact' | 'hours' | 'gaps'>, served?: Served): JudgedFile;
/** Are all entries of a log of Exchange those of another one than its folder and name say? */
export declare function isOfAnotherKind(artifact: Scan['artifact']): boolean;
export declare const NOT_WHAT_IT_IS_NAMED = "it is named like a configuration and contains none";
/** What a file of no known format is named like, where that would have been one. */
export declare function notWhatItIsNamed(artifact: Scan['artifact'], served: Served): string | null;
/** The path of a file with `/`, without the ending of what lies encoded. */
export declare function slashedOf({ windowsPath, path }: Pick<Scan['artifact'], 'windowsPath' | 'path'>): string;
