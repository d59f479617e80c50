import type { BrokenRule } from '../../model/rule.ts';
/** Why a rule cannot be used: what was expected and what was found, at an offset of its file. */
export declare class RuleProblem extends Error {
    readonly reason: BrokenRule['reason'];
    readonly at: number;
    constructor(reason: BrokenRule['reason'], detail: string, at: number);
}
export declare const broken: (detail: string, at: number) => RuleProblem;
export declare const unsupported: (detail: string, at: number) => RuleProblem;
/** Text of a rule inside a message: short, in quotation marks, without control characters. */
export declare function quoteRuleText(text: string): string;
