import { addTo, append } from '../../lib/collections.js';
import { hourOf } from '../../lib/time.js';
import {} from '../../model/scan.js';
import {} from '../../model/coverage.js';
import {} from '../../model/evidence.js';
import { plainKind, stateKinds, isOfTenant, MISPLACED, waysBack } from '../../model/log-kinds.js';
import { logKindsAt, parsersAt, stateKindsAt } from '../../model/log-places.js';
import { isOfAnotherKind, kindOfFile, NOT_WHAT_IT_IS_NAMED, notWhatItIsNamed, slashedOf, } from './file-kind.js';
import { servedOf } from '../served.js';
import { hoursNamed, seriesOf } from '../../model/log-names.js';
const elsewhere = {
    none: 'nothing runs it from where it lies, no log has its name, and no question needs it; findings in what was read of it stand',
};
const unread = {
    log: 'hours',
    page: 'state',
    state: 'state',
    program: 'state',
    collection: 'all',
    other: elsewhere,
};
/** Every reason has a line: a new one does not compile without. */
const effects = {
    truncated: unread,
    'nul-tail': unread,
    unsupported: unread,
    locked: unread,
    denied: unread,
    timeout: unread,
    memory: unread,
    depth: unread,
    bomb: unread,
    corrupt: unread,
    changed: unread,
    ioerror: unread,
    // An encrypted archive may contain anything that was moved into it.
    encrypted: { ...unread, other: 'state' },
    'too-long': {
        ...unread,
        program: {
            none: 'its beginning, where code lies, and its end were searched, and it is judged by its place, name and signature, too',
        },
    },
    policy: unread,
    excluded: unread,
    failed: unread,
};
export function effectOf(reason, kind) {
    return effects[reason][kind];
}
/** What all gaps of all files cost. */
export function lostCoverage(scans) {
    const hours = [];
    const blind = [];
    const served = servedOf(scans);
    const around = new Neighbours(scans);
    const locked = new Set();
    for (const scan of scans) {
        const gaps = gapsOf(scan, around, served);
        if (gaps.length === 0)
            continue;
        const { is, kinds } = kindOfFile(scan, served);
        const archive = is === 'other' ? lockedArchiveOf(scan) : null;
        if (archive !== null) {
            // Each archive is named once, however many files it holds.
            if (!locked.has(archive))
                append(blind, spotsOfLocked(archive));
            locked.add(archive);
            continue;
        }
        for (const gap of gaps) {
            const effect = effectOf(gap.reason, is);
            if (effect === 'hours' || effect === 'all')
                append(hours, hoursOf(scan, gap, kinds, around));
        }
        // A file is named once, by the first gap that leaves a state open.
        const first = gaps.find(({ reason }) => leavesState(effectOf(reason, is)));
        if (first === undefined)
            continue;
        const { path, reason, detail } = first;
        for (const kind of effectOf(reason, is) === 'all' ? allStates : kinds)
            blind.push({ path, kind, reason, detail });
    }
    return { hours, blind };
}
function leavesState(effect) {
    return effect === 'state' || effect === 'all';
}
/** The archive that a file lies in, or is, where it needs a password that is not known. */
function lockedArchiveOf({ artifact: { path }, gaps }) {
    if (!gaps.some(({ reason }) => reason === 'encrypted'))
        return null;
    const inner = path.lastIndexOf('!/');
    return inner >= 0 ? path.slice(0, inner) : path;
}
/** Logs, pages and settings may lie in it under any name. */
function spotsOfLocked(path) {
    const detail = 'an encrypted archive: what was moved into it cannot be told';
    return allStates.map((kind) => ({ path, kind, reason: 'encrypted', detail }));
}
/** States that a way back in can hide in. */
const allStates = [...waysBack.values()].flat();
/**
 * The gaps of a file; one that lies where a log or what defines a state lies, and holds nothing of one, was overwritten,
 * emptied or encrypted, or has something in front of it that makes another format of it, or is none.
 */
function gapsOf({ artifact, gaps }, around, served) {
    const { path, size, parser, kinds } = artifact;
    if (parser === null || gaps.some(({ length }) => length === size && size > 0))
        return gaps;
    const slashed = slashedOf(artifact);
    const own = parsersAt(slashed);
    if (own.size === 0) {
        const detail = size > 0 ? notWhatItIsNamed(artifact, served) : null;
        return detail === null ? gaps : [...gaps, { path, offset: 0, length: size, reason: 'unsupported', detail }];
    }
    if (size > 0 && own.has(parser)) {
        if (isCutToHeader(artifact, around))
            return [...gaps, { path, offset: size, length: 0, reason: 'truncated', detail: 'it has a header and no entries' }];
        if (isOfAnotherKind(artifact))
            return [
                ...gaps,
                { path, offset: 0, length: 0, reason: 'corrupt', detail: 'entries of another log than its place is of' },
            ];
        return gaps;
    }
    const [logs, states] = [logKindsAt(slashed), stateKindsAt(slashed)];
    if (size === 0) {
        // The newest of a series may not have been written to the disk yet.
        const series = seriesOf(path);
        const isNew = series !== null && around.isLast(artifact, series) && !around.wasFilled(artifact);
        if (logs.length > 0 && (!hasLogName(path) || isNew))
            return gaps;
        return [...gaps, { path, offset: 0, length: 0, reason: 'truncated', detail: 'it is empty' }];
    }
    const isRead = (wanted) => kinds.some((kind) => (wanted.endsWith('*') ? kind.startsWith(wanted.slice(0, -1)) : kind === wanted));
    // Whole rows of a log tell that it is one, whoever read them: rows that do not fit their header were written over, and
    // that a file is called like a configuration says nothing of it.
    if (states.length === 0 && logs.some(isRead))
        return gaps;
    const detail = logs.length > 0 ? 'it is named like a log and contains no log entries' : NOT_WHAT_IT_IS_NAMED;
    return [...gaps, { path, offset: 0, length: size, reason: 'unsupported', detail }];
}
/**
 * Has a log no entries, while its series goes on, or where it must have had some? The newest of a series may not have been
 * written to yet.
 */
function isCutToHeader(artifact, around) {
    const series = seriesOf(artifact.path);
    if (artifact.events > 0 || series === null || logKindsAt(slashedOf(artifact)).length === 0)
        return false;
    return !around.isLast(artifact, series) || around.wasFilled(artifact);
}
/** Logs into which something is written on every server that works: what looks after it asks for all of these all the time. */
const busy = /^(?:iis-(?:frontend|backend)|httpproxy-(?:autodiscover|ecp|ews|owa))$/;
/** Another file of a series without any entry had some, when so many of the last so many files have entries. */
const FILLED = { least: 3, most: 10 };
/** Longest time between the start of a log and its first entry: of a log of a day, and of one of an hour. */
const BEGUN = { day: 3_600_000, hour: 20 * 60_000 };
function hasLogName(path) {
    return /\.(?:log|evtx?)(?:\.enc)?$/i.test(path);
}
// ---------------------------------------------------------------- which hours
/** The hours between the entries around a gap; what no entry bounds is bounded by the files around it, and by their names. */
function hoursOf({ artifact }, gap, kinds, around) {
    const { path, size } = artifact;
    const { reason } = gap;
    // An artifact of which nothing was read has no entries around it.
    const whole = gap.length === size && artifact.events === 0;
    const after = whole ? undefined : gap.after;
    const before = whole ? undefined : gap.before;
    return kinds.map((kind) => {
        const named = hoursNamed(path);
        const earlier = after ?? around.before(artifact, kind);
        const later = before ?? around.after(artifact, kind, after);
        const from = earlier === undefined || earlier === null ? (named?.from ?? -Infinity) : hourOf(earlier);
        const to = later === undefined || later === null
            ? earlier === null
                ? (named?.to ?? Infinity)
                : Infinity
            : hourOf(later) + 1;
        const atEnd = before === undefined && later === null && after !== undefined;
        // Times that go backwards (a ring of records) bound nothing but what lies between them.
        return { kind, path, reason, atEnd, from: Math.min(from, to - 1), to: Math.max(to, from + 1) };
    });
}
/** Entries of the files before and after one. */
class Neighbours {
    #scans;
    #series = null;
    constructor(scans) {
        this.#scans = scans;
    }
    /** Does nothing follow the file in its series? */
    isLast(artifact, { name, from, number }) {
        this.#series ??= seriesIn(this.#scans);
        const last = this.#series.get(name)?.files.at(-1);
        const other = last === undefined ? null : seriesOf(last.artifact.path);
        return other === null || last?.artifact === artifact || (other.from === from && other.number === number);
    }
    /**
     * Must a file without entries at the end of its series have had some? The server worked in its time, as other logs say,
     * and logs of its kind are never empty then: no server is without such entries, or those before it all have some.
     */
    wasFilled(artifact) {
        const time = hoursNamed(artifact.path);
        if (time === null || !this.#wasAtWork(time))
            return false;
        const kinds = logKindsAt(slashedOf(artifact));
        if (kinds.length > 0 && kinds.every((kind) => busy.test(kind)))
            return true;
        const { files, at } = this.#place(artifact, kinds[0] ?? '');
        const before = files.slice(Math.max(0, at - FILLED.most), at);
        return before.length >= FILLED.least && before.every((file) => file.artifact.events > 0);
    }
    #wasAtWork({ from, to }) {
        const least = from * 3_600_000 + (to - from > 1 ? BEGUN.day : BEGUN.hour);
        const isOwn = (kind) => !stateKinds.has(kind) && !isOfTenant(kind) && !kind.startsWith(MISPLACED);
        return this.#scans.some(({ hours }) => hours.some(([kind, list]) => isOwn(kind) && list.some(([hour, , , last]) => hour >= from && hour < to && last >= least)));
    }
    /** The last entry of the file before it in its series; null where there is none. */
    before(artifact, kind) {
        const { files, at } = this.#place(artifact, kind);
        for (let i = at - 1; i >= 0; i--) {
            const { last } = files[i].artifact;
            if (last !== null)
                return last;
        }
        return null;
    }
    /** The first entry of the file behind it in its series. */
    after(artifact, kind, time) {
        const { files, at, isNamed } = this.#place(artifact, kind);
        for (let i = at + 1; i < files.length; i++) {
            const { first } = files[i].artifact;
            if (first !== null && (isNamed || time === undefined || first > time))
                return first;
        }
        return null;
    }
    /** Files of one series lie in the order of their names; those without such names in that of their first entries. */
    #place(artifact, kind) {
        this.#series ??= seriesIn(this.#scans);
        const series = seriesOf(artifact.path);
        const found = this.#series.get(series === null ? `\0${kind}` : series.name);
        const at = found?.places.get(artifact);
        // The place of a file without entries is not known among others whose names do not give theirs either.
        return found === undefined || at === undefined
            ? { files: [], at: 0, isNamed: false }
            : { files: found.files, at, isNamed: series !== null };
    }
}
function seriesIn(scans) {
    const groups = new Map();
    for (const scan of scans) {
        const series = seriesOf(scan.artifact.path);
        if (series !== null)
            addTo(groups, series.name, scan);
        for (const kind of scan.artifact.kinds)
            if (!stateKinds.has(kind) && !isOfTenant(kind))
                addTo(groups, `\0${plainKind(kind)}`, scan);
    }
    for (const [name, group] of groups) {
        if (name.startsWith('\0'))
            group.sort((a, b) => (a.artifact.first ?? 0) - (b.artifact.first ?? 0));
        else
            group.sort((a, b) => {
                const [one, other] = [seriesOf(a.artifact.path), seriesOf(b.artifact.path)];
                return one.from - other.from || one.number - other.number;
            });
    }
    return new Map([...groups].map(([name, files]) => [name, { files, places: placesIn(files) }]));
}
function placesIn(files) {
    const places = new Map();
    // A file of two kinds of one name is there twice: the first counts.
    for (const [at, { artifact }] of files.entries())
        if (!places.has(artifact))
            places.set(artifact, at);
    return places;
}
//# sourceMappingURL=lost-coverage.js.map