/**
 * The most entries of the lists of an answer that evidence can make longer. What is beyond is counted beside the list (`more`), and
 * findings.jsonl and coverage.jsonl hold every finding, file and gap. A person reads none of these lists to its end: each limit is
 * well above what servers that were really attacked have, and low enough that the whole answer stays a file that opens.
 */
export declare const limits: {
    /** Intrusions. A server under mass exploitation has some dozens; each may list a thousand findings. */
    readonly intrusions: 1000;
    readonly intrusion: {
        readonly clients: 200;
        readonly findings: 1000;
        readonly story: 200;
        readonly joinedBy: 20;
        readonly actors: 100;
    };
    /** What a hypothesis rests on. Sentences that say the same of several intrusions are one already. */
    readonly actors: 500;
    readonly actor: {
        readonly for: 50;
        readonly against: 50;
        readonly intrusions: 200;
        readonly references: 100;
    };
    /** What an answer rests on: a reader wants the strongest, and the dates between which logs are missing. */
    readonly answer: {
        readonly because: 200;
        readonly missing: 500;
        readonly wouldChange: 50;
    };
    /** What was weighed: each module, page, account and so on, and clients, which a scan makes many of. */
    readonly subjects: 2000;
    readonly subject: {
        readonly findings: 100;
    };
    readonly mailboxes: 2000;
    readonly mailbox: {
        readonly because: 100;
        readonly cannotKnow: 50;
    };
    readonly persistence: 2000;
    readonly persistent: {
        readonly because: 50;
    };
    readonly opinions: 2000;
    readonly opinion: {
        readonly because: 50;
    };
    readonly clients: 1000;
    readonly client: {
        readonly findings: 200;
    };
    readonly statuses: 100;
    /** Builds of a server and what follows from them for each vulnerability: an update a month for ten years is 120. */
    readonly builds: 200;
    readonly intervals: 200;
    /** Of a log kind: ten years of days; log gaps. */
    readonly days: 4000;
    readonly holes: 500;
    readonly gaps: 5000;
    readonly unknown: 5000;
    readonly blind: 5000;
    readonly notes: 1000;
    readonly brokenRules: 1000;
    /** Findings of assessment.json, and the characters of the rows that they quote: a row has up to 64 KiB, a finding up to 20 rows. */
    readonly findings: 5000;
    readonly findingText: 64000000;
    /** Files of assessment.json: a whole disk has more, and coverage.jsonl names them all. */
    readonly manifest: 100000;
};
/** The entries that weigh most, in the order in which they stand; of equal ones those that stand first. */
export declare function heaviest<T>(list: readonly T[], most: number, weight: (entry: T, at: number) => number): readonly T[];
/** The first half and the last half of so many entries: how a list in the order of time begins, and what holds at its end. */
export declare function bothEnds<T>(list: readonly T[], most: number): readonly T[];
type Limited = {
    readonly more?: Readonly<Record<string, number>>;
};
/** The object with shorter lists in the place of its own; how many entries each of them lacks is added to `more`. */
export declare function shortened<T extends Limited>(value: T, lists: Partial<T>): T;
/** The object with the first entries of its lists, as many as the limits allow. */
export declare function withLimits<T extends Limited>(value: T, most: {
    readonly [Name in keyof T]?: number;
}): T;
export {};
