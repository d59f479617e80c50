import type { Assessment } from '../../model/assessment.ts';
import type { Finding } from '../../model/finding.ts';
/** Text of the evidence as it goes to another program. */
export declare function plainText(text: string, most?: number): string;
/** A short one for titles and tags. */
export declare function brief(text: string, most?: number): string;
declare const OWN: unique symbol;
/** Text of ours that keeps its line breaks; what it holds of the evidence must be made harmless before. */
export declare function keepLineBreaks(text: string): {
    readonly [OWN]: string;
};
/** The value without what is empty (null, undefined, empty text, list or object), every text made plain. */
export declare function withoutEmpty(value: unknown): unknown;
/** JSON Lines: a cleaned value a line. */
export declare function jsonLines(values: Iterable<unknown>): Generator<string>;
/** Values that are made when they are written. */
export type Lazy = () => Iterable<unknown>;
/**
 * A JSON object, its keys in the order given, cleaned; a `Lazy` field is a list of which one value at a time is in memory, a
 * value each line, and stands there even when it is empty.
 */
export declare function jsonObject(fields: readonly (readonly [key: string, value: unknown])[]): Generator<string>;
/** Objects of a list, one after the other; their fields may be `Lazy`. */
export declare function jsonList(values: Iterable<unknown>): Generator<string>;
/** Text in which Markdown, and HTML inside it, finds nothing to act upon; addresses do not become links. */
export declare function markdownText(text: string): string;
/** A time of the assessment in the one form that all take, ISO 8601 in UTC with milliseconds; null where it is none. */
export declare function isoTimestamp(text: string | null | undefined): string | null;
/** The end of the evidence: the time for what has none of its own. */
export declare function endOf({ coverage, verdict }: Assessment): string;
/** The digest of all that was read: two assessments of the same evidence have the same. */
export declare function evidenceDigest({ evidence }: Assessment): string;
/** The name and version of the program that made the assessment: `postern`, `0.1.0`. */
export declare function toolOf({ knowledge }: Assessment): {
    readonly name: string;
    readonly version: string;
};
/** UUIDs of version 5 in Postern's own namespace, from what the thing is. */
export declare function idOf(...what: readonly unknown[]): string;
/** The last part of a path of Windows, of the evidence, or of a URL. */
export declare function baseName(path: string): string;
/** The first value of a fact as text; null where it has none. */
export declare function fact({ facts }: Finding, name: string): string | null;
/** A SHA-256 in lower-case hex; null where the text is none. */
export declare function sha256In(text: string | null): string | null;
export {};
