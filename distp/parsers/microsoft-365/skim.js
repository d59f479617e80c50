import { fieldValue } from '../common/field-value.js';
import { isoTime } from '../../lib/time.js';
import { jsonListOf, jsonObjectOf, memberText, writtenOut } from './record.js';
import { recordClient, formOf, isVaried, ITEM_FIELDS, itemField, LISTS, PLAIN_LISTS } from './unified.js';
/** Forms that are remembered; a file that makes them up by the thousand must not fill memory. */
const FORMS = 2_000;
/**
 * Asks of a record of the unified audit log what can be told without its event: by the names of its members, by what it
 * is a record of, and by single values. Most records are so counted, and become no event.
 */
export class CloudSkim {
    #sink;
    #forms = new Map();
    constructor(sink) {
        this.#sink = sink;
    }
    /** True when the record was counted, and need not become an event. */
    passes({ kind, members }, at) {
        if (!this.#sink.records || kind !== 'unified')
            return false;
        const time = isoTime(memberText(members, 'creationtime'));
        if (time === null)
            return false;
        const judged = this.judgeOf(members);
        if (judged === null)
            return false;
        const { judge, plain } = judged;
        const client = recordClient(members);
        const id = memberText(members, 'id');
        return judge.passes({
            time,
            client,
            user: memberText(members, 'userid'),
            at,
            id,
            hasId: id !== null,
            tell: (name) => fieldOfMember(name, members, plain, client),
        });
    }
    /** Who judges records like this one; null where each must become an event. */
    judgeOf(members) {
        const plain = plainOf(members);
        if (plain === null)
            return null;
        const key = keyOf(members, plain);
        let judge = this.#forms.get(key);
        if (judge === undefined) {
            if (this.#forms.size >= FORMS)
                this.#forms.clear();
            const form = formOf(members, plain.names);
            judge = form && (this.#sink.records?.(form) ?? null);
            this.#forms.set(key, judge);
        }
        return judge && { judge, plain };
    }
}
const NONE = { names: [], values: [] };
/** Null where two of them have one name, be it in another case. */
export function plainOf(members) {
    let plain = null;
    for (const list of PLAIN_LISTS) {
        const value = members.get(list)?.[1];
        if (value === undefined || value === null)
            continue;
        const items = jsonListOf(value);
        if (!items || items.length > 100)
            return null;
        for (const item of items) {
            if (typeof item !== 'object' || item === null)
                return null;
            const { Name, Value } = item;
            if (typeof Name !== 'string' || Name === '')
                return null;
            const name = Name.toLowerCase();
            if (members.has(name))
                continue;
            plain ??= { names: [], values: [] };
            if (plain.names.includes(name))
                return null;
            plain.names.push(name);
            plain.values.push(writtenOut(Value));
        }
    }
    return plain ?? NONE;
}
/**
 * What decides of which form a record is. A text is another thing than the list that it looks like, and every text stands
 * there with its length, so that none can pass for several.
 */
function keyOf(members, { names }) {
    let key = '';
    for (const [name, [spelled, value]] of members) {
        key += lengthed(spelled);
        if (isVaried(name))
            key += typeof value === 'string' ? `"${lengthed(value)}` : `=${lengthed(writtenOut(value))}`;
    }
    for (const name of names)
        key += `+${lengthed(name)}`;
    return key;
}
/** A text with its length, so that beside others it can pass for no two of them. */
export const lengthed = (text) => `${text.length} ${text}`;
/** Names of the properties of a list, as they are spelled; null where it has others than `plainOf` takes. */
export function propertyNames(list) {
    if (list === undefined || list === null)
        return [];
    const items = jsonListOf(list);
    if (!items || items.length > 100)
        return null;
    const names = [];
    for (const item of items) {
        if (typeof item !== 'object' || item === null)
            return null;
        const { Name } = item;
        if (typeof Name !== 'string' || Name === '')
            return null;
        names.push(Name);
    }
    return names;
}
/** Does only the event tell the field of that name, even though the record has a member of it? */
export function isUntold(name) {
    return LISTS.has(name) || name === 'target';
}
export function fieldOfMember(name, members, plain, client) {
    if (name === 'c-ip')
        return client;
    const member = members.get(name);
    if (member)
        return isUntold(name) ? undefined : fieldValue(member[1]);
    const at = plain.names.indexOf(name);
    if (at >= 0)
        return plain.values[at];
    const dot = name.indexOf('.');
    const outer = name.slice(0, dot);
    if (dot > 0 && (outer === 'appaccesscontext' || outer === 'item'))
        return within(members.get(outer)?.[1], name.slice(dot + 1));
    return ITEM_FIELDS.has(name) ? itemField(members, name) : undefined;
}
/** A member of an object by its name in lower case; undefined where several have it. */
function within(value, name) {
    const object = jsonObjectOf(value);
    if (!object)
        return null;
    let found = null;
    let times = 0;
    for (const key of Object.keys(object)) {
        if (key.toLowerCase() !== name)
            continue;
        found = fieldValue(object[key]);
        times++;
    }
    return times > 1 ? undefined : found;
}
//# sourceMappingURL=skim.js.map