import { type MailLookupInput } from './mail-lookup.ts';
import { type SentLookupInput } from './sent-lookup.ts';
import type { Member } from '../evidence/container.ts';
import type { RequestTables } from '../activity/requests.ts';
import type { RuleInfo } from '../model/rule.ts';
import type { Scan } from '../model/scan.ts';
import type { Baseline } from '../rules/baselines/baseline.ts';
/** What the lookup works with. */
export type LookupInput = MailLookupInput & Pick<SentLookupInput, 'sent'> & {
    readonly trackingLogs: ReadonlyMap<string, Member>;
    readonly scans: readonly Scan[];
    /** Tables of requests, those of the server's own logs first. */
    readonly requests: readonly RequestTables[];
    readonly requestLogs: ReadonlyMap<string, Member>;
    readonly infos: ReadonlyMap<string, RuleInfo>;
    readonly baselines: (() => readonly Baseline[]) | undefined;
    readonly passwords: readonly string[];
    readonly logsOn: (client: string) => boolean;
};
/** The scans with the entries that were found, by whom each URL path was written, and what has to be said. */
export type LookupResult = {
    readonly scans: readonly Scan[];
    /** Findings that put the file of a URL path (in lower case) into a web root, by their ids. */
    readonly writers: ReadonlyMap<string, readonly string[]>;
    readonly notes: readonly string[];
};
/**
 * What an intrusion's files and addresses have in logs besides what is in the intrusion already, and mail that an account sent to far more
 * recipients than before; null where that is nothing.
 */
export declare function secondLookup(input: LookupInput): Promise<LookupResult | null>;
