/** An object of JSON that the evidence or a list brings. */
export type JsonObject = Readonly<Record<string, unknown>>;
/** An object that is no list; null when it is anything else. */
export declare function asObject(value: unknown): JsonObject | null;
/** An own member: names from outside must not reach what every object inherits. */
export declare function ownMember(object: JsonObject | null | undefined, name: string): unknown;
