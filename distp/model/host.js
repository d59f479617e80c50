/** A host without its domain, as logs write it in several ways. */
export function shortHost(host) {
    return host.toUpperCase().split('.')[0];
}
/** Is a row with `host` about this server? Rows without a host are. */
export function sameHost(host, { name, names }) {
    if (host === null)
        return true;
    const short = shortHost(host);
    return short === name || names?.has(short) === true;
}
//# sourceMappingURL=host.js.map