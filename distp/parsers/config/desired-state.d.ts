import type { Parser } from '../parser.ts';
/**
 * Desired State Configuration: what Windows brings about again and again, as `Start-DscConfiguration` left it in
 * `System32\Configuration\Current.mof` (Pending.mof, Previous.mof), UTF-16 or UTF-8. One instance of a resource is one event.
 * https://learn.microsoft.com/powershell/dsc/configurations/write-compile-apply-configuration
 */
export declare const desiredState: Parser;
