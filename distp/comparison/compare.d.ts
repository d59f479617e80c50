import type { Diff } from '../model/comparison.ts';
import type { Assessment } from '../model/assessment.ts';
import type { Artifact } from '../model/evidence.ts';
/**
 * What lies between two assessments, and what made the difference: other evidence (files by their digest), other knowledge
 * (packs, tables, the program), or other options. Nothing is assessed again: both are taken as they stand.
 */
export declare function diffOf(before: Assessment, after: Assessment): Diff;
type Named = Pick<Artifact, 'path' | 'size' | 'sha256'>;
/** Compares files of two evidences, or of one at two times, by path and digest. */
export declare function evidenceBetween(before: readonly Named[], after: readonly Named[]): Diff['evidence'];
export {};
