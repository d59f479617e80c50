import { type Baseline, type BaselineRow } from './baseline.ts';
export declare function isPacked(bytes: Uint8Array): boolean;
/** Reads the packed form. `name` is shown. */
export declare function unpackBaseline(bytes: Uint8Array, name: string): Baseline;
/** Packs rows. The same rows give the same bytes. */
export declare function packBaseline(rows: readonly BaselineRow[], origin: string): Buffer;
