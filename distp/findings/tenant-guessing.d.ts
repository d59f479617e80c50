import { type ComputedFinding, type TenantActivity } from './tenant-findings.ts';
/** Guessing, passwords that were found by it, and sign-ins with them. Each vantage is counted by itself: both record the same. */
export declare function guessedPasswords(activity: TenantActivity): ComputedFinding[];
