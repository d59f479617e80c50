import { Devices } from '../activity/devices.ts';
import { Logons } from '../activity/logons.ts';
import { MailUse } from '../activity/mailbox-use.ts';
import { RequestTables } from '../activity/requests.ts';
import { SentMail } from '../activity/sent-mail.ts';
import type { Member } from '../evidence/container.ts';
import type { Scan } from '../model/scan.ts';
/**
 * What logs count: who requested what, and who logged on from where. It explains what people do, so that a log that an intruder
 * may have added must not count. Which those are is known when all files are read: until then what was counted of a file waits,
 * but for logs of which names and places alone say that there is no other series.
 */
export declare class CountedLogs {
    #private;
    readonly requests: RequestTables;
    /** Requests in logs that explain nothing: only searched for files that an intruder fetched. */
    readonly requestsBeside: RequestTables;
    readonly mail: MailUse;
    readonly sent: SentMail;
    readonly devices: Devices;
    readonly logons: Logons;
    /** Logs of requests to the front end, by their paths, to be read again where an intrusion needs it. */
    readonly requestLogs: Map<string, Member>;
    /** Logs of EWS and of MAPI over HTTP, by their paths. */
    readonly mailLogs: Map<string, Member>;
    /** Logs of messages, by their paths. */
    readonly trackingLogs: Map<string, Member>;
    constructor(members: readonly Pick<Member, 'path' | 'windowsPath'>[], most?: number);
    /** The next file, with its counts: the list of all files need not have these any more. */
    add(scan: Scan, member: Member): void;
    /** All files are read. */
    finish(scans: readonly Scan[]): void;
}
