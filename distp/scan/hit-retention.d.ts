import type { Scan } from '../model/scan.ts';
import type { Event } from '../model/event.ts';
import type { RuleInfo } from '../model/rule.ts';
/** Rows that may join others, or name a mailbox, are kept for as long as it can be: the one that matters can be the last. */
export declare function isJoinable(info: RuleInfo | undefined): boolean;
/** The shares of the hits of a rule; where fulfilled or not is the same for what is said, one. */
export declare function sharesOf({ stage, sign }: RuleInfo): readonly string[];
export declare function shareOfHit(info: RuleInfo, event: Event): string;
/**
 * Takes scans in any order and keeps of each rule the first hits of every file, of each as many at most; those beyond are
 * counted. What is kept does not depend on the order, and never is much more held than is kept. Until all came, the hits of
 * a scan may be held here instead of in it.
 */
export declare class KeptHits {
    #private;
    /** `joins`: rules whose hits may join others; `weighs`: those of which it matters that hits were not kept. */
    constructor(joins: (rule: string) => boolean, atMost?: {
        rule: number;
        joinable: number;
        file: number;
    }, packed?: number, weighs?: (rule: string) => boolean);
    /** A scan that came; `scans` are those that are there, at their places. */
    came(scans: Scan[], at: number): void;
    /** All came: of no rule more is held than is kept, and every scan has its hits. */
    finish(scans: Scan[]): void;
}
