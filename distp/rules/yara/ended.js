import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
/** Starting the engine and compiling what was compiled once before. */
const COMPILES = 20_000;
const own = new URL(import.meta.url.endsWith('.ts') ? './thread.ts' : './thread.js', import.meta.url);
/** A search by the portable engine that is ended when its time is over; `over` is thrown then. */
export function endedSearch(sources, over) {
    return (bytes, most) => {
        thread ??= new SearchThread();
        try {
            if (thread.sources !== sources) {
                thread.ask({ sources }, COMPILES);
                thread.sources = sources;
            }
            return [...thread.ask({ bytes }, most)];
        }
        catch (error) {
            thread?.end();
            thread = null;
            if (error instanceof NoAnswer)
                throw over(most);
            throw error;
        }
    };
}
let thread = null;
class NoAnswer extends Error {
}
/** The caller waits here: a search is a synchronous call. */
class SearchThread {
    sources = null;
    #worker;
    #port;
    #flag = new Int32Array(new SharedArrayBuffer(4));
    constructor() {
        const { port1, port2 } = new MessageChannel();
        const workerData = { port: port2, answered: this.#flag.buffer };
        this.#port = port1;
        // One that fails does not answer, which is told by the time.
        this.#worker = new Worker(own, { workerData, transferList: [port2] }).on('error', () => undefined);
        this.#worker.unref();
        port1.unref();
    }
    ask(asked, most) {
        Atomics.store(this.#flag, 0, 0);
        this.#port.postMessage(asked);
        if (Atomics.wait(this.#flag, 0, 0, most) === 'timed-out')
            throw new NoAnswer();
        const { message } = receiveMessageOnPort(this.#port);
        if ('failed' in message)
            throw new Error(message.failed);
        return message.found;
    }
    end() {
        this.#port.close();
        void this.#worker.terminate();
    }
}
//# sourceMappingURL=ended.js.map