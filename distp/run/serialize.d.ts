/** Bytes of plain data, in parts: good as long as it is not changed. */
export declare function packData(value: unknown): Buffer[];
/** What was packed into these bytes, which may fail with an exception when they are others. */
export declare function unpackData(bytes: Buffer): unknown;
