/** Remembers up to 6.8 million records, in 50 MB. */
export declare class SeenRecords {
    #private;
    /** Records that found no room. */
    beyond: number;
    /** `size`: bytes of the file. */
    constructor(size: number | null);
    /** Was it here? `halves`: of its digest. */
    has(halves: Uint32Array): boolean;
    /** Was it here? It is from now on. */
    add(halves: Uint32Array): boolean;
    /** Forgets all at once: what it took is free before the results of the file are handed on. */
    release(): void;
}
/** 64 bits of bytes in two halves; the scanner of records does the same (prefilter/assembly/records.ts). */
export declare function digestRecord(bytes: Buffer, into: Uint32Array): void;
