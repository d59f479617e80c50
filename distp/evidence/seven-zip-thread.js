import { readFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
const { WebAssembly } = globalThis;
let size = 0;
let control = new Int32Array(new SharedArrayBuffer(16));
let window = new Uint8Array(new SharedArrayBuffer(0));
let isListing = false;
let posted = 0;
let said = [];
let saidBytes = 0;
let line = '';
let held = { at: 0, data: new Uint8Array(0) };
const start = await factory();
const code = start === null ? null : compiled();
parentPort.on('message', (errand) => void carryOut(errand));
async function carryOut(errand) {
    size = errand.size;
    control = new Int32Array(errand.shared, 0, 4);
    window = new Uint8Array(errand.shared, 16);
    isListing = errand.args[0] === 'l';
    posted = saidBytes = 0;
    said = [];
    line = '';
    held = { at: 0, data: new Uint8Array(0) };
    if (start === null || code === null)
        post({ failed: 'the package 7z-wasm is not installed' });
    else
        await runLibrary(start, code, errand.args);
    parentPort.postMessage({ done: true });
}
async function runLibrary(begin, module, args) {
    try {
        const library = await begin({
            stdin: () => null,
            instantiateWasm(imports, taken) {
                const instance = new WebAssembly.Instance(module, imports);
                taken(instance);
                return instance.exports;
            },
        });
        const files = library.FS;
        mountArchive(files);
        captureOutput(files);
        const status = library.callMain([...args]);
        if (line !== '')
            say(line);
        line = '';
        flush();
        if (isListing && typeof status === 'number' && status >= FAILED)
            post({ failed: UNSAID });
    }
    catch (error) {
        // What hostile bytes do to the library ends the library, not the run.
        if (line !== '')
            say(line);
        flush();
        post({ failed: `7-Zip failed (${error instanceof Error ? error.message.slice(0, 200) : 'an error of its own'})` });
    }
}
/** The status with which the library ends when an archive is damaged. Which of its parts, it does not always say. */
const FAILED = 2;
const UNSAID = 'damaged: what it lists may not be all that it holds';
/** The library, if it is installed: Postern does without it, and then cannot open these archives. */
async function factory() {
    try {
        return (await import('7z-wasm')).default;
    }
    catch (error) {
        if (error.code !== 'ERR_MODULE_NOT_FOUND')
            throw error;
        return null;
    }
}
/** To compile the library costs many times what an instance of it costs. */
function compiled() {
    return new WebAssembly.Module(readFileSync(new URL('7zz.wasm', import.meta.resolve('7z-wasm'))));
}
// ---------------------------------------------------------------- output
function captureOutput(files) {
    const decoder = new TextDecoder();
    const [out, err] = [files.streams[1], files.streams[2]];
    const write = (data) => (_, from, offset, length) => {
        const bytes = new Uint8Array(from.buffer, from.byteOffset + offset, length).slice();
        if (data)
            say(bytes);
        else
            print(decoder.decode(bytes, { stream: true }));
        return length;
    };
    out.stream_ops = { ...out.stream_ops, write: write(!isListing) };
    err.stream_ops = { ...err.stream_ops, write: write(false) };
}
function print(text) {
    line += text;
    for (let end = line.indexOf('\n'); end >= 0; end = line.indexOf('\n')) {
        say(line.slice(0, end + 1));
        line = line.slice(end + 1);
    }
}
function say(item) {
    if (item.length === 0)
        return;
    said.push(item);
    saidBytes += item.length + 16;
    if (saidBytes >= 1 << 20)
        flush();
}
/** Hands over what was said. A few messages may be under way; then it waits until they are taken. */
function flush() {
    if (said.length === 0)
        return;
    const message = { said };
    said = [];
    saidBytes = 0;
    post(message);
    for (let taken = Atomics.load(control, 2); posted - taken >= 4; taken = Atomics.load(control, 2))
        Atomics.wait(control, 2, taken);
}
function post(message) {
    posted++;
    parentPort.postMessage(message);
}
// ---------------------------------------------------------------- the archive
/** Makes `/a`, which can be read and nothing else. */
function mountArchive(files) {
    const time = new Date(0);
    const node = files.createNode(files.root, 'a', 0o100444, 0);
    node.node_ops = {
        getattr: () => ({
            dev: 1,
            ino: node.id,
            mode: node.mode,
            nlink: 1,
            uid: 0,
            gid: 0,
            rdev: 0,
            size,
            atime: time,
            mtime: time,
            ctime: time,
            blksize: 4096,
            blocks: Math.ceil(size / 512),
        }),
        setattr: () => undefined,
    };
    node.stream_ops = {
        llseek(stream, offset, whence) {
            const position = offset + (whence === 1 ? stream.position : whence === 2 ? size : 0);
            if (position < 0)
                throw new files.ErrnoError(28); // EINVAL
            return position;
        },
        read(_, to, offset, length, position) {
            const got = read(new Uint8Array(to.buffer, to.byteOffset + offset, length), position);
            if (got < 0)
                throw new files.ErrnoError(29); // EIO
            return got;
        },
    };
    files.root.contents['a'] = node;
}
/** Fills `to` with the archive's bytes at `position`, fewer at its end; -1 when they cannot be read. */
function read(to, position) {
    let got = 0;
    while (got < to.length && position + got < size) {
        const at = position + got;
        if (at < held.at || at >= held.at + held.data.length) {
            const data = asked(at);
            if (data === null)
                return -1;
            held = { at, data };
        }
        const part = held.data.subarray(at - held.at, at - held.at + to.length - got);
        if (part.length === 0)
            break;
        to.set(part, got);
        got += part.length;
    }
    return got;
}
/** Asks the other side, and waits. */
function asked(at) {
    parentPort.postMessage({ want: [at, Math.min(window.length, size - at)] });
    Atomics.wait(control, 0, 0);
    Atomics.store(control, 0, 0);
    const length = Atomics.load(control, 1);
    return length < 0 ? null : window.slice(0, length);
}
//# sourceMappingURL=seven-zip-thread.js.map