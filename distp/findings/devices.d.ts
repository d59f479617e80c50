import { type FindingWithHits, type KnownActivity } from './findings.ts';
import type { Devices } from '../activity/devices.ts';
import type { Identities } from '../activity/identities.ts';
import type { Intrusion } from '../model/finding.ts';
import type { RuleInfo } from '../model/rule.ts';
import type { LogKind } from '../model/log-kinds.ts';
import type { RequestTables } from '../activity/requests.ts';
type Server = {
    readonly name: string;
    readonly proxies: ReadonlySet<string>;
    /** When logs of a kind begin; where it is missing, they begin with the first device. */
    readonly logs?: {
        firstOf(kind: LogKind): number | null;
    };
};
/**
 * Findings of devices whose first request for a mailbox came from an address of a story: sure where the device is new and fetched content
 * within a week, else only possible.
 */
export declare function devicesInStories(found: readonly FindingWithHits[], devices: Devices, requests: RequestTables, infos: ReadonlyMap<string, RuleInfo>, server: Server, known: KnownActivity, isUsedBefore: (client: string, time: number) => boolean): {
    readonly found: readonly FindingWithHits[];
    readonly notes: readonly string[];
};
/**
 * The stories with the devices that first synchronised the mailbox of an account that each exposed, from addresses that had
 * asked for nothing before. It is a lead: the owner of a new telephone may travel with it.
 */
export declare function withNewDevices(intrusions: readonly Intrusion[], found: readonly FindingWithHits[], devices: Devices, requests: RequestTables, identities: Identities): readonly Intrusion[];
export {};
