import { type KnownActivity } from '../findings/findings.ts';
import { type ExposureFacts } from '../knowledge/exposure-tables.ts';
import { type CaseKeys, type Elsewhere } from '../model/case-keys.ts';
import type { Pool } from '../model/scan.ts';
import type { Assessment } from '../model/assessment.ts';
import { type Knowledge } from '../knowledge/load-packs.ts';
import { type ReadingOptions } from '../evidence/list-all.ts';
/** What the user may say about how to assess. */
export type Options = ReadingOptions & {
    readonly fallbackName: string;
    readonly known?: KnownActivity;
    /** Campaigns named by the user: asked whatever the evidence. */
    readonly campaigns?: readonly string[];
    readonly window?: {
        readonly from: number | null;
        readonly to: number | null;
    };
    /** Sector of the organisation: a weak sign for and against actors. */
    readonly sector?: string;
    /** Pseudonyms for your users. */
    readonly mask?: boolean;
    /** What the tags of secrets are made with; without it the evidence itself. */
    readonly caseKey?: string;
    readonly tool: string;
    /** Files of knowledge besides the packs, and the signed bundle that all of it came from. */
    readonly tables?: Assessment['knowledge']['tables'];
    readonly bundle?: Assessment['knowledge']['bundle'];
    /** Options as they are recorded in the assessment. */
    readonly recorded?: Readonly<Record<string, string>>;
    /** Keys from other servers of the case, and the receiver of the keys of this one. */
    readonly elsewhere?: Elsewhere;
    readonly onKeys?: (keys: CaseKeys, server: string) => void;
};
/** The whole of Postern: evidence of one server in, the assessment out. */
export declare function assess(evidence: readonly string[], knowledge: Knowledge, facts: ExposureFacts, pool: Pool, options: Options): Promise<Assessment>;
