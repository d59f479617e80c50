/** Is it a page of every Exchange? `page`: its last two names in lower case, `auth/logon.aspx`. */
export declare function isOfEveryExchange(page: string): boolean;
