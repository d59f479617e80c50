/** An object that stands in a text, with the places (in code units) of its first character and behind its last. */
export type LooseObject = {
    readonly value: Record<string, unknown>;
    readonly from: number;
    readonly to: number;
};
/**
 * The objects of a text that is JSON but for what people do to it: comments, `...` where something was left out, quotation marks
 * of other languages and of Python, commas too many or too few, braces that are missing at the end or around everything. Each
 * character is looked at once, also where much is missing.
 */
export declare function looseObjects(text: string): LooseObject[];
