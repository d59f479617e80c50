import { type Documents } from './yaml-tree.ts';
/**
 * The rules that a file means: what `action: global` says holds for every rule behind it (and counts more than what that
 * says itself) until `action: reset`; `action: repeat` is the rule before it with other parts. Correlations and filters
 * take nothing from it.
 */
export declare function withoutActions(documents: Documents): Documents;
