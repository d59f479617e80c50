import { setFlagsFromString } from 'node:v8';
/**
 * Keeps the heap close to what is in use. Left to itself it takes 200 MB more for events that live a moment each, and gives
 * none of it back while a file is read; of threads each takes as much.
 */
export function keepHeapSmall() {
    setFlagsFromString('--heap-growing-percent=60');
    // The optimizing compiler works on the thread that needs its code: each thread that it would work on besides keeps 5 MB.
    setFlagsFromString('--no-concurrent-recompilation');
}
/**
 * Loads rules without making machine code of the engine that judges them: to do so takes 80 MB, which stay with the process,
 * for work of a second. What this engine is asked later is made fast then.
 */
export async function withoutCompiling(load) {
    setFlagsFromString('--wasm-tier-up-filter=0');
    try {
        return await load();
    }
    finally {
        setFlagsFromString('--wasm-tier-up-filter=-1');
    }
}
//# sourceMappingURL=heap.js.map