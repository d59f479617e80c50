import { type Container } from './container.ts';
/**
 * A zip archive (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT), also ZIP64, also damaged: members that
 * the directory lost are found by their local headers. Stored and deflated members are read; all others are named.
 */
export declare const zip: Container;
