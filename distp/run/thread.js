import { Worker } from 'node:worker_threads';
import { failureOf } from './handle.js';
import { TakenTexts } from './shared-texts.js';
export const LIMITS = { memory: 2048, young: 8, seconds: 60, bytesPerSecond: 500_000, lost: 240 };
const own = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);
export function startThread(settings, script = own, limits = LIMITS) {
    const begun = new Int32Array(new SharedArrayBuffer(4));
    const resourceLimits = { maxOldGenerationSizeMb: limits.memory, maxYoungGenerationSizeMb: limits.young };
    const workerData = { settings, begun: begun.buffer };
    const worker = new Worker(script, { workerData, resourceLimits });
    const texts = new TakenTexts();
    let events = null;
    let isOver = false;
    const over = (reason, error) => {
        if (isOver)
            return;
        isOver = true;
        events?.ended({ reason, detail: failureOf(error), error });
    };
    worker
        .on('message', (message) => {
        const answers = texts.unpack(message);
        events?.answers(answers);
    })
        .on('messageerror', (error) => over('failed', error))
        .on('error', (error) => {
        const code = error?.code;
        over(code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'failed', error);
    })
        .on('exit', (code) => over('failed', new Error(`a worker stopped with ${code} before its work was done`)));
    return {
        kind: 'thread',
        begun: () => Atomics.load(begun, 0),
        post: (message, ports = []) => worker.postMessage(message, ports),
        tell: (told) => (events = told),
        isOver: () => isOver,
        async end() {
            events = null;
            isOver = true;
            await worker.terminate();
        },
    };
}
//# sourceMappingURL=thread.js.map