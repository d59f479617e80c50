import { counted, ofAll } from '../lib/amounts.js';
import { addTo } from '../lib/collections.js';
import { iso } from '../lib/time.js';
import { shareOf } from '../lib/shares.js';
import { correlate, weightOfRow } from '../rules/correlation.js';
import { requestsOfRows } from './same-request.js';
import { doubtOf } from '../model/own-places.js';
const MOST = { weight: 500_000, matches: 1_000, hits: 100, file: 50, host: 20 };
/**
 * Takes scans in any order and keeps the first rows for correlations of every file, of each as many at most; those beyond
 * are counted. What is kept does not depend on the order, and never is much more held than is kept.
 */
export class KeptTrails {
    #most;
    #ofFile;
    /** What the rows of each file would weigh. */
    #scans = new Map();
    #held = 0;
    constructor({ weight, file } = MOST) {
        this.#most = weight;
        this.#ofFile = file;
    }
    /** A scan that came; `scans` are those that are there, at their places. */
    came(scans, at) {
        const weight = scans[at].trails.reduce((sum, trail) => sum + weightOf(trail), 0);
        if (weight === 0)
            return;
        this.#scans.set(at, weight);
        this.#held += weight;
        if (this.#held > 2 * this.#most)
            this.#thin(scans);
    }
    /** All came: no more is held than is kept. */
    finish(scans) {
        if (this.#held > this.#most)
            this.#thin(scans);
    }
    #thin(scans) {
        const share = Math.max(this.#ofFile, shareOf([...this.#scans.values()], this.#most));
        this.#held = 0;
        for (const [at, weight] of this.#scans) {
            this.#held += Math.min(weight, share);
            if (weight <= share)
                continue;
            let left = share;
            const trails = scans[at].trails.map((trail) => {
                const kept = within(trail, left);
                left -= weightOf(kept);
                return kept;
            });
            scans[at] = { ...scans[at], trails };
        }
    }
}
/** Numbers that a trail has of each row. */
const NUMBERS = 8;
const rowsOf = ({ rows }) => rows.length / NUMBERS;
function weightOf(trail) {
    return rowsOf(trail) + trail.keys.length * (weightOfRow(true) - weightOfRow(false));
}
/** The first rows of a trail, as far as there is room for them; the others are counted. */
function within(trail, room) {
    if (weightOf(trail) <= room)
        return trail;
    let [kept, keys, weight] = [0, 0, 0];
    for (; kept < rowsOf(trail); kept++) {
        const isNew = trail.rows[kept * NUMBERS + 1] === keys;
        weight += weightOfRow(isNew);
        if (weight > room)
            break;
        if (isNew)
            keys++;
    }
    return {
        ...trail,
        keys: trail.keys.slice(0, keys),
        rows: trail.rows.slice(0, kept * NUMBERS),
        beyond: trail.beyond + rowsOf(trail) - kept,
    };
}
/**
 * Holds the rows of all files against the correlations: each match becomes hits of the correlation, in the files where its
 * rows stand. The scans come in the order of their paths. Hits of rules that are only parts are taken out.
 */
export function withCorrelations(scans, { events, correlations = [] }, most = MOST) {
    if (correlations.length === 0)
        return { scans, notes: [] };
    const titles = new Map([...events, ...correlations].map(({ info }) => [info.id, info.title]));
    const rows = new PlacedRows(scans);
    const { matches, ungrouped } = correlate(correlations, rows);
    const told = new Map();
    /** Matches that are shown, by correlation and host; and those that are not, by correlation. */
    const [shown, left] = [new Map(), new Map()];
    const hits = new Map();
    const whole = new WholeRows(scans);
    for (const match of inOrder(matches, rows)) {
        const { id } = match.correlation.info;
        const number = (told.get(id) ?? 0) + 1;
        told.set(id, number);
        const host = `${id}\0${rows.of(match.rows[0]).key.host ?? ''}`;
        const ofHost = (shown.get(host) ?? 0) + 1;
        if (number > most.matches && ofHost > most.host) {
            left.set(id, (left.get(id) ?? 0) + 1);
            continue;
        }
        shown.set(host, ofHost);
        for (const [scan, hit] of hitsOf(match, rows, whole, most.hits))
            addTo(hits, scan, hit);
    }
    const notes = [
        ...limits(scans, titles),
        ...ungrouped.map(({ correlation: { info, groupBy }, rows }) => `correlation ${info.title}: ${counted(rows, 'row')} without ${groupBy.join(' or ')}, in no group`),
        ...[...left].map(([id, n]) => `correlation ${titles.get(id)}: ${ofAll(n, told.get(id), 'match', 'matches')}, counted and not shown`),
    ];
    const parts = new Set(events.filter((rule) => rule.isPart).map(({ info }) => info.id));
    const isOwn = ({ rule }) => !parts.has(rule);
    return {
        notes,
        scans: scans.map((scan, i) => scan.trails.length === 0
            ? scan
            : {
                ...scan,
                hits: [...scan.hits.filter(isOwn), ...(hits.get(i) ?? [])],
                more: scan.more.filter(isOwn),
                trails: [],
            }),
    };
}
/** What was not counted, in words: nothing is left out in silence. */
function limits(scans, titles) {
    const sums = new Map();
    for (const { rule, untimed, beyond } of scans.flatMap((scan) => scan.trails)) {
        const sum = sums.get(rule) ?? { untimed: 0, beyond: 0 };
        sums.set(rule, { untimed: sum.untimed + untimed, beyond: sum.beyond + beyond });
    }
    return [...sums]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([rule, { untimed, beyond }]) => [
        ...(untimed > 0
            ? [`correlations: ${counted(untimed, 'row')} of the rule ${titles.get(rule)} without a time, not counted`]
            : []),
        ...(beyond > 0
            ? [
                `correlations: more rows match the rule ${titles.get(rule)} than are held; not counted: ${counted(beyond, 'row')}`,
            ]
            : []),
    ]);
}
// ---------------------------------------------------------------- rows
/**
 * All rows in the order of their times, those that stand in several copies of a file once. They are held in columns, and
 * by number: an object for each would take ten times the room.
 */
class PlacedRows {
    times;
    ruleOf;
    rules;
    valuesOf;
    values;
    requestOf;
    #scans;
    #trails;
    #trailOf;
    /** Where the numbers of a row begin in its trail. */
    #at;
    constructor(scans) {
        const trails = trailsOf(scans);
        const all = columnsOf(trails);
        const kept = inTime(all);
        this.#scans = scans;
        this.#trails = trails;
        this.#trailOf = kept.map((row) => all.trailOf[row]);
        this.#at = kept.map((row) => all.at[row]);
        this.times = new Float64Array(kept.length).map((_, row) => all.time[kept[row]]);
        this.rules = all.rules;
        this.ruleOf = this.#trailOf.map((trail) => all.ruleOf[trail]);
        this.values = trails.flatMap(({ trail }) => trail.keys.map(({ values }) => values));
        const firstKey = startsOf(trails.map(({ trail }) => trail.keys.length));
        this.valuesOf = kept.map((_, row) => firstKey[this.#trailOf[row]] + this.#number(row, 1));
        this.requestOf = requestsOfRows(kept.length, (row) => this.#requestRow(row));
    }
    /** What the trail says of a row. */
    of(row) {
        const { scan, trail } = this.#trails[this.#trailOf[row]];
        const [offset, length, number] = [this.#number(row, 2), this.#number(row, 3), this.#number(row, 4)];
        const { path } = this.#scans[scan].artifact;
        const key = trail.keys[this.#number(row, 1)];
        return { scan, rule: trail.rule, time: this.times[row], key, at: { path, offset, length }, number };
    }
    #requestRow(row) {
        const [asked, id] = [this.#number(row, 6), this.#number(row, 7)];
        if (asked === 0 && id === 0)
            return null;
        const { scan, trail } = this.#trails[this.#trailOf[row]];
        const { log } = trail.keys[this.#number(row, 1)];
        return { asked, id, log, time: this.times[row], place: `${scan} ${this.#number(row, 2)}` };
    }
    #number(row, which) {
        return this.#trails[this.#trailOf[row]].trail.rows[this.#at[row] + which];
    }
}
/** The trails of all files, of files that are the same to the byte those of the first that lies best. */
function trailsOf(scans) {
    const best = new Map();
    const all = scans.flatMap((one, scan) => (one.trails.length === 0 ? [] : [{ one, scan, doubt: doubtOf(one) }]));
    for (const { one, scan, doubt } of all) {
        const { sha256 } = one.artifact;
        const before = best.get(sha256);
        if (before === undefined || doubt < before.doubt)
            best.set(sha256, { scan, doubt });
    }
    return all
        .filter(({ one: { artifact }, scan }) => artifact.sha256 === '' || best.get(artifact.sha256).scan === scan)
        .flatMap(({ one, scan, doubt }) => one.trails.map((trail) => ({ scan, trail, doubt })));
}
function columnsOf(trails) {
    const rules = [...new Set(trails.map(({ trail }) => trail.rule))].sort();
    const size = trails.reduce((sum, { trail }) => sum + rowsOf(trail), 0);
    const columns = {
        trailOf: new Uint32Array(size),
        at: new Uint32Array(size),
        time: new Float64Array(size),
        offset: new Float64Array(size),
        identity: new Float64Array(size),
        scanOf: Uint32Array.from(trails, ({ scan }) => scan),
        doubtOf: Uint8Array.from(trails, ({ doubt }) => doubt),
        ruleOf: Uint32Array.from(trails, ({ trail }) => rules.indexOf(trail.rule)),
        rules,
    };
    let row = 0;
    for (const [number, { trail }] of trails.entries()) {
        for (let at = 0; at < trail.rows.length; at += NUMBERS, row++) {
            columns.trailOf[row] = number;
            columns.at[row] = at;
            columns.time[row] = trail.rows[at];
            columns.offset[row] = trail.rows[at + 2];
            columns.identity[row] = trail.rows[at + 5];
        }
    }
    return columns;
}
/** The first of each when they stand one after the other. */
function startsOf(lengths) {
    let next = 0;
    return lengths.map((length) => (next += length) - length);
}
/** The numbers of the rows that count, in the order of their times, places and rules. */
function inTime(columns) {
    const { time, offset } = columns;
    const [scanOf, ruleOf] = [byRow(columns, columns.scanOf), byRow(columns, columns.ruleOf)];
    const order = new Uint32Array(time.length)
        .map((_, row) => row)
        .sort((a, b) => time[a] - time[b] || scanOf[a] - scanOf[b] || offset[a] - offset[b] || ruleOf[a] - ruleOf[b]);
    let kept = 0;
    for (let from = 0, to = 0; from < order.length; from = to) {
        for (to = from + 1; to < order.length && time[order[to]] === time[order[from]]; to++)
            ;
        const left = to === from + 1 ? null : copiesAmong(order.subarray(from, to), columns, scanOf, ruleOf);
        for (let at = from; at < to; at++)
            if (!left?.has(order[at]))
                order[kept++] = order[at];
    }
    return order.slice(0, kept);
}
function byRow({ trailOf }, ofTrail) {
    return trailOf.map((trail) => ofTrail[trail]);
}
/**
 * A log may be there twice, once shorter than the other. Of rows that are the same to the letter those of one file count:
 * of the one that lies best, and of these of the one that has most of them. A record that has a number is there once. The rows
 * given are of one time.
 */
function copiesAmong(rows, { identity, doubtOf: doubts, trailOf }, scanOf, ruleOf) {
    const copies = new Set();
    const byIdentity = Map.groupBy(rows, (row) => identity[row]);
    if (byIdentity.size === rows.length)
        return copies;
    for (const [number, same] of byIdentity) {
        for (const ofRule of Map.groupBy(same, (row) => ruleOf[row]).values()) {
            const least = ofRule.reduce((doubt, row) => Math.min(doubt, doubts[trailOf[row]]), Infinity);
            const placed = ofRule.filter((row) => doubts[trailOf[row]] === least);
            const kept = number < 0 ? placed.slice(0, 1) : mostOfOne(placed, scanOf);
            if (kept.length < ofRule.length)
                for (const row of ofRule)
                    if (!kept.includes(row))
                        copies.add(row);
        }
    }
    return copies;
}
function mostOfOne(rows, scanOf) {
    const byScan = Map.groupBy(rows, (row) => scanOf[row]);
    return [...byScan.values()].reduce((most, each) => (each.length > most.length ? each : most));
}
// ---------------------------------------------------------------- matches
function inOrder(matches, rows) {
    const key = (match) => keyOf(match, rows);
    return [...matches].sort((a, b) => a.rows[0] - b.rows[0] || (key(a) < key(b) ? -1 : 1));
}
function keyOf({ correlation, group, rows: [first] }, rows) {
    const { path, offset } = rows.of(first).at;
    return JSON.stringify([correlation.info.id, group, path, offset]);
}
/** The first rows of a match and its last one. */
function hitsOf(match, rows, whole, most) {
    const { correlation, rows: all } = match;
    const kept = all.length <= most ? [...all] : [...all.subarray(0, most - 1), all.at(-1)];
    const said = { key: keyOf(match, rows), rows: countOf(match, rows), says: says(match, rows) };
    return kept.map((number) => {
        const row = rows.of(number);
        return [row.scan, { rule: correlation.info.id, matched: [`rule ${row.rule}`], event: whole.of(row), match: said }];
    });
}
/** How many rows, those of several logs of one request once. */
function countOf({ rows }, { requestOf }) {
    return requestOf ? new Set(Array.from(rows, (row) => requestOf[row])).size : rows.length;
}
/** `12 rows of 2 rules, no two more than 10m apart …` */
function says(match, all) {
    const { correlation, group, rows } = match;
    const { times } = all;
    const count = countOf(match, all);
    const what = count < rows.length
        ? `${counted(count, 'request')} in ${counted(rows.length, 'row')} of several logs`
        : counted(count, 'row');
    const { type, groupBy, span } = correlation;
    const by = groupBy.map((name, i) => `${name} = ${group[i].slice(0, 100).replaceAll('\0', ', ')}`);
    const from = iso(times[rows[0]]);
    const to = iso(times[rows.at(-1)]);
    return `${type} within ${spanOf(span)}: ${what}, ${from} to ${to}${by.length > 0 ? `; ${by.join(', ')}` : ''}`;
}
function spanOf(span) {
    const [unit, of] = [
        ['d', 86_400_000],
        ['h', 3_600_000],
        ['m', 60_000],
    ].find(([, ms]) => span % ms === 0) ?? ['s', 1_000];
    return `${span / of}${unit}`;
}
/** The events of rows: as they were read where they were kept, else what the trail says of them. */
class WholeRows {
    #scans;
    #known = new Map();
    constructor(scans) {
        this.#scans = scans;
    }
    of({ rule, time, key, scan, at, number }) {
        let known = this.#known.get(scan);
        if (!known) {
            const { hits } = this.#scans[scan];
            known = new Map(hits.map((hit) => [placeOf(hit.rule, hit.event.at), hit.event]));
            this.#known.set(scan, known);
        }
        const { log, timeBasis, host, client, user, values, counts } = key;
        const roles = { host, client, user, target: null, request: null, session: null };
        return (known.get(placeOf(rule, at)) ?? {
            log,
            sources: [],
            time,
            timeBasis,
            fields: values,
            raw: '',
            at: { ...at, ...(number > 0 ? { [counts]: number } : {}) },
            ...roles,
        });
    }
}
const placeOf = (rule, { offset, length }) => `${offset} ${length} ${rule}`;
/** Rules whose rows correlations count, and that therefore are kept as long as it can be. */
export function trailed({ events }) {
    return new Set(events.filter((rule) => rule.trail).map(({ info }) => info.id));
}
/** Rules that a correlation counts, be it by way of others: what must be asked to tell it again. */
export function countedBy(correlation, { events, correlations = [] }) {
    const byId = new Map(correlations.map((each) => [each.info.id, each]));
    const wanted = new Set();
    const want = (id) => {
        if (wanted.has(id))
            return;
        wanted.add(id);
        byId.get(id)?.of.forEach(want);
    };
    want(correlation);
    const isWanted = ({ info }) => wanted.has(info.id);
    return { events: events.filter(isWanted), correlations: correlations.filter(isWanted) };
}
//# sourceMappingURL=correlations.js.map