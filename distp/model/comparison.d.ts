import type { Stage } from './stages.ts';
import type { Question, Is, VerdictIs } from './answer.ts';
/** What made a difference: the evidence, what was known, how it was asked; `rest`: other findings or files, not this one. */
export type Cause = 'evidence' | 'knowledge' | 'options' | 'rest';
export type FindingChange = {
    readonly id: string;
    readonly rule: string;
    readonly title: string;
    readonly stage: Stage;
    readonly time: string | null;
    readonly path: string | null;
    readonly cause: Cause;
    /** Why it is new, gone, or counts otherwise, in one sentence. */
    readonly why: string;
};
/** A question, or the verdict, before and after; `is` the same where nothing moved. */
export type Move<Question, Value> = {
    readonly question: Question;
    readonly before: Value;
    readonly after: Value;
    readonly moved: boolean;
    readonly causes: readonly Cause[];
    readonly why: readonly string[];
};
export type NamedDigest = {
    readonly name: string;
    readonly before: string | null;
    readonly after: string | null;
};
/** Two assessments of one server, and what lies between them. */
export type Diff = {
    readonly schema: 'postern-diff/1';
    readonly before: {
        readonly server: string;
        readonly tool: string;
    };
    readonly after: {
        readonly server: string;
        readonly tool: string;
    };
    /** What a reader must know before the rest: two servers, a run that was not whole. */
    readonly notes: readonly string[];
    readonly verdict: Move<'verdict', {
        readonly is: VerdictIs;
        readonly sure: boolean;
    }>;
    readonly answers: readonly Move<Question, Is>[];
    readonly evidence: {
        readonly same: number;
        readonly added: readonly {
            readonly path: string;
            readonly size: number;
            readonly sha256: string;
        }[];
        readonly removed: readonly {
            readonly path: string;
            readonly size: number;
            readonly sha256: string;
        }[];
        /** Of the same path and other bytes. */
        readonly changed: readonly {
            readonly path: string;
            readonly before: string;
            readonly after: string;
        }[];
        /** Of the same bytes at another path. */
        readonly moved: readonly {
            readonly before: string;
            readonly after: string;
            readonly sha256: string;
        }[];
    };
    /** Packs, tables, tool and options of which the two runs had different ones; null where one had none. */
    readonly knowledge: {
        readonly same: boolean;
        readonly packs: readonly NamedDigest[];
        readonly tables: readonly NamedDigest[];
        readonly tool: boolean;
        readonly options: readonly NamedDigest[];
    };
    readonly findings: {
        readonly stays: number;
        /** Those that stay, by their rules. */
        readonly staying: readonly (Pick<FindingChange, 'rule' | 'title' | 'stage'> & {
            readonly count: number;
        })[];
        readonly gone: readonly FindingChange[];
        readonly new: readonly FindingChange[];
        readonly otherwise: readonly FindingChange[];
    };
    readonly mailboxes: {
        readonly gone: readonly string[];
        readonly new: readonly string[];
    };
    readonly persistence: {
        readonly gone: readonly string[];
        readonly new: readonly string[];
    };
};
