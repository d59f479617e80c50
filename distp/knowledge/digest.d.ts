import type { Assessment } from '../model/assessment.ts';
type Tables = Assessment['knowledge']['tables'];
/** The files of a `knowledge` folder and the user's baselines, each with the digest of its bytes. */
export declare function knowledgeTables(folder: string, baselines?: readonly string[]): Tables;
/** One digest of all that a run knows. Where folders lie on a machine is no part of it. */
export declare function knowledgeDigest(packs: Assessment['knowledge']['packs'], tables: Tables): string;
export {};
