import { writeSync } from 'node:fs';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { FOR_READING } from './handle.js';
import { BEGUN } from './process.js';
import { SentTexts } from './shared-texts.js';
export function portOf() {
    return isMainThread ? ofProcess() : ofThread();
}
function ofThread() {
    const { settings, begun } = workerData;
    const counter = new Int32Array(begun);
    const texts = new SentTexts();
    return {
        settings,
        isForReading: true,
        first: () => new Promise((resolve) => parentPort.once('message', resolve)),
        each: (take) => void parentPort.on('message', take),
        begin: () => void Atomics.add(counter, 0, 1),
        answer: (answers, large) => Promise.resolve(parentPort.postMessage(texts.pack(answers), large)),
    };
}
function ofProcess() {
    const guard = { parent: process.ppid, memory: Number(process.argv[2]) };
    const script = new URL(import.meta.url.endsWith('.ts') ? './guard.ts' : './guard.js', import.meta.url);
    new Worker(script, { workerData: guard, resourceLimits: { maxOldGenerationSizeMb: 16 } }).unref();
    // Nobody waits for what it does.
    process.on('disconnect', () => process.exit());
    const one = Buffer.alloc(1);
    const send = (message) => new Promise((resolve) => process.send(message, undefined, undefined, () => resolve()));
    return {
        settings: null,
        isForReading: process.argv[3] === FOR_READING,
        first: () => new Promise((resolve) => process.once('message', resolve)),
        each: (take) => void process.on('message', take),
        begin: () => void writeSync(BEGUN, one),
        answer: (answers) => send({ answers }),
    };
}
//# sourceMappingURL=port.js.map