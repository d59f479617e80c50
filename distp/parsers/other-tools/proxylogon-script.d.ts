import type { Parser } from '../parser.ts';
/**
 * What Test-ProxyLogon.ps1 (before: Test-Hafnium) wrote: tables of quoted HttpProxy rows, of events, of other files and of
 * the age of the logs, lists of paths, and what it said on the screen. Quoted rows are read as rows, so that our rules
 * judge them; beside them stands what the script concluded.
 * https://github.com/microsoft/CSS-Exchange/blob/main/Security/src/Test-ProxyLogon.ps1
 */
export declare const proxylogonScript: Parser;
