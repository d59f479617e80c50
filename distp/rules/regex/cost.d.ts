import type { RegexNode } from './syntax.ts';
/** Steps from one starting point that a backtracking engine may take. */
export declare const STEPS = 2000;
/**
 * The same yes or no with less work: where a search may begin or end anywhere, a repetition at that edge need only be
 * there its least number of times (`\w+x` finds what `\wx` finds).
 */
export declare function shorten(node: RegexNode): RegexNode;
type Steps = {
    readonly steps: number;
    readonly paths: number;
};
/**
 * The most steps that backtracking takes from one starting point, and in how many ways the node can match there.
 * `unbounded`: how often a loop without end is taken to go round beyond its least number.
 */
export declare function countSteps(node: RegexNode, unbounded?: number): Steps;
/** By which power of the text the work grows from one place on. */
export declare function degreeOf(node: RegexNode): number;
export declare function beginsAtStart(node: RegexNode): boolean;
export {};
