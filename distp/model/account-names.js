/**
 * The account of a logon to IMAP or POP, and the mailbox behind it where it is another: `CONTOSO\\ann\\info`, with slashes too, or
 * `ann@contoso.example\\info`. https://techcommunity.microsoft.com/blog/exchange/understanding-login-strings-with-pop3imap/610683
 */
export function accountAndMailbox(name) {
    const parts = name.split(/[\\/]{1,2}/).filter((part) => part !== '');
    const [first = name, second, third] = parts;
    if (second === undefined || parts.length > 3)
        return { account: name, mailbox: null };
    const isAddress = third === undefined && first.includes('@');
    const account = isAddress ? first : `${first}\\${second}`;
    const mailbox = isAddress ? second : (third ?? null);
    return { account, mailbox: mailbox !== null && withoutDomain(mailbox) === withoutDomain(account) ? null : mailbox };
}
/** An account without its domain, in lower case: `CONTOSO\\ann`, `ann@contoso.example` and `contoso.example/Users/ann` are `ann`. */
export function withoutDomain(name) {
    const own = CANONICAL.test(name) ? name.slice(name.lastIndexOf('/') + 1) : name;
    return own
        .toLowerCase()
        .replace(/^[^\\]*\\/, '')
        .replace(/@.*$/s, '');
}
/** Do two names have different domains in the same form: of Windows, of an address, of the directory? */
export function areOfTwoDomains(a, b) {
    const [one, other] = [domainOf(a), domainOf(b)];
    return one !== null && other !== null && one.form === other.form && one.domain !== other.domain;
}
function domainOf(name) {
    const lower = name.toLowerCase();
    const canonical = CANONICAL.exec(lower)?.[0];
    if (canonical !== undefined)
        return { form: '/', domain: canonical };
    const [slash, at] = [lower.indexOf('\\'), lower.lastIndexOf('@')];
    if (slash > 0)
        return { form: '\\', domain: lower.slice(0, slash) };
    return at > 0 ? { form: '@', domain: lower.slice(at + 1) } : null;
}
/** The canonical name of an object in the directory begins with the domain. */
const CANONICAL = /^[\w-]{1,63}(?:\.[\w-]{1,63})+\//;
//# sourceMappingURL=account-names.js.map