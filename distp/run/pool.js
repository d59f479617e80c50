import { MessageChannel } from 'node:worker_threads';
import { isLoose, streamOf } from '../evidence/index.js';
import { append } from '../lib/collections.js';
import { askAll } from '../rules/match.js';
import { scanMember, unscanned } from '../scan/scan.js';
import { ValueCaches } from '../prefilter/row-rules.js';
import { leaveSharedFile, statesFor } from './shared-file.js';
import { abandonedFor, stackOf } from './handle.js';
import { listInProcess } from './list.js';
import { startProcess } from './process.js';
import { LIMITS, startThread } from './thread.js';
const TURN = 16;
/** Works in this thread, one unit after the other. */
export function inlinePool(knowledge, zone, passwords = []) {
    const { rules } = knowledge;
    const settings = { rules, ask: askAll(rules.events), zone, passwords, lexicons: new ValueCaches(rules.events) };
    return {
        async run(_task, items, each) {
            for (const [index, item] of items.entries()) {
                each((await scanMember(item, settings)), index);
                // What waits in this thread, such as a file that is written, goes on between two members.
                if (index % TURN === 0)
                    await new Promise(setImmediate);
            }
        },
    };
}
/**
 * Small files are handed to a thread many at a time, before it asks for them, and answered many at a time: of tens of
 * thousands each message of its own is most of the work. A thread is handed more when fewer than half are left.
 */
const AHEAD = { members: 256, size: 256 * 1024 };
/**
 * Works in `jobs` lanes, each a thread or a process at a time. Threads read large logs of rows, which lie in a folder: text, in
 * pieces. Everything else is read in processes: archives, forms of binary data, and what is searched by YARA rules, also by
 * those of the user. Each loads the same rules; units are handed out largest first, so that the last ones are small. A result
 * does not depend on the worker that made it. A worker that runs out of memory or time, or fails, costs the file that it was at,
 * which becomes a gap; one that fails before it has begun a file ends the run.
 */
export function workerPool(options) {
    const { jobs, limits = LIMITS, isForThread = isLargeLog, start = starters } = options;
    const { paths, zone, passwords = [], onFailed = () => undefined, isLater = false } = options;
    const settings = { paths, zone, passwords };
    const settingsOf = (kind) => ({ ...settings, isLater: kind === 'process' && isLater });
    const open = (kind) => start[kind](settingsOf(kind), limits);
    /** Workers that have no work yet, or none any more. */
    const ready = [];
    const taken = (kind) => {
        for (;;) {
            const at = ready.findIndex((worker) => worker.kind === kind);
            if (at < 0)
                return open(kind);
            const [worker] = ready.splice(at, 1);
            // One that failed before it had work is started again when there is some, and fails then.
            if (!worker.isOver())
                return worker;
        }
    };
    const end = async () => {
        await Promise.all(ready.splice(0).map((worker) => worker.end()));
    };
    const patience = new Patience(limits);
    const answers = new WeakMap();
    return {
        end,
        start(waiting) {
            if (waiting.isOver())
                return;
            waiting.post(settingsOf(waiting.kind));
            ready.push(waiting);
        },
        list: (root, onFound) => listInProcess({ root, passwords, jobs }, patience, {
            open: () => taken('process'),
            close: async (worker, isGood) => {
                if (isGood)
                    ready.push(worker);
                else
                    await worker.end();
            },
        }, onFound),
        async run(_task, items, each) {
            const members = items;
            const work = new Work(members, isForThread);
            const lanes = [];
            const job = {
                start: taken,
                members,
                canHelp: jobs > 1,
                work,
                patience,
                answers,
                done: (scan, at) => each(scan, at),
                unread: (at, { reason, detail }) => each(unscanned(members[at], reason, detail), at),
                mistake: (at, detail, stack) => onFailed(members[at].path, detail, stack),
                rest: () => {
                    for (const idle of lanes)
                        idle.help(lanes);
                },
            };
            for (const kind of work.lanes(jobs))
                lanes.push(new Lane(job, kind));
            let isDone = false;
            try {
                await Promise.all(lanes.map((lane) => lane.work()));
                isDone = true;
            }
            finally {
                // Those that still work would go on for nothing; a process that has nothing to do may have more of the next evidence.
                work.stop();
                for (const lane of lanes)
                    for (const worker of lane.free(isDone))
                        ready.push(worker);
                await Promise.all(lanes.map((lane) => lane.end()));
            }
        },
    };
}
const starters = {
    thread: (settings, limits) => startThread(settings, undefined, limits),
    process: (settings, limits) => startProcess(settings, undefined, limits),
};
/** So large is a log whose rows are worth a thread: threads share what they take of one file. */
const LOG = 1024 * 1024;
/** A log that lies in a folder, by its name alone; the thread looks whether it is one. */
export function isLargeLog({ ref, path, size, refused, companions }) {
    return (refused === undefined &&
        (companions ?? []).length === 0 &&
        isLoose(ref) &&
        size !== null &&
        size >= LOG &&
        /\.log$/i.test(path));
}
/** What one file may cost of the time of a run, after others have cost theirs. */
export class Patience {
    #limits;
    #lost = 0;
    constructor(limits) {
        this.#limits = limits;
    }
    /** So long a worker may take to load its rules. */
    get start() {
        return this.#limits.seconds * 1000;
    }
    /**
     * Milliseconds for so many bytes. Files that hang cost a run about `lost` seconds together, however many they are: each may
     * take a part of what is left.
     */
    for(bytes) {
        const { seconds, bytesPerSecond, lost } = this.#limits;
        const left = Math.max(0, 1 - this.#lost / lost);
        // However much was lost to others, a large log has the time that it takes on a slow machine.
        return (seconds * Math.max(LEAST.file, left) + (bytes / bytesPerSecond) * Math.max(LEAST.bytes, left)) * 1000;
    }
    /** A file was given up after so long. */
    lose(milliseconds) {
        this.#lost += milliseconds / 1000;
    }
}
/** The least parts of the time that the first file may take, for itself and for its bytes: what reads at all is read by then. */
const LEAST = { file: 1 / 60, bytes: 1 / 10 };
/** What is lost about where a worker runs out of memory (ms). */
const FILLED = 5_000;
/** Units that are to be done, those for threads and those for processes. */
class Work {
    #units = { thread: [], process: [] };
    #bytes = { thread: 0, process: 0 };
    #isLarge;
    #processes = 0;
    constructor(members, isForThread) {
        for (const unit of unitsOf(members)) {
            const kind = unit.length === 1 && isForThread(members[unit[0]]) ? 'thread' : 'process';
            this.#units[kind].push(unit);
            for (const at of unit)
                this.#bytes[kind] += PER_FILE + (members[at].size ?? UNKNOWN);
        }
        this.#isLarge = this.#units.thread.some(([at]) => statesFor(members[at]) !== null);
        for (const list of Object.values(this.#units))
            list.reverse();
    }
    /** What each lane begins with. One large file is work for two. */
    lanes(jobs) {
        const { thread, process } = this.#units;
        const count = Math.min(jobs, this.#isLarge ? jobs : thread.length + process.length);
        const most = process.length === 0 ? 0 : Math.min(count, this.#most);
        const share = this.#bytes.process / (this.#bytes.thread + this.#bytes.process);
        this.#processes = thread.length === 0 ? most : Math.min(most, count - 1, Math.round(count * share));
        const threads = thread.length === 0 ? 0 : count - this.#processes;
        return [...Array(threads).fill('thread'), ...Array(this.#processes).fill('process')];
    }
    has(kind) {
        return this.#units[kind].length > 0;
    }
    next(kind) {
        return this.#units[kind].pop();
    }
    /** A thread found that a file is for a process. */
    defer(at, size) {
        this.#units.process.push([at]);
        this.#bytes.process += PER_FILE + size;
    }
    /**
     * May one more lane go on in a process? Few files are read by one before another has loaded its rules. Those that do go on
     * until nothing is left.
     */
    claim() {
        const may = this.#processes < this.#most && this.#units.process.length > 0;
        if (may)
            this.#processes++;
        return may;
    }
    /** A lane found no more for its process. */
    release() {
        this.#processes--;
    }
    get #most() {
        return Math.max(1, Math.ceil(this.#bytes.process / PER_PROCESS));
    }
    stop() {
        this.#units.thread = [];
        this.#units.process = [];
    }
}
/** Work for one process, and what a file costs besides its bytes; a file whose size shows when it is unpacked. */
const PER_PROCESS = 8 * 2 ** 20;
const PER_FILE = 20 * 1024;
const UNKNOWN = PER_PROCESS;
/** So often a worker may take all the time that there is to load its rules. */
const STARTS = 3;
/** So often one looks at the time (ms). */
const TICK = 50;
/** One thread or process at a time, and what it has been handed and has not answered yet, in this order. */
class Lane {
    #job;
    #kind;
    #waiting = [];
    /** Members that were given up, and why: their names and locations are matched by the next worker. */
    #abandoned = new Map();
    #unit = [];
    #taken = 0;
    #workers = new Map();
    #timer;
    #starts = 0;
    #settle = null;
    /** What it shares of the file that it reads, and the port for who helps; of the one that it helps with. */
    #shared = null;
    #helps = null;
    #helped = false;
    #isResting = false;
    constructor(job, kind) {
        this.#job = job;
        this.#kind = kind;
    }
    /** Reads members until there is none left. */
    work() {
        return new Promise((resolve, reject) => {
            this.#settle = { resolve, reject };
            this.#fill();
        });
    }
    /** With nothing left to read, helps one of the others. */
    help(others) {
        if (!this.#isResting || this.#helps !== null || !this.#job.canHelp)
            return;
        const shared = others.map((other) => other.#share()).find((one) => one !== null);
        if (!shared)
            return;
        const { member, states, port } = shared;
        this.#helps = states;
        const errand = { member, shared: { states, port }, isHelp: true };
        this.#worker('thread').post([errand], [port]);
    }
    /** What another thread needs to help with the file at hand; null where there is none, or one helps already. */
    #share() {
        const shared = this.#helped ? null : this.#shared;
        if (shared)
            this.#helped = true;
        return shared;
    }
    /** Processes that wait for more, which are no longer its own. */
    free(isDone) {
        const worker = this.#workers.get('process');
        if (!isDone || worker === undefined || worker.isOver() || this.#waiting.length > 0)
            return [];
        this.#workers.delete('process');
        worker.tell(null);
        return [worker];
    }
    async end() {
        clearInterval(this.#timer);
        this.#leave();
        const workers = [...this.#workers.values()];
        this.#workers.clear();
        await Promise.all(workers.map((worker) => worker.end()));
    }
    #worker(kind) {
        let worker = this.#workers.get(kind);
        if (worker !== undefined)
            return worker;
        const started = (worker = this.#job.start(kind));
        this.#workers.set(kind, started);
        started.tell({
            answers: (answers) => this.#answered(started, answers),
            ended: (how) => this.#ended(started, how),
        });
        return started;
    }
    /** Hands out what comes next; of large files one at a time, so that another may take the rest. */
    #fill() {
        if (this.#waiting.length > AHEAD.members / 2)
            return;
        const more = this.#more();
        if (more.length > 0)
            return this.#hand(more);
        if (this.#waiting.length > 0)
            return;
        if (this.#switch())
            return this.#hand(this.#more());
        this.#isResting = true;
        this.#settle.resolve();
        this.#job.rest();
    }
    /** Nothing is left of one kind: goes on with the other, where there is any. */
    #switch() {
        const { work } = this.#job;
        if (this.#kind === 'process')
            work.release();
        else if (!work.claim())
            return false;
        this.#kind = this.#kind === 'process' ? 'thread' : 'process';
        return work.has(this.#kind);
    }
    #more() {
        const { members } = this.#job;
        const isSmall = (at) => (members[at].size ?? Infinity) <= AHEAD.size;
        const more = [];
        let small = this.#waiting.every(isSmall);
        while (small && this.#waiting.length + more.length < AHEAD.members) {
            const at = this.#take();
            if (at === undefined)
                break;
            more.push(at);
            small = isSmall(at);
        }
        return more;
    }
    #take() {
        if (this.#taken === this.#unit.length) {
            const unit = this.#job.work.next(this.#kind);
            if (unit === undefined)
                return undefined;
            this.#unit = unit;
            this.#taken = 0;
        }
        return this.#unit[this.#taken++];
    }
    #hand(more) {
        append(this.#waiting, more);
        const isThread = this.#kind === 'thread';
        const ports = [];
        const errands = more.map((at) => {
            const refused = this.#abandoned.get(at);
            if (refused)
                return { member: { ...this.#job.members[at], refused } };
            const member = this.#job.members[at];
            if (!isThread)
                return { member };
            const states = this.#job.canHelp ? statesFor(member) : null;
            if (states === null)
                return { member, ifLog: true };
            const { port1, port2 } = new MessageChannel();
            ports.push(port1);
            this.#shared = { member, states, port: port2 };
            this.#helped = false;
            return { member, ifLog: true, shared: { states, port: port1 } };
        });
        this.#worker(this.#kind).post(errands, ports);
        if (this.#waiting.length === more.length)
            this.#watch();
        if (ports.length > 0)
            this.#job.rest();
    }
    /** The file at hand is read, or given up: nobody helps any more. */
    #leave() {
        if (this.#shared)
            leaveSharedFile(this.#shared.states);
        this.#shared?.port.close();
        this.#shared = null;
    }
    /** How many of those that wait are begun. */
    #begun() {
        const worker = this.#workers.get(this.#kind);
        if (worker === undefined)
            return 0;
        return Math.min(worker.begun() - this.#answersOf(worker), this.#waiting.length);
    }
    #answersOf(worker) {
        return this.#job.answers.get(worker) ?? 0;
    }
    /** Watches how long the member at hand takes, or the worker to start; time in which this thread is busy is not counted. */
    #watch() {
        clearInterval(this.#timer);
        let begun = this.#begun();
        let left = this.#patience(begun);
        this.#timer = setInterval(() => {
            const now = this.#begun();
            if (now !== begun)
                left = this.#patience((begun = now));
            else if ((left -= TICK) <= 0)
                this.#late(begun);
        }, TICK);
    }
    /** Milliseconds for the member that was begun last; for the start of a worker that has begun none. */
    #patience(begun) {
        const { patience, members } = this.#job;
        if (begun <= 0)
            return patience.start;
        const at = this.#waiting[begun - 1];
        const { ref, size } = members[at];
        if (this.#abandoned.has(at))
            return patience.for(0);
        // In a new worker the archive is unpacked from its beginning up to the member.
        return patience.for((streamOf(ref)?.at ?? 0) + (size ?? 0));
    }
    #late(begun) {
        clearInterval(this.#timer);
        if (begun > 0) {
            this.#job.patience.lose(this.#patience(begun));
            void this.#give('timeout');
        }
        else if (++this.#starts < STARTS)
            void this.#again();
        else
            this.#fail(new Error(`a worker did not start in ${(STARTS * this.#job.patience.start) / 1000} s`));
    }
    #answered(worker, answers) {
        if (this.#helps !== null) {
            this.#helps = null;
            this.#job.rest();
            return;
        }
        this.#starts = 0;
        this.#job.answers.set(worker, this.#answersOf(worker) + answers.length);
        if (this.#waiting.length === answers.length)
            this.#leave();
        const { work, members } = this.#job;
        const of = this.#waiting.splice(0, answers.length);
        for (const [i, at] of of.entries())
            if ('elsewhere' in answers[i])
                work.defer(at, members[at].size ?? 0);
        if (this.#waiting.length > 0)
            this.#watch();
        else
            clearInterval(this.#timer);
        // The worker reads on while its answers are used.
        this.#fill();
        try {
            for (const [i, at] of of.entries())
                this.#use(answers[i], at);
        }
        catch (error) {
            this.#fail(error);
        }
    }
    #use(answer, at) {
        if ('elsewhere' in answer)
            return;
        const { done, mistake } = this.#job;
        if (answer.mistake !== undefined)
            mistake(at, answer.mistake, answer.stack ?? answer.mistake);
        done(answer.scan, at);
    }
    #ended(worker, how) {
        if (this.#helps !== null && worker.kind === 'thread') {
            // Who is helped reads on alone.
            leaveSharedFile(this.#helps);
            void this.end();
            return;
        }
        // One that waits in vain for its next work is started again when there is some.
        if (worker.kind !== this.#kind || this.#waiting.length === 0) {
            this.#workers.delete(worker.kind);
            return;
        }
        if (this.#begun() <= 0)
            return this.#fail(how.error);
        if (how.reason === 'memory')
            this.#job.patience.lose(FILLED);
        void this.#give(how.reason, how.detail, stackOf(how.error));
    }
    #fail(error) {
        this.#settle.reject(error instanceof Error ? error : new Error(String(error)));
    }
    /**
     * Gives up the content of the file that is being read. A new worker matches its name and location, and goes on with the others
     * that wait; a file that was given up before is a gap.
     */
    async #give(reason, detail = '', stack = '') {
        const { mistake, unread } = this.#job;
        const [at] = this.#waiting.splice(Math.max(0, this.#begun() - 1), 1);
        const isRepeated = this.#abandoned.has(at);
        const why = { reason, detail: abandonedFor[reason](detail) };
        this.#abandoned.set(at, why);
        if (!isRepeated)
            this.#waiting.unshift(at);
        try {
            await this.#again();
            if (reason === 'failed' && !isRepeated)
                mistake(at, detail, stack);
            if (isRepeated)
                unread(at, why);
        }
        catch (error) {
            this.#fail(error);
            return;
        }
        this.#fill();
    }
    /** A new worker for what waits. */
    async #again() {
        const others = this.#waiting;
        clearInterval(this.#timer);
        this.#leave();
        const worker = this.#workers.get(this.#kind);
        this.#workers.delete(this.#kind);
        await worker?.end();
        this.#waiting = [];
        if (others.length > 0)
            this.#hand(others);
    }
}
/**
 * What one worker does in a row: a member, or all members of an archive that can only be unpacked front to back, in
 * their order there, so that it is unpacked once. Largest first.
 */
function unitsOf(items) {
    const units = [];
    const streams = new Map();
    for (const [index, item] of items.entries()) {
        const { ref, size } = item;
        const stream = streamOf(ref);
        const unit = stream === null ? undefined : streams.get(stream.key);
        if (stream !== null && unit !== undefined) {
            unit.members.push(index);
            unit.places.push(stream.at);
            unit.size += size ?? 0;
            continue;
        }
        const first = { members: [index], places: [stream?.at ?? 0], size: size ?? 0 };
        units.push(first);
        if (stream !== null)
            streams.set(stream.key, first);
    }
    // Archives in an archive are listed behind its files, wherever they lie in it.
    for (const { members, places } of streams.values()) {
        const order = [...places.keys()].sort((a, b) => places[a] - places[b] || a - b).map((i) => members[i]);
        for (const [i, at] of order.entries())
            members[i] = at;
    }
    return units.sort((a, b) => b.size - a.size || a.members[0] - b.members[0]).map(({ members }) => members);
}
//# sourceMappingURL=pool.js.map