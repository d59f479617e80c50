/** The most of each list that a case keeps of a server, and that its page and file hold; what is beyond is counted beside it. */
export const caseLimits = {
    /** Of a server. */
    attacks: 200,
    clients: 200,
    things: 500,
    mailboxes: 1_000,
    attacksOfThing: 50,
    digests: 10,
    /** Characters of a name. */
    text: 300,
    /** Of the case. */
    shared: 2_000,
    caseAttacks: 2_000,
    caseMailboxes: 10_000,
    absent: 200,
    notes: 200,
};
//# sourceMappingURL=limits.js.map