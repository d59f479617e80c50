import { sha256 as sha256Of } from '../lib/hash.js';
import { weightOfRow } from '../rules/correlation.js';
import { fold, eventValues } from '../rules/field-values.js';
/** Rows kept of one artifact for correlations (what they have in common counts as some more), and the longest value of them. */
export const TRAILED = { weight: 250_000, value: 256 };
/** Numbers of a row in a trail. */
const PER_ROW = 8;
/** Rows of one file that answer one rule, for correlations. */
export class CorrelationRowTable {
    #rule;
    #names;
    #keys = [];
    #numbers = new Map();
    #rows = new Float64Array(64 * PER_ROW);
    #count = 0;
    #untimed = 0;
    #beyond = 0;
    constructor({ info, trail = [] }) {
        this.#rule = info.id;
        this.#names = trail;
    }
    /** How much more is kept now. `values`: of the fields that correlations ask for. */
    add(row, values, hasRoom) {
        const { time, at } = row;
        const keys = this.#keys.length;
        if (time === null)
            this.#untimed++;
        else if (!hasRoom)
            this.#beyond++;
        else {
            const rows = this.#roomForRow();
            const to = this.#count++ * PER_ROW;
            rows[to] = time;
            rows[to + 1] = this.#keyOf(row, values);
            rows[to + 2] = at.offset;
            rows[to + 3] = at.length;
            rows[to + 4] = at.line ?? at.record ?? 0;
            rows[to + 5] = row.identity();
            const [asked, id] = row.request?.() ?? NO_REQUEST;
            rows[to + 6] = asked;
            rows[to + 7] = id;
            return weightOfRow(this.#keys.length > keys);
        }
        return 0;
    }
    /** A row with a time for which there is no room. */
    pass() {
        this.#beyond++;
    }
    /** Once, when all rows came. */
    trail() {
        const rows = new Float64Array(this.#rows.buffer.transfer(this.#count * PER_ROW * 8));
        return { rule: this.#rule, keys: this.#keys, rows, untimed: this.#untimed, beyond: this.#beyond };
    }
    #roomForRow() {
        if ((this.#count + 1) * PER_ROW > this.#rows.length)
            this.#rows = new Float64Array(this.#rows.buffer.transfer(this.#rows.byteLength * 2));
        return this.#rows;
    }
    #keyOf({ log, timeBasis, host, client, user, at }, texts) {
        const counts = at.record === undefined ? 'line' : 'record';
        let key = `${log} ${timeBasis} ${counts} ${keyPart(host)}${keyPart(client)}${keyPart(user)}`;
        for (let i = 0; i < this.#names.length; i++)
            key += keyPart(texts[i] ?? null);
        let number = this.#numbers.get(key);
        if (number === undefined) {
            this.#numbers.set(key, (number = this.#keys.length));
            const values = Object.create(null);
            this.#names.forEach((name, i) => {
                const text = texts[i] ?? null;
                if (text !== null)
                    values[name] = shortened(text);
            });
            const [ofHost, ofClient, ofUser] = [host, client, user].map((text) => text === null ? null : shortened(text));
            // A plain object: it crosses a thread.
            this.#keys.push({
                log,
                timeBasis,
                host: ofHost,
                client: ofClient,
                user: ofUser,
                values: { ...values },
                counts,
            });
        }
        return number;
    }
}
const NO_REQUEST = [0, 0];
export function rowOfRecord({ time, client, user, at, id }, log) {
    return {
        time,
        log,
        timeBasis: 'format',
        host: null,
        client,
        user,
        at,
        identity: () => numberOfRecord(id, user, client),
    };
}
/** The values of the fields that correlations ask a row for, as one text each; null where it has none. */
export function trailValues({ trail = [] }, event) {
    const fields = eventValues(event);
    return trail.map((name) => {
        const field = fields.get(name);
        return field.empty ? null : field.folded.slice(0, field.own).join('\0');
    });
}
export function trailValue(value) {
    if (value === undefined || value === null)
        return value;
    const texts = typeof value === 'object' ? value.map(String) : [String(value)];
    return texts.length === 0 ? null : texts.map(fold).join('\0');
}
/** A text with its length, so that beside others it can pass for no two of them. */
function keyPart(text) {
    if (text === null)
        return '-';
    const short = shortened(text);
    return `${short.length} ${short}`;
}
/** Two long texts that are not the same stay different. */
function shortened(text) {
    return text.length <= TRAILED.value ? text : `${text.slice(0, TRAILED.value)}… ${sha256Of(text)}`;
}
/** Numbers by which rows of several logs are known as of one request: client and path, and its id. Zero where there is none. */
export function requestNumbers({ client, fields, request }) {
    const stem = fields['cs-uri-stem'];
    const asked = client !== null && typeof stem === 'string' && stem !== '' ? `${client} ${stem.toLowerCase()}` : null;
    const numberOf = (text) => text === null ? 0 : Number.parseInt(sha256Of(text).slice(0, 13), 16);
    return [numberOf(asked), numberOf(request)];
}
/** The number of a record that stands in every export of it, whatever its form. */
export function numberOfRecord(id, user, client) {
    const text = JSON.stringify(['record', id, user, client]).toLowerCase();
    return -1 - Number.parseInt(sha256Of(text).slice(0, 13), 16);
}
//# sourceMappingURL=correlation-rows.js.map