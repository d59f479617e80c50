import { FileDevices, FileLogons } from './counted-accounts.js';
import { keepIds, UNCOUNTED, ValueIds } from '../prefilter/value-ids.js';
import { isPrivate } from '../lib/ip.js';
import { iso } from '../lib/time.js';
import { DailyShares, LEAST_SHARE } from './daily-shares.js';
import { traitOf } from '../parsers/row-layout.js';
/** Numbers per value: rows, first and last time, statuses (2xx to 5xx), bytes. */
const WIDTH = 8;
/** Values for which there is room at first: most files are small. */
const FEW = 8;
/** What is not counted by its value; what is not counted at all. */
const [BEYOND, NOWHERE] = [-1, -2];
export const TRAITS = ['client', 'agent', 'path', 'status'];
/** Values that are counted of one file, and of all of them. */
const MOST = {
    file: { client: 100_000, agent: 10_000, path: 20_000, status: 1_000 },
    run: { client: 500_000, agent: 20_000, path: 50_000, status: 1_000 },
};
/** Requests by the values of one trait: flat, since there may be a hundred thousand of a file. */
export class TrafficTable {
    values = [];
    /** Of values that were added by their numbers. */
    #ids = [];
    /** Eight numbers each, and room for more; times are NaN where no row has one. */
    #counts = new Float64Array(0);
    only = [];
    beyond = 0;
    #numbers = new Map();
    #most;
    constructor(most = Infinity) {
        this.#most = most;
    }
    /** The number of a value; negative for those beyond the most that are counted. */
    numberOf(value) {
        const known = this.#numbers.get(value);
        if (known !== undefined)
            return known;
        const number = this.#append(value);
        if (number !== BEYOND)
            this.#numbers.set(value, number);
        return number;
    }
    /** The number of a new value that is never searched for by its text. */
    append(names, id) {
        const number = this.#append(names.valueOf(id));
        if (number !== BEYOND)
            this.#ids.push(id);
        return number;
    }
    #append(value) {
        const number = this.values.length;
        if (number >= this.#most)
            return BEYOND;
        this.values.push(value);
        const at = number * WIDTH;
        if (at === this.#counts.length) {
            const more = new Float64Array(Math.max(FEW * WIDTH, 2 * at));
            more.set(this.#counts);
            this.#counts = more;
        }
        this.#counts[at + 1] = this.#counts[at + 2] = Number.NaN;
        return number;
    }
    /** Counts eight numbers more of a value, as they stand in `from` at `at`; `only` as in `Tally`, where it is told. */
    add(number, from, at, only) {
        if (number < 0) {
            if (number === BEYOND)
                this.beyond += from[at];
            return;
        }
        const counts = this.#counts;
        const to = number * WIDTH;
        this.#see(to, from[at + 1], from[at + 2]);
        counts[to] = counts[to] + from[at];
        for (let i = 3; i < WIDTH; i++)
            counts[to + i] = counts[to + i] + from[at + i];
        if (only !== undefined)
            this.#from(number, only);
    }
    /** Counts what stands in the table of a file; `see`: each value with its number. */
    addFile({ values, counts, only, beyond }, see) {
        this.beyond += beyond;
        for (const [i, value] of values.entries()) {
            const number = this.numberOf(value);
            this.add(number, counts, i * WIDTH, only[i]);
            see?.(value, number);
        }
    }
    /** One request more, whose row has these fields; `client` where it is told. */
    addRow(number, fields, time, client) {
        if (number < 0) {
            if (number === BEYOND)
                this.beyond++;
            return;
        }
        const counts = this.#counts;
        const to = number * WIDTH;
        const { 'sc-status': status, 'sc-bytes': bytes } = fields;
        counts[to]++;
        if (typeof status === 'number' && status >= 200 && status < 600)
            counts[to + 1 + Math.floor(status / 100)]++;
        if (typeof bytes === 'number' && bytes > 0)
            counts[to + 7] += bytes;
        if (time !== null)
            this.#see(to, time, time);
        if (client !== undefined)
            this.#from(number, client);
    }
    /** Null for a value that no request has. */
    find(value) {
        const number = this.#numbers.get(value);
        return number === undefined ? null : this.of(number);
    }
    /** The one client whose requests have a value: empty where none is named, null where there are several or none. */
    onlyOf(value) {
        const number = this.#numbers.get(value);
        return number === undefined ? null : (this.only[number] ?? null);
    }
    of(number) {
        const [rows, first, last, ok, moved, refused, failed, bytes] = this.#counts.subarray(number * WIDTH, (number + 1) * WIDTH);
        const timeOf = (time) => (Number.isNaN(time) ? null : time);
        return {
            rows: rows,
            first: timeOf(first),
            last: timeOf(last),
            statuses: [ok, moved, refused, failed],
            bytes: bytes,
        };
    }
    /** As plain data; `names`: by whose numbers its values were added. */
    tally(names) {
        const { values, only, beyond } = this;
        if (names !== undefined)
            keepIds(values, names, this.#ids);
        return { values, counts: this.#counts.slice(0, values.length * WIDTH), only, beyond };
    }
    #from(number, client) {
        const known = this.only[number];
        this.only[number] = known === undefined || known === client ? client : null;
    }
    #see(to, first, last) {
        const counts = this.#counts;
        if (!(counts[to + 1] <= first) && !Number.isNaN(first))
            counts[to + 1] = first;
        if (!(counts[to + 2] >= last) && !Number.isNaN(last))
            counts[to + 2] = last;
    }
}
function tablesOf(of) {
    const tableOf = (trait) => new TrafficTable(MOST[of][trait]);
    return { client: tableOf('client'), agent: tableOf('agent'), path: tableOf('path'), status: tableOf('status') };
}
/** Requests to the front end in all files, by each trait. */
export class RequestTables {
    of = tablesOf('run');
    days = new DailyShares();
    /** By the number of a client. */
    #outside = [];
    #files = [];
    /** By the number of a path that ends like a file: the numbers of files with requests for it. */
    #filesOf = [];
    /** When a client asked for anything first; null where it never did, undefined where that is not known. */
    sinceOf(client) {
        const { client: clients } = this.of;
        return clients.find(client)?.first ?? (clients.beyond > 0 ? undefined : null);
    }
    addFile({ requests, artifact }) {
        const file = artifact === undefined || requests.path.values.length === 0 ? -1 : this.#files.push(artifact.path) - 1;
        for (const trait of TRAITS)
            if (trait === 'path' && file >= 0)
                this.of.path.addFile(requests.path, (path, number) => this.#note(path, number, file));
            else if (trait === 'client')
                this.#addClients(requests, artifact?.first ?? null);
            else
                this.of[trait].addFile(requests[trait]);
    }
    /** `first`: the time of the first row of the file. */
    #addClients({ client: tally, agent }, first) {
        const { values, counts } = tally;
        let [rows, outside, at] = [0, 0, 0];
        this.of.client.addFile(tally, (client, number) => {
            const own = counts[at++ * WIDTH];
            rows += own;
            if (this.#isOutside(client, number))
                outside += own;
        });
        if (first === null)
            return;
        const many = values.flatMap((client, i) => counts[i * WIDTH] < LEAST_SHARE * rows ? [] : [[client, shareIn(counts, i * WIDTH)]]);
        this.days.add(first, rows, outside, many, agent);
    }
    /** Is it an address outside? The answer is kept with the number of the client. */
    #isOutside(client, number) {
        const known = number < 0 ? undefined : this.#outside[number];
        if (known !== undefined)
            return known;
        const isOutside = !isPrivate(client);
        if (number >= 0)
            this.#outside[number] = isOutside;
        return isOutside;
    }
    /** The paths of files that have requests for this path; null where these are too many to be noted. */
    filesOf(path) {
        const noted = this.#filesOf[path];
        return noted === null ? null : (noted ?? []).map((file) => this.#files[file]);
    }
    #note(path, number, file) {
        if (number < 0 || path.indexOf('.', path.length - ENDING) < 0)
            return;
        const noted = this.#filesOf[number];
        if (noted === null)
            return;
        if (noted === undefined)
            this.#filesOf[number] = [file];
        else if (noted.length < FILES)
            noted.push(file);
        else
            this.#filesOf[number] = null;
    }
}
/** Rows without a status say nothing against a sender. */
function shareIn(counts, at) {
    const [rows, ok, moved, refused, failed] = [
        counts[at],
        counts[at + 3],
        counts[at + 4],
        counts[at + 5],
        counts[at + 6],
    ];
    return { rows, answered: ok + rows - (ok + moved + refused + failed), named: 0 };
}
/** Files in which requests for one path are noted; letters of an ending, with its dot. */
const [FILES, ENDING] = [64, 7];
/** Requests to the front end in one file. */
export class FileRequests {
    of = tablesOf('file');
    devices;
    logons;
    names;
    #number;
    constructor(names = new ValueIds()) {
        this.names = names;
        this.#number = names.next();
        this.devices = new FileDevices(names);
        this.logons = new FileLogons(names);
    }
    /** The number of a value here; negative where it has none of its own. */
    numberOf(id) {
        if (id < 0)
            return id === UNCOUNTED ? NOWHERE : BEYOND;
        const { tables, places } = this.names;
        if (tables[id] === this.#number)
            return places[id];
        const number = this.#append(id);
        tables[id] = this.#number;
        places[id] = number;
        if (number === BEYOND)
            this.names.full(this.names.traitOf(id));
        return number;
    }
    #append(id) {
        const trait = this.names.traitOf(id);
        if (trait === 'device')
            return this.devices.append(id);
        if (trait === 'logon')
            return this.logons.append(id);
        return this.of[trait].append(this.names, id);
    }
    /** Rows of a value: eight numbers, as `TrafficTable` has them. */
    add(trait, number, from, at, only) {
        if (trait === 'device')
            this.devices.add(number, from[at], from[at + 3], from[at + 1], from[at + 2]);
        else if (trait === 'logon')
            this.logons.add(number, from[at], 0, from[at + 1], from[at + 2]);
        else
            this.of[trait].add(number, from, at, only);
    }
    /** One request of a mobile device. */
    addDevice({ value, client, isContent }, time, at) {
        const number = this.numberOf(this.names.of('device', value));
        this.devices.see(number, firstRow(at, client));
        this.devices.add(number, 1, isContent ? 1 : 0, time, time);
    }
    /** One logon. */
    addLogon({ value, client }, time, at) {
        const number = this.numberOf(this.names.of('logon', value));
        this.logons.see(number, firstRow(at, client));
        this.logons.add(number, 1, 0, time, time);
    }
    /** The first row with a value that has an account of its own. */
    see(id, number, row) {
        const trait = this.names.traitOf(id);
        if (trait === 'device')
            this.devices.see(number, row);
        else if (trait === 'logon')
            this.logons.see(number, row);
    }
    addRow(client, fields, time) {
        for (const trait of TRAITS) {
            const value = trait === 'client' ? client : traitOf(trait, fields);
            if (value === null)
                continue;
            const number = this.numberOf(this.names.of(trait, value));
            this.of[trait].addRow(number, fields, time, trait === 'client' ? undefined : (client ?? ''));
        }
    }
    /** As plain data. */
    tallies() {
        const tallyOf = (trait) => this.of[trait].tally(this.names);
        return { client: tallyOf('client'), agent: tallyOf('agent'), path: tallyOf('path'), status: tallyOf('status') };
    }
}
function firstRow({ offset, length, line = 0 }, client) {
    return { offset, length, line, client };
}
/** The tables of a file in which there are no requests. */
export const NO_REQUESTS = new FileRequests().tallies();
/** Its times as an assessment has them. */
export function dated(traffic) {
    return { ...traffic, first: iso(traffic.first), last: iso(traffic.last) };
}
/** Clients of findings that are reported with all of their requests. */
const TOLD = 1_000;
/** What else the clients of findings did: those with most findings first. */
export function clientsOf(findings, traffic) {
    const own = Map.groupBy(findings, ({ client }) => client);
    return [...own]
        .flatMap(([client, of]) => {
        const asked = client === null ? null : traffic.find(client);
        if (client === null || asked === null)
            return [];
        const found = of.reduce((sum, { count }) => sum + count, 0);
        const ids = of.map(({ id }) => id);
        return [{ client, findings: ids, found, ...dated(asked) }];
    })
        .sort((a, b) => b.findings.length - a.findings.length || b.found - a.found || (a.client < b.client ? -1 : 1))
        .slice(0, TOLD);
}
//# sourceMappingURL=requests.js.map