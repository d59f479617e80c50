import type { Scan } from '../model/scan.ts';
import { type WorkerAnswer } from './handle.ts';
import type { ReadTask } from './pool.ts';
import type { Port } from './port.ts';
import type { Settings } from './thread.ts';
/** Reads members, one at a time, with rules that are loaded once, at once. */
export type WorkerReader = (task: ReadTask) => Promise<WorkerAnswer | undefined>;
export declare function memberReader(port: Port, { paths, zone, passwords }: Settings, now: () => number): WorkerReader;
/** The long lists of numbers of a scan; a short one is copied sooner than handed over. */
export declare function largeNumberLists(scan: Scan): ArrayBuffer[];
