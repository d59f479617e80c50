import { type Members } from './members.ts';
export { type Members, membersOf } from './members.ts';
/** A record of Microsoft 365 or Entra, taken out of whatever was written around it. */
export type CloudRecord = {
    readonly kind: 'unified' | 'signin' | 'audit';
    readonly members: Members;
    /** What the search that found it said: the how manyth of how many results it is. */
    readonly index: number | null;
    readonly count: number | null;
    /** The record itself stood as text in it and could not be read: only what stands around it is known. */
    readonly isCut: boolean;
    /** Set where members of it were left out, so that it covers nothing. */
    readonly isPart?: true;
    /** What stood there as text in what a search gave; null where the record stands by itself. */
    readonly text: string | null;
};
type Json = Readonly<Record<string, unknown>>;
/** The record that an object of JSON, or a row of a table, holds; null when it holds none. */
export declare function cloudRecord(value: Json): CloudRecord | null;
/** The name (in lower case) that a value around a whole record has in it; null where it is none of the record. */
export declare function nameAround(name: string): string | null;
/** A member that is a text with something in it. */
export declare function memberText(members: Members, ...names: readonly string[]): string | null;
/** An object, also one that stands there as text. */
export declare function jsonObjectOf(value: unknown): Json | null;
/** A list, also one that stands there as text. */
export declare function jsonListOf(value: unknown): readonly unknown[] | null;
export declare function wholeOf(value: unknown): number | null;
/** A pair of a list of properties, however the product writes it. */
export type Property = {
    readonly name: string;
    readonly value: string;
    readonly old: string | null;
};
/** `[{"Name":…,"Value":…}]`, `{"Name":"Value"}`, or `-Name "Value" -Other "Value"`, also as text. */
export declare function propertiesOf(value: unknown): readonly Property[];
/** Any value as a text: what is no text as JSON has it. */
export declare function writtenOut(value: unknown): string;
