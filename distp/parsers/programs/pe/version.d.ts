import { type Image } from './image.ts';
/** What the version resource says: texts by their key, and the numbers of the fixed part. */
export type Version = {
    readonly file: string;
    readonly product: string;
    readonly texts: ReadonlyMap<string, string>;
};
/** The version resource; null when there is none. https://learn.microsoft.com/windows/win32/menurc/vs-versioninfo */
export declare function versionOf(image: Image): Version | null;
