import type { Parser } from '../parser.ts';
/**
 * What `Get-MpThreatDetection` and `Get-MpThreat` of Microsoft Defender printed, as a list or as CSV.
 * https://learn.microsoft.com/powershell/module/defender/get-mpthreatdetection
 */
export declare const defenderCmdlets: Parser;
