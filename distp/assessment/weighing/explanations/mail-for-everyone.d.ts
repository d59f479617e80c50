import type { Explain } from './explanation.ts';
/**
 * A rule of transport, a journal rule or a connector is for the mail of everyone, and an account that administers set it, or it
 * was there a week before the first hostile act on the server.
 */
export declare const mailForEveryone: Explain;
