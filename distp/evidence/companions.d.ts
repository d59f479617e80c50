import type { Member } from './container.ts';
/**
 * Gives each file those that lie beside it and belong to it: a hive its transaction logs (`SYSTEM`: `SYSTEM.LOG1`), the
 * change journal of a volume its master file table (`C/$Extend/$J`: `C/$MFT`).
 */
export declare function withCompanions(members: readonly Member[]): Member[];
