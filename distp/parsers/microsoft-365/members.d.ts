/** Members of an object of JSON by their names in lower case: each product writes the same names in another case. */
export type Members = ReadonlyMap<string, readonly [name: string, value: unknown]>;
type Json = Readonly<Record<string, unknown>>;
/**
 * The members of an object without a copy of them: records of one kind have the same names in the same order, and these
 * are put into lower case once.
 */
export declare function membersOf(value: Json): Members;
export {};
