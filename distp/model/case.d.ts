import type { Is, Question, Verdict, VerdictIs } from './answer.ts';
import type { More } from './finding.ts';
import type { SubjectKind } from './sign.ts';
/** Several servers of one organization that were assessed together: what each came to, and what they have in common. */
export type Case = {
    readonly schema: 'postern-case/1';
    /** The worst verdict comes first; servers of one verdict by name. */
    readonly servers: readonly CaseServer[];
    /** Evidence that could not be assessed. */
    readonly failed: readonly FailedServer[];
    readonly totals: CaseTotals;
    /** Intrusions that shared clients, accounts or other hostile things make one attack, and those on one server alone. */
    readonly attacks: readonly CaseAttack[];
    /** Hostile things that two servers or more have in common. */
    readonly shared: readonly SharedThing[];
    /** Each mailbox from which mail was taken once, with the servers that show it. */
    readonly mailboxes: readonly CaseMailbox[];
    /** Servers that logs name and of which no evidence was given. */
    readonly absent: readonly AbsentServer[];
    /** Are names of people pseudonyms? They are those of one server each, so that people are not compared. */
    readonly masked: boolean;
    readonly notes: readonly string[];
    readonly more?: More;
};
/** A server of a case. `path` (the folder of its results, relative to OUT) is its name within the case. */
export type CaseServer = {
    readonly path: string;
    readonly name: string;
    readonly product: string;
    /** Which input it was: its folder or archive, and the SHA-256 of its list of files with their digests. */
    readonly input: {
        readonly evidence: readonly string[];
        readonly sha256: string;
        readonly files: number;
        readonly bytes: number;
    };
    readonly verdict: Pick<Verdict, 'is' | 'sure' | 'sentence' | 'open' | 'covers'>;
    readonly answers: Readonly<Record<Question, Is>>;
    readonly patchedTooLate: boolean | null;
    /** First and last step of its intrusions. */
    readonly first: string | null;
    readonly last: string | null;
    readonly intrusions: number;
    readonly mailboxes: number;
    /** Servers of the case whose evidence counts in the assessment of this one. */
    readonly with: readonly string[];
};
export type FailedServer = {
    readonly evidence: string;
    readonly reason: string;
};
export type CaseTotals = {
    readonly servers: number;
    readonly verdicts: Readonly<Record<VerdictIs, number>>;
    readonly failed: number;
    readonly mailboxes: number;
    /** First and last step of all intrusions. */
    readonly first: string | null;
    readonly last: string | null;
};
/** An intrusion on one server of a case. */
export type OnServer = {
    readonly path: string;
    readonly intrusion: string;
};
export type CaseAttack = {
    readonly intrusions: readonly OnServer[];
    readonly first: string | null;
    readonly last: string | null;
    readonly clients: readonly string[];
    /** What makes intrusions on several servers one attack; empty on a single server. */
    readonly joinedBy: readonly string[];
    readonly more?: More;
};
export type SharedKind = 'client' | SubjectKind;
export type SharedThing = {
    readonly kind: SharedKind;
    readonly name: string;
    /** Digests of the file, where it is one that was read. */
    readonly sha256: readonly string[];
    readonly servers: readonly string[];
    readonly first: string | null;
    readonly last: string | null;
    readonly more?: More;
};
export type CaseMailbox = {
    readonly mailbox: string;
    readonly certainty: 'named' | 'joined';
    readonly servers: readonly string[];
    readonly first: string | null;
    readonly last: string | null;
    readonly more?: More;
};
/** A server by the name that logs give it: how many entries name it, and in the evidence of which servers. */
export type AbsentServer = {
    readonly name: string;
    readonly entries: number;
    readonly by: readonly string[];
};
/** The part of a server's assessment that its case is made of; bounded, and kept as one line of JSON. */
export type CaseRecord = Omit<CaseServer, 'path' | 'intrusions' | 'mailboxes' | 'with'> & {
    readonly attacks: readonly RecordedAttack[];
    readonly things: readonly RecordedThing[];
    readonly taken: readonly Omit<CaseMailbox, 'servers' | 'more'>[];
    readonly masked: boolean;
    /** Number of entries beyond the limits of its lists. */
    readonly more: More;
};
export type RecordedAttack = {
    readonly id: string;
    readonly first: string | null;
    readonly last: string | null;
    readonly clients: readonly string[];
};
/** A hostile thing, with the intrusions that it belongs to. */
export type RecordedThing = {
    readonly kind: SharedKind;
    readonly name: string;
    readonly sha256: readonly string[];
    readonly attacks: readonly string[];
    readonly first: string | null;
    readonly last: string | null;
};
