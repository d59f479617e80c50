import { type Elsewhere, type HostileBy } from '../model/case-keys.ts';
import type { FindingWithHits } from './findings.ts';
import type { Tie } from './intrusions.ts';
/** By what a finding may be tied to an intrusion on another server. `accountOf`: the one name of an account. */
export declare function keysAcross(f: FindingWithHits, accountOf: (name: string) => string): readonly (readonly [by: HostileBy, key: string])[];
/** The same entry in two copies of a log has the same mark. */
export declare function markOf({ finding, hits }: FindingWithHits): string;
/**
 * Ties of findings to intrusions on other servers. A server that has the very entries on which the intrusion rests has a copy of
 * that evidence, which adds nothing.
 */
export declare function tiesElsewhere(found: readonly FindingWithHits[], hostile: Elsewhere['hostile'], accountOf: (name: string) => string): readonly Tie[];
