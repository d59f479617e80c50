import { type IsShared, type Writers } from './joins.ts';
import { type WrittenPage } from './written-pages.ts';
import { type FindingWithHits } from './findings.ts';
import { type Intrusion } from '../model/finding.ts';
/** Findings, by their numbers, that belong together for certain, and by what. */
export type Tie = {
    readonly by: string;
    readonly members: readonly number[];
    /** An intrusion on another server of the case that all members are tied to, and what it comes to there. */
    readonly from?: {
        readonly key: string;
        readonly is: 'yes' | 'likely';
    };
};
/** Findings joined into intrusions, the findings again with the intrusion that each belongs to, and the ties that are certain. */
export type Joined = {
    readonly intrusions: readonly Intrusion[];
    readonly found: readonly FindingWithHits[];
    readonly ties: readonly Tie[];
    /** Pages that were first served after acts that may have written them. */
    readonly written: readonly WrittenPage[];
};
/** Accounts that came to more than a lead by signs of which each is ordinary: by the id of each finding, the subjects that it is about. */
export type CompromisedAccounts = ReadonlyMap<string, readonly string[]>;
/** What joins findings besides their own fields: ties to intrusions on other servers, and compromised accounts. */
type JoinedBy = {
    readonly elsewhere?: readonly Tie[];
    readonly byAccount?: CompromisedAccounts;
    /** By the id of a finding of a compromised account that of the first sign of the account. */
    readonly afterSign?: ReadonlyMap<string, string>;
    readonly inSessions?: readonly (readonly [session: number, act: number])[];
    readonly isShared?: IsShared;
    readonly writers?: Writers;
};
/** Joins findings by request, session, client, page, target and time: one intrusion is one attack. */
export declare function joinIntrusions(found: readonly FindingWithHits[], logsOn?: (client: string) => boolean, { elsewhere, byAccount, afterSign, inSessions, isShared, writers, }?: JoinedBy): Joined;
export {};
