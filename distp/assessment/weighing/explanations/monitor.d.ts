import type { Explain } from './explanation.ts';
/**
 * A monitor or a load balancer uses it: addresses inside alone request it, without a logon and without sending anything, on three
 * days or more at steady intervals.
 */
export declare const monitor: Explain;
