import type { Case } from '../model/case.ts';
import { type Run } from './server-run.ts';
/**
 * Assesses servers of a case again, out of the ledger, where the others hold related entries, until nothing changes.
 * Returns notes for the case.
 */
export declare function joinServers(run: Run): Promise<readonly string[]>;
/** Writes case.json and case.html beside the folders of the servers. */
export declare function writeCase(run: Run, notes: readonly string[]): Case;
