import type { LogSource } from '../../model/event.ts';
import type { ModifierContext } from './modifiers.ts';
import { type Test } from './predicate.ts';
import { type YamlEntry, type Tree } from './yaml-tree.ts';
export declare function readSource(doc: Tree): LogSource;
export declare function readDetection(doc: Tree, text: string, given: ModifierContext): Test;
/** Selections and what must be true of them; `others` are keys that are no selections. */
export declare function readSelections({ key: name, at, value: tree }: YamlEntry, text: string, given: ModifierContext, others: readonly string[]): Test;
