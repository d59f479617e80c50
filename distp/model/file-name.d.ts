/** The last name of a path, with slashes of either kind. */
export declare function fileNameOf(path: string): string;
