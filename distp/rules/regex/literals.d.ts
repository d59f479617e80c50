import type { RegexNode } from './syntax.ts';
/** A text (folded) that a match begins with. `isWhole`: there is no more of it. */
type Begin = {
    readonly text: string;
    readonly isWhole: boolean;
};
/** What a part of a pattern is known to match: something that begins with one of these, and that holds one of the others. */
type Held = {
    readonly begins: readonly Begin[];
    readonly oneOf: readonly string[];
};
/** Texts of ASCII characters in lower case, one of which every match holds; empty when none are known. */
export declare function literalsOf({ begins, oneOf }: Held): readonly string[];
/** Every list of texts of which one stands in what matches, in the order in which they stand there, none over another. */
export declare function inTurn(node: RegexNode): readonly (readonly string[])[];
export declare function heldBy(node: RegexNode): Held;
export {};
