import { formatCount, formatList } from '../../lib/amounts.js';
import { MISPLACED } from '../../model/log-kinds.js';
import { logsThatExplainNothing } from '../../findings/second-series.js';
import { webRootOf } from '../../model/file-fields.js';
import { isConfigOfApplication, isInOwnWebRoot, standingOf, isMisplaced, } from '../../model/own-places.js';
/**
 * Logs and states that lie where their product never keeps them: below a web root, in a folder for temporary files, in an
 * archive there. Whoever got in may have put them there, to fill a hole, to name another host or to show an update that
 * never was. What their rows show still counts; that nothing else happened they cannot show. So they cover no hours, name no
 * host and settle nothing about the server.
 */
export function withoutMisplaced(scans) {
    const settled = factsThatCount(scans);
    const found = [];
    const kept = scans.map((scan) => {
        const facts = settled(scan);
        if (!isMisplaced(scan)) {
            const recorded = recordedBy(scan);
            return facts === scan.facts && recorded === scan.recorded ? scan : { ...scan, facts, recorded };
        }
        found.push(scan.artifact.path);
        return {
            ...scan,
            facts,
            hours: scan.hours.map(([kind, hours]) => [stateOrLog(kind), hours]),
            hosts: [],
            recorded: handlersIn(scan),
        };
    });
    return { scans: kept, notes: found.length === 0 ? [] : [noteOf(found)] };
}
/**
 * A list of files that somebody may have put there names web roots; the folder that a file itself lies in is there, and is a
 * web root where IIS has one.
 */
function recordedBy({ artifact, recorded }) {
    if (recorded.length === 0)
        return recorded;
    const standing = standingOf(artifact);
    const root = webRootOf((artifact.windowsPath ?? artifact.path).replaceAll('\\', '/'));
    const isServed = root !== null && isInOwnWebRoot(artifact);
    const isKept = (row) => row.startsWith('web-root/') && root !== null ? isServed && row === `web-root/${root}` : standing !== 'elsewhere';
    const handlers = handlersIn({ artifact, recorded });
    const kept = recorded.filter((row) => isKept(row) || handlers.includes(row) || /^(?:site-)?includes\//.test(row));
    return kept.length === recorded.length ? recorded : kept;
}
/** IIS follows a web.config wherever it serves files from: what it makes run beyond the defaults, it makes run. */
function handlersIn({ artifact, recorded }) {
    return artifact.parser === 'web-config' ? recorded.filter((row) => row.startsWith('handler/')) : [];
}
/** The file itself is there, whatever it holds. */
function stateOrLog(kind) {
    return kind === 'files' || kind === 'web-roots' ? kind : `${MISPLACED}${kind}`;
}
/** Facts that describe the evidence and not the server. */
const harmless = new Set(['page', 'note', 'tenant']);
/** Of a server whose files lie in their folders, a folder of one's own says something only where no other file does. */
function factsThatCount(scans) {
    const better = new Set();
    const standings = new Map();
    for (const scan of scans) {
        if (scan.facts.length === 0)
            continue;
        const standing = standingOf(scan.artifact);
        standings.set(scan, standing);
        if (standing === 'own' || standing === 'loose')
            for (const { fact } of scan.facts)
                better.add(fact);
    }
    const doubted = logsThatExplainNothing(scans);
    const counts = ({ artifact }, standing, { fact }) => {
        // An update explains what changed in its hour.
        if (fact === 'update' && (standing === 'custom' || doubted.has(artifact)))
            return false;
        if (harmless.has(fact) || (fact === 'setting' && isConfigOfApplication(artifact)))
            return true;
        return standing !== 'elsewhere' && (standing !== 'custom' || !better.has(fact));
    };
    return (scan) => {
        const standing = standings.get(scan);
        if (standing === undefined || scan.facts.every((fact) => counts(scan, standing, fact)))
            return scan.facts;
        return scan.facts.filter((fact) => counts(scan, standing, fact));
    };
}
function noteOf(paths) {
    const one = paths.length === 1;
    const names = formatList(paths, 3, 'log');
    return `${one ? 'A log lies' : `${formatCount(paths.length)} logs lie`} outside ${one ? 'its' : 'their'} own place (${names}): ${one ? 'its' : 'their'} entries are searched, but cover no hours and say nothing about the server itself. If you put ${one ? 'it' : 'them'} there, give ${one ? 'it' : 'them'} as evidence by ${one ? 'itself' : 'themselves'}.`;
}
//# sourceMappingURL=misplaced.js.map