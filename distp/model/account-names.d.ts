/**
 * The account of a logon to IMAP or POP, and the mailbox behind it where it is another: `CONTOSO\\ann\\info`, with slashes too, or
 * `ann@contoso.example\\info`. https://techcommunity.microsoft.com/blog/exchange/understanding-login-strings-with-pop3imap/610683
 */
export declare function accountAndMailbox(name: string): {
    readonly account: string;
    readonly mailbox: string | null;
};
/** An account without its domain, in lower case: `CONTOSO\\ann`, `ann@contoso.example` and `contoso.example/Users/ann` are `ann`. */
export declare function withoutDomain(name: string): string;
/** Do two names have different domains in the same form: of Windows, of an address, of the directory? */
export declare function areOfTwoDomains(a: string, b: string): boolean;
