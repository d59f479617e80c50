/**
 * A name as it stands in results: one that is too long is cut to its beginning and its end, with its length and digest
 * between them, so that two that differ stay different.
 */
export declare function shortenName(name: string): string;
