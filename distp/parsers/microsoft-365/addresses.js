// Where mail is forwarded to, and whether that is inside the organization.
const ADDRESS = /[\w.!#$%&'*+/=?^`{|}~-]{1,128}@((?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63})/gi;
const MOST = 100;
/** All addresses of mail in a text, each once, in lower case. */
export function addressesIn(text) {
    const found = new Set();
    // What precedes an address in Exchange (`smtp:`) and what a recipient is shown as are no part of it.
    for (const match of text.slice(0, 65_536).matchAll(ADDRESS)) {
        found.add(match[0].toLowerCase());
        if (found.size === MOST)
            break;
    }
    return [...found];
}
/** The domain of an address of mail; null when it is none. */
export function domainOf(address) {
    return /@((?:[a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63})$/i.exec(address?.trim() ?? '')?.[1]?.toLowerCase() ?? null;
}
/** The domain that a record names as its organization. */
export function houseOf(organization, user) {
    return organization?.includes('.') ? organization.toLowerCase() : domainOf(user);
}
/**
 * Are all addresses in the domains of the organization? `unknown` where only a name is given. Known are only
 * the domains of the row itself: of its tenant, of its user, and of the owner of the mailbox.
 */
export function whereTo(addresses, own) {
    if (addresses.length === 0)
        return 'unknown';
    const domains = own.filter((domain) => domain !== null);
    const isInside = (address) => {
        const domain = domainOf(address);
        return domain !== null && domains.some((house) => domain === house || domain.endsWith(`.${house}`));
    };
    return addresses.every(isInside) ? 'inside' : 'outside';
}
//# sourceMappingURL=addresses.js.map