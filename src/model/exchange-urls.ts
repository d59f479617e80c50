/**
 * First folders of URLs in which only Exchange has pages, and that of ASP.NET itself. In front of it may stand what ASP.NET takes out of a
 * path, whatever it is: `/(S(x))`.
 */
const ofExchange =
  /^\/{1,9}(?:\((?:[a-z]\([^/()]{1,250}\)){1,3}\)\/{1,9})?(?:aspnet_client|owa|ecp|oab|ews|mapi|rpc|rpcwithcert|powershell|autodiscover)\/{1,9}[^/]/i

/** First folders that other parts of Exchange, or Windows and its products on the same machine, bring. */
const ofProducts =
  /^\/{1,9}(?:\((?:[a-z]\([^/()]{1,250}\)){1,3}\)\/{1,9})?(?:microsoft-server-activesync|pushnotifications|rest|api|exchange|exchweb|exadmin|public|calendar|powershell-liveid|unifiedmessaging|certsrv|certenroll|adfs|ocsp|rdweb|remote|connect|reports|reportserver|selfupdate|clientwebservice|simpleauthwebservice|serversyncwebservice|apiremoting30|reportingwebservice|_vti_bin|_layouts|_windows)(?:\/|$)/i

/** Is a URL path below a folder of Exchange, or in aspnet_client? */
export function isBelowExchange(path: string): boolean {
  return ofExchange.test(path)
}

/** Is a URL path neither of Exchange nor of a product of Microsoft that shares its site? */
export function isOfNoProduct(path: string): boolean {
  return path.startsWith('/') && !ofExchange.test(path) && !ofProducts.test(path)
}
