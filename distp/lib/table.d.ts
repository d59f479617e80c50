/** Rows of a small CSV file by the names of its header; lines that begin with `#` are comments. */
export declare function readTable(file: string | URL): Record<string, string>[];
