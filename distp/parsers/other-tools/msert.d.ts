import type { Parser } from '../parser.ts';
/**
 * The log of the Microsoft Safety Scanner (`C:\Windows\debug\msert.log`) and of the Malicious Software Removal Tool
 * (mrt.log): each file that was found, as what, and whether it was taken away.
 * https://learn.microsoft.com/defender-endpoint/safety-scanner-download
 */
export declare const msert: Parser;
