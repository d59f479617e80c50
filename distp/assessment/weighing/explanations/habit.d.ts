import type { Explain } from './explanation.ts';
/**
 * The same act on the same subject on three days or more, already in the first days of the logs. An intruder may be older than they
 * are, and what happened on some days long before, which may be forged, is not usual. Dumps of memory and registry hives, which backups
 * make, must be of the same command and parent each time.
 */
export declare const habit: Explain;
