import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { FOR_READING, TOO_MUCH } from './handle.js';
import { LIMITS } from './thread.js';
/** The pipe to which a process writes a byte for each file that it begins: a message of its own for each takes far longer. */
export const BEGUN = 4;
const own = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url);
/** What the system needs for a program to start; nothing else of the environment is any business of a worker. */
const NEEDED = ['SystemRoot', 'windir', 'TEMP', 'TMP', 'TMPDIR', 'LD_LIBRARY_PATH','NODE_OPTIONS'];
/** As much as is kept of what a process says before it dies. */
const LAST_WORDS = 4096;
/** `isForReading`: it is going to read files, and loads what it needs for that at once. */
export function startProcess(settings, script = own, limits = LIMITS, isForReading = settings?.isLater !== true) {
    const env = Object.fromEntries(NEEDED.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));
    const given = [String(limits.memory), ...(isForReading ? [FOR_READING] : [])];
    const child = spawn(process.execPath, [...flags(limits), fileURLToPath(script), ...given], {
        // A group of its own: Ctrl-C is for those that end it.
        detached: process.platform !== 'win32',
        env,
        serialization: 'advanced',
        stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe'],
        windowsHide: true,
    });
    let events = null;
    let begun = 0;
    let isOver = false;
    let words = '';
    const gone = new Promise((resolve) => child.once('close', () => resolve()).once('error', () => resolve()));
    const over = (how) => {
        if (isOver)
            return;
        isOver = true;
        events?.ended(how);
    };
    // Read when the number is wanted: to be woken for each file costs as much as a small file.
    const begins = child.stdio[BEGUN];
    begins.on('data', (bytes) => {
        begun += bytes.length;
        if (child.exitCode === null && child.signalCode === null)
            begins.pause();
    });
    child.stderr.setEncoding('utf8').on('data', (text) => (words = (words + text).slice(-LAST_WORDS)));
    child
        .on('message', (message) => {
        if ('begun' in message)
            begun = message.begun;
        else
            events?.answers(message.answers);
    })
        .on('error', (error) => over({ reason: 'failed', detail: 'the process of a worker failed', error }))
        .on('exit', () => begins.resume())
        // When all that it had said was heard.
        .on('close', (code, signal) => over(endingOf(code, signal, words)));
    const handle = {
        kind: 'process',
        ...(child.pid === undefined ? {} : { pid: child.pid }),
        begun: () => {
            begins.resume();
            return begun;
        },
        post: (message) => {
            if (child.connected)
                child.send(message, ignored);
        },
        tell: (told) => (events = told),
        isOver: () => isOver,
        async end() {
            events = null;
            isOver = true;
            child.kill('SIGTERM');
            await gone;
        },
    };
    if (settings !== null)
        handle.post(settings);
    return handle;
}
/** That it cannot be told any more shows in its end. */
const ignored = () => undefined;
/** Half of the room for young objects (MB): with less, more of them are copied. */
const YOUNG_HALF = 8;
function flags({ memory }) {
    return [
        `--max-old-space-size=${memory}`,
        `--max-semi-space-size=${YOUNG_HALF}`,
        '--heap-growing-percent=60',
        '--no-warnings',
    ];
}
function endingOf(code, signal, words) {
    // Where the system is short of memory it ends the largest process by itself.
    const isMemory = signal === 'SIGKILL' || words.includes(TOO_MUCH) || /heap out of memory|process out of memory/.test(words);
    const how = signal ?? `exit status ${code}`;
    const detail = `its process ended with ${how}`;
    return {
        reason: isMemory ? 'memory' : 'failed',
        detail: lastError(words) ?? detail,
        error: new Error(`a worker process ended with ${how} before its work was done${words ? `:\n${words}` : ''}`),
    };
}
/** The exception that nobody caught. */
function lastError(words) {
    return /^(?:\w*Error|Uncaught)\b.*$/m.exec(words)?.[0].slice(0, 200) ?? null;
}
//# sourceMappingURL=process.js.map