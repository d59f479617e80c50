/**
 * A binary structure that is not what its format says. Thrown where a record, cell or entry is decoded and caught by
 * whoever walks over them, who makes a gap of that one and goes on. It never leaves a parser.
 */
export class Damage extends Error {
    reason;
    constructor(detail, reason = 'corrupt') {
        // A damaged file makes many of them, and their stack is never shown.
        const { stackTraceLimit } = Error;
        Error.stackTraceLimit = 0;
        super(detail);
        Error.stackTraceLimit = stackTraceLimit;
        this.name = 'Damage';
        this.reason = reason;
    }
}
//# sourceMappingURL=format-error.js.map