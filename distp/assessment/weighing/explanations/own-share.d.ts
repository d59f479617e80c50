import type { Explain } from './explanation.ts';
/**
 * Exports went to a share of the organization: never to an administrative share or a web root. It explains nothing after an
 * intruder was at work on the server, who may use the same share.
 */
export declare const ownShare: Explain;
