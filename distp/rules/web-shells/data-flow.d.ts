import type { FileScanner } from '../rule.ts';
/**
 * Rules of code, for what no text search can say: does what the request brings reach a call that evaluates, starts,
 * loads, writes or fetches it? The server code of a page is cut into statements; a name is tainted when it is assigned
 * something of the request or another tainted name; a call is a hit when a tainted value stands in what it is given.
 * Names are not scoped and order does not count: a page is small, and a shell does not hide behind that.
 */
export declare const pageFlow: FileScanner;
