import type { Need } from './rule.ts';
import type { Values } from './field-values.ts';
/**
 * Finds the few rules of many that an event could match. A rule that needs one of some texts is found by four characters
 * of each, those that fewest other rules need too; rules without known needs are always candidates.
 */
export declare class Candidates<Rule extends {
    readonly needs?: readonly Need[] | undefined;
}> {
    #private;
    constructor(rules: readonly Rule[]);
    /** In the order in which the rules were given. */
    of(values: Values): readonly Rule[];
}
