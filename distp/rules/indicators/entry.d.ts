import { type JsonObject } from '../../lib/json-object.ts';
import type { BrokenRule } from '../../model/rule.ts';
/** What a list says of one value, whatever its form, before the value is checked. */
export type IndicatorEntry = {
    /** Of a list of lines. */
    readonly line?: number;
    /** Of other lists: what stands before what is said about the entry, such as its id. */
    readonly place?: string;
    /** Empty: to be recognised. */
    readonly type: string;
    readonly value: string;
    readonly id: string;
    readonly context: string;
    readonly note: string;
    readonly campaign: string;
    readonly confidence: string;
    readonly valid?: Validity;
    readonly side?: Side;
    readonly fileName?: string;
};
/** The time for which a list holds an entry valid: from the first up to, and without, the second. */
export type Validity = {
    readonly from: number | null;
    readonly until: number | null;
};
/** Where a list says which end of a connection an address is. */
export type Side = 'client' | 'called';
/** What of a list cannot be used. */
export type Bad = Omit<BrokenRule, 'file'>;
/** What was left out because the list asks for it, with how much; always told. */
export type LeftOut = {
    readonly leftOut: string;
};
export type Item = IndicatorEntry | Bad | LeftOut;
/** A value for a message. */
export declare function quoteListValue(value: string): string;
/** A text of a list on one line, without what a terminal would obey. */
export declare function cleanText(text: string): string;
/** `2 revoked, 1 deleted`: what of these there is. */
export declare function formatCounts(of: readonly (readonly [count: number, what: string])[]): string;
/** A text, empty when there is none. */
export declare function ownText(object: JsonObject, name: string): string;
