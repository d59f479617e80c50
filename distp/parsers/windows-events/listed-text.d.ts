import type { Parser } from '../parser.ts';
/**
 * Events as `Get-WinEvent | Format-List` prints them: a line for each property, whose names are the same in every language,
 * and further lines of a value below it, indented. Times are local.
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/format-list
 */
export declare const listedEvents: Parser;
