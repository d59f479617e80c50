import type { Assessment } from '../../model/assessment.ts';
import type { Mailbox } from '../../model/mailbox.ts';
import { type Facts, type Sure } from './facts.ts';
import type { Language } from './languages.ts';
import { type Pen } from './management-page.ts';
import { type BriefingPage } from './page.ts';
/** Whom a notice is for. */
export type Recipient = {
    /** Null for the notice to all owners of a mailbox on the server. */
    readonly mailbox: string | null;
    readonly sure: Sure;
    readonly of: Mailbox;
};
/** The people whose mailbox was read, for certain or possibly, the certain first; and everybody, where it could be any. */
export declare function recipientsOf({ mailboxes, findings, verdict }: Assessment): readonly Recipient[];
/** The letter to one of them: what a notification has to say, and blanks for what only its sender knows. */
export declare function noticePage(a: Assessment, recipient: Recipient, language: Language): BriefingPage;
export declare function sureText({ certainty }: Mailbox, sure: Sure, { words: { notice } }: Pen): string;
/** What cannot be known of it, by how the access is known and by which way it went. */
export declare function unknownText({ scope, certainty, means, items }: Mailbox, facts: Facts, pen: Pen): readonly string[];
/** What the owner should do, by the way that was taken. */
export declare function todoText({ means }: Mailbox, { words: { notice } }: Pen): readonly string[];
