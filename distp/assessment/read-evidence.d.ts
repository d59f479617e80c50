import type { Devices } from '../activity/devices.ts';
import type { Logons } from '../activity/logons.ts';
import type { Member } from '../evidence/container.ts';
import type { ListedEvidence } from '../evidence/index.ts';
import { type MailUse } from '../activity/mailbox-use.ts';
import type { SentMail } from '../activity/sent-mail.ts';
import type { Pool, Scan } from '../model/scan.ts';
import type { Knowledge } from '../knowledge/load-packs.ts';
import { type RequestTables } from '../activity/requests.ts';
import { type ReadingOptions } from '../evidence/list-all.ts';
/** What every file gives, and what was asked of the front end and of mailboxes in all of them. */
export type ReadEvidence = {
    readonly scans: Scan[];
    readonly requests: RequestTables;
    /** Those of logs that explain nothing. */
    readonly requestsBeside: RequestTables;
    readonly mail: MailUse;
    readonly sent: SentMail;
    readonly devices: Devices;
    readonly logons: Logons;
    /** Logs of requests to the front end, by their paths, to be read again where an intrusion needs it. */
    readonly requestLogs: ReadonlyMap<string, Member>;
    /** Logs of EWS and of MAPI over HTTP, by their paths; and those of message tracking. */
    readonly mailLogs: ReadonlyMap<string, Member>;
    readonly trackingLogs: ReadonlyMap<string, Member>;
    /** Files that are there and are not among the scans. */
    readonly counted: ListedEvidence['counted'];
};
/** Lists every file, reads each once, and asks every rule of what it holds. The list itself, which is large, is not needed any more then. */
export declare function readEvidence(evidence: readonly string[], pool: Pool, { infos, rules }: Pick<Knowledge, 'infos' | 'rules'>, options: ReadingOptions): Promise<ReadEvidence>;
/** What is said of files that were counted and not listed. */
export declare function countedNote({ path, empty }: ListedEvidence['counted'][number]): string;
