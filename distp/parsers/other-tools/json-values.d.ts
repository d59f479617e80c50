import { type JsonObject } from '../../lib/json-object.ts';
export declare function has(o: JsonObject, name: string): boolean;
/** A text, or a number or boolean as text; null when it is empty or something else. */
export declare function textIn(o: JsonObject | null | undefined, name: string): string | null;
export declare function objectIn(o: JsonObject | null | undefined, name: string): JsonObject | null;
/** The objects of a list; what is no object is left out. */
export declare function listIn(o: JsonObject | null | undefined, name: string): readonly JsonObject[];
