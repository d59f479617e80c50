import type { Event } from './event.ts';
/** By what a finding on one server is certainly tied to an intrusion on another. */
export type HostileBy = 'client' | 'session' | 'application' | 'page' | 'account';
/** What belongs to an intrusion: an address, a session, an application, a page, an account together with its origin. */
export type HostileKey = {
    readonly by: HostileBy;
    readonly key: string;
    /** What the intrusion comes to there. */
    readonly is: 'yes' | 'likely';
    /** First and last time (ms since 1970 UTC). */
    readonly first: number;
    readonly last: number;
    /** It rests on things, and not on what persons did. */
    readonly isThing: boolean;
    /** Of the findings that it rests on: a server that has one of them has a copy of the same entries. */
    readonly marks: readonly string[];
};
/** A request of the front end that looks forged and that nothing in the evidence of its server answers. */
export type FrontRequest = {
    readonly campaign: string;
    readonly request: string;
    readonly client: string | null;
    readonly path: string;
    readonly line: number | null;
};
/** An entry of the back end that answers a request of another server's front end, with the rule that matched it. */
export type BackEndAnswer = {
    readonly campaign: string;
    readonly request: string;
    readonly rule: string;
    readonly sha256: string;
    readonly event: Event;
    readonly matched: readonly string[];
};
/** Who sent it: the name of the server, and the digest of its list of files, which distinguishes servers of one name. */
export type From = {
    readonly server: string;
    readonly digest: string;
};
/** The keys that a server sends to the others, and those that it requests. */
export type CaseKeys = {
    readonly hostile: readonly HostileKey[];
    /** Keys of its findings, to be checked against hostile ones on other servers. */
    readonly holds: readonly {
        readonly by: HostileBy;
        readonly key: string;
    }[];
    readonly front: readonly FrontRequest[];
    /** Requests that its back end ran and that no front end in its evidence sent. */
    readonly back: readonly Pick<FrontRequest, 'campaign' | 'request'>[];
    readonly answers: readonly BackEndAnswer[];
    /** Networks from which its accounts were active, and the first day (days since 1970; 0 where the logs begin with it). */
    readonly places: readonly (readonly [network: string, day: number])[];
    /** Other servers that entries name: as the back end of a request, or as the front end that sent it; how many entries do. */
    readonly names: readonly (readonly [server: string, entries: number])[];
    /** How many of each were beyond its limit. */
    readonly beyond: Readonly<Record<string, number>>;
};
/** What a server receives from the others. */
export type Elsewhere = {
    readonly hostile: readonly (HostileKey & {
        readonly from: From;
    })[];
    readonly front: readonly (FrontRequest & {
        readonly from: From;
    })[];
    readonly answers: readonly (BackEndAnswer & {
        readonly from: From;
    })[];
};
export declare const nothingElsewhere: Elsewhere;
/** Most keys of each kind that one server sends: a million entries of an attacker make no more keys. */
export declare const keyLimits: {
    readonly hostile: 1000;
    readonly marks: 50;
    readonly holds: 5000;
    readonly front: 5000;
    readonly back: 20000;
    readonly answers: 1000;
    readonly places: 50000;
    readonly names: 200;
    /** Characters of a key, and of the text and of a value of an entry. */
    readonly text: 400;
    readonly raw: 8000;
};
