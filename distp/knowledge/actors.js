import { PosternError } from '../lib/errors.js';
import { canonicalIp } from '../lib/ip.js';
import { isoTime } from '../lib/time.js';
import { hands, traceKinds, traceWeights, } from '../model/actor.js';
/** Reads actors.yml of a pack: who used its way in, when, and what they left. A mistake in it stops the run. */
export function actorFacts(campaign, doc, file) {
    const at = { file };
    const top = map(doc, 'the file', at);
    const phases = list(top.phases, 'phases', at).map((phase) => phaseOf(map(phase, 'phases', at), at));
    const unordered = phases.findIndex((phase, i) => i > 0 && Date.parse(phase.from) <= Date.parse(phases[i - 1].from));
    if (unordered > 0)
        throw bad(`phases must be in the order of time, and ${phases[unordered].from} is not.`, at);
    return {
        campaign,
        phases,
        shared: list(top.shared, 'shared', at).map((tool) => {
            const { what, rules } = map(tool, 'shared', at);
            return { what: text(what, 'what', at), rules: texts(rules, 'rules', at) };
        }),
        actors: list(top.actors, 'actors', at).map((actor) => actorOf(map(actor, 'actors', at), at)),
    };
}
function phaseOf(doc, at) {
    return {
        from: day(doc.from, 'from', at),
        hands: oneOf(hands, doc.hands, 'hands', at),
        what: text(doc.what, 'what', at),
    };
}
function actorOf(doc, at) {
    const seen = map(doc.seen, 'seen', at);
    const references = texts(doc.references, 'references', at);
    if (references.length === 0)
        throw bad('an actor must have references.', at);
    return {
        id: text(doc.id, 'id', at),
        name: text(doc.name, 'name', at),
        seen: { from: day(seen.from, 'seen.from', at), to: day(seen.to, 'seen.to', at) },
        sectors: texts(doc.sectors, 'sectors', at).map(sectorName),
        traces: list(doc.traces, 'traces', at).map((trace) => traceOf(map(trace, 'traces', at), at)),
        references,
    };
}
/** Only hosts that the server contacted and digests of files can be unique to one actor: anyone can send other values. */
const CAN_BE_EXCLUSIVE = new Set(['called', 'digest']);
function traceOf(doc, at) {
    const kind = oneOf(traceKinds, doc.kind, 'kind', at);
    const weight = oneOf(traceWeights, doc.weight, 'weight', at);
    const values = texts(doc.values, 'values', at);
    if (values.length === 0)
        throw bad(`a trace of kind ${kind} has no values.`, at);
    if (weight === 'exclusive' && !CAN_BE_EXCLUSIVE.has(kind))
        throw bad(`a trace of kind ${kind} cannot be exclusive: ${values[0]}.`, at);
    // An address is rented and passed on.
    const address = weight === 'exclusive' ? values.find((value) => canonicalIp(value) !== null) : undefined;
    if (address !== undefined)
        throw bad(`an address cannot be exclusive: ${address}.`, at);
    return { kind, weight, values, what: text(doc.what, 'what', at), source: text(doc.source, 'source', at) };
}
/** Sectors are compared without regard to case, spaces and dashes. */
export function sectorName(given) {
    return given
        .trim()
        .toLowerCase()
        .replace(/[\s_-]+/g, '-');
}
function bad(message, at) {
    return new PosternError('bad-pack', message, at);
}
function map(value, name, at) {
    if (value !== null && typeof value === 'object' && !Array.isArray(value))
        return value;
    throw bad(`${name} must be a map.`, at);
}
function list(value, name, at) {
    if (value === undefined)
        return [];
    if (Array.isArray(value))
        return value;
    throw bad(`${name} must be a list.`, at);
}
function text(value, name, at) {
    if (typeof value === 'string' && value.trim() !== '')
        return value;
    throw bad(`${name} must be a text, and it is ${value === undefined ? 'missing' : typeof value}.`, at);
}
function texts(value, name, at) {
    return list(value, name, at).map((item) => text(item, name, at));
}
function day(value, name, at) {
    const given = text(value, name, at);
    if (/^\d{4}-\d\d-\d\d$/.test(given) && isoTime(`${given}T00:00:00Z`) !== null)
        return given;
    throw bad(`${name} must be a day such as 2021-03-02, and it is ${given}.`, at);
}
function oneOf(known, value, name, at) {
    const found = known.find((one) => one === value);
    if (found !== undefined)
        return found;
    throw bad(`${name} must be one of ${known.join(', ')}, and it is ${String(value)}.`, at);
}
//# sourceMappingURL=actors.js.map