import { firstReached } from '../lib/collections.js';
import { EvidenceError } from './container.js';
export function isForward(bytes) {
    return 'forward' in bytes;
}
/** How much of what was read last is held: a hive's transaction logs lie near it. */
const defaultWindow = 32 * 2 ** 20;
/** Pieces may be as small as the members of an archive. */
const pieces = 4096;
/** `most`: the stream fails beyond this many bytes. `window`: how many bytes are held. */
export function forwardBytes(open, most, window = defaultWindow) {
    const stream = new ForwardStream(open, most, window);
    // One read at a time; a failed one does not stop the next.
    let last = Promise.resolve();
    const inTurn = (act) => {
        const done = last.then(act, act);
        last = done.catch(() => undefined);
        return done;
    };
    return {
        forward: true,
        size: Number.MAX_SAFE_INTEGER,
        read: (offset, length) => inTurn(() => stream.take(offset, length)),
        close: () => inTurn(() => stream.close()),
    };
}
/** The packed stream with the window of its bytes that is held. One call at a time. */
class ForwardStream {
    #open;
    #most;
    #window;
    #stream = null;
    #held = [];
    #holes = [];
    #bytesHeld = 0;
    #end = 0;
    #failure = null;
    #ended = false;
    constructor(open, most, window) {
        this.#open = open;
        this.#most = most;
        this.#window = window;
    }
    async take(offset, length) {
        if (length <= 0)
            return Buffer.alloc(0);
        const isBehind = offset < (this.#held[0]?.at ?? this.#end) && this.#holeAt(offset) === undefined;
        if (this.#stream === null || isBehind)
            await this.#restart();
        while (!this.#ended && this.#end < offset + length)
            await this.#advance(offset);
        const data = joined(this.#held, offset, offset + length);
        if (data.length === 0) {
            const hole = this.#holeAt(offset);
            if (hole)
                throw new EvidenceError(hole.reason, hole.detail);
            if (this.#failure !== null)
                throw this.#failure;
        }
        return data;
    }
    async close() {
        await this.#stream?.return?.();
        this.#stream = null;
        this.#held = [];
        this.#bytesHeld = this.#end = 0;
    }
    async #restart() {
        await this.close();
        this.#holes = [];
        this.#failure = null;
        this.#ended = false;
        this.#stream = this.#open()[Symbol.asyncIterator]();
    }
    /** One piece further; pieces before `wanted` and outside the window are dropped. */
    async #advance(wanted) {
        try {
            const next = await this.#stream.next();
            if (next.done)
                this.#ended = true;
            else if ('missing' in next.value) {
                this.#holes.push({ at: this.#end, hole: next.value });
                this.#end += next.value.missing;
            }
            else if (next.value.length > 0) {
                this.#held.push({ at: this.#end, data: next.value });
                this.#bytesHeld += next.value.length;
                this.#end += next.value.length;
            }
            if (this.#end > this.#most)
                throw new EvidenceError('bomb', `grew to more than ${this.#most} bytes`);
        }
        catch (error) {
            this.#failure = error;
            this.#ended = true;
        }
        const held = this.#held;
        while (held.length > 1 && (this.#bytesHeld > this.#window || held.length > pieces) && endOf(held[0]) <= wanted)
            this.#bytesHeld -= held.shift().data.length;
    }
    #holeAt(offset) {
        const found = this.#holes[behind(this.#holes, offset, (h) => h.at + h.hole.missing)];
        return found !== undefined && found.at <= offset ? found.hole : undefined;
    }
}
function joined(held, from, to) {
    const parts = [];
    let at = from;
    for (let i = behind(held, from, endOf); i < held.length && at < to; i++) {
        const piece = held[i];
        if (piece.at > at)
            break;
        const part = piece.data.subarray(at - piece.at, to - piece.at);
        parts.push(part);
        at += part.length;
    }
    const [only] = parts;
    return parts.length === 1 ? Buffer.from(only.buffer, only.byteOffset, only.length) : Buffer.concat(parts);
}
function endOf(piece) {
    return piece.at + piece.data.length;
}
/** Number of the first that ends behind `offset`; they are in order. */
function behind(list, offset, end) {
    return firstReached(list.length, (at) => end(list[at]) > offset);
}
//# sourceMappingURL=forward.js.map