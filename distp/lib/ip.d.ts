/**
 * An address as logs write it, in one form: without brackets, port and IPv6 zone, IPv4-mapped IPv6 as IPv4, IPv6 in lower
 * case and compressed, without the brackets around dots that reports put there. Null when it is no address (a name, `-`, damage).
 */
export declare function canonicalIp(text: string): string | null;
/**
 * The last address of X-Forwarded-For: that of the client which asked the proxy that connected. What stands before it the client may
 * have sent itself. Null where it is no address.
 */
export declare function lastHop(forwarded: string): string | null;
/** Loopback, as seen by the server itself. */
export declare function isLoopback(ip: string): boolean;
/** Private, link-local, carrier-grade NAT or unique-local: an address that is not on the Internet. */
export declare function isPrivate(ip: string): boolean;
/** Is the address inside the CIDR block (or equal to the single address)? False when either is malformed. */
export declare function inCidr(ip: string, cidr: string): boolean;
/** The network of an address in canonical form: `192.0.2.0/24`, `2001:db8:1::/48`. */
export declare function networkOf(ip: string): string;
