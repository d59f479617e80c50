/** What stands in place of a password, key or token. */
export declare const MASK = "***";
/** Is this the name of a setting that holds a password, a key or a token? */
export declare function isSecretName(name: string): boolean;
/** Words that take the place of a key: the machine makes its own. */
export declare function isMadeByMachine(value: string): boolean;
/** Beginning of the SHA-256 of a key, by which equal keys are told without showing them. The case of hex does not count. */
export declare function keyDigest(key: string): string;
/** A value with the secrets in it masked: `…;Password=x;…`, `AccountKey=x`, tokens in a query. */
export declare function maskValue(text: string): string;
/**
 * The raw text of XML with secrets masked: attributes and elements with the name of a secret, `key`/`value` pairs, and
 * named properties of serialized PowerShell objects.
 */
export declare function maskXml(raw: string): string;
/** A command line with what it gives as a password masked. */
export declare function maskCommand(text: string): string;
