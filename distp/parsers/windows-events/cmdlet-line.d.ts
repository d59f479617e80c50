import type { WindowsRecord } from './record.ts';
/**
 * An event of MSExchange Management whose items some tool joined in one line: `New-X\n-Mailbox 'a'\ncontoso.example/Users/a\n
 * S-1-5-…\nRemote-PowerShell-Unknown\n10544`. What it did with the line ends stands between them.
 */
export declare function cmdletRecord(line: string): WindowsRecord | null;
