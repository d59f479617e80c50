import { counted } from '../../lib/amounts.js';
import { isSecretName, MASK } from '../../lib/mask-secrets.js';
import { posternSources } from '../config/xml-reader.js';
import { describeValue, REG, typeName } from './value.js';
/** The kinds of event that a hive gives, each with its log kind and its log sources. */
export const gives = {
    registry: { log: 'registry', sources: posternSources('registry') },
    startup: { log: 'startup', sources: posternSources('startup') },
    service: { log: 'services', sources: posternSources('service') },
    task: { log: 'tasks', sources: posternSources('task') },
    account: { log: 'accounts', sources: posternSources('account') },
    /** Accounts that other hives than SAM tell of: they do not stand for the list of all. */
    profile: { log: 'registry', sources: posternSources('account') },
    program: { log: 'programs', sources: posternSources('program') },
    exchange: { log: 'exchange-config', sources: posternSources('exchange-config') },
    request: { log: 'certificate-requests', sources: posternSources('certificate-request') },
};
/** Maximum number of events of one hive. */
const EVENTS = 250_000;
const QUOTED = 40;
/** Where the places of the registry put what they read. */
export class Context {
    source;
    identity;
    /** Name of the machine, where the hive says it. */
    host = null;
    /** The control set in use: `ControlSet001`. */
    controlSet;
    /** The last moment that the hive knows of. */
    end;
    #sink;
    #size;
    #fromLog;
    // What deleted keys gave waits until it is known what the live ones give: by path first, which is cheap to compare.
    #gone = [];
    #targets = new Set();
    #live = new Set();
    #events = 0;
    constructor(source, sink, about) {
        this.source = source;
        this.#sink = sink;
        this.identity = about.identity;
        this.controlSet = about.controlSet;
        this.end = about.end;
        this.#size = about.size;
        this.#fromLog = about.fromLog;
    }
    /** The path of a key as people write it, with the control set in use as CurrentControlSet. */
    pathOf(key) {
        const [first, ...rest] = key.path;
        if (first === undefined)
            return this.identity.mount;
        const shown = this.controlSet !== null && first.toUpperCase() === this.controlSet.toUpperCase() ? 'CurrentControlSet' : first;
        return [this.identity.mount, shown, ...rest].join('\\');
    }
    emit(given, key, told) {
        const event = this.#event(given, key, told);
        const target = String(event.fields.TargetObject);
        if (key.deleted) {
            this.#gone.push(event);
            this.#targets.add(target);
            return;
        }
        if (told.former !== true && this.#targets.has(target))
            this.#live.add(signature(event));
        this.#send(event);
    }
    /** Tells what deleted keys gave, but for copies of what still stands: a key that grew was moved. */
    finish() {
        for (const event of this.#gone)
            if (!this.#live.has(signature(event)))
                this.#send(event);
    }
    #send(event) {
        if (this.#events++ < EVENTS)
            this.#sink.event(event);
        else if (this.#events === EVENTS + 1)
            this.note(`more than ${EVENTS} events; the rest is not told`);
    }
    #event(given, key, told) {
        const recovered = key.deleted || told.former === true;
        const at = told.value?.at ?? key.at;
        const path = this.pathOf(key);
        const target = told.value ? `${path}\\${told.value.name === '' ? '(Default)' : told.value.name}` : path;
        const fromLog = this.#fromLog(at);
        const fields = { ...told.fields, TargetObject: target, LastWrite: key.written };
        if (recovered)
            fields.Recovered = true;
        if (fromLog !== null)
            fields.FromLog = fromLog;
        return {
            log: given.log,
            sources: given.sources,
            time: told.time === undefined ? key.time : told.time,
            timeBasis: 'format',
            fields,
            raw: told.raw ?? rawOf(path, key, told),
            at: this.placeOf(at),
            host: this.host,
            client: null,
            user: told.user === undefined ? this.identity.user : told.user,
            target: told.target ?? target,
            request: null,
            session: null,
            ...(recovered ? { snippet: true } : {}),
        };
    }
    fact(fact) {
        this.#sink.fact(fact);
    }
    note(note, at = { offset: 0, length: 0 }) {
        this.#sink.fact({ fact: 'note', note: `${this.source.path}: ${note}`, at: this.placeOf(at) });
    }
    /** A place in the file; what a log added behind its end has no bytes there. */
    placeOf(at) {
        const offset = Math.min(at.offset, this.#size);
        return { path: this.source.path, offset, length: Math.min(at.length, this.#size - offset) };
    }
}
function rawOf(path, key, told) {
    const head = `[${path}] last written ${key.written ?? 'at an unknown time'}`;
    const values = told.value ? [told.value] : key.values.slice(0, QUOTED);
    const rest = told.value ? 0 : key.values.length - values.length;
    return [head, ...values.map((value) => shown(value)), ...(rest > 0 ? [`… ${counted(rest, 'more value')}`] : [])].join('\n');
}
/** The fields of one value in the generic form; what it holds is masked where its name says that it is a secret. */
export function valueFields(value, details) {
    return {
        Details: isSecret(value) ? MASK : details,
        ValueName: value.name,
        ValueType: typeName(value.type),
    };
}
/** A number is a switch, not a secret: `UseLogonCredential`. */
function isSecret(value) {
    return value.type !== REG.dword && value.type !== REG.qword && isSecretName(value.name);
}
function shown(value) {
    return isSecret(value) ? `"${value.name}" = ${typeName(value.type)} ${MASK}` : describeValue(value);
}
/** What an event says, apart from when its key was written. */
export function signature({ log, fields }) {
    const { LastWrite: _, Recovered: __, FromLog: ___, ...said } = fields;
    return JSON.stringify([log, said]);
}
/** The values of a key and those that were deleted from it, unless they stand there still. */
export function* keyValues(key) {
    for (const value of key.values)
        yield { value, former: false };
    for (const value of key.formerly) {
        const same = key.value(value.name);
        const data = value.data();
        if (!same || !data || same.type !== value.type || !same.data()?.equals(data))
            yield { value, former: true };
    }
}
//# sourceMappingURL=context.js.map