import type { Explain } from './explanation.ts';
/**
 * Many people use it: five accounts that were served it, or ten clients that use other parts of the server, too: accounts log on
 * there, or they are inside, and the page is used on three days. Addresses that request this page alone are no people: an
 * intruder has as many of them as he likes. People who left the page long before it was last used say nothing of who uses it then.
 */
export declare const people: Explain;
