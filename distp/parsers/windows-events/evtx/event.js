import { fileTime } from '../../../lib/time.js';
import { Damage } from '../../common/format-error.js';
import { withRaw } from '../../common/raw-text.js';
import { formValue, levelOf, windowsEvent, WindowsForm } from '../event.js';
import {} from '../record.js';
import { Instance, Templates } from './binxml.js';
import { numberAt } from './chunk.js';
import { dataPlanOf, eventPlanOf, NO_ITEMS, NOTHING, } from './plan.js';
import { recordOf, writtenAt } from './record.js';
import { treeOf, treeWithin } from './tree.js';
import { eventTimeText } from './times.js';
import { sidAt, u16, u32, valueAt, valueType } from './values.js';
import { xmlOf } from './xml.js';
const HEADER = 24;
/** Bytes that may lie behind the values of a record: tokens that end it, and those that fill it up. */
const FILLING = 40;
/** Values of one record: a chunk has 64 KiB, but a template may take a value a thousand times. */
const BYTES = 1_048_576;
/** Bytes of the types of which every value has as many; 0 where they differ. */
const FIXED = new Uint8Array(256);
for (const [size, ...types] of [
    [1, valueType.int8, valueType.uint8],
    [2, valueType.int16, valueType.uint16],
    [4, valueType.int32, valueType.uint32, valueType.bool, valueType.hexInt32],
    [8, valueType.int64, valueType.uint64, valueType.fileTime, valueType.hexInt64],
    [16, valueType.guid, valueType.sysTime],
])
    for (const type of types)
        FIXED[type] = size;
/** Windows writes the values of every event itself: where one has another size than its type, those behind it are not where they seem. */
function checkSizes({ count, type, size }) {
    for (let i = 0; i < count; i++) {
        const fixed = FIXED[type[i]];
        const isOdd = type[i] === valueType.string && size[i] % 2 !== 0;
        if (isOdd || (fixed !== 0 && size[i] !== fixed))
            throw new Damage(`a value of type ${type[i]} in ${size[i]} bytes`);
    }
}
const FROM = {
    live: null,
    slack: 'free space of a chunk',
    damaged: 'damaged chunk',
    removed: 'inside the record before it',
};
/** Makes events of records. */
export class Decoder {
    #path;
    #templates = new Templates();
    #sound = true;
    // Reused from record to record.
    #outer = new Instance();
    #inner = new Instance();
    #values = [];
    #sids = new Sids();
    #left = 0;
    constructor(path) {
        this.#path = path;
    }
    /** Called before each chunk; `sound`: its checksums are right. */
    begin(sound) {
        // What is remembered is bounded, whatever a file holds. Records of before keep the old ones for their raw text.
        if (this.#templates.isFull)
            this.#templates = new Templates();
        this.#sound = sound;
    }
    /**
     * Does the record at `at` have more room than its values take, or can that not be told? It is read with `event`, for
     * the record that was looked at last.
     */
    mayHide(chunk, at, size) {
        const end = at + size - 4;
        this.#outer.definition = null;
        const use = at + HEADER + (chunk.bytes[at + HEADER] === 0x0f ? 4 : 0);
        if (chunk.bytes[use] !== 0x0c)
            return true;
        try {
            this.#templates.instance(chunk, use, end, this.#outer);
            return end - this.#outer.end > FILLING;
        }
        catch (error) {
            if (!(error instanceof Damage))
                throw error;
            this.#outer.definition = null;
            return true;
        }
    }
    /** The event of the record at `at`; `offset` is where the chunk lies in the file. */
    event(chunk, at, size, offset, origin) {
        const { bytes } = chunk;
        if (origin !== 'live')
            this.mayHide(chunk, at, size);
        if (this.#outer.definition)
            checkSizes(this.#outer);
        const place = { path: this.#path, offset: offset + at, length: size, record: numberAt(bytes, at + 8) };
        const event = this.#quickly(chunk, at, size, place) ?? this.#slowly(chunk, at, size, place);
        return origin === 'live' && this.#sound ? event : this.#marked(event, origin);
    }
    #marked(event, origin) {
        const fields = event.fields;
        if (!this.#sound)
            fields.ChecksumValid = false;
        if (FROM[origin] === null)
            return event;
        fields.Recovered = true;
        fields.RecoveredFrom = FROM[origin];
        return Object.assign(event, { snippet: true });
    }
    /** By the elements of the record, whatever they are. */
    #slowly(chunk, at, size, place) {
        const { bytes } = chunk;
        const nodes = treeWithin(this.#templates, chunk, at + HEADER, at + size - 4);
        const record = recordOf(nodes, writtenAt(u32(bytes, at + 16), u32(bytes, at + 20)));
        return windowsEvent(record, () => xmlOf(nodes), place);
    }
    /** By what is known of its templates; null when they, or the types of its values, are not of the usual kind. */
    #quickly(chunk, at, size, place) {
        const { bytes } = chunk;
        const outer = this.#outer;
        if (!outer.definition)
            return null;
        const plan = eventPlanOf(outer.definition);
        if (!plan)
            return null;
        const data = this.#data(chunk, plan);
        if (!data)
            return null;
        // The time and the number that every event has.
        const { eventId: id, time: when } = plan;
        if (id >= outer.count || outer.type[id] !== valueType.uint16 || outer.size[id] !== 2)
            return null;
        if (when >= outer.count || outer.type[when] !== valueType.fileTime || outer.size[when] !== 8)
            return null;
        const low = u32(bytes, outer.at[when]);
        const high = u32(bytes, outer.at[when] + 4);
        const time = fileTime(low, high);
        if (time === null || time < EARLIEST)
            return null;
        // The values, in the order in which the form takes them.
        this.#left = BYTES;
        const values = this.#values;
        const { computer, level, recordId, userId, keywords, more } = plan;
        values[formValue.computer] = this.#own(chunk, computer);
        values[formValue.level] = this.#own(chunk, level);
        const number = this.#own(chunk, recordId);
        values[formValue.recordId] = typeof number === 'number' ? number : null;
        values[formValue.userId] = this.#own(chunk, userId);
        values[formValue.keywords] = this.#own(chunk, keywords);
        values[formValue.time] = eventTimeText(time, low, high);
        let count = formValue.more;
        let present = 0;
        for (let i = 0; i < more.length; i++) {
            const value = this.#own(chunk, more[i][1]);
            if (value === null)
                continue;
            present |= 1 << i;
            values[count++] = value;
        }
        const usual = this.#items(chunk, data, count);
        if (usual === null)
            return null;
        const eventId = u16(bytes, outer.at[id]);
        const form = usual ? this.#form(chunk, plan, data, eventId, present) : null;
        const templates = this.#templates;
        const [from, end] = [at + HEADER, at + size - 4];
        const raw = () => rawText(templates, chunk, from, end);
        if (form)
            return withRaw(form.event(values, time, place), raw);
        const provider = this.#own(chunk, plan.provider);
        const channel = this.#own(chunk, plan.channel);
        return windowsEvent({
            system: {
                eventId,
                provider: textOf(provider),
                channel: textOf(channel),
                computer: textOf(values[formValue.computer]),
                level: levelOf(values[formValue.level]),
                recordId: values[formValue.recordId],
                userId: textOf(values[formValue.userId]),
                keywords: values[formValue.keywords],
                more: namesOf(plan, present).map((name, i) => [name, values[formValue.more + i]]),
            },
            data: dataItems(data.names, values, count),
            when: { time, basis: 'format', text: values[formValue.time] },
        }, raw, place);
    }
    /** The data of an event, as a template of its own; null when it is none. */
    #data(chunk, { body, wrapped }) {
        const outer = this.#outer;
        if (body < 0 || body >= outer.count || outer.size[body] === 0)
            return NO_ITEMS;
        if (outer.type[body] !== valueType.binXml)
            throw new Damage(`data of type ${outer.type[body]}, which are no XML`);
        const { bytes } = chunk;
        const end = outer.at[body] + outer.size[body];
        let from = outer.at[body];
        if (bytes[from] === 0x0f)
            from += 4;
        if (from < end && bytes[from] === 0x00 && end - from > 1)
            throw new Damage('data that end where they begin');
        if (from >= end || bytes[from] !== 0x0c)
            return null;
        const inner = this.#inner;
        this.#templates.instance(chunk, from, end, inner);
        // More than one template is not usual.
        const next = inner.end < end ? bytes[inner.end] : -1;
        if (next === 0x0c || next === 0x0f || next === 0x01)
            return null;
        // One byte ends them. Where more is left, or nothing, the size of one was changed, and those behind it are not where they seem.
        if (next !== 0x00 || inner.end !== end - 1)
            throw new Damage(`values that end ${end - inner.end} bytes before their end`);
        const { root } = inner.definition;
        return wrapped && !root.children.some((child) => 'name' in child) ? null : dataPlanOf(inner.definition);
    }
    #form(chunk, plan, data, id, present) {
        let use = data.uses.get(plan);
        if (use === undefined) {
            use = { forms: new Map(), id: -1, present: 0, channel: '', provider: '', form: null };
            data.uses.set(plan, use);
        }
        const isLast = use.id === id && use.present === present;
        if (isLast && this.#says(chunk, plan.channel, use.channel) && this.#says(chunk, plan.provider, use.provider))
            return use.form;
        const channel = this.#own(chunk, plan.channel);
        const provider = this.#own(chunk, plan.provider);
        if (typeof channel !== 'string' || typeof provider !== 'string')
            return null;
        const key = `${id} ${present} ${channel}\0${provider}`;
        let form = use.forms.get(key);
        if (form === undefined) {
            form = WindowsForm.of({ eventId: id, channel, provider, more: namesOf(plan, present), data: data.names });
            if (use.forms.size > FORMS)
                use.forms.clear();
            use.forms.set(key, form);
        }
        Object.assign(use, { id, present, channel, provider, form });
        return form;
    }
    /** Reads the data items into the values from `count` on. False: some are lists or not there; null: some are elements. */
    #items(chunk, { slots, needs }, count) {
        const inner = this.#inner;
        const values = this.#values;
        let usual = true;
        for (let i = 0; i < slots.length; i++) {
            const slot = slots[i];
            const need = needs[i];
            if (need >= 0 && (need >= inner.count || inner.type[need] === valueType.null)) {
                values[count + i] = undefined;
                usual = false;
            }
            else if (typeof slot === 'string')
                values[count + i] = slot;
            else if (slot >= inner.count)
                values[count + i] = null;
            else {
                const type = inner.type[slot];
                if (type >= valueType.array)
                    usual = false;
                else if (type >= valueType.binXml)
                    return null;
                values[count + i] = this.#value(chunk.bytes, inner.at[slot], inner.size[slot], type);
            }
        }
        return usual;
    }
    /** Is this the text of a value of the System block? */
    #says({ bytes }, slot, text) {
        if (typeof slot === 'string')
            return slot === text;
        const { count, type, size, at } = this.#outer;
        return slot < count && type[slot] === valueType.string && isText(text, bytes, at[slot], size[slot]);
    }
    /** A value of the System block; null when it is not there or says nothing. */
    #own({ bytes }, slot) {
        if (typeof slot === 'string')
            return slot === NOTHING ? null : slot;
        const outer = this.#outer;
        if (slot >= outer.count)
            return null;
        const size = outer.size[slot];
        if (size === 0)
            return null;
        const value = this.#value(bytes, outer.at[slot], size, outer.type[slot]);
        return value === '' ? null : value;
    }
    #value(bytes, at, size, type) {
        this.#left -= size;
        if (this.#left < 0)
            throw new Damage(`values of more than ${BYTES} bytes in one record`, 'bomb');
        if (type === valueType.sid)
            return this.#sids.read(bytes, at, size);
        return valueAt(bytes, at, size, type);
    }
}
function namesOf({ more }, present) {
    return more.filter((_, i) => (present & (1 << i)) !== 0).map(([name]) => name);
}
/** The items of the data. A list without a name is as many items; one with a name is one item with all its values. */
function dataItems(names, values, from) {
    const items = [];
    for (const [i, name] of names.entries()) {
        const value = values[from + i];
        if (value === undefined)
            continue;
        if (value === null || typeof value !== 'object' || (name !== null && value.length > 1))
            items.push([name, value]);
        else
            for (const one of value)
                items.push([name, one]);
    }
    return items;
}
function textOf(value) {
    return value === null || value === '' ? null : String(value);
}
/** Times before Windows are none. */
const EARLIEST = Date.UTC(1980, 0, 1);
const FORMS = 256;
/** The XML of a record; one that goes beyond all bounds is told of instead. */
function rawText(templates, chunk, from, end) {
    try {
        return xmlOf(treeOf(templates, chunk, from, end));
    }
    catch (error) {
        if (!(error instanceof Damage))
            throw error;
        return `<!-- ${error.message} -->`;
    }
}
/** SIDs, of which a log has few: the text of one that was read lately is given again. */
class Sids {
    #slots = Array.from({ length: 1_024 });
    read(bytes, at, size) {
        if (size < 8 || size > 68)
            return valueAt(bytes, at, size, valueType.sid);
        let hash = size;
        for (let i = at; i < at + size; i++)
            hash = Math.imul(hash ^ bytes[i], 0x0100_0193);
        const slot = (hash ^ (hash >>> 15)) & 1_023;
        const known = this.#slots[slot];
        if (known !== undefined && isAt(known.bytes, bytes, at, size))
            return known.text;
        const text = sidAt(bytes, at, size);
        this.#slots[slot] = { bytes: Buffer.from(bytes.subarray(at, at + size)), text };
        return text;
    }
}
function isText(text, bytes, at, size) {
    if (text.length * 2 !== size)
        return false;
    for (let i = 0, from = at; i < text.length; i++, from += 2) {
        if (text.charCodeAt(i) !== u16(bytes, from))
            return false;
    }
    return true;
}
function isAt(known, bytes, at, size) {
    if (known.length !== size)
        return false;
    for (let i = 0; i < size; i++)
        if (known[i] !== bytes[at + i])
            return false;
    return true;
}
//# sourceMappingURL=event.js.map