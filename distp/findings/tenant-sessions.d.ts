import { type ComputedFinding, type TenantActivity } from './tenant-findings.ts';
/**
 * Sessions on two networks and two operating systems or devices. A telephone that changes its network stays one device, and so does
 * a computer that has an address of IPv4 and one of IPv6; Exchange Online's own addresses count for none.
 */
export declare function stolenSessions({ cloud, signIns, places }: TenantActivity): ComputedFinding[];
/** Mail that was read with a token that a device code gave. */
export declare function deviceCodeReading({ cloud, signIns, places, facts }: TenantActivity): ComputedFinding[];
