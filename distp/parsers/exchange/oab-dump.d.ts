import type { Head, Parser } from '../parser.ts';
/**
 * The settings of a virtual directory as Exchange writes them to a file when it is reset: `Name : value` lines. With
 * script in a setting and a name that ends in .aspx the file is a page that runs (CVE-2021-27065).
 */
export declare const oabDump: Parser;
/**
 * Is it such a text, with script in an address, and nowhere else? The address is reported then. Script in a line that is no
 * setting (a note, a comment) is what any other file with it is.
 */
export declare function isExportWithScript(head: Pick<Head, 'path' | 'windowsPath' | 'text'>): boolean;
