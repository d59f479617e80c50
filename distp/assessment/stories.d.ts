import { type CompromisedAccounts, type Joined, type Tie } from '../findings/intrusions.ts';
import type { CloudRun } from '../activity/cloud-audit.ts';
import type { Elsewhere } from '../model/case-keys.ts';
import type { CoverageMeter } from './coverage/coverage.ts';
import { type FindingWithHits, type KnownActivity } from '../findings/findings.ts';
import type { Scan } from '../model/scan.ts';
import type { Intrusion } from '../model/finding.ts';
import type { Knowledge } from '../knowledge/load-packs.ts';
import type { ReadEvidence } from './read-evidence.ts';
import { KnownOrigins } from '../activity/known-origins.ts';
import type { Origins } from '../activity/origins.ts';
import { SharedClients } from '../activity/shared-clients.ts';
import type { Writers } from '../findings/joins.ts';
import type { TenantFacts } from '../model/sign-ins.ts';
import type { ServerFacts } from './server/server.ts';
/** What findings and intrusions are made of. */
export type StoryInput = {
    readonly scans: readonly Scan[];
    readonly cloud: CloudRun;
    readonly read: Pick<ReadEvidence, 'requests' | 'devices' | 'mail' | 'logons'>;
    readonly server: ServerFacts;
    readonly proxies: ReadonlySet<string>;
    readonly meter: CoverageMeter;
    /** What is known of tenants: their applications and networks. */
    readonly tenant: TenantFacts;
    readonly known: KnownActivity;
    readonly window: {
        readonly from: number | null;
        readonly to: number | null;
    } | null;
    readonly elsewhere: Elsewhere;
    readonly addresses: AddressUse;
    readonly origins: Origins;
    /** Who wrote the files whose requests the second lookup found. */
    readonly writers?: Writers;
};
export type Stories = {
    readonly intrusions: readonly Intrusion[];
    readonly found: readonly FindingWithHits[];
    /** Findings, by their numbers, that belong together for certain. */
    readonly ties: readonly Tie[];
    /** Pages that were first served after acts that may have written them. */
    readonly written: Joined['written'];
    /** The intrusions with what was done in the cloud and by new devices in their stories. */
    readonly told: readonly Intrusion[];
    readonly notes: readonly string[];
};
/** What is known of addresses by the people who use them. */
export type AddressUse = {
    /** Do people log on from there? */
    readonly logsOn: (client: string) => boolean;
    readonly shared: SharedClients;
    readonly knownOrigins: KnownOrigins;
    /** Since when the logs that the general question needs go on without a break: what lies before explains nothing that came later. */
    readonly explainsFrom: number | null;
};
/** The same in every round of intrusions: neither a compromised account nor a second lookup changes it. */
export declare function addressUse({ mail, devices, logons }: StoryInput['read'], cloud: CloudRun, explainsFrom: number | null): AddressUse;
/** Findings before any intrusion, and what has to be said of them. */
export type Alone = Pick<Stories, 'found' | 'notes'>;
/** Hits → findings, with those that are computed from counted logons. */
export declare function findingsAlone(input: StoryInput, { infos, rules }: Pick<Knowledge, 'infos' | 'rules'>): Alone;
/** Findings → intrusions; mail and devices that only a story makes findings are joined to theirs. */
export declare function storiesOf(input: StoryInput, { found, notes }: Alone, { infos }: Pick<Knowledge, 'infos'>, byAccount?: CompromisedAccounts): Stories;
