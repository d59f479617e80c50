/** Pages that every Exchange has, by their last two names: two servers that have one are not tied by it. */
const everyExchange = /^(auth\/(logon|logoff|signout|errorfe|expiredpassword|timeoutlogout)|ecp\/default|owa\/default)\.aspx$/;
/** Is it a page of every Exchange? `page`: its last two names in lower case, `auth/logon.aspx`. */
export function isOfEveryExchange(page) {
    return everyExchange.test(page);
}
//# sourceMappingURL=exchange-pages.js.map