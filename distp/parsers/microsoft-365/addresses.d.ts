/** All addresses of mail in a text, each once, in lower case. */
export declare function addressesIn(text: string): string[];
/** The domain of an address of mail; null when it is none. */
export declare function domainOf(address: string | null): string | null;
/** The domain that a record names as its organization. */
export declare function houseOf(organization: string | null, user: string | null): string | null;
/**
 * Are all addresses in the domains of the organization? `unknown` where only a name is given. Known are only
 * the domains of the row itself: of its tenant, of its user, and of the owner of the mailbox.
 */
export declare function whereTo(addresses: readonly string[], own: readonly (string | null)[]): 'inside' | 'outside' | 'unknown';
