import type { Is } from '../../model/answer.ts';
import { type Assessment } from '../../model/assessment.ts';
import { type Mailbox } from '../../model/mailbox.ts';
/** By which way mail was read, as the packs name it and as a reader knows it; a name that is not here stays as it is. */
export declare function meansWords(means: string): string;
/** By which ways, for a person. */
export declare function waysOf({ means }: Mailbox): string;
/** How much: requests, what they were, answers, items where the log counts them. */
export declare function mailboxAmount({ requests, operations, bytes: size, items }: Mailbox): string;
/** The same in a few words. */
export declare function shortAmount({ requests, bytes: size }: Mailbox): string;
/** The busiest day of the access beside what is ordinary; empty where no log counts that. */
export declare function ordinaryWords({ ordinary, days }: Mailbox): string;
export declare function unknownWords({ cannotKnow }: Mailbox): string;
/** The paragraph on affected mailboxes for those who notify. */
export declare function noticeOf(m: Mailbox): string;
/** Whom to notify: certain mailboxes of people. */
export declare function toNotify({ mailboxes }: Assessment): readonly Mailbox[];
/** The number of certain mailboxes, and the others beside it. */
export declare function mailboxesWords(assessment: Assessment): string;
/** The same in the words of any language. */
export declare function summarizeMailboxes({ mailboxes, answers }: Assessment, words: MailboxWords): string;
/** Words about numbers of mailboxes; `is`: answers to the question about mail. */
export type MailboxWords = {
    readonly certain: (mailboxes: number) => string;
    readonly possible: (mailboxes: number) => string;
    readonly anyForATime: string;
    readonly whose: (isAnyKnown: boolean) => string;
    readonly comma: string;
    readonly unknownWhich: string;
    readonly is: Readonly<Record<Is, string>>;
};
