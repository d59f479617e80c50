import type { Parser } from '../parser.ts';
/**
 * User access logging (SUM, `C:\Windows\System32\LogFiles\Sum`): which address used which role of the server as whom, when
 * first and last and how often on each day, for up to three years.
 * https://learn.microsoft.com/windows-server/administration/user-access-logging/get-started-with-user-access-logging
 */
export declare const userAccess: Parser;
/** An ESE database whose catalog, or whose name, says that it is one of user access logging. */
export declare function isUserAccess(bytes: Uint8Array, path: string): boolean;
