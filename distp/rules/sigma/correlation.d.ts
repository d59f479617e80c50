import { type Correlation } from '../rule.ts';
import { type Tree } from './yaml-tree.ts';
/** What a correlation says, before the rules that it names are known. */
export type CorrelationDraft = Omit<Correlation, 'info' | 'of' | 'aliases' | 'isPart'> & {
    /** Names or ids of rules, with their places. */
    readonly names: readonly {
        readonly name: string;
        readonly at: number;
    }[];
    readonly aliases: readonly {
        readonly alias: string;
        readonly rule: string;
        readonly field: string;
        readonly at: number;
    }[];
    readonly at: number;
};
export declare function readCorrelation(doc: Tree): CorrelationDraft;
/** Names of the rules that are only parts of a correlation, be the rest of it as it may. */
export declare function partsOf(doc: Tree): string[];
/** What a person calls it: the first words of a message. */
export declare function correlationTitle(doc: Tree): string | undefined;
