import { Worker } from 'node:worker_threads';
import { sha256 } from '../lib/hash.js';
/**
 * What one file of rules may cost before its thread is ended: its text is of anybody, and compilers take exponential time
 * over some texts of a few hundred bytes. Published files of the largest size that is read take a tenth of this.
 */
export const RULE_LIMITS = { seconds: 20, secondsPerMegabyte: 10, memory: 1024 };
const own = new URL(import.meta.url.endsWith('.ts') ? './rule-thread.ts' : './rule-thread.js', import.meta.url);
/**
 * Finds out about files of rules in a thread that can be ended, one after another. A file that takes too long, wants too
 * much memory or ends the thread is refused by its digest, so that nobody tries it again; the others go on.
 */
export async function checkRules(files, limits = RULE_LIMITS, script = own) {
    const documents = new Map(), regexes = new Map(), yara = new Map();
    const refused = new Map();
    let thread = null;
    const seen = new Set();
    try {
        for (const file of files) {
            const digest = sha256(file.text);
            if (seen.has(digest))
                continue;
            seen.add(digest);
            thread ??= new RuleThread(script, limits);
            const told = await thread.ask(file);
            if ('compiled' in told) {
                for (const [key, value] of told.compiled.documents)
                    documents.set(key, value);
                for (const [key, value] of told.compiled.regexes)
                    regexes.set(key, value);
                for (const [key, value] of told.compiled.yara)
                    yara.set(key, value);
                continue;
            }
            refused.set(digest, { reason: 'broken', detail: told.failed });
            await thread.end();
            thread = null;
        }
    }
    finally {
        await thread?.end();
    }
    return { documents, regexes, yara, refused };
}
class RuleThread {
    #worker;
    #limits;
    #settle = () => undefined;
    constructor(script, limits) {
        this.#limits = limits;
        this.#worker = new Worker(script, { resourceLimits: { maxOldGenerationSizeMb: limits.memory } })
            .on('message', (told) => this.#settle(told))
            .on('error', (error) => this.#settle({ failed: failureOf(error) }))
            .on('exit', () => this.#settle({ failed: 'the compiler ended while it read this file' }));
    }
    async ask(file) {
        const { seconds, secondsPerMegabyte } = this.#limits;
        const most = seconds + (file.text.length / 1e6) * secondsPerMegabyte;
        let timer;
        try {
            return await new Promise((resolve) => {
                this.#settle = resolve;
                const failed = `it took longer than ${Math.round(most)} s to compile; nothing of the file is used`;
                timer = setTimeout(() => resolve({ failed }), most * 1000);
                this.#worker.postMessage(file);
            });
        }
        finally {
            clearTimeout(timer);
        }
    }
    async end() {
        this.#settle = () => undefined;
        await this.#worker.terminate();
    }
}
function failureOf(error) {
    const { code, message } = error;
    if (code === 'ERR_WORKER_OUT_OF_MEMORY')
        return 'it wanted more memory to compile than one file may take; nothing of the file is used';
    return `the compiler failed (${message.split('\n')[0].slice(0, 200)}); nothing of the file is used`;
}
//# sourceMappingURL=rule-check.js.map