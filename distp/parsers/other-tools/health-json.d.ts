import type { Parser } from '../parser.ts';
/**
 * Results of the HealthChecker as JSON: `HealthChecker-VulnerabilityReport-*.json` of all servers, and what it exported of
 * one as XML after `ConvertTo-Json`, whole or what was collected only.
 * https://github.com/microsoft/CSS-Exchange/blob/main/Diagnostics/HealthChecker/Features/Invoke-VulnerabilityReport.ps1
 */
export declare const healthJson: Parser;
