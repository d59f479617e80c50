import type { FileScanner } from '../rule.ts';
/**
 * Does the password that is typed at the logon page of Exchange reach a file, a message, or a request to another site? The page only
 * submits its form, and a product for a second factor that changed it contacts its own server or asks for a code: no request to a
 * path of the same site counts here. Names are not scoped, as in the flow analysis of web shells.
 */
export declare const passwordFlow: FileScanner;
