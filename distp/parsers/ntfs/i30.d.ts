import type { Parser } from '../parser.ts';
/**
 * The index of a folder of an NTFS volume: the names in it, and in the room that they do not fill any more those of
 * files that were deleted, renamed or moved away. "Index" of
 * https://github.com/libyal/libfsntfs/blob/main/documentation/New%20Technologies%20File%20System%20(NTFS).asciidoc
 */
export declare const i30: Parser;
