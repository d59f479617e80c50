import { isProxyLog } from '../model/log-kinds.js';
/** IIS and HttpProxy write a request when it ends, each by its own clock reading; IIS cuts its time to the second. */
const APART = 10_000;
/**
 * The request of each row by a number, the same for rows of one request: IIS and HttpProxy (and the logs of the back end)
 * record the same request, and what counts requests must count it once. Rows belong together by the id of the request, else
 * one row of IIS and one of HttpProxy with the same client, path and time. Null where no two rows do.
 */
export function requestsOfRows(rows, of) {
    const requests = new Uint32Array(rows);
    const byPlace = new Map();
    const places = [];
    const ofPlace = new Int32Array(rows).fill(-1);
    for (let row = 0; row < rows; row++) {
        const request = of(row);
        if (request === null)
            continue;
        const known = byPlace.get(request.place) ?? places.push(request) - 1;
        byPlace.set(request.place, known);
        ofPlace[row] = known;
    }
    if (places.length < 2)
        return null;
    const same = pairedByTime(places, unitedById(places));
    for (let row = 0; row < rows; row++)
        requests[row] = ofPlace[row] < 0 ? places.length + row : same[ofPlace[row]];
    return requests;
}
/** Of each row the first one with the same id in any log. */
function unitedById(places) {
    const first = new Map();
    return Int32Array.from(places, ({ id }, place) => {
        if (id === 0)
            return place;
        const known = first.get(id);
        if (known === undefined)
            first.set(id, place);
        return known ?? place;
    });
}
/** The same, and of each row of IIS that of HttpProxy that is next to it in time, where neither has its partner by id. */
function pairedByTime(places, same) {
    const united = new Set(Array.from(same).filter((first, place) => first !== place));
    const groups = new Map();
    for (const [place, { asked, log }] of places.entries()) {
        if (asked === 0 || same[place] !== place || united.has(place))
            continue;
        const group = groups.get(asked) ?? { iis: [], proxy: [] };
        if (log === 'iis-frontend')
            group.iis.push(place);
        else if (isProxyLog(log))
            group.proxy.push(place);
        groups.set(asked, group);
    }
    const timeOf = (place) => places[place].time;
    for (const { iis, proxy } of groups.values()) {
        for (const list of [iis, proxy])
            list.sort((a, b) => timeOf(a) - timeOf(b));
        let [i, p] = [0, 0];
        while (i < iis.length && p < proxy.length) {
            const apart = timeOf(iis[i]) - timeOf(proxy[p]);
            if (Math.abs(apart) <= APART)
                same[proxy[p++]] = iis[i++];
            else if (apart < 0)
                i++;
            else
                p++;
        }
    }
    return same;
}
//# sourceMappingURL=same-request.js.map