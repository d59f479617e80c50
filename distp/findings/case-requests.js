import { compareText } from '../lib/compare.js';
import { keyLimits } from '../model/case-keys.js';
import { isBackEnd } from '../model/log-kinds.js';
import { isSuccessStatus } from '../model/requests.js';
import { isForged } from './back-end-join.js';
import { withClient } from './client-addresses.js';
import { located } from './located.js';
// Requests whose front end is one server of a case and whose back end is another: what they exchange.
/** Entries of the back ends of other servers as hits here: they answer requests of this server's front end. */
export function answersFrom({ answers }, infos) {
    return answers.flatMap(({ rule, sha256, event, matched, from }) => {
        const info = infos.get(rule);
        return info === undefined ? [] : [{ rule, event, matched, sha256, info, joined: [], evidenceOf: from.server }];
    });
}
/** Requests of this server that its own evidence does not answer, requests that others sent, and the answers to the requested ones. */
export function openRequests(scans, infos, proxies, elsewhere) {
    const byId = new Map();
    for (const hit of located(scans, infos)) {
        const isBack = isBackEnd(hit.event.log);
        if (hit.event.request === null || hit.match || hit.misplaced || (!isBack && !isForged(hit)))
            continue;
        const id = idOf(hit);
        const both = byId.get(id) ?? { front: [], back: [] };
        byId.set(id, both);
        (isBack ? both.back : both.front).push(hit);
    }
    const [front, back, answers] = [[], [], []];
    const asked = new Set(elsewhere.front.map(({ campaign, request }) => `${campaign}\0${request}`));
    for (const [id, both] of byId) {
        if (both.front.length > 0 && both.back.length > 0)
            continue;
        if (both.front.length > 0)
            front.push([...both.front].sort(byPlace)[0]);
        else
            back.push(both.back[0]);
        if (asked.has(id))
            for (const hit of both.back)
                answers.push(hit);
    }
    // What the front end saw succeed is worth most; the rest in the order of time.
    const served = ({ event: { fields } }) => isSuccessStatus(fields.BackEndStatus ?? fields['sc-status']) ? 0 : 1;
    const limited = (name, hits) => {
        const left = hits.length - keyLimits[name];
        if (left > 0)
            beyond[name] = left;
        return [...hits].sort((a, b) => served(a) - served(b) || byPlace(a, b)).slice(0, keyLimits[name]);
    };
    const beyond = {};
    return {
        front: limited('front', front).map((hit) => {
            const { client, at } = withClient(hit.event, proxies);
            return { ...partsOf(hit), client, path: at.path.slice(0, keyLimits.text), line: at.line ?? null };
        }),
        back: limited('back', back).map(partsOf),
        answers: limited('answers', answers).map(stored),
        beyond,
    };
}
function partsOf({ info, event }) {
    return { campaign: info.campaign, request: event.request.slice(0, keyLimits.text) };
}
function idOf(hit) {
    const { campaign, request } = partsOf(hit);
    return `${campaign}\0${request}`;
}
function byPlace(a, b) {
    const [x, y] = [a.event, b.event];
    return ((x.time ?? Infinity) - (y.time ?? Infinity) ||
        compareText(a.sha256, b.sha256) ||
        x.at.offset - y.at.offset ||
        compareText(a.rule, b.rule));
}
/** An entry as it can be stored: its client, which is a front end, is left to the request that it answers. */
function stored(hit) {
    const { rule, sha256, event, matched } = hit;
    return { ...partsOf(hit), rule, sha256, matched: matched.slice(0, 20), event: storedEvent(event) };
}
function storedEvent(event) {
    const { raw, fields, client: _, ...rest } = event;
    return { ...rest, client: null, raw: raw.slice(0, keyLimits.raw), fields: storedFields(fields) };
}
function storedFields(fields) {
    const cut = (value) => typeof value === 'string' ? value.slice(0, keyLimits.raw) : value;
    return Object.fromEntries(Object.entries(fields).map(([name, value]) => [
        name,
        typeof value === 'string'
            ? cut(value)
            : Array.isArray(value)
                ? value.map(cut)
                : value,
    ]));
}
//# sourceMappingURL=case-requests.js.map