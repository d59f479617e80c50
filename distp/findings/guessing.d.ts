import type { Devices } from '../activity/devices.ts';
import type { Identities } from '../activity/identities.ts';
import type { KnownOrigins } from '../activity/known-origins.ts';
import type { Logons } from '../activity/logons.ts';
import type { LogonRow } from '../activity/served-days.ts';
import type { Hit, RuleInfo } from '../model/rule.ts';
import { type FindingWithHits, type KnownActivity } from './findings.ts';
import type { Located } from './located.ts';
type Server = {
    readonly name: string;
    readonly names?: ReadonlySet<string>;
    readonly proxies: ReadonlySet<string>;
};
type Counted = {
    readonly logons: Logons;
    readonly devices: Devices;
    readonly identities: Pick<Identities, 'accountOf'>;
    readonly knownOrigins: KnownOrigins;
    readonly explainsFrom?: number | null;
};
/** Guessing, and accounts that were served after it; `found`: what the rules found, with refusals at logon forms among it. */
export declare function guessingFindings(found: readonly FindingWithHits[], input: Counted, infos: ReadonlyMap<string, RuleInfo>, server: Server, known: KnownActivity): {
    readonly found: readonly FindingWithHits[];
    readonly notes: readonly string[];
};
/** By which protocol mail was shown. */
export declare function methodOf({ log }: LogonRow): string;
type Made = LogonRow & {
    readonly user: string;
    readonly client: string;
};
/** The row of a logon as a hit of a rule. */
export declare function locatedLogon({ log, at, time, user, client, sha256, mailbox, isOfDevice }: Made, info: RuleInfo, match: NonNullable<Hit['match']>): Located;
export {};
