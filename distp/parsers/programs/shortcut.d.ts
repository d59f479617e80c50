import type { Parser } from '../parser.ts';
/**
 * Shortcuts (.lnk): what they start with which arguments, when that file was made, changed and read, and on which volume
 * and machine it lay. Lists of the last used things (.customDestinations-ms) hold shortcuts one behind the other.
 * [MS-SHLLINK] https://learn.microsoft.com/openspecs/windows_protocols/ms-shllink
 */
export declare const shortcut: Parser;
