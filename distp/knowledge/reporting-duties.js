import { readTable } from '../lib/table.js';
let read = null;
/** Every duty to report that Postern knows of, read when the first is asked for. */
export function allDuties() {
    return (read ??= readTable(new URL('../../knowledge/duties.csv', import.meta.url)).map((row) => ({
        id: row.id,
        law: row.law,
        binds: row.binds,
        tell: row.tell,
        within: row.within,
        from: row.from,
        note: row.note,
        source: row.source,
    })));
}
/** The duties that may follow from the answers: after initial access, or where data was taken. */
export function dutiesOf(answers) {
    const calls = answers.some(({ question, is }) => (question === 'exploited' || question === 'compromised' || question === 'mail-taken') &&
        (is === 'yes' || is === 'likely'));
    return calls ? allDuties() : [];
}
//# sourceMappingURL=reporting-duties.js.map