import type { Gap } from '../../model/evidence.ts';
import type { Report } from '../report.ts';
/** findings.jsonl: one finding a line, with the raw rows; each line names its schema (docs/schemas/finding.schema.json). */
export declare const findings: Report;
/**
 * coverage.jsonl: a line a file (`size = parsed + unread`, the latter in `gaps` with place and reason) and a line a log
 * kind (hours, holes, entries per day).
 */
export declare const coverage: Report;
/** A file as coverage.jsonl tells it. */
export type FileLine = {
    readonly type: 'file';
    readonly path: string;
    readonly windowsPath: string | null;
    readonly size: number;
    readonly parsed: number;
    /** Bytes in gaps. */
    readonly unread: number;
    readonly gaps: readonly Omit<Gap, 'path'>[];
    readonly sha256: string | null;
    readonly parser: string | null;
    readonly kinds: readonly string[];
    readonly events: number;
    readonly first: string | null;
    readonly last: string | null;
    readonly unknown: boolean;
};
