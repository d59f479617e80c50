import { type RegexFlags } from './regex/syntax.ts';
/** What was found out about a pattern that may be asked of any text: plain data, from which it is made again at once. */
export type RegexVerdict = {
    readonly engine: 'v8' | 're2';
    /** The pattern as this engine is given it. */
    readonly source: string;
    readonly flags: string;
    /** Maximum number of characters of a text that are searched. */
    readonly limit: number;
    /** Texts (folded, ASCII), one of which stands in what matches, for a cheap test beforehand; empty when none are known. */
    readonly literals: readonly string[];
    /** Lists of such texts: what matches holds one of each, behind one another. */
    readonly inOrder: readonly (readonly string[])[];
};
/** A pattern that may be asked of any text: whether it matches anywhere in it. */
export type SafeRegex = RegexVerdict & {
    test(text: string): boolean;
};
type Texts = Pick<RegexVerdict, 'literals' | 'inOrder'>;
/** Could a text match, by what every match holds? It is told much sooner than whether it does. */
export declare function mayMatch({ literals, inOrder }: Texts, folded: string): boolean;
/** What cannot be accepted, and why. `syntax`: no engine would take it. */
export type RefusedRegex = {
    readonly refused: string;
    readonly syntax: boolean;
};
/** Longest text that a regular expression looks at. */
export declare const regexLimit: number;
/** Asks patterns of which a verdict is known without judging them, and keeps the verdicts on all others. */
export declare class RegexGuard {
    #private;
    readonly found: Map<string, RegexVerdict>;
    constructor(known?: ReadonlyMap<string, RegexVerdict>);
    regex(pattern: string, flags?: RegexFlags): SafeRegex | RefusedRegex;
}
/** Compiles a pattern if it is safe. */
export declare function guardRegex(pattern: string, flags?: RegexFlags): SafeRegex | RefusedRegex;
export {};
