import type { Explain } from './explanation.ts';
/** Class, library and folder are those of an agent of Exchange, as its own scripts register it again. */
export declare const exchangeAgent: Explain;
