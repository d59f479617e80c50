import { type TextPosition } from '../../lib/file-positions.ts';
/** One rule of a YARA source: its name, tags, metadata and place. Lines count from 1, offsets are of the text. */
export type RuleText = {
    readonly name: string;
    readonly tags: readonly string[];
    readonly meta: readonly (readonly [key: string, value: string])[];
    readonly isPrivate: boolean;
    readonly isGlobal: boolean;
    readonly start: number;
    readonly end: number;
    readonly line: number;
    readonly lastLine: number;
};
export type Outline = {
    readonly rules: readonly RuleText[];
    readonly imports: readonly (TextPosition & {
        readonly module: string;
    })[];
    readonly includes: readonly TextPosition[];
};
/** A source whose rules cannot even be told apart. */
export declare class YaraSyntax extends Error {
    readonly line: number;
    readonly column: number;
    constructor(message: string, at: TextPosition);
}
/**
 * Finds the rules of a YARA source, their metadata, imports and includes: the engines tell metadata only of rules that
 * matched. The rest of the grammar is left to the engine.
 * https://virustotal.github.io/yara-x/docs/writing_rules/anatomy-of-a-rule/
 */
export declare function outline(text: string): Outline;
/** The text with one rule overwritten by spaces; line ends stay, so that places keep their meaning. */
export declare function blank(text: string, rule: RuleText): string;
