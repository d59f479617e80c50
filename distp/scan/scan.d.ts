import type { ListingGap, Member } from '../evidence/container.ts';
import type { Scan } from '../model/scan.ts';
import type { Zone } from '../lib/zones.ts';
import type { Ahead } from '../prefilter/read-ahead.ts';
import type { askAll } from '../rules/match.ts';
import type { LoadedRules } from '../rules/rule.ts';
import type { ValueCaches } from '../prefilter/row-rules.ts';
import { type KeepAtMost } from './hit-room.ts';
/** Scan of an archive or folder that could not be listed: rules match its name and location. */
export declare function scanUnlisted({ path, size, reason, detail }: ListingGap, { rules, ask }: Pick<ScanSettings, 'rules' | 'ask'>): Scan;
/** What every scan of a run shares; plain data but for the rules. */
export type ScanSettings = {
    readonly rules: LoadedRules;
    readonly ask: ReturnType<typeof askAll>;
    /** The server's zone, for rows in local time that do not say theirs. */
    readonly zone: Zone | null;
    /** What opens encrypted archives of the evidence. */
    readonly passwords?: readonly string[];
    /** Values of rows that were met before; without them every row becomes an event. */
    readonly lexicons?: ValueCaches;
    readonly keep?: KeepAtMost;
    /** Evaluates rules whose rows count only in an intrusion, too: to show one of their rows again. */
    readonly tied?: boolean;
};
/** Reads one member of the evidence: parses it, asks every rule, and counts what was there. Never throws on evidence. */
export declare function scanMember(member: Member, { rules, ask, zone, passwords, lexicons, keep, tied }: ScanSettings, ahead?: Ahead): Promise<Scan>;
/** A member of which a worker could not even match the name: rules that hang, or no memory. */
export declare function unscanned(member: Member, reason: 'timeout' | 'memory' | 'failed', detail: string): Scan;
