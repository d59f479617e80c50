import { configurationKinds } from '../../model/log-kinds.js';
import { configurationFileOf } from '../configuration-copies.js';
const ofConfiguration = new Set(['module', 'agent']);
/**
 * A module or agent appeared within the period of the logs: an older copy of the same file of configuration does not have its
 * entry. A weak sign; an update within the hour explains it.
 */
export function appearanceSigns({ kind }, about, { logs: { first, last }, configurations = new Map() }) {
    if (!ofConfiguration.has(kind) || first === null || last === null)
        return [];
    const isWithin = (time) => time !== null && time > first && time <= last;
    const found = about.find(({ hits }) => isNewIn(hits, configurations, isWithin));
    return found ? [{ kind: 'provenance', strength: 'weak', finding: found.finding.id, seen: 'appeared' }] : [];
}
/** Is the oldest copy that holds an entry of a configuration within the period, and is there an older one without it? */
function isNewIn(hits, configurations, isWithin) {
    const own = hits.filter(({ event }) => configurationKinds.has(event.log));
    if (own.length === 0 || own.length < hits.length)
        return false;
    return own.every(({ event }) => {
        const name = configurationFileOf(event.at.path);
        return isWithin(event.time) && (configurations.get(name) ?? Infinity) < event.time;
    });
}
//# sourceMappingURL=appeared.js.map