import { Moments } from '../../lib/moments.js';
import { vantageOf } from '../../model/log-kinds.js';
import { MINUTE } from '../../lib/time.js';
/**
 * What the server did within a minute of a request that it ran: an error or a cmdlet without a client, and a child of a worker.
 * Gives the number of the request's finding, by that of what came of it.
 */
export function requestsBehind(found, ties) {
    const behind = new Map();
    for (const { by, members } of ties) {
        const [request, effect] = members;
        if (members.length !== 2 || request === undefined || effect === undefined || behind.has(effect))
            continue;
        const isOfRequest = by === 'worker' || (by === 'time' && found[effect].finding.sign.subject === 'request');
        if (isOfRequest && found[effect].finding.client === null && ran(found[request]) && isSoon(found, members))
            behind.set(effect, request);
    }
    return behind;
}
/** Did what the first and the second finding record happen within a minute? */
function isSoon(found, members) {
    const [requests = [], effects = []] = members.map((i) => found[i].hits.flatMap(({ event: { time } }) => time ?? []));
    const moments = new Moments();
    for (const time of requests)
        moments.add(time, 0);
    return effects.some((time) => moments.nearest(time, MINUTE) !== null);
}
/** A request of a client that the back end ran, whatever came of it. */
function ran({ finding, hits }) {
    const { sign, client, log } = finding;
    if (sign.subject !== 'request' || sign.strength === 'context' || client === null)
        return false;
    return (vantageOf(log) !== 'front-end' ||
        hits.some(({ joined = [], event: { fields } }) => joined.length > 0 || isRun(Number(fields.BackEndStatus))));
}
/** A request that was refused, or found nothing, ran nothing. */
function isRun(status) {
    return status >= 200 && ![401, 403, 404].includes(status);
}
//# sourceMappingURL=effects.js.map