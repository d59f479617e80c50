import { addTo } from '../lib/collections.js';
import { canonicalIp, isLoopback } from '../lib/ip.js';
import { Moments } from '../lib/moments.js';
import { fieldText } from '../model/event.js';
import { isBackEnd, isServiceLog, servicePathOf } from '../model/log-kinds.js';
import { trimEnd } from '../lib/trim.js';
/** A joined back-end row lies at most this far from the front end's (5 s, as both logs stamp the end of the request). */
const JOIN = 5_000;
/**
 * A row of the back end joins a front-end hit of the same campaign by request id, else by what was asked for, or by account
 * and user agent, within 5 s. It then takes the client of the row that it joins: two independent logs say the same.
 */
export function joinBackEnd(hits, elsewhere = []) {
    // What only looked around (a listed user agent, a probe) joins nothing: scripts of administrators look like that too. Nor does
    // what ordinary work looks like (low): two logs of one such request are as ordinary as one.
    const front = hits.filter(isForged);
    const sentElsewhere = new Map(elsewhere.map((one) => [`${one.campaign}\0${one.request}`, one]));
    const back = hits.filter((hit) => isBackEnd(hit.event.log));
    const byRequest = new Map();
    const byTarget = new Map();
    const byActor = new Map();
    const span = JOIN +
        skewOf(front, back.filter(({ evidenceOf }) => evidenceOf === undefined));
    // Each campaign for itself: a row of one must not stand between those of another, whoever sent it beside them.
    const keyOf = ({ info }, of) => `${info.campaign}\0${of}`;
    for (const hit of front) {
        const request = hit.event.request ? keyOf(hit, hit.event.request) : null;
        if (request !== null && !byRequest.has(request))
            byRequest.set(request, hit);
        for (const [partners, of] of [
            [byTarget, askedPath(hit.event)],
            [byActor, actorOf(hit.event)],
        ]) {
            if (of === null)
                continue;
            const own = partners.get(keyOf(hit, of)) ?? new Partners();
            own.add(hit);
            partners.set(keyOf(hit, of), own);
        }
    }
    return hits.map((hit) => {
        const { event } = hit;
        if (!isBackEnd(event.log) || hit.match)
            return hit;
        const joins = [
            ['request id', event.request ? byRequest.get(keyOf(hit, event.request)) : undefined],
            ['target and time', byTarget.get(keyOf(hit, askedPath(event) ?? ''))?.nearest(event, span)],
            ['account, user agent and time', byActor.get(keyOf(hit, actorOf(event) ?? ''))?.nearest(event, span)],
        ];
        const [how, partner] = joins.find(([, one]) => one !== undefined) ?? [];
        if (!partner)
            return answered(hit, sentElsewhere.get(keyOf(hit, event.request ?? '')));
        const { path, line } = partner.event.at;
        return {
            ...hit,
            event: { ...event, client: partner.event.client, request: event.request ?? partner.event.request },
            joined: [`joined by ${how} to ${path}${line ? `:${line}` : ''}`],
        };
    });
}
/** What only looked around, and what ordinary work looks like, joins nothing. */
export function isForged({ event, info }) {
    return !isBackEnd(event.log) && info.stage !== 'context' && info.stage !== 'recon' && info.sign.strength !== 'context';
}
/** An entry of the back end that answers a request of another server's front end takes the client of that. */
function answered(hit, front) {
    if (front === undefined)
        return hit;
    const { path, line, from, client } = front;
    return {
        ...hit,
        event: { ...hit.event, client },
        joined: [`joined by request id to ${from.server}: ${path}${line === null ? '' : `:${line}`}`],
    };
}
/** A request that joined an entry of the back end was fulfilled; a context row has the stage that its rule gives it then. */
export function promoted(hit) {
    const { info } = hit;
    return {
        ...hit,
        info: {
            ...info,
            stage: info.stageWhenCorrelated ?? info.stage,
            sign: fulfilled(info),
        },
    };
}
/** What the back end fulfilled is a step stronger than what the front end served. */
function fulfilled({ sign, cves }) {
    if (sign.kind !== 'use')
        return sign;
    if (sign.strength === 'weak')
        return { ...sign, strength: 'strong' };
    return sign.strength === 'strong' && cves.length > 0 ? { ...sign, strength: 'decisive' } : sign;
}
/**
 * A front end cannot see what was asked of EWS; where the back end's row of the same request says that it was a look-up,
 * nothing was collected by it. A row in a folder where no product keeps such logs, or of another time, says nothing of it.
 */
export function answeredByBackEnd(hits) {
    const answers = new Map();
    const collected = new Set();
    for (const hit of hits) {
        const { event, info, misplaced } = hit;
        if (misplaced || !isServiceLog(event.log) || event.request === null)
            continue;
        addTo(answers, event.request, hit);
        if ((info.stageWhenCorrelated ?? info.stage) === 'collection')
            collected.add(event.request);
    }
    if (answers.size === 0)
        return [...hits];
    const front = hits.filter(({ event }) => !isBackEnd(event.log));
    const span = JOIN + skewOf(front, [...answers.values()].flat());
    const isAnswer = (answer, asked) => (asked.custom || !answer.custom) &&
        (!joinable(answer.event) ||
            !joinable(asked.event) ||
            Math.abs((answer.event.time ?? 0) - (asked.event.time ?? 0)) <= span);
    return hits.filter((hit) => isBackEnd(hit.event.log) ||
        hit.match !== undefined ||
        hit.info.stage !== 'collection' ||
        hit.event.request === null ||
        collected.has(hit.event.request) ||
        !answers.get(hit.event.request)?.some((answer) => isAnswer(answer, hit)));
}
/** How far the clocks of two logs lie apart, measured on rows that carry the same request id; at most five minutes count. */
function skewOf(own, context) {
    const times = new Map();
    for (const { event } of own)
        if (event.request && event.time !== null)
            times.set(event.request, { time: event.time, log: event.log });
    const skews = context.flatMap(({ event }) => {
        const partner = event.request ? times.get(event.request) : undefined;
        return partner && event.time !== null && partner.log !== event.log ? [Math.abs(partner.time - event.time)] : [];
    });
    skews.sort((a, b) => a - b);
    return Math.min(300_000, skews[Math.floor(skews.length / 2)] ?? 0);
}
/** Rows of the front end that asked for one path, by time. */
class Partners {
    #hits = [];
    #all = new Moments();
    #unnumbered = new Moments();
    add(hit) {
        const { event } = hit;
        // A refused request has no row behind it.
        if (event.time === null || !joinable(event))
            return;
        if (event.fields.Succeeded === false || Number(event.fields['sc-status']) >= 400)
            return;
        const number = this.#hits.push(hit) - 1;
        this.#all.add(event.time, number);
        if (event.request === null)
            this.#unnumbered.add(event.time, number);
    }
    nearest(event, span) {
        // A row that another front end sent is not of this one's clients.
        if (event.time === null || !joinable(event) || !fromHere(event))
            return undefined;
        // Two rows that carry different request ids are two requests.
        const near = (event.request === null ? this.#all : this.#unnumbered).nearest(event.time, span);
        return near === null ? undefined : this.#hits[near.of];
    }
}
/** A row of the back end that this server's own front end sent: from its own address, or from one that is not stated. */
function fromHere(event) {
    const [client, server] = [fieldText(event, 'c-ip'), fieldText(event, 's-ip')];
    if (client === null || server === null)
        return true;
    const from = canonicalIp(client);
    return from === null || isLoopback(from) || from === canonicalIp(server);
}
/** Times of logs are compared only where they are sure. */
function joinable(event) {
    return event.timeBasis === 'stated' || event.timeBasis === 'format';
}
/** Account and user agent of a request, where it has both; services act under machine accounts, for anyone. */
function actorOf(event) {
    const agent = fieldText(event, 'cs-user-agent');
    if (event.user === null || event.user.endsWith('$') || agent === null || agent === '')
        return null;
    return `${event.user.toLowerCase()}\0${agent}`;
}
/** The path that was asked of the back end, lower case without query: of an SSRF its target, else the request's own. */
export function askedPath(event) {
    const path = fieldText(event, 'SsrfPath') ??
        fieldText(event, 'cs-uri-stem') ??
        fieldText(event, 'URL') ??
        servicePathOf(event.log);
    if (path === null)
        return null;
    return trimEnd(path.toLowerCase().replace(/[?#].*/s, ''), '/') || null;
}
//# sourceMappingURL=back-end-join.js.map