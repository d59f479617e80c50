import { type ModifierContext } from './modifiers.ts';
import { type Test } from './predicate.ts';
import type { Tree } from './yaml-tree.ts';
/** The question of one selection: a map (and), a list of maps (or), or keywords (or). */
export declare function readSelection(name: string, tree: Tree, given: ModifierContext): Test;
