import type { CoverageMeter } from './coverage/coverage.ts';
import { type FindingWithHits } from '../findings/findings.ts';
import { type Event } from '../model/event.ts';
import type { Finding } from '../model/finding.ts';
import type { Persistence } from '../model/persistence.ts';
/** One way back: what the answer lists, and the findings whose way back is open at the end of the evidence. */
export type WayBack = {
    readonly entry: Persistence;
    readonly stillThere: readonly StillThere[];
};
/** A finding whose way back stands at the end of the evidence, or may; `open`: whether it is an attacker's is not settled. */
export type StillThere = {
    readonly finding: string;
    readonly is: 'yes' | 'likely' | 'open';
    /** The compromised account that nothing in the evidence closed. */
    readonly account?: string;
};
/**
 * Settings and accounts: as they stand at the end of the evidence, then those that were set, and whether they were taken
 * back. What ordinary work looks like too is a way back only where somebody came in.
 */
export declare function settingsLeft(counted: readonly FindingWithHits[], meter: Pick<CoverageMeter, 'lastOf' | 'has'>): WayBack[];
/** How sure it is that a way back which stands is an attacker's. */
export declare function stillThereOf({ id, is }: Finding): StillThere;
/** The name of a task, service, module, account and so on, as an entry about it has it. */
export declare function nameOfSetting(event: Event): string | null;
