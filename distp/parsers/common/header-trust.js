/** Rows by which a header is judged, and values of one that must not be what their columns name: one may be odd. */
const [JUDGED, UNLIKE] = [50, 2];
/** Do most rows that have as many values as a header has columns not look like what it names? */
export function isContradicted({ names, tests }, rows) {
    let [judged, others] = [0, 0];
    for (const values of rows) {
        if (values.length !== names.length)
            continue;
        if (tests.filter((test, i) => test !== null && !test(values[i])).length >= UNLIKE)
            others++;
        if (++judged === JUDGED)
            break;
    }
    return others * 2 > judged;
}
/** How many of the columns that a server writes does a header name? None where their order is not the server's. */
export function countInOrder(names, order) {
    const places = names.map((name) => order.indexOf(name)).filter((place) => place >= 0);
    return places.every((place, i) => i === 0 || place > places[i - 1]) ? places.length : 0;
}
/**
 * The first header of a log, where it does not name the columns that its rows have, or has them as no server writes them.
 * Rows are then read by what the server writes by itself, else as the header says; either way they cover nothing, and what
 * the file would have shown is not known.
 */
export class DeniedHeader {
    /** The columns of such a header where the rows agree with it. */
    unproven = null;
    isDenied = false;
    #line = 0;
    /** May rows be read by it? */
    isTrusted(columns, rows, isOrdered) {
        const isAgreed = !isContradicted(columns, rows);
        if (isAgreed && isOrdered)
            return true;
        this.isDenied = true;
        if (isAgreed)
            this.unproven = columns;
        return false;
    }
    /** Where it stands. */
    lies(at) {
        this.#line ||= at?.number ?? 0;
    }
    /** What of the log is not known: all of it. */
    get gap() {
        return this.isDenied ? doubtful(this.#line) : null;
    }
}
/** The gap of a log whose rows may be others than they seem, by the line of the header that says so. */
export function doubtful(line) {
    const detail = 'a header with other columns than the rows have, or in an order in which no server writes them';
    return {
        offset: 0,
        length: 0,
        reason: 'corrupt',
        detail,
        line: Math.max(1, line),
        between: { after: null, before: null },
    };
}
//# sourceMappingURL=header-trust.js.map