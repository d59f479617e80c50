import type { RuleFile } from '../rule.ts';
import type { ModifierContext } from './modifiers.ts';
import type { Test } from './predicate.ts';
import { type Tree } from './yaml-tree.ts';
type Named = {
    readonly loaded: {
        readonly file: RuleFile;
    };
    readonly doc: Tree;
    readonly id: string;
};
/**
 * Filters: a rule that one names matches where the condition of the filter is true, too (`not selection` leaves something
 * out), as pySigma reads them. One changes the rules of its own pack alone, so that nobody's rules become silent by another's.
 */
export declare class Filters {
    #private;
    add(doc: Tree, file: RuleFile, given: ModifierContext, rules: readonly Named[]): void;
    /** What must be true besides of what a rule matches. */
    of(doc: Tree, id: string, file: RuleFile): Test[];
}
export {};
