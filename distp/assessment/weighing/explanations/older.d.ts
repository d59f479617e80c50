import type { Explain } from './explanation.ts';
/**
 * It is older than the first known use of any vulnerability that was open here, and was not changed since. The time of a file can be
 * set at will; records of the disk about its name, a backup of the configuration, and entries of logs cannot.
 */
export declare const older: Explain;
