import type { Member } from './container.ts';
import type { Exclusions } from './exclusions.ts';
import { type ListedEvidence } from './index.ts';
import type { Progress } from '../model/progress.ts';
/** How evidence is listed and read. */
export type ReadingOptions = {
    /** What opens encrypted archives of the evidence. */
    readonly passwords?: readonly string[];
    readonly onProgress?: (progress: Progress) => void;
    /** Receives the number of files found so far, from time to time. */
    readonly onFound?: (files: number) => void;
    /** Maximum of archives read at the same time. */
    readonly jobs?: number;
    /** What the user leaves out. */
    readonly exclude?: Exclusions;
    /** Lists evidence, where that is not done here. */
    readonly list?: (root: string, onFound: (files: number) => void) => Promise<ListedEvidence>;
};
/** Every file of all evidence, and what could not be listed. */
export declare function listAll(evidence: readonly string[], passwords: readonly string[], { onFound, jobs, list }?: Pick<ReadingOptions, 'onFound' | 'jobs' | 'list'>): Promise<ListedEvidence>;
/** The sum of all sizes; null where not all are known. */
export declare function totalSize(members: readonly Member[]): number | null;
