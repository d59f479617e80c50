import { append } from '../lib/collections.js';
import { fieldText } from '../model/event.js';
import { kindsAboutFiles, isBackEnd } from '../model/log-kinds.js';
import { isMisplaced, standingOf } from '../model/own-places.js';
import { logsThatExplainNothing } from './second-series.js';
/**
 * All hits with their artifact and rule. Rows of two copies of one log are the same rows and count once. A file counts once
 * in each location: the same bytes in four folders of the server are four files, one folder in two collections is one.
 */
export function located(scans, infos) {
    const rows = new Map();
    const all = [];
    for (const { certainty, ...found } of hitsOf(scans, infos, false)) {
        const { own } = keysOf({ ...found, certainty });
        const before = rows.get(own);
        if (found.sha256 && before !== undefined) {
            // Of two copies the one at its own place counts: nobody takes weight from a log by a copy elsewhere.
            if (doubtOfHit(found) < doubtOfHit(all[before]))
                all[before] = found;
            continue;
        }
        rows.set(own, all.push(found) - 1);
    }
    append(all, filesOf(hitsOf(byCertainty(scans), infos, true)));
    return all;
}
/** How much speaks against the place of the log that a row stands in. */
function doubtOfHit({ misplaced, custom }) {
    return misplaced ? 2 : custom ? 1 : 0;
}
/** Facts about files, each location once; those of known locations come first. */
function filesOf(hits) {
    const seen = new Map();
    const all = [];
    for (const { certainty, ...found } of hits) {
        const { own, inShadow, anywhere } = keysOf({ ...found, certainty });
        const elsewhere = certainty === 'none' ? seen.get(anywhere) : undefined;
        const isCopy = seen.has(own) || (elsewhere !== undefined && reach(elsewhere) >= reach(found));
        if (found.sha256 && isCopy)
            continue;
        all.push(found);
        seen.set(own, found);
        if (certainty === 'none')
            continue;
        seen.set(inShadow, found);
        if (reach(found) >= reach(seen.get(anywhere) ?? found))
            seen.set(anywhere, found);
    }
    return all;
}
/** The hits of all scans with their rules: those about a file in its location, or all others. */
function* hitsOf(scans, infos, placed) {
    const beside = placed ? new Set() : logsThatExplainNothing(scans);
    for (const scan of scans) {
        const misplaced = scan.hits.length > 0 && isMisplaced(scan) ? { misplaced: true } : {};
        const isCustom = beside.has(scan.artifact) || standingOf(scan.artifact) === 'custom';
        const custom = scan.hits.length > 0 && isCustom ? { custom: true } : {};
        const place = placed ? placeOf(scan.artifact) : null;
        for (const hit of scan.hits) {
            const info = infos.get(hit.rule);
            if (!info || kindsAboutFiles.has(hit.event.log) !== placed)
                continue;
            const { sha256: digest } = scan.artifact;
            yield {
                ...hit,
                sha256: digest,
                info,
                joined: [],
                place,
                certainty: certaintyOf(scan.artifact),
                ...misplaced,
                ...custom,
            };
        }
    }
}
/** Where a file lies on the server; where nothing says so, where it lies in its container. */
function placeOf({ path, windowsPath }) {
    return (windowsPath ?? path.slice(path.lastIndexOf('!/') + 1)).replaceAll('/', '\\').toLowerCase();
}
function certaintyOf({ windowsPath }) {
    if (windowsPath === null)
        return 'none';
    return shadow.test(windowsPath) ? 'shadow' : 'full';
}
const shadow = /^\\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy\d{1,9}\\/i;
/** Files of known locations first, so that copies of which less is known can be compared with them. */
function byCertainty(scans) {
    const groups = Map.groupBy(scans, ({ artifact }) => certaintyOf(artifact));
    return ['full', 'shadow', 'none'].flatMap((certainty) => groups.get(certainty) ?? []);
}
/** What makes a hit the same as another, and the same as its copies in a shadow copy and where no location is known. */
function keysOf({ event, rule, match, sha256: digest, place, certainty }) {
    // A copy of a log that lies among those of the back end stands for no row of the front end.
    const side = isBackEnd(event.log) ? 'back' : '';
    const key = (at) => [digest, event.at.offset, event.at.length, rule, side, match?.key ?? '', at].join('\0');
    const inShadow = key(`shadow ${(place ?? '').replace(shadow, '').replace(/^[a-z]:\\/, '')}`);
    const own = certainty === 'shadow' && place ? inShadow : key(place ?? '');
    return { own, inShadow, anywhere: key('anywhere') };
}
/** What a file can do where it lies. */
function reach({ event }) {
    if (event.log !== 'web-roots')
        return 0;
    return fieldText(event, 'WebRoot') === 'unknown' ? 1 : 2;
}
//# sourceMappingURL=located.js.map