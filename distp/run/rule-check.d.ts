import type { Compiled, RuleFile } from '../rules/rule.ts';
/**
 * What one file of rules may cost before its thread is ended: its text is of anybody, and compilers take exponential time
 * over some texts of a few hundred bytes. Published files of the largest size that is read take a tenth of this.
 */
export declare const RULE_LIMITS: {
    seconds: number;
    secondsPerMegabyte: number;
    memory: number;
};
/** What the thread answers: what it found out, or how it failed. */
export type FromRuleThread = {
    readonly compiled: Compiled;
} | {
    readonly failed: string;
};
/**
 * Finds out about files of rules in a thread that can be ended, one after another. A file that takes too long, wants too
 * much memory or ends the thread is refused by its digest, so that nobody tries it again; the others go on.
 */
export declare function checkRules(files: readonly RuleFile[], limits?: {
    seconds: number;
    secondsPerMegabyte: number;
    memory: number;
}, script?: URL): Promise<Compiled>;
