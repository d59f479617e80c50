import { configurationKinds } from '../model/log-kinds.js';
/** A file's own time is kept only where it lies within the logs: a later one was made by the copy. */
export function withFileTime(event, logs) {
    const time = event.fields.Modified;
    if (event.time !== null || typeof time !== 'number' || logs.first === null || logs.last === null)
        return event;
    return time >= logs.first && time <= logs.last ? { ...event, time, timeBasis: 'file' } : event;
}
/**
 * An entry of a configuration is as old as the oldest copy of the file that holds it: the earlier states that IIS keeps
 * tell what was there before. Of an entry that stands in one file only that file’s last change is the time.
 */
export function withConfigurationTimes(hits, scans) {
    // The newest of the earlier states is often the present one, byte by byte.
    const modified = new Map();
    for (const { artifact } of scans)
        if (artifact.modified !== null && artifact.kinds.some((kind) => configurationKinds.has(kind)))
            modified.set(artifact.sha256, Math.min(artifact.modified, modified.get(artifact.sha256) ?? Infinity));
    const oldest = new Map();
    const keyOf = ({ rule, event }) => configurationKinds.has(event.log) && event.time === null ? `${rule}\0${event.target ?? ''}` : null;
    for (const hit of hits) {
        const [key, time] = [keyOf(hit), modified.get(hit.sha256)];
        if (key === null || time === undefined)
            continue;
        oldest.set(key, Math.min(time, oldest.get(key) ?? Infinity));
    }
    return hits.map((hit) => {
        const time = oldest.get(keyOf(hit) ?? '');
        return time === undefined
            ? hit
            : { ...hit, event: { ...hit.event, fields: { ...hit.event.fields, Modified: time } } };
    });
}
//# sourceMappingURL=event-times.js.map