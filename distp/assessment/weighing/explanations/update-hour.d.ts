import type { Explain } from './explanation.ts';
/**
 * Exchange was installed or updated in that hour, by its setup log, its builds or an event of the installer, which changes files,
 * directories and rights by itself.
 */
export declare const updateHour: Explain;
