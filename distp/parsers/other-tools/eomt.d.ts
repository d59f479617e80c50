import type { Parser } from '../parser.ts';
/**
 * What Microsoft's mitigation tools wrote: the logs of EOMT (ProxyLogon) and EOMTv2 (ProxyNotShell) and their summaries.
 * https://github.com/microsoft/CSS-Exchange/blob/main/Security/src/EOMT.ps1
 */
export declare const eomt: Parser;
