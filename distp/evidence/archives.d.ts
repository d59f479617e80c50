/**
 * Names the form of an archive or disk image that cannot be opened, from its first bytes (up to 64 KiB help; the last of
 * them for ISO images); null for any other file. The caller makes an `unsupported` gap of it. Forms that a container
 * opens are not among them: one that is damaged, or lies where only pages do, is read as a file.
 */
export declare function unsupportedArchive(head: Uint8Array): string | null;
