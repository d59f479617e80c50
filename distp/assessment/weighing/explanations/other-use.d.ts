import type { Explain } from './explanation.ts';
/**
 * A page outside the folders of Exchange that more than one client outside requests, or with more than POST: applications of
 * the organization are used so. Several addresses outside with one program and no logon are one client. Where clients are hidden, a
 * single client is not shown.
 */
export declare const otherUse: Explain;
