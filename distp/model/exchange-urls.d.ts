/** Is a URL path below a folder of Exchange, or in aspnet_client? */
export declare function isBelowExchange(path: string): boolean;
/** Is a URL path neither of Exchange nor of a product of Microsoft that shares its site? */
export declare function isOfNoProduct(path: string): boolean;
