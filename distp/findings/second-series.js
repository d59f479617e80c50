import { addTo, greatestOf, leastOf } from '../lib/collections.js';
import { isFrontEnd, isIisLog, isProxyLog, stateKinds } from '../model/log-kinds.js';
import { logNameOf } from '../model/log-names.js';
import { hasOwnPlace, standingOf } from '../model/own-places.js';
import { DAY, HOUR, MINUTE } from '../lib/time.js';
/**
 * Logs beside those that the server wrote: a second series of a kind, in another folder, of the time of the first one, which
 * has most hours; a file whose entries are of another time than its name; and a second file of the same time. A
 * service writes one series, each file in its time; added files form others.
 */
export function logsBeside(scans) {
    const beside = new Set();
    const kinds = new Map();
    const byTime = new Map();
    const forms = new Map();
    for (const scan of scans) {
        const { artifact } = scan;
        const log = scan.hours.find(([, hours]) => hours.length > 0)?.[0];
        if (log === undefined || artifact.parser === null || !series.has(artifact.parser) || !hasOwnPlace(artifact))
            continue;
        if (isOfAnotherTime(artifact))
            beside.add(artifact);
        addTo(byTime, timeKey(log, artifact), artifact);
        forms.set(formOf(artifact), (forms.get(formOf(artifact)) ?? 0) + 1);
        const site = siteOf(artifact);
        const folders = kinds.get(`${log}\0${site}`) ?? new Map();
        kinds.set(`${log}\0${site}`, folders);
        const folder = folderOf(artifact);
        const own = folders.get(folder);
        if (own)
            own.push(scan);
        else
            folders.set(folder, [scan]);
    }
    for (const folders of kinds.values()) {
        if (folders.size < 2)
            continue;
        const [first, ...others] = asWritten([...folders.values()].map(seriesIn));
        for (const { own } of others)
            for (const scan of own)
                if (isWithin(scan, first))
                    beside.add(scan.artifact);
    }
    for (const [key, files] of byTime)
        if (key !== '' && files.length > 1)
            for (const one of together(files, forms))
                beside.add(one);
    return beside;
}
/**
 * Logs that an intruder may have added, so that nothing that they show explains what others do: those beside the series of the server;
 * in a folder of one's own where logs lie in those of their products, or of no protocol; of another site than the one of Exchange; and
 * of several of one kind and time in one place those that have another name than the service gives them, or else are smaller.
 */
export function logsThatExplainNothing(scans) {
    let doubted = known.get(scans);
    if (doubted === undefined)
        known.set(scans, (doubted = doubtedIn(scans)));
    return doubted;
}
/** Of a list of scans, which is complete when it is asked about. */
const known = new WeakMap();
function doubtedIn(scans) {
    const doubted = new Set(logsBeside(scans));
    const logs = scans.flatMap(({ artifact, hours }) => {
        const kind = hasOwnPlace(artifact) ? kindOf(hours) : null;
        return kind === null ? [] : [{ artifact, kind, standing: standingOf(artifact), hours }];
    });
    const placed = new Set(logs.flatMap(({ kind, standing }) => (standing === 'own' || standing === 'loose' ? [kind] : [])));
    const hasPlaces = logs.some(({ standing }) => standing === 'own');
    for (const { artifact, kind, standing } of logs)
        if (standing === 'custom' && (hasPlaces || placed.has(kind)))
            doubted.add(artifact);
    // A log of HttpProxy in a folder that is of no protocol, where those of protocols are.
    const isOfProtocol = (kind) => isProxyLog(kind) && kind !== 'httpproxy-unknown';
    if ([...placed].some(isOfProtocol))
        for (const { artifact, kind } of logs)
            if (kind === 'httpproxy-unknown')
                doubted.add(artifact);
    const own = logs.filter(({ artifact }) => !doubted.has(artifact));
    for (const artifact of [...ofOtherSites(own), ...ofOneTime(own), ...ofOtherChannels(own)])
        doubted.add(artifact);
    return doubted;
}
/**
 * Of files that are to be read those that can only be logs of the one series of their kind and place, by names and places alone: no
 * other folder has such logs, no other file has their time or a name in another form, and no site for clients has a lower number.
 */
export function logsOfOneSeries(files) {
    const logs = files.flatMap((file) => {
        const name = logNameOf(file.path);
        const folder = folderOf(file);
        return name === null
            ? []
            : [{ file, name, folder, site: siteOf(file), isStandard: isInStandardFolder(pathOf(file)) }];
    });
    const folders = Map.groupBy(logs, ({ folder, site }) => site || folder.split('/').slice(-2).join('/'));
    const sites = logs.flatMap(({ site }) => (site === '' ? [] : [siteNumber(site)]));
    const firstSite = leastOf(sites, Infinity);
    return new Set([...folders.values()].flatMap((own) => {
        const { folder, site, file, isStandard } = own[0];
        const isOne = own.every((log) => log.folder === folder && formOf(log.file) === formOf(file));
        const isFirst = site === '' || siteNumber(site) === firstSite;
        if (!isStandard || !isOne || !isFirst)
            return [];
        const ofOneTime = Map.groupBy(own, ({ name }) => name.from);
        return [...ofOneTime.values()].flatMap((logs) => (logs.length === 1 ? [logs[0].file.path] : []));
    }));
}
/** The first kind of log that has entries; null of a state. */
function kindOf(hours) {
    return hours.find(([kind, list]) => list.length > 0 && !stateKinds.has(kind))?.[0] ?? null;
}
/** Exchange has one site for clients: of several that have logs of requests at the same time it is the one with most hours. */
function ofOtherSites(logs) {
    const sites = [
        ...Map.groupBy(logs.filter(({ kind }) => isIisLog(kind) && isFrontEnd(kind)), ({ artifact }) => siteOf(artifact)),
    ];
    const [first, ...others] = asWritten(sites.map(([, own]) => seriesIn(own)));
    return others.flatMap(({ own }) => own.flatMap((log) => (isWithin(log, first) ? [log.artifact] : [])));
}
function siteOf(place) {
    return /\/(w3svc\d{1,12})\//.exec(pathOf(place))?.[1] ?? '';
}
function siteNumber(site) {
    return Number(site.slice('w3svc'.length)) || Infinity;
}
function pathOf({ windowsPath, path }) {
    return (windowsPath ?? path).toLowerCase().replaceAll('\\', '/');
}
function folderOf(place) {
    const path = pathOf(place);
    return path.slice(0, path.lastIndexOf('/'));
}
/**
 * A log goes on where the last one ends: of two in one folder, or of one kind of Windows' logs, with entries of the same time the one
 * whose name is not that of the series is another's, and else the smaller one. Two processes may write logs of one series.
 */
function ofOneTime(logs) {
    const groups = Map.groupBy(logs, ({ artifact, kind }) => {
        return series.has(artifact.parser) ? `${kind}\0${folderOf(artifact)}` : kind;
    });
    return [...groups].flatMap(([, own]) => besideOthers(own.map(({ artifact, kind }) => ({ artifact, kind }))));
}
/**
 * Event logs in the folder of Windows with entries of a channel whose own log is there, too: archives, which Windows makes only where
 * that is set, and files that anyone may have added.
 */
function ofOtherChannels(logs) {
    const ofWindows = logs.flatMap(({ artifact, hours }) => series.has(artifact.parser ?? '')
        ? []
        : hours.flatMap(([kind, list]) => (list.length > 0 && CHANNEL.test(kind) ? [{ artifact, kind }] : [])));
    const named = new Set(ofWindows.flatMap((log) => (rankOf(log) === 0 ? [log.kind] : [])));
    return ofWindows.flatMap((log) => named.has(log.kind) && rankOf(log) > 0 && standingOf(log.artifact) === 'own' ? [log.artifact] : []);
}
/** Kinds that are one channel each. */
const CHANNEL = /^(?:windows-(?!other$)|msexchange-management$)/;
function besideOthers(logs) {
    const sorted = [...logs].sort((a, b) => rankOf(a) - rankOf(b) ||
        Number(isCopy(a.artifact)) - Number(isCopy(b.artifact)) ||
        b.artifact.events - a.artifact.events ||
        (a.artifact.path < b.artifact.path ? -1 : 1));
    const named = sorted.filter((log) => rankOf(log) === 0);
    // Logs in the name of the series are looked at elsewhere.
    const [main, others] = series.has(sorted[0].artifact.parser ?? '')
        ? [named, sorted.slice(named.length)]
        : [sorted.slice(0, 1), sorted.slice(1)];
    // Of these Windows and Exchange keep a log by this name on every server: what has another one is no part of it.
    if (named.length === 0 && ofEveryServer.has(sorted[0].kind))
        return sorted.flatMap(({ artifact }) => (standingOf(artifact) === 'loose' ? [] : [artifact]));
    return others.flatMap((log) => main.some((other) => isOfSameTime(log.artifact, other.artifact)) ? [log.artifact] : []);
}
function isOfSameTime(one, other) {
    return other.sha256 !== one.sha256 && overlap(one, other) > MINUTE;
}
/** Windows writes no event log in this form. */
const isCopy = ({ path }) => !/\.evtx?(?:\.gz)?$/i.test(path);
const ofEveryServer = new Set([
    'windows-application',
    'windows-security',
    'windows-system',
    'msexchange-management',
]);
/** 0 where the log has the name that its service gives it. */
function rankOf({ artifact, kind }) {
    if (series.has(artifact.parser ?? ''))
        return logNameOf(artifact.path) === null ? 1 : 0;
    const name = artifact.path.slice(artifact.path.lastIndexOf('/') + 1).toLowerCase();
    const stem = name
        .split('.', 1)[0]
        .split('%4', 1)[0]
        .replace(/^(?:microsoft-windows-)?(?:windows )?/, '');
    const lettersOf = (text) => text.replaceAll(/[^a-z0-9]/g, '');
    return lettersOf(stem) === lettersOf(kind.replace('windows-', '')) ? 0 : 1;
}
/** The kind and folder of a log and the time that its name says; empty where it says none. */
function timeKey(kind, artifact) {
    const name = logNameOf(artifact.path);
    return name === null ? '' : `${kind}\0${folderOf(artifact)}\0${name.from}`;
}
/**
 * Of files of one series and time those with entries of the same time as another one, since what rotates goes on where the last one
 * ends: of names in one form the one with the lower number counts, or the larger one. Where they have several forms it is the one
 * that nearly all of the series have; and where no form is, none of them counts.
 */
function together(files, forms) {
    const often = (file) => forms.get(formOf(file)) ?? 0;
    const number = ({ path }) => logNameOf(path)?.number || Infinity;
    const byNumber = (a, b) => {
        const [one, other] = [number(a), number(b)];
        return one === other ? b.events - a.events : one - other;
    };
    const sorted = [...files].sort((a, b) => often(b) - often(a) || byNumber(a, b));
    const { from, to } = logNameOf(files[0].path);
    const most = to - from > 1 ? HOUR : RECYCLED;
    const isSameTime = (one, other) => other.sha256 !== one.sha256 && overlap(one, other) > most;
    const isRival = (one, other) => (formOf(one) !== formOf(other) && often(other) * RARE >= often(one)) || pathOf(one) === pathOf(other);
    return sorted.filter((file, i) => sorted.some((other, j) => isSameTime(file, other) && (j < i || isRival(file, other))));
}
/** Names of one form are few where other names of the series are this many times as many. */
const RARE = 2;
/** So long two processes of one pool may write at the same time, while one takes over from the other. */
const RECYCLED = 10 * MINUTE;
/** The folder and name of a log without its numbers. */
function formOf(place) {
    const path = pathOf(place);
    const name = path.lastIndexOf('/') + 1;
    return path.slice(0, name) + path.slice(name).replaceAll(/\d+/g, '0');
}
function overlap(a, b) {
    if (a.first === null || a.last === null || b.first === null || b.last === null)
        return 0;
    return Math.min(a.last, b.last) - Math.max(a.first, b.first);
}
/** Parsers of logs of which a service writes a series. */
const series = new Set(['iis', 'exchange-csv', 'httperr']);
/** A log of a day, or of a week that is named by a number, ends soon after the time of its name. */
export function isOfAnotherTime({ path, first, last }) {
    const named = logNameOf(path);
    if (named === null || first === null || last === null)
        return false;
    return first < named.from * HOUR - 2 * DAY || last > named.to * HOUR + 8 * DAY;
}
function seriesIn(own) {
    const hours = new Set(own.flatMap((log) => log.hours.flatMap(([, list]) => list.map(([hour]) => hour))));
    return {
        own,
        isStandard: isStandard(own[0]),
        site: siteNumber(siteOf(own[0].artifact)),
        days: new Set([...hours].map((hour) => Math.floor((hour * HOUR) / DAY))).size,
        hours: hours.size,
        from: leastOf(hours, Infinity),
        to: greatestOf(hours, -Infinity),
    };
}
/** Where IIS and Exchange write logs as they are installed. */
const STANDARD = {
    iis: /\/(?:inetpub\/logs|windows\/system32)\/logfiles\/[^/]{1,20}\/[^/]{1,200}$/,
    exchange: /\/microsoft\/exchange server\/v1[45]\/(?:logging|transportroles)\//,
};
function isInStandardFolder(path) {
    return STANDARD.iis.test(path) || STANDARD.exchange.test(path);
}
/** Is the folder the one of its product, and has that of Exchange the name of the log? */
function isStandard({ artifact, hours }) {
    const path = pathOf(artifact);
    const folder = path.split('/').at(-2) ?? '';
    return STANDARD.iis.test(path) || (STANDARD.exchange.test(path) && (kindOf(hours) ?? '').split('-').includes(folder));
}
/** Has the file entries of the time of a series? */
function isWithin({ artifact: { first, last } }, { from, to }) {
    return first !== null && last !== null && from * HOUR <= last && (to + 1) * HOUR > first;
}
/** The series that the server writes comes first: the one in the standard place, unless another one
 * has twice its days; else the longest. */
function asWritten(all) {
    const longest = greatestOf(all.map(({ days }) => days), 0);
    const rank = ({ isStandard, days }) => (isStandard && days * 2 >= longest ? 0 : 1);
    // The site that was there first has the lowest number: it is the one that Exchange has for its clients.
    return [...all].sort((a, b) => rank(a) - rank(b) || (rank(a) === 0 ? a.site - b.site || 0 : 0) || b.days - a.days || b.hours - a.hours);
}
//# sourceMappingURL=second-series.js.map