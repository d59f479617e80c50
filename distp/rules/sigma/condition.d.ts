import { type Test } from './predicate.ts';
/**
 * The question that a condition asks, made of the questions of its selections. `place` turns a position in the text into
 * one in the file.
 */
export declare function readCondition(text: string, place: (at: number) => number, selections: ReadonlyMap<string, Test>): Test;
