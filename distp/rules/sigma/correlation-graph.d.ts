import { type RuleInfo } from '../../model/rule.ts';
import type { Correlation, EventRule, RuleFile } from '../rule.ts';
import { type CorrelationDraft } from './correlation.ts';
import { RuleProblem } from './rule-problem.ts';
import type { SigmaRule } from './rule.ts';
import { type Tree } from './yaml-tree.ts';
/** A rule or a correlation of a file; without either it could not be read, and was said to be so. */
export type RuleNode<Loaded extends {
    readonly file: RuleFile;
}> = {
    readonly loaded: Loaded;
    readonly doc: Tree;
    readonly id: string;
    readonly name: string | undefined;
    readonly rule?: SigmaRule;
    readonly draft?: CorrelationDraft;
    readonly info?: RuleInfo;
};
/** Rules and the correlations that name them. */
export declare class Nodes<Loaded extends {
    readonly file: RuleFile;
}> {
    #private;
    add(node: RuleNode<Loaded>): void;
    /** What is asked of events, and what is counted; `fail` is told of what cannot be used. */
    resolved(fail: (node: RuleNode<Loaded>, problem: RuleProblem) => void): {
        events: EventRule[];
        correlations: Correlation[];
    };
}
