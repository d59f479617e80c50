import { RuleProblem } from './rule-problem.ts';
/** A YAML value with its place in the file, so that every message can say where. */
export type Tree = {
    readonly is: 'map';
    readonly at: number;
    readonly entries: readonly YamlEntry[];
} | {
    readonly is: 'list';
    readonly at: number;
    readonly items: readonly Tree[];
} | YamlScalar;
export type YamlEntry = {
    readonly key: string;
    readonly at: number;
    readonly value: Tree;
};
export type YamlScalar = {
    readonly is: 'scalar';
    readonly at: number;
    readonly value: string | number | boolean | null;
    /** As it is written, where that is another text: `0x1F` where the value is 31. */
    readonly source?: string;
};
/** The documents of a file; of a document that cannot be read, the problem. */
export type Documents = readonly (Tree | RuleProblem)[];
/** Reads every document of a YAML file (1.2 core schema). Duplicate keys are an error; aliases are bounded. */
export declare function readYaml(text: string): Documents;
/** How a scalar is written. */
export declare function sourceOf({ value, source }: YamlScalar): string;
/** The value under a key of a map. */
export declare function entry(tree: Tree, key: string): YamlEntry | undefined;
/** The text of a scalar that is not null, else undefined. */
export declare function yamlText(tree: Tree | undefined): string | undefined;
/** The texts of a list of scalars, or of one scalar. */
export declare function textsOf(tree: Tree | undefined): string[];
