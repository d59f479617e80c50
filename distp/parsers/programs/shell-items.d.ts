/**
 * The path that a list of shell items spells: drive, folders, file; null when it holds none of these.
 * https://github.com/libyal/libfwsi/blob/main/documentation/Windows%20Shell%20Item%20format.asciidoc
 */
export declare function shellPath(list: Buffer): string | null;
