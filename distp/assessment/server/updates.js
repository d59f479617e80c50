import { addTo } from '../../lib/collections.js';
import { DAY, HOUR } from '../../lib/time.js';
/** So long before and after an update logs show what it changed; and so long services of the old build may still run. */
const [NEAR, LATE] = [7 * DAY, HOUR];
/**
 * Updates that are recorded, and changes of the build, without those that did not happen: an update changes the build that the logs
 * show. Where half of those with entries before and after it, or more, go on with the same build, none was installed then: a record of
 * an installer, a setup log or rows of another build may have been added.
 */
export function updatesOf(recorded, runs, facts) {
    const changes = runs.flatMap(({ from }, i) => (i > 0 && from !== null ? [{ from, to: from }] : []));
    const logs = logsOf(facts);
    return [...recorded, ...changes].filter((update) => !isContradicted(update, logs));
}
/** What each log (a folder of one source) shows to the revision. */
function logsOf(facts) {
    const logs = new Map();
    for (const { build, from, to, source, precision, at } of facts)
        if (precision === 'update' && from !== null && to !== null)
            addTo(logs, `${source}\0${at.path.slice(0, at.path.lastIndexOf('/') + 1)}`, { build, from, to });
    return [...logs.values()];
}
function isContradicted({ from, to }, logs) {
    let [changed, same] = [0, 0];
    for (const shown of logs) {
        const before = lastBefore(shown, from);
        const after = firstAfter(shown, to + LATE);
        if (before === null || after === null)
            continue;
        if (before === after)
            same++;
        else
            changed++;
    }
    return same > 0 && same >= changed;
}
/** The build that a log last shows before a time, and near it. */
function lastBefore(shown, time) {
    let last = null;
    for (const one of shown)
        if (one.from < time && one.to >= time - NEAR && (last === null || one.from > last.from))
            last = one;
    return last?.build ?? null;
}
function firstAfter(shown, time) {
    let first = null;
    for (const one of shown)
        if (one.to > time && one.from <= time + NEAR && (first === null || one.to < first.to))
            first = one;
    return first?.build ?? null;
}
//# sourceMappingURL=updates.js.map