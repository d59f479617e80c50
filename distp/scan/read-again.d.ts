import type { Member } from '../evidence/container.ts';
import type { EventRule } from '../rules/rule.ts';
import type { Scan } from '../model/scan.ts';
/**
 * Reads members a second time, with these rules alone; rules that need an attack chain match, too. Logs must state their time zone.
 */
export declare function readAgain(events: readonly EventRule[], passwords: readonly string[]): (member: Member) => Promise<Scan>;
