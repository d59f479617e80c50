import { receiveMessageOnPort } from 'node:worker_threads';
import { EvidenceError, headOf, isLoose, openLoose } from '../evidence/index.js';
import { Recorder } from '../prefilter/read-ahead.js';
import { decodeText } from '../lib/text.js';
import { choose } from '../parsers/index.js';
import {} from '../scan/scan.js';
import { isFrontEnd } from '../model/log-kinds.js';
export const SIZES = { piece: 4 * 1024 * 1024, chunk: 256 * 1024, whole: 100 };
/** Smaller files are read by one thread. */
const LEAST = 8;
/** Pieces that may lie ready. */
const READY = 8;
/** A line that begins further before its piece than this is nobody's. */
const BACK = 64 * 1024;
/** With more values to know it is no help either. */
const VALUES = 200_000;
/** Numbers that both threads see: whether somebody helps, at which piece the first thread is, and then a state of each piece. */
const [HELP, AT, STATES] = [0, 1, 2];
const NOBODY = 0;
const SOMEBODY = 1;
const GONE = 2;
const FREE = 0;
const OWN = 1;
const BEGUN = 2;
const READ = 3;
const DECLINED = 4;
/** The shared numbers for a file; null for one that is read by one thread. */
export function statesFor({ ref, size }, { piece } = SIZES) {
    if (size === null || size < LEAST * piece || !isLoose(ref))
        return null;
    return new SharedArrayBuffer(4 * (STATES + Math.ceil(size / piece) + 1));
}
/** Nobody goes on with the file: a thread ended, or has read it. Whoever waits for the other is woken. */
export function leaveSharedFile(buffer) {
    const states = new Int32Array(buffer);
    Atomics.store(states, HELP, GONE);
    for (let i = 0; i < states.length; i++)
        Atomics.notify(states, i);
}
/** What the first thread asks for rows that were taken ahead. */
export class Leader {
    #states;
    #port;
    #sizes;
    #told = null;
    #at = -1;
    #given = new Map();
    #met = [];
    constructor({ states, port }, sizes = SIZES) {
        this.#states = new Int32Array(states);
        this.#port = port;
        this.#sizes = sizes;
    }
    take(layout, text, start, to) {
        if (this.#told !== text) {
            this.#told = text;
            const told = { made: layout.made, text };
            this.#port.postMessage(told);
        }
        const piece = Math.floor((to - 1) / this.#sizes.piece);
        // A file that has grown since it was listed.
        if (STATES + piece >= this.#states.length)
            return null;
        if (piece !== this.#at)
            this.#go(piece);
        const given = this.#givenOf(piece);
        const isIt = given?.text === text && given.piece.stretches[0]?.start === start;
        return isIt ? { piece: given.piece, met: this.#met } : null;
    }
    #go(piece) {
        this.#at = piece;
        Atomics.store(this.#states, AT, piece);
        Atomics.notify(this.#states, AT);
        for (const past of this.#given.keys())
            if (past < piece)
                this.#given.delete(past);
    }
    #givenOf(number) {
        const states = this.#states;
        const place = STATES + number;
        let state = Atomics.compareExchange(states, place, FREE, OWN);
        while (state === BEGUN && Atomics.load(states, HELP) === SOMEBODY) {
            Atomics.wait(states, place, BEGUN, 1_000);
            state = Atomics.load(states, place);
        }
        if (state !== READ)
            return undefined;
        while (!this.#given.has(number)) {
            const message = receiveMessageOnPort(this.#port);
            if (message === undefined)
                return undefined;
            const given = message.message;
            for (const each of given.met)
                this.#met.push(each);
            if (given.number >= number)
                this.#given.set(given.number, given);
        }
        return this.#given.get(number);
    }
}
/** Takes rows of a file ahead of the thread that reads it, until that one is through. */
export async function help(member, { states: buffer, port }, settings, sizes = SIZES) {
    const states = new Int32Array(buffer);
    if (Atomics.compareExchange(states, HELP, NOBODY, SOMEBODY) !== NOBODY)
        return;
    try {
        const helper = await Helper.of(member, states, port, settings, sizes);
        await helper?.work();
    }
    catch (error) {
        // The thread that reads the file meets the same, and tells of it.
        if (!(error instanceof EvidenceError))
            throw error;
    }
    finally {
        leaveSharedFile(buffer);
    }
}
class Helper {
    #states;
    #port;
    #sizes;
    #file;
    #again;
    #recorder = new Recorder(isFrontEnd);
    #layout = null;
    /** Null where the file is none that rows can be taken of. */
    static async of(member, states, port, { lexicons }, sizes) {
        const { path, windowsPath, size, ref } = member;
        const bytes = await headOf(ref);
        const head = { path, windowsPath, size, bytes, text: decodeText(bytes) };
        const parser = choose(head);
        const file = parser.again && lexicons ? await openLoose(ref) : null;
        if (file === null)
            return null;
        const again = (made, recorder) => {
            const nothing = () => undefined;
            const rows = (layout) => {
                const lexicon = lexicons.for(layout);
                return lexicon?.isFast ? lexicon.reader(path, recorder.layout(layout), recorder.sink()) : null;
            };
            return parser.again(head, { event: nothing, gap: nothing, fact: nothing, rows }, made);
        };
        return new Helper(states, port, sizes, file, again);
    }
    constructor(states, port, sizes, file, again) {
        this.#states = states;
        this.#port = port;
        this.#sizes = sizes;
        this.#file = file;
        this.#again = again;
    }
    async work() {
        try {
            await this.#takePieces();
        }
        finally {
            await this.#file.close();
        }
    }
    async #takePieces() {
        const { piece: length } = this.#sizes;
        const pieces = Math.min(Math.ceil(this.#file.size / length), this.#states.length - STATES);
        let last = -1;
        for (;;) {
            if (Atomics.load(this.#states, HELP) !== SOMEBODY)
                return;
            const at = Atomics.load(this.#states, AT);
            this.#listen();
            const piece = this.#next(last, at, pieces);
            if (piece >= pieces || this.#recorder.size > VALUES)
                return;
            if (piece > at + READY || this.#layout === null) {
                Atomics.wait(this.#states, AT, at, 50);
                continue;
            }
            last = piece;
            const place = STATES + piece;
            if (Atomics.compareExchange(this.#states, place, FREE, BEGUN) !== FREE)
                continue;
            const given = await this.#take(piece);
            if (given !== null)
                this.#port.postMessage(given);
            Atomics.store(this.#states, place, given === null ? DECLINED : READ);
            Atomics.notify(this.#states, place);
        }
    }
    /**
     * The first piece behind the last one that the other thread will not come to before it is taken: one that is taken costs
     * that thread a fourth of one that it must take itself.
     */
    #next(last, at, pieces) {
        let way = 0;
        for (let piece = at; piece < pieces; piece++) {
            if (piece > last && way >= 1.5)
                return piece;
            way += piece === at ? 0.5 : Atomics.load(this.#states, STATES + piece) === READ ? 0.25 : 1;
        }
        return pieces;
    }
    /** Under which layout does the first thread read now? */
    #listen() {
        for (;;) {
            const message = receiveMessageOnPort(this.#port);
            if (message === undefined)
                return;
            const { made, text } = message.message;
            this.#layout = { text, taker: this.#again(made, this.#recorder) };
        }
    }
    /** Takes the rows of a piece as a reader would who gets it in chunks; null where that is no help. */
    async #take(piece) {
        const { piece: length, chunk, whole } = this.#sizes;
        const { taker, text } = this.#layout;
        if (taker === null)
            return null;
        const base = Math.max(0, piece * length - BACK);
        const begins = piece * length - base;
        const buffer = await this.#file.read(base, begins + length);
        const start = buffer.lastIndexOf(LF, begins - 1) + 1;
        if (start === 0)
            return null;
        const chunks = Array.from({ length: Math.ceil((buffer.length - begins) / chunk) }, (_, i) => Math.min(begins + (i + 1) * chunk, buffer.length));
        const taken = this.#recorder.take(taker, buffer, start, chunks, base, whole);
        return taken && { number: piece, text, piece: taken, met: this.#recorder.met() };
    }
}
const LF = 10;
//# sourceMappingURL=shared-file.js.map