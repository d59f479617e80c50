import { type RuleInfo } from '../../model/rule.ts';
import type { RuleFile } from '../rule.ts';
import { type Tree } from './yaml-tree.ts';
/**
 * What is known of a rule: from its own fields, from its `postern` block (our addition to Sigma, which allows custom
 * fields), and from pack.yml, the last counting most. `alone`: it is the only rule of its file.
 */
export declare function readInfo(doc: Tree, id: string, file: RuleFile, alone: boolean): RuleInfo;
/** A file's name without folder and extension: how pack.yml may name the only rule of a file. */
export declare function stem(path: string): string;
