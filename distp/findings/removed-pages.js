import {} from './findings.js';
import { fieldText } from '../model/event.js';
import { isRunnable } from '../model/file-fields.js';
import { standingOf } from '../model/own-places.js';
export const NO_REMOVALS = { removedAt: () => null, requestedAfter: () => null };
/** `folder/name.aspx`, by which a URL and a path are the same page; one of the web site itself is `/name.aspx`. */
export function pageNameOf(path) {
    return path
        .toLowerCase()
        .replaceAll('\\', '/')
        .replace(/\.enc$/, '')
        .split('/')
        .slice(-2)
        .join('/')
        .replace(/^wwwroot\//, '/');
}
/** Removals that findings and other tools record, compared with all requests to the front end. */
export function removalsOf(found, scans, paths) {
    const removed = new Map();
    const see = (path, event) => {
        const moment = momentOf(event);
        if (moment === null || !isRunnable(path))
            return;
        const name = pageNameOf(path);
        const before = removed.get(name);
        if (before === undefined || before.latest < moment.latest)
            removed.set(name, moment);
    };
    for (const { finding, hits, counts } of found) {
        if (!counts)
            continue;
        for (const { event, misplaced, custom } of hits)
            if (!misplaced && !custom)
                for (const path of pathsRemoved(event, finding.stage === 'cleanup'))
                    see(path, event);
    }
    for (const { said, artifact } of scans) {
        // A result in a folder that anyone could write it to removes nothing: who is in can plant it.
        if (said.length === 0 || !/^(?:own|loose)$/.test(standingOf(artifact)))
            continue;
        for (const event of said)
            for (const path of new Set(pathsInResult(event)))
                see(path, event);
    }
    const requests = requestsByPage(paths);
    return {
        removedAt: (page) => removed.get(page) ?? null,
        requestedAfter: (page, time, refused) => {
            const asked = requests().get(page);
            return asked !== undefined && asked.last > time && (refused === undefined || asked.refused > 0)
                ? asked.last
                : null;
        },
    };
}
/** Zones reach from -12 to +14 hours. */
const [WEST, EAST] = [12 * 3_600_000, 14 * 3_600_000];
function momentOf({ time, timeBasis }) {
    if (time === null || timeBasis === 'file')
        return null;
    return timeBasis === 'assumed' ? { earliest: time - EAST, latest: time + WEST } : { earliest: time, latest: time };
}
/**
 * The files that an event says were removed: by Defender, by a program, by a command line, from the volume. Which rule or indicator
 * matched the event does not matter, but for text that only a rule about cleaning up can tell from other text.
 */
export function pathsRemoved(event, isCleanUp) {
    const { log, sources } = event;
    if (log === 'windows-defender')
        return isQuarantine(event) ? defenderPaths(fieldText(event, 'Path') ?? '') : [];
    const path = fieldText(event, 'TargetFilename');
    if (log === 'ntfs-usn')
        return /^(?:deleted|renamed-from)$/.test(fieldText(event, 'Change') ?? '') && path ? [path] : [];
    const isDeletion = log.startsWith('windows-') && sources.some(({ category = '' }) => /^file_delete(?:_detected)?$/.test(category));
    if (isDeletion || (isCleanUp && path !== null))
        return path === null ? [] : [path];
    const command = commandOf(event);
    return (isCleanUp ? [command] : deletionsIn(command)).flatMap(wordsOf);
}
/** The files that the result of another tool says were removed: by the tool itself, or by an event of Windows that it quotes. */
function pathsInResult(event) {
    const path = fieldText(event, 'TargetFilename') ?? '';
    if (/^(?:removed|quarantined|cleaned)$/.test(fieldText(event, 'Action') ?? '')) {
        const { Resource = null } = event.fields;
        const resources = Array.isArray(Resource) ? Resource : [Resource];
        return [path, ...resources.map(String).flatMap(defenderPaths)];
    }
    // Tools shorten the names of channels: `Defender`, `Sysmon`, `Sec`.
    const channel = fieldText(event, 'Channel') ?? '';
    if (/defender/i.test(channel))
        return isQuarantine(event) ? defenderPaths(path) : [];
    if (/sysmon/i.test(channel) && /^2[36]$/.test(fieldText(event, 'EventID') ?? ''))
        return [path];
    return deletionsIn(commandOf(event)).flatMap(wordsOf);
}
/** The command line or script of an event. */
function commandOf(event) {
    return (fieldText(event, 'CommandLine') ?? fieldText(event, 'ScriptBlockText') ?? '').slice(0, 8_192);
}
function wordsOf(command) {
    return command.split(/[\s"',;]+/);
}
/** What commands that delete are given, each up to the next command. */
function deletionsIn(command) {
    return command
        .split(/[&|;\n]/)
        .flatMap((part) => /(?:^|[\s"'({/])(?:del|erase|rm|ri|remove-item)(?:\.exe)?\s(.*)$/is.exec(part)?.[1] ?? []);
}
/**
 * Did Defender take the file away? Its actions have numbers whatever the language: 1 clean, 2 quarantine, 3 remove.
 * https://learn.microsoft.com/defender-endpoint/troubleshoot-microsoft-defender-antivirus (event 1117)
 */
function isQuarantine(event) {
    const id = fieldText(event, 'EventID');
    if (id !== '1117' && id !== '1007')
        return false;
    const error = fieldText(event, 'Error Code');
    if (error !== null && !/^(?:0x)?0+$/.test(error))
        return false;
    const action = fieldText(event, 'Action ID');
    if (action !== null)
        return /^[123]$/.test(action);
    return /quarant|remove|clean|delete/i.test(fieldText(event, 'Action Name') ?? '');
}
/** `containerfile:_C:\\a.zip; file:_C:\\a.zip->x.aspx; file:_C:\\b.aspx`: the files, of members of an archive the archive. */
export function defenderPaths(text) {
    return text
        .slice(0, 65_536)
        .split(/[;|]/)
        .map((part) => part
        .trim()
        .replace(/^[a-z]{1,40}:_/i, '')
        .split('->')[0]);
}
/** The requests for each page, counted when they are first wanted. */
function requestsByPage(paths) {
    let known = null;
    return () => {
        if (known)
            return known;
        known = new Map();
        for (const [number, value] of paths.values.entries()) {
            if (!isRunnable(value))
                continue;
            const { last, statuses } = paths.of(number);
            if (last === null)
                continue;
            const name = pageNameOf(value);
            const before = known.get(name);
            known.set(name, {
                last: Math.max(last, before?.last ?? -Infinity),
                refused: statuses[2] + (before?.refused ?? 0),
            });
        }
        return known;
    };
}
//# sourceMappingURL=removed-pages.js.map