/** A host without its domain, as logs write it in several ways. */
export declare function shortHost(host: string): string;
/** Is a row with `host` about this server? Rows without a host are. */
export declare function sameHost(host: string | null, { name, names }: {
    name: string;
    names?: ReadonlySet<string>;
}): boolean;
