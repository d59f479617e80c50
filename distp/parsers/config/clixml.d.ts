import type { Parser } from '../parser.ts';
/**
 * Objects that PowerShell serialized: Export-Clixml of any cmdlet, HealthChecker and its data collection. What an object
 * is, its type names say; clixml-events.ts makes events and facts of it.
 * [MS-PSRP] 2.2.5, https://learn.microsoft.com/openspecs/windows_protocols/ms-psrp
 */
export declare const clixml: Parser;
