import type { Scan } from '../../model/scan.ts';
/** What the audit log of a tenant records of mail that was opened: whether it does at all, and the hours [from, to) in which it does not. */
export type MailAccess = {
    readonly isRecorded: boolean;
    readonly unrecorded: readonly {
        readonly from: number;
        readonly to: number;
    }[];
};
/** Of all exports: hours in which a mailbox was throttled, and the time since an account was taken out of the audit. */
export declare function mailAccessOf(scans: readonly Scan[]): MailAccess;
