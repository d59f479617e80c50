/** The most of each list that a case keeps of a server, and that its page and file hold; what is beyond is counted beside it. */
export declare const caseLimits: {
    /** Of a server. */
    readonly attacks: 200;
    readonly clients: 200;
    readonly things: 500;
    readonly mailboxes: 1000;
    readonly attacksOfThing: 50;
    readonly digests: 10;
    /** Characters of a name. */
    readonly text: 300;
    /** Of the case. */
    readonly shared: 2000;
    readonly caseAttacks: 2000;
    readonly caseMailboxes: 10000;
    readonly absent: 200;
    readonly notes: 200;
};
