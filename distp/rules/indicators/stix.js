import { asObject, ownMember } from '../../lib/json-object.js';
import { canonicalIp } from '../../lib/ip.js';
import { isoTime, statesZone } from '../../lib/time.js';
import { formatCounts, ownText, quoteListValue } from './entry.js';
import { PatternProblem, readPattern } from './stix-pattern.js';
import { trimEnd } from '../../lib/trim.js';
/**
 * Indicators of STIX 2.1 and 2.0 (https://docs.oasis-open.org/cti/stix/v2.1/os/stix-v2.1-os.html, sections 4.7 and 9).
 * What was merely observed (observed-data, addresses and files as objects) is no indicator.
 */
export function* stixItems(objects) {
    const { newest, older } = newestOf(objects);
    const left = budget();
    let revoked = 0;
    let benign = 0;
    for (const [id, indicator] of newest) {
        if (ownMember(indicator, 'revoked') === true)
            revoked++;
        else if (isBenign(indicator))
            benign++;
        else
            yield* indicatorItems(id, indicator, left);
    }
    const leftOut = formatCounts([
        [revoked, 'revoked'],
        [benign, 'called benign'],
        [older, 'older versions of others'],
    ]);
    if (leftOut !== '')
        yield { leftOut: `Indicators left out: ${leftOut}.` };
}
/** Objects of a bundle, of an answer of a TAXII server, or one object alone; null when this is no STIX. */
export function stixObjects(json) {
    const objects = ownMember(json, 'objects');
    if (Array.isArray(objects))
        return objects;
    if (ownText(json, 'type') === 'bundle')
        return [];
    return isIndicator(json) ? [json] : null;
}
const isIndicator = (object) => ownMember(object, 'type') === 'indicator';
/** An object is changed by a new version with the same id: the one that was modified last is meant. */
function newestOf(objects) {
    const newest = new Map();
    let older = 0;
    for (let i = 0; i < objects.length; i++) {
        const object = asObject(objects[i]);
        if (object === null || !isIndicator(object))
            continue;
        const id = ownText(object, 'id') || `object ${i + 1}`;
        const before = newest.get(id);
        if (before)
            older++;
        if (!before || isNewer(object, before))
            newest.set(id, object);
    }
    return { newest, older };
}
function isNewer(object, before) {
    const [time, other] = [object, before].map((version) => isoTime(ownText(version, 'modified')) ?? -Infinity);
    return time === other ? ownMember(object, 'revoked') === true : time > other;
}
/** In 2.0 labels say it. */
function isBenign(indicator) {
    const types = ownMember(indicator, 'indicator_types') ?? ownMember(indicator, 'labels');
    return Array.isArray(types) && types.length === 1 && types[0] === 'benign';
}
// ---------------------------------------------------------------- one indicator
function* indicatorItems(id, indicator, left) {
    const pattern = ownText(indicator, 'pattern');
    if (pattern === '')
        return yield broken(id, 'It has no pattern.');
    const language = ownText(indicator, 'pattern_type');
    if (language !== '' && language.toLowerCase() !== 'stix')
        return yield unsupported(id, `Its pattern is of type ${quoteListValue(language)}; only those of STIX are read.`);
    const [from, until] = ['valid_from', 'valid_until'].map((name) => timeOf(indicator, name));
    if (from === undefined || until === undefined)
        return yield broken(id, `${from === undefined ? 'valid_from' : 'valid_until'} is not a time.`);
    if (from !== null && until !== null && until <= from)
        return yield broken(id, 'It ends to be valid before it begins.');
    const context = [ownText(indicator, 'name'), ownText(indicator, 'description')].filter(Boolean).join(', ');
    const rest = from === null && until === null ? {} : { valid: { from, until } };
    for (const item of patternItems(pattern, id, context, left))
        yield 'value' in item ? { ...item, ...rest } : item;
}
/** Null when it is not there, undefined when it is no time. */
function timeOf(object, name) {
    const value = ownMember(object, name);
    if (value === undefined || value === null)
        return null;
    return (typeof value === 'string' && statesZone(value) ? isoTime(value) : null) ?? undefined;
}
/** An AND of more facts, or of lists of alternatives that stand for more cases, is no list of indicators any more. */
const FACTS_OF_ONE = 12;
const CASES = 16;
/** Maximum number of cases of an AND expanded in one list. */
const MOST_CASES = 500_000;
export const budget = () => ({ cases: MOST_CASES });
/**
 * The entries of a pattern. Alternatives (OR, IN) are entries of their own; facts that must hold together are one entry
 * or none: each alone would say more than the pattern does.
 */
export function* patternItems(pattern, id, context, left) {
    const given = {
        place: id,
        id,
        context,
        note: '',
        campaign: '',
        confidence: '',
    };
    const read = patternOf(pattern);
    if (read instanceof PatternProblem)
        return yield broken(id, `Its pattern cannot be read at character ${read.at}: ${read.message}`);
    const said = new Set();
    for (const fact of factsOf(read, left)) {
        if (typeof fact !== 'string')
            yield { ...given, ...fact };
        else if (!said.has(fact))
            yield unsupported(id, fact);
        if (typeof fact === 'string')
            said.add(fact);
    }
}
function patternOf(text) {
    try {
        return readPattern(text);
    }
    catch (error) {
        if (error instanceof PatternProblem)
            return error;
        throw error;
    }
}
function* factsOf(pattern, left) {
    for (const observation of alternatives(pattern)) {
        if (typeof observation === 'string')
            yield observation;
        else
            for (const one of casesOf(observation)) {
                const isAnd = typeof one !== 'string' && one.length > 1;
                if (isAnd && left.cases-- <= 0)
                    yield `The list asks for more than ${MOST_CASES} facts that must hold together.`;
                else
                    yield typeof one === 'string' ? one : factOf(one);
            }
    }
}
/** Observations each of which is enough; a text says why another cannot be looked up. */
function* alternatives(observation) {
    for (const qualifier of observation.qualifiers) {
        // One observation is within any time, and happens once.
        if (qualifier.is === 'startStop')
            return yield 'A pattern with START and STOP is not looked up.';
        if (qualifier.is === 'repeats' && qualifier.times !== 1)
            return yield 'A pattern with REPEATS is not looked up.';
    }
    if (observation.is === 'one')
        return yield observation.expression;
    if (observation.is !== 'or')
        return yield `Observations that belong together (${observation.is === 'and' ? 'AND' : 'FOLLOWEDBY'}) are not looked up.`;
    for (const one of observation.of)
        yield* alternatives(one);
}
function casesOf(expression) {
    if (expression.is === 'comparison')
        return singleValues(expression.comparison);
    const parts = expression.of.map(casesOf);
    return expression.is === 'or' ? parts.flat() : allOf(parts);
}
function allOf(parts) {
    const tooMany = `An AND of more than ${FACTS_OF_ONE} facts is not looked up.`;
    if (parts.length > FACTS_OF_ONE)
        return [tooMany];
    let cases = [[]];
    for (const part of parts) {
        const whole = [];
        for (const one of part) {
            if (typeof one === 'string')
                return [one];
            whole.push(one);
        }
        if (cases.length > 1 && whole.length > 1 && cases.length * whole.length > CASES)
            return [`An AND of alternatives that stands for more than ${CASES} cases is not looked up.`];
        cases = cases.flatMap((before) => whole.map((more) => [...before, ...more]));
        if (cases.some(({ length }) => length > FACTS_OF_ONE))
            return [tooMany];
    }
    return cases;
}
/** `IN` is one case for each value. */
function singleValues(comparison) {
    if (comparison.operator !== 'IN' || comparison.not)
        return [[comparison]];
    if (comparison.values.length === 0)
        return [`${shown(comparison)} is compared with an empty list.`];
    return comparison.values.map((value) => [{ ...comparison, operator: '=', values: [value] }]);
}
/** What can be looked up, or why nothing can. */
function factOf(all) {
    const together = all.length === 1 ? all : withoutImplied(all);
    for (const comparison of together) {
        const reason = unfitOf(comparison);
        if (reason !== null)
            return reason;
    }
    if (together.length === 1)
        return singleFact(together[0]);
    return fileFact(together) ?? `${list(together.map(shown))} must hold together, and that is not looked up.`;
}
function unfitOf(comparison) {
    const { operator, not, values } = comparison;
    if (not || operator === '!=')
        return `What ${shown(comparison)} is not is not looked up.`;
    if (operator !== '=' && operator !== 'ISSUBSET')
        return `${shown(comparison)} with ${operator} is not looked up.`;
    return values[0]?.kind === 'text' ? null : `${shown(comparison)} is compared with no text.`;
}
/** Path to a property, and what its value is here. */
const FACTS = new Map([
    ['ipv4-addr:value', { type: 'ip' }],
    ['ipv6-addr:value', { type: 'ip' }],
    ['domain-name:value', { type: 'domain' }],
    ['url:value', { type: 'url' }],
    ['file:name', { type: 'name' }],
    ['directory:path', { type: 'path' }],
    ['network-traffic:src_ref.value', { type: 'ip', side: 'client' }],
    ['network-traffic:dst_ref.value', { type: 'ip', side: 'called' }],
    ['network-traffic:extensions.http-request-ext.request_header.user-agent', { type: 'agent' }],
    ['process:extensions.windows-service-ext.service_name', { type: 'service_name' }],
]);
const DIGESTS = new Map([
    ['sha256', 'sha256'],
    ['sha1', 'sha1'],
    ['md5', 'md5'],
]);
function singleFact(comparison) {
    const value = textOf(comparison);
    const digest = digestOf(comparison);
    const fact = digest === null ? FACTS.get(comparison.name.toLowerCase()) : { type: digest };
    if (!fact)
        return `${shown(comparison)} is not looked up.`;
    if (comparison.operator === 'ISSUBSET' && (fact.type !== 'ip' || canonicalIp(value.replace(/\/\d+$/, '')) === null))
        return `${shown(comparison)} with ISSUBSET is looked up for networks only.`;
    // The other end of a connection may be an address or a name.
    const isHost = fact.side === 'called' && canonicalIp(value.replace(/\/\d+$/, '')) === null;
    return { ...fact, type: isHost ? 'domain' : fact.type, value };
}
/** Facts of one file: a digest stands for the others, a name beside it must be the file's, and a folder and a name are a path. */
function fileFact(together) {
    const names = together.filter((one) => one.name === 'file:name');
    const folders = together.filter((one) => one.name === 'file:parent_directory_ref.path');
    const hashes = together.filter((one) => one.object === 'file' && one.path[0] === 'hashes' && one.path.length === 2);
    const ways = [names, folders, hashes];
    if (ways.some((way) => new Set(way.map((one) => one.path.join('.').toLowerCase())).size < way.length))
        return null;
    if (together.some(({ operator }) => operator !== '=') || ways.flat().length < together.length)
        return null;
    const name = names[0] && textOf(names[0]);
    if (hashes.length > 0 && folders.length === 0) {
        for (const type of DIGESTS.values()) {
            const digest = hashes.find((one) => digestOf(one) === type);
            if (digest)
                return { type, value: textOf(digest), ...(name === undefined ? {} : { fileName: name }) };
        }
    }
    if (hashes.length > 0 || name === undefined || /[\\/]/.test(name))
        return null;
    return { type: 'path', value: `${trimEnd(textOf(folders[0]), '\\/')}\\${name}` };
}
/** `dst_ref.type = 'ipv4-addr'` says nothing that the address beside it does not say. */
function withoutImplied(together) {
    return together.filter((one, i) => {
        if (together.findIndex((other) => isSame(one, other)) < i)
            return false;
        if (one.not || one.operator !== '=' || !one.name.endsWith('_ref.type'))
            return true;
        const value = together.find(({ name, operator }) => name === one.name.replace(/type$/, 'value') && operator === '=');
        return value === undefined || textOf(one) !== kindOf(textOf(value));
    });
}
function isSame(a, b) {
    return a.name === b.name && a.operator === b.operator && a.not === b.not && textOf(a) === textOf(b);
}
function kindOf(value) {
    const bare = value.replace(/\/\d+$/, '');
    if (canonicalIp(bare) === null)
        return 'domain-name';
    return bare.includes(':') ? 'ipv6-addr' : 'ipv4-addr';
}
function digestOf({ object, path }) {
    if (object !== 'file' || path.length !== 2 || path[0] !== 'hashes')
        return null;
    return DIGESTS.get(path[1].toLowerCase().replaceAll('-', '')) ?? null;
}
function textOf({ values }) {
    return values[0]?.text ?? '';
}
/** A name as long as a message may have it. */
const shown = ({ name }) => name.slice(0, 80);
function list(names) {
    return names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} further` : names.join(' and ');
}
function broken(id, detail) {
    return { reason: 'broken', detail: `${id}: ${detail}` };
}
function unsupported(id, detail) {
    return { reason: 'unsupported', detail: `${id}: ${detail}` };
}
//# sourceMappingURL=stix.js.map