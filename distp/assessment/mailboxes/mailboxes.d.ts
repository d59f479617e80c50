import type { CloudRun } from '../../activity/cloud-audit.ts';
import type { CoverageMeter } from '../coverage/coverage.ts';
import { type FindingWithHits } from '../../findings/findings.ts';
import type { Identities } from '../../activity/identities.ts';
import type { MailUse } from '../../activity/mailbox-use.ts';
import type { Mailbox } from '../../model/mailbox.ts';
import type { Answer } from '../../model/answer.ts';
/** Knowledge besides findings: log coverage, identities, and all requests to mailboxes. */
export type MailboxContext = {
    readonly server: string;
    readonly meter: Pick<CoverageMeter, 'covers'>;
    readonly identities: Identities;
    readonly use: MailUse;
    /** What audit logs of the cloud count; null where there are none. */
    readonly cloud?: CloudRun;
};
/**
 * Whose mail, by which way, how much and how sure. What opens every mailbox of the server and says of none which it was
 * stands at the end, as a time in which it could be any.
 */
export declare function mailboxesOf(found: readonly FindingWithHits[], around: MailboxContext): Mailbox[];
/** Open questions where no log shows whether mail was read: an attacker had access, and logs are missing. */
export declare function openMailboxes(answers: readonly Answer[], server: string): Mailbox[];
/** The certain ones: what a sentence counts. */
export declare function certainOf(mailboxes: readonly Mailbox[]): readonly Mailbox[];
