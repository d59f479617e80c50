/** SHA-256 of a text (as UTF-8) or of bytes, in lower-case hex. */
export declare function sha256(data: string | Uint8Array): string;
/** SHA-256 of what comes piece by piece. */
export declare class Sha256 {
    #private;
    /** Number of bytes so far. */
    length: number;
    update(chunk: Uint8Array): void;
    /** The digest in lower-case hex; nothing may be added after it. */
    hex(): string;
}
