/** Where a forged anchor or cookie told the front end to send a request. */
export type Ssrf = {
    form: 'ServerInfo' | 'BackEndCookie';
    host: string;
    port: number | null;
    path: string;
    query: string | null;
    to: 'loopback' | 'internal' | 'outside';
};
/**
 * What tells inside from outside: the server's own name, the name of the server that it sent the request to, and the
 * name that the client called it by.
 */
export type SsrfTarget = {
    server: string | null;
    targetServer: string | null;
    urlHost?: string | null;
};
/** `ServerInfo~host/path` of AnchorMailbox; null for an anchor that names a server alone, or something else. */
export declare function ssrfOfAnchor(anchor: string, inside: SsrfTarget): Ssrf | null;
/** `Server~host/path~version~…` of BackEndCookie; null for the ordinary `Server~host~version~time`. */
export declare function ssrfOfCookie(cookie: string, inside: SsrfTarget): Ssrf | null;
