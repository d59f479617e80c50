import type { FieldValue } from '../../../model/event.ts';
import { type ChunkBytes, Instance, type Templates } from './binxml.ts';
/** An element with its values in place. */
export type EventNode = {
    readonly name: string;
    readonly attributes: readonly (readonly [name: string, value: FieldValue])[];
    readonly children: readonly (EventNode | Leaf)[];
};
export type Leaf = {
    readonly value: FieldValue;
    readonly as?: 'cdata' | 'entity' | 'instruction';
};
/** The elements of BinXML between two places of a chunk. */
export declare function treeOf(templates: Templates, chunk: ChunkBytes, at: number, end: number): EventNode[];
/** The same for one record after the other, within what a chunk may make of itself. */
export declare function treeWithin(templates: Templates, chunk: ChunkBytes, at: number, end: number): EventNode[];
export declare function isNode(child: EventNode | Leaf): child is EventNode;
export declare function childNode(node: EventNode | null, name: string): EventNode | null;
export declare function attributeOf(node: EventNode | null, name: string): FieldValue;
/** What stands in an element: its one value as it is, several as one text. */
export declare function contentOf(node: EventNode | null): FieldValue;
/** A value as text: nothing for null, items with commas. */
export declare function fieldValueText(value: FieldValue): string;
/** Is the value that an element depends on not there? */
export declare function isMissing(used: Instance | null, index: number): boolean;
