import { type Progress } from '../model/progress.ts';
import type { SealedFile } from './seal.ts';
/**
 * Every file of one server's evidence with its digest, listed and read as an assessment does it: members of archives too, and
 * an empty digest where nothing can be read.
 */
export declare function evidenceDigests(evidence: readonly string[], passwords: readonly string[], onProgress?: (progress: Progress) => void): Promise<SealedFile[]>;
/** A file of the results; `fault`: why it is none, or could not be read. */
export type ResultFile = SealedFile & {
    readonly fault?: string;
};
/** Every file below a folder in the order of their paths. Links are named, and never followed. */
export declare function resultDigests(folder: string): Promise<ResultFile[]>;
