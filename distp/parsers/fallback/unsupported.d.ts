/**
 * Forms that are known by their first bytes and cannot be read yet, so that a report names what it did not look into:
 * `Windows event log (.evtx)`. Null for everything else.
 */
export declare function notYetRead(bytes: Uint8Array, path: string): string | null;
/** A file named like text whose first bytes are none: it was overwritten, or is something else. */
export declare function isTextInName(bytes: Uint8Array, path: string): boolean;
