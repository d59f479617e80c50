import type { Head } from '../parser.ts';
/**
 * Is this a page, script, style sheet or picture of a web root, by its name, its place and its first bytes? Of them a web root
 * has tens of thousands, and no format that Postern reads as fields begins like them, so that nobody else need be asked.
 * Anything else under such a name (a log, an archive, a program) is asked about like any file.
 */
export declare function isWebContent(head: Pick<Head, 'path' | 'windowsPath' | 'bytes'>): boolean;
