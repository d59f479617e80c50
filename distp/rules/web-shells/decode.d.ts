import type { FileScanner } from '../rule.ts';
/**
 * What stands behind the bytes of a page: other character sets, wrappers (mailbox file, certificate request), encoded
 * pieces, and the code with its names written out. File rules are asked of every layer; a hit tells of the original bytes.
 */
export type Layer = {
    /** How it was made, for a person: `base64`, `UTF-16`. */
    readonly name: string;
    readonly bytes: Buffer;
    /** Where it comes from in the file. */
    readonly at: readonly [offset: number, length: number];
};
/** Asks a scanner of the file and of every layer below it. A rule that matched the file is not reported again. */
export declare function layered(scanner: FileScanner): FileScanner;
/** The layers of a file: none for a file that is no page and wraps none. The same bytes give the same layers. */
export declare function layersOf(bytes: Uint8Array): Layer[];
/** Does a file hold what IIS would run? */
export declare function holdsPageCode(bytes: Buffer): boolean;
/** Is it code of a page in a file of its own, as `CodeFile` and `App_Code` have it, in C#, Basic or JScript? */
export declare function isCodeFile(text: string): boolean;
/** The code with escapes, pieces and comments taken away, so that `"ev" + "\u0061l"` reads `"eval"`; null when nothing changes. */
export declare function written(page: Buffer): Buffer | null;
export declare function writtenText(text: string): string;
