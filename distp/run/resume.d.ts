import type { Pool } from '../model/scan.ts';
import type { Ledger } from './ledger.ts';
/**
 * A pool that takes from the ledger what an earlier run has read already, reads the rest, and keeps what is read.
 * `onFound` is told beforehand how many of how many were there.
 */
export declare function resumable(pool: Pool, ledger: Pick<Ledger, 'size' | 'take' | 'add'>, onFound: (found: number, of: number) => void): Pool;
