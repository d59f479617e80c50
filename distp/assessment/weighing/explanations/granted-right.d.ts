import type { Explain } from './explanation.ts';
/** Each mailbox that an account opened was given to it before by another account, which gains nothing by it. */
export declare const grantedRight: Explain;
/**
 * An administrator of the tenant let the application into all mailboxes from a place of its own before it read them. Who takes over the
 * session of one can do the same, so that this explains weakly.
 */
export declare const consentOfAdministrator: Explain;
