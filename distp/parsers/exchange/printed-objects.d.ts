import type { Parser } from '../parser.ts';
/**
 * Objects of Exchange as `Format-List` prints them (`Get-InboxRule -Mailbox x | fl`): a line for each property, further lines of
 * a value below it, a blank line between two objects. Reports print an object in one line, too: `Name : x, ForwardTo : y`.
 * https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/format-list
 */
export declare const printedObjects: Parser;
