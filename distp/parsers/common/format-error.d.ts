import type { GapReason } from '../../model/evidence.ts';
/**
 * A binary structure that is not what its format says. Thrown where a record, cell or entry is decoded and caught by
 * whoever walks over them, who makes a gap of that one and goes on. It never leaves a parser.
 */
export declare class Damage extends Error {
    readonly reason: GapReason;
    constructor(detail: string, reason?: GapReason);
}
