import type { Parser } from '../parser.ts';
/**
 * The master file table of an NTFS volume: every file that is there, and deleted ones whose record was not used again.
 * One event for each long name of a file. Layout:
 * https://github.com/libyal/libfsntfs/blob/main/documentation/New%20Technologies%20File%20System%20(NTFS).asciidoc
 */
export declare const mft: Parser;
