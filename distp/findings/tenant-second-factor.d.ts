import { type ComputedFinding, type TenantActivity } from './tenant-findings.ts';
/**
 * Sign-ins from a network that is not the account's own, after its password was right there again and again within a day, and the second
 * factor was not given.
 */
export declare function secondFactorsWornDown({ signIns, places }: TenantActivity): ComputedFinding[];
