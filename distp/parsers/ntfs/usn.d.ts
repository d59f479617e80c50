import type { Parser } from '../parser.ts';
/**
 * The change journal of an NTFS volume: what was created, written, renamed and deleted, and when. A record names the
 * file and the number of its folder only. The folder's path comes from the $MFT of the same volume where that lies
 * beside it, and from records of folders in the journal itself, newest first: names that folders had at the time.
 * Records of one file from its opening to its closing tell the same again and again: they become one event, at the last.
 */
export declare const usn: Parser;
