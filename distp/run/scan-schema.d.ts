import type { Member } from '../evidence/container.ts';
import type { Scan } from '../model/scan.ts';
/** Is this the result of that member? */
export declare function isScan(value: unknown, { path }: Member): value is Scan;
