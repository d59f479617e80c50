import { type Container } from './container.ts';
/** One packed file (RFC 1952, https://www.rfc-editor.org/rfc/rfc1952), also of several parts written one after another. */
export declare const gzip: Container;
