import type { Event, FieldValue, LogSource } from '../../model/event.ts';
/** A row of an audit log. What was exported is a choice of rows, so it covers nothing. */
export type Audited = {
    readonly log: 'mailbox-audit' | 'admin-audit';
    readonly sources: readonly LogSource[];
    readonly fields: Record<string, FieldValue>;
    readonly target: string;
    readonly host: string | null;
    readonly client: string | null;
    readonly user: string | null;
    /** As it is written. */
    readonly when: string | null;
};
/** A parameter of a cmdlet, or a property that it changed. */
export type Pair = {
    readonly name: string;
    readonly value: string;
};
/** The text of a property, whatever the case of its name; null where it has none. */
type Read = (name: string) => string | null;
export declare function isMailboxAudit(of: Read): boolean;
export declare function isAdminAudit(of: Read): boolean;
/** Who did what in whose mailbox. */
export declare function mailboxAudit(of: Read): Audited;
/** Which cmdlet an administrator ran; the fields of other records of cmdlets stand beside those of the format. */
export declare function adminAudit(of: Read, parameters: readonly Pair[], changed: readonly Pair[]): Audited;
/**
 * Gives rows of an audit log their times. Shells write `3/4/2021 6:44:38 AM` or `04/03/2021 06:44:38` as the culture of the
 * machine has it: which it is, the other rows of the file tell. Where none tells, a row has no time.
 */
export declare class AuditTimes {
    #private;
    constructor(emit: (event: Event) => void);
    take(event: Event, when: string | null): void;
    finish(): void;
}
export {};
