import type { FindingWithHits } from './findings.ts';
/** How certain a join is: it ties what is weighed, it ties weakly, or it only puts findings into one intrusion. */
type Certainty = 'hard' | 'weak' | 'none';
/** A join: a rule by which findings become one intrusion. */
export type Join = {
    /** What findings have in common. */
    readonly shares: string;
    /** How long it holds, in milliseconds; null: as long as the evidence. */
    readonly within: number | null;
    /** What prevents it. */
    readonly prevents: string;
    readonly certainty: Certainty;
};
/** All joins of findings, in the order in which they are made. */
export declare const joins: {
    readonly 'request id': {
        readonly shares: 'the id that front end and back end write for one request';
        readonly within: null;
        readonly prevents: 'nothing';
        readonly certainty: 'hard';
    };
    readonly session: {
        readonly shares: 'a session or canary of eight characters or more';
        readonly within: null;
        readonly prevents: 'a shorter value';
        readonly certainty: 'hard';
    };
    readonly token: {
        readonly shares: 'the id of an access token, in a sign-in and in audit records';
        readonly within: null;
        readonly prevents: 'a shorter value';
        readonly certainty: 'hard';
    };
    readonly application: {
        readonly shares: 'an application of the tenant';
        readonly within: null;
        readonly prevents: 'an application of Microsoft';
        readonly certainty: 'hard';
    };
    readonly page: {
        readonly shares: 'a page or archive, by its folder and name, in URLs, paths and commands alike';
        readonly within: null;
        readonly prevents: 'a logon page or start page of Exchange';
        readonly certainty: 'hard';
    };
    readonly account: {
        readonly shares: 'a compromised account, in the sessions, devices, tools or addresses that have its signs';
        readonly within: null;
        readonly prevents: 'its old places with its old tools';
        readonly certainty: 'none';
    };
    readonly 'account session': {
        readonly shares: 'a compromised account, and the time in which it was served at an address that has its signs';
        readonly within: number;
        readonly prevents: 'an entry with a client; the account served at another address on that day, before and after it';
        readonly certainty: 'hard';
    };
    readonly 'right used': {
        readonly shares: 'a right to mailboxes that an account gave to itself, and its use from an origin that is new for the account';
        readonly within: number;
        readonly prevents: 'an account that gave itself rights on two days before';
        readonly certainty: 'hard';
    };
    readonly 'file written': {
        readonly shares: 'a file that an act of the intrusion names as written into a web root, and requests for it, by any client';
        readonly within: null;
        readonly prevents: 'a page that Exchange has; five people of the organization who use it; a request before the act';
        readonly certainty: 'hard';
    };
    readonly 'folder served': {
        readonly shares: 'a folder that a virtual path leads to, and a page in it or requests below the path';
        readonly within: null;
        readonly prevents: 'a folder that no finding is about';
        readonly certainty: 'hard';
    };
    readonly file: {
        readonly shares: 'a file of the evidence that several rules match';
        readonly within: null;
        readonly prevents: 'nothing; it is one fact and adds no sign';
        readonly certainty: 'none';
    };
    readonly row: {
        readonly shares: 'the only row or record of each, which several rules match';
        readonly within: null;
        readonly prevents: 'nothing; it is one fact and adds no sign';
        readonly certainty: 'none';
    };
    readonly client: {
        readonly shares: 'the address of the client';
        readonly within: number;
        readonly prevents: 'a proxy in front of the server; an address that users of the organization shared on days before';
        readonly certainty: 'hard';
    };
    readonly identity: {
        readonly shares: 'account, program and shared address in one log; the account alone where the log hides addresses';
        readonly within: number;
        readonly prevents: 'a machine account or service; a request that names neither account nor program';
        readonly certainty: 'hard';
    };
    readonly nameless: {
        readonly shares: 'one log of requests that names neither client nor account';
        readonly within: number;
        readonly prevents: 'reconnaissance; a client or account that another finding names in that time';
        readonly certainty: 'hard';
    };
    readonly worker: {
        readonly shares: 'the worker process: its children and errors, and the requests of its application pool';
        readonly within: number;
        readonly prevents: 'another application pool; a request after the child';
        readonly certainty: 'hard';
    };
    readonly time: {
        readonly shares: 'closeness of what the server did to the nearest request or cmdlet that explains it';
        readonly within: 60000;
        readonly prevents: 'a client of its own; a time whose zone is not known';
        readonly certainty: 'weak';
    };
    readonly 'page written': {
        readonly shares: 'a page, first served after an act that writes a file without a name';
        readonly within: null;
        readonly prevents: 'two intrusions that may have written it; five addresses from which people log on';
        readonly certainty: 'none';
    };
    readonly 'time after the intrusion': {
        readonly shares: 'the server, in the day after a step of the only intruder; a weak tie within half an hour of a request';
        readonly within: number;
        readonly prevents: 'a client of its own; a second intruder; a stage before a shell';
        readonly certainty: 'none';
    };
    readonly host: {
        readonly shares: 'cmdlets that take mail, in the two hours after the only intruder';
        readonly within: number;
        readonly prevents: 'an account that ran such cmdlets on another day';
        readonly certainty: 'hard';
    };
};
/** The name of a join. */
export type JoinName = keyof typeof joins;
/** What findings share for certain: a request id, a session or canary, an access token, an application of the cloud, a page. */
export declare const sharedKeys: readonly (readonly [by: JoinName, keysOf: (f: FindingWithHits) => Iterable<string>])[];
/** Files of the evidence that are themselves what a finding is about. */
export declare function evidenceFilesOf({ hits }: FindingWithHits): string[];
/** The row or record that a finding rests on, where it is one only. */
export declare function evidenceRowOf({ hits }: FindingWithHits): string[];
/** Names by which a page is known in URLs, file paths and cmdlets alike: its last two segments, or its long own name. */
export declare function pagesNamedBy(f: FindingWithHits): string[];
/** Findings about virtual paths, each with the pages in its folder and the requests below it that findings show. */
export declare function foldersServed(findings: readonly Numbered[]): readonly number[][];
/** A finding with its number. */
export type Numbered = {
    readonly f: FindingWithHits;
    readonly i: number;
};
/** The findings that have a key in common, for each key that several have. */
export declare function sharing(findings: readonly Numbered[], keysOf: (f: FindingWithHits) => Iterable<string>): readonly number[][];
/** Was an address one of the organization's users on days before a moment (ms)? */
export type IsShared = (client: string, time: number) => boolean;
/** The findings of each client, each within a week of the one before; those of shared addresses are left out. */
export declare function ofOneClient(withTime: readonly Numbered[], isShared: IsShared): readonly number[][];
/** Findings of one log under one identity, or in a log that names none: each within half an hour of the one before. */
export declare function ofOneIdentity(withTime: readonly Numbered[]): readonly {
    by: JoinName;
    members: readonly number[];
}[];
/** Findings that put the file of a URL path (in lower case) into a web root, by their ids. */
export type Writers = ReadonlyMap<string, readonly string[]>;
/** Requests that were served for files that acts put into web roots, each with the act. */
export declare function writersOf(found: readonly FindingWithHits[], writers: Writers): readonly number[][];
export {};
