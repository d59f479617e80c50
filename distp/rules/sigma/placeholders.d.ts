import { type YamlScalar, type Tree } from './yaml-tree.ts';
/** Values by name of placeholder. */
export type Placeholders = ReadonlyMap<string, readonly string[]>;
/** Is it a document of values, and no rule? */
export declare function isPlaceholders(doc: Tree): boolean;
/** The values of a document, with their places. */
export declare function readPlaceholders(doc: Tree): {
    name: string;
    values: readonly string[];
    at: number;
}[];
/** Each way to put values in the place of the placeholders of a text. A percent sign behind a backslash is only that. */
export declare function expanded(value: YamlScalar, placeholders: Placeholders, where: string): YamlScalar[];
