import { asObject, ownMember } from '../../lib/json-object.js';
import { formatCounts, ownText, quoteListValue } from './entry.js';
import { budget, patternItems } from './stix.js';
/**
 * Attributes of MISP events (https://datatracker.ietf.org/doc/draft-dulaunoy-misp-core-format/): those that their author
 * marked as fit for detection (`to_ids`) and did not delete. Proposals of others and correlations are not taken.
 */
export function* mispItems(events) {
    const left = { unmarked: 0, deleted: 0 };
    const patterns = budget();
    let number = 0;
    for (const event of events) {
        const info = ownText(event, 'info');
        for (const { attribute, of, isDeleted } of attributesOf(event)) {
            number++;
            if (isDeleted || isSet(ownMember(attribute, 'deleted')))
                left.deleted++;
            else if (!isSet(ownMember(attribute, 'to_ids')))
                left.unmarked++;
            else
                yield* attributeItems(attribute, `attribute ${number}`, [of, info], patterns);
        }
    }
    const leftOut = formatCounts([
        [left.unmarked, 'not marked for detection (to_ids)'],
        [left.deleted, 'deleted'],
    ]);
    if (leftOut !== '')
        yield { leftOut: `Attributes left out: ${leftOut}.` };
}
/** The events of an export, of a feed or of a search, whose attributes may also come without events; null when this is none. */
export function mispEvents(json) {
    const response = ownMember(json, 'response');
    const events = (response === undefined ? [json] : listOf(response)).flatMap((entry) => {
        const object = asObject(entry);
        const event = object && (asObject(ownMember(object, 'Event')) ?? object);
        return event && (hasOwnList(event, 'Attribute') || hasOwnList(event, 'Object') || event !== object) ? [event] : [];
    });
    return events.length > 0 || response !== undefined ? events : null;
}
function* attributesOf(event) {
    for (const attribute of objectsOf(ownMember(event, 'Attribute')))
        yield { attribute, of: '', isDeleted: false };
    for (const object of objectsOf(ownMember(event, 'Object'))) {
        const of = [ownText(object, 'name'), ownText(object, 'comment')].filter(Boolean).join(', ');
        const isDeleted = isSet(ownMember(object, 'deleted'));
        for (const attribute of objectsOf(ownMember(object, 'Attribute')))
            yield { attribute, of, isDeleted };
    }
}
/** The format's own examples have an object where there is but one. */
const listOf = (value) => (Array.isArray(value) ? value : [value]);
const hasOwnList = (object, name) => typeof ownMember(object, name) === 'object';
function* objectsOf(value) {
    for (const entry of listOf(value)) {
        const object = asObject(entry);
        if (object)
            yield object;
    }
}
/** Booleans; older versions write numbers, too. */
const isSet = (value) => value === true || value === 1 || value === '1';
// ---------------------------------------------------------------- one attribute
/** Types of attributes that are looked up, and what each is here. */
const TYPES = new Map([
    ['ip-src', 'ip'],
    ['ip-dst', 'ip'],
    ['domain', 'domain'],
    ['hostname', 'domain'],
    ['url', 'url'],
    ['uri', 'url'],
    ['user-agent', 'agent'],
    ['md5', 'md5'],
    ['sha1', 'sha1'],
    ['sha256', 'sha256'],
    ['filename', 'name'],
    ['windows-scheduled-task', 'scheduled_task'],
    ['windows-service-name', 'service_name'],
]);
const WITHOUT_PORT = 'The list names a port, too, which is not compared.';
const PAIRS = new Map([
    ['ip-src|port', { looksAt: 0, type: 'ip', says: ofPort, note: WITHOUT_PORT }],
    ['ip-dst|port', { looksAt: 0, type: 'ip', says: ofPort, note: WITHOUT_PORT }],
    ['hostname|port', { looksAt: 0, type: 'domain', says: ofPort, note: WITHOUT_PORT }],
    ['domain|ip', { looksAt: 0, type: 'domain', says: (other) => `was at ${other}` }],
    ['filename|md5', { looksAt: 1, type: 'md5', says: ofName }],
    ['filename|sha1', { looksAt: 1, type: 'sha1', says: ofName }],
    ['filename|sha256', { looksAt: 1, type: 'sha256', says: ofName }],
    // The name of the sample and its MD5.
    ['malware-sample', { looksAt: 1, type: 'md5', says: ofName }],
]);
function ofPort(other) {
    return `port ${other}`;
}
function ofName(other) {
    return `was named ${other}`;
}
function* attributeItems(attribute, numbered, around, patterns) {
    const id = ownText(attribute, 'uuid') || numbered;
    const type = ownText(attribute, 'type').toLowerCase();
    const value = ownText(attribute, 'value');
    if (type === '' || value === '')
        return yield { reason: 'broken', detail: `${id}: It has no ${type === '' ? 'type' : 'value'}.` };
    // An attribute that was searched for names its event.
    const event = asObject(ownMember(attribute, 'Event'));
    const said = [ownText(attribute, 'comment'), ...around, event ? ownText(event, 'info') : ''];
    const entry = (kind, of, more = '', note = '') => {
        const context = [...new Set([...said, more].filter(Boolean))].join(', ');
        return { place: id, type: kind, value: of, id, context, note, campaign: '', confidence: '' };
    };
    const single = TYPES.get(type);
    // A name with folders is a path.
    if (single)
        return yield entry(type === 'filename' && /[\\/]/.test(value) ? 'path' : single, value);
    if (type === 'stix2-pattern')
        return yield* patternItems(value, id, entry('', '').context, patterns);
    const pair = PAIRS.get(type);
    if (!pair)
        return yield {
            reason: 'unsupported',
            detail: `${id}: Attributes of type ${quoteListValue(type)} are not looked up.`,
        };
    const bar = value.lastIndexOf('|');
    if (bar < 0 && pair.looksAt === 1)
        return yield { reason: 'broken', detail: `${id}: ${quoteListValue(value)} is no pair.` };
    const both = bar < 0 ? [value, ''] : [value.slice(0, bar), value.slice(bar + 1)];
    const other = both[1 - pair.looksAt];
    yield entry(pair.type, both[pair.looksAt], other === '' ? '' : pair.says(other), other === '' ? '' : pair.note);
}
//# sourceMappingURL=misp.js.map