import { statSync } from 'node:fs';
import { listEvidence } from '../evidence/index.js';
import { PosternError, refusal } from '../lib/errors.js';
import { failureOf, isOutOfMemory } from './handle.js';
/** So many items go in one message. */
const PART = 2_000;
/** Where several archives are open at a time, only large ones are told of: what takes long is waited for. */
const LARGE = 2 ** 20;
/** Lists evidence, for the process that asked; what is told last is the answer. */
export async function listFor(port, { root, passwords, jobs, skipped, plain }) {
    const tell = (told) => port.answer([told]);
    const isExact = jobs === 1;
    void tell({ found: 0 });
    try {
        const listed = await listEvidence(root, { passwords }, {
            jobs,
            skipped: new Map(skipped),
            ...(plain && { plain }),
            onOpen: (opens, size) => {
                if (isExact || size >= LARGE)
                    void tell({ opens, size });
            },
            onClose: () => {
                if (isExact)
                    void tell({ closes: true });
            },
            onFound: (found) => void tell({ found }),
        });
        for (const name of ['members', 'refused', 'counted']) {
            const items = listed[name];
            for (let i = 0; i < items.length; i += PART)
                await tell({ part: { [name]: items.slice(i, i + PART) } });
        }
        return { isDone: true };
    }
    catch (error) {
        if (error instanceof PosternError)
            return { stopped: { code: error.code, sentence: error.message } };
        // One file that may not be opened is all the evidence there is: no mistake of the program.
        const { code, syscall } = error;
        if (syscall !== undefined && statSync(root, { throwIfNoEntry: false })?.isFile())
            return { stopped: { code: 'nothing-opened', sentence: `${root} cannot be read: ${refusal(code)}.` } };
        return { failed: { reason: isOutOfMemory(error) ? 'memory' : 'failed', detail: failureOf(error) } };
    }
}
const TICK = 50;
/** Has a worker list evidence, once. It is as it was before, but where it failed. */
export function listWith(worker, task, patience, onFound) {
    const listed = { members: [], refused: [], counted: [] };
    /** Archives that are open, the innermost last; told of where they are opened one by one. */
    const open = [];
    let left = patience.start;
    let allowed = left;
    let largest = 0;
    const at = () => open.at(-1) ?? null;
    return new Promise((resolve, reject) => {
        const end = (how) => {
            clearInterval(timer);
            worker.tell(null);
            if (how instanceof Error)
                reject(how);
            else
                resolve(how);
        };
        const timer = setInterval(() => {
            if ((left -= TICK) > 0)
                return;
            patience.lose(allowed);
            end({ at: at(), why: { reason: 'timeout', detail: 'listing it took too long and was ended' } });
        }, TICK);
        const take = (told) => {
            if ('opens' in told)
                largest = Math.max(largest, told.size);
            left = allowed = patience.for(largest);
            if ('opens' in told) {
                if (task.jobs === 1)
                    open.push(told.opens);
            }
            else if ('closes' in told)
                open.pop();
            else if ('part' in told) {
                for (const [name, items] of Object.entries(told.part))
                    for (const item of items)
                        listed[name].push(item);
            }
            else if ('isDone' in told)
                end({ listed: listed });
            else if ('stopped' in told)
                end(new PosternError(told.stopped.code, told.stopped.sentence));
            else if ('failed' in told)
                end({ at: at(), why: told.failed });
            else
                onFound?.(told.found);
        };
        worker.tell({
            answers: (answers) => answers.forEach((told) => take(told)),
            ended: ({ reason, detail }) => end({ at: at(), why: { reason, detail } }),
        });
        worker.post([{ list: task }]);
    });
}
/**
 * Lists evidence with workers, each of which `open` starts and `close` ends or keeps. An archive that the list cannot be done
 * with is not opened; it is a file that was not read.
 */
export async function listInProcess(task, patience, { open, close }, onFound) {
    const skipped = new Map();
    let plain;
    for (let jobs = task.jobs;; jobs = 1) {
        const worker = open();
        let isGood = false;
        try {
            const end = await listWith(worker, { ...task, jobs, skipped: [...skipped], ...(plain && { plain }) }, patience, onFound);
            if ('listed' in end) {
                isGood = true;
                return end.listed;
            }
            const { at, why } = end;
            // Which one it was shows where they are opened one by one.
            if (jobs > 1)
                continue;
            if (at === null && plain === undefined) {
                // No archive is open: it is at what was found that it fails.
                plain = { ...why, detail: `what collectors say of the files, and which belong together: ${why.detail}` };
                continue;
            }
            if (at === null || skipped.has(at))
                throw new Error(`the evidence cannot be listed: ${why.detail}`);
            skipped.set(at, { ...why, detail: `listing it: ${why.detail}` });
        }
        finally {
            await close(worker, isGood);
        }
    }
}
//# sourceMappingURL=list.js.map