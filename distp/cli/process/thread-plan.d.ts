import type { WorkerKind } from '../../run/handle.ts';
import { type Parsed } from '../arguments.ts';
/** The workers that will be needed. Told from the arguments alone; none with a mistake in them, which shows elsewhere. */
export declare function firstWorkers(args: readonly string[]): readonly WorkerKind[];
/** Are only rules asked that ship with Postern? Others are asked in processes alone. */
export declare function isShipped({ packs, rules, iocs }: Parsed['values']): boolean;
/** Is evidence read by one process? `jobs`: as it was given. */
export declare function isForOne(evidence: readonly string[], jobs: string | undefined): boolean;
