export type Progress = {
    readonly files: number;
    readonly filesDone: number;
    /** Null where the size of a file shows only when it is unpacked. */
    readonly bytes: number | null;
    readonly bytesDone: number;
    /** Rows and files that rules matched, as far as they are kept, and how many rules these are. */
    readonly hits: number;
    readonly rules: number;
};
