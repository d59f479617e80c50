import type { Identities } from '../activity/identities.ts';
import { type Logons } from '../activity/logons.ts';
import type { RuleInfo } from '../model/rule.ts';
import { type IntruderTrace, type IntruderTraces } from './cloud-mail.ts';
import { type FindingWithHits, type KnownActivity } from './findings.ts';
type Server = {
    readonly name: string;
    readonly names?: ReadonlySet<string>;
    readonly proxies: ReadonlySet<string>;
};
type Counted = {
    readonly logons: Logons;
    readonly identities: Pick<Identities, 'accountOf'>;
    /** As `KnownOrigins` has it. */
    readonly explainsFrom?: number | null;
};
/** Accounts that were shown mail at an address of an intrusion, from its first step to a week after its last. */
export declare function intrudersMail(found: readonly FindingWithHits[], { logons, identities, explainsFrom }: Counted, infos: ReadonlyMap<string, RuleInfo>, server: Server, known: KnownActivity): {
    readonly found: readonly FindingWithHits[];
    readonly notes: readonly string[];
};
/**
 * Logons at these addresses that may show that others use them, too: those before the unbroken logs, and those of long before, show
 * nothing of later intrusions.
 */
export declare function usualLogons(logons: Pick<Logons, 'explaining'>, clients: IntruderTraces['clients'], explainsFrom: number | null): readonly {
    readonly client: string;
    readonly first: number;
}[];
/** Addresses where accounts were served more than a day before the first step of the intrusion, and not long before: they are not the intruder's alone. */
export declare function usedBeforeIntrusion(clients: IntruderTraces['clients'], served: readonly {
    readonly client: string;
    readonly first: number;
}[]): ReadonlySet<string>;
/** Is it from an hour before the first step of the intrusion to a week after its last? */
export declare function isDuringIntrusion({ from, to }: IntruderTrace, time: number): boolean;
export {};
