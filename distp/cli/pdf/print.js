import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { jsonOrNull } from '../../lib/json.js';
import { endBrowser } from './browser.js';
import { makeFolder } from '../write-output.js';
/**
 * Prints a report to a PDF file that is not there yet, in a browser without a window: with a profile of its own, in a
 * folder that is made and removed, and no way to the network. Gives null, or why there is no PDF. A page that sets
 * `data-ready` on its root is waited for. The bytes are the browser's: they hold the time, and differ from one version to
 * the next.
 */
export async function printPdf(browser, page, pdf, profile, { all = 120_000, ready = 10_000, onProcess = () => undefined } = {}) {
    makeFolder(profile);
    const child = spawn(browser, [...flags, `--user-data-dir=${resolve(profile)}`, 'about:blank'], {
        stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
        env: { ...process.env, XDG_CONFIG_HOME: resolve(profile), XDG_CACHE_HOME: resolve(profile) },
        // A group of its own, so that what it starts ends with it.
        detached: process.platform !== 'win32',
    });
    onProcess(child.pid ?? null);
    const ended = new Promise((done) => child.once('exit', () => done()).once('error', () => done()));
    let late;
    try {
        const tooLate = new Promise((_, fail) => {
            late = setTimeout(() => fail(new NotPrinted(`it took longer than ${all / 1000} seconds`)), all);
        });
        await Promise.race([print(connect(child), page, pdf, ready), tooLate]);
        return null;
    }
    catch (error) {
        rmSync(pdf, { force: true });
        if (!(error instanceof NotPrinted))
            throw error;
        return error.message;
    }
    finally {
        clearTimeout(late);
        if (child.pid !== undefined && child.exitCode === null)
            endBrowser(child.pid);
        await Promise.race([ended, new Promise((done) => setTimeout(done, 5_000).unref())]);
        onProcess(null);
        rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    }
}
class NotPrinted extends Error {
}
const flags = [
    '--headless',
    '--remote-debugging-pipe',
    '--disable-gpu',
    '--disable-dev-shm-usage',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-extensions',
    '--disable-sync',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-breakpad',
    '--no-pings',
    '--mute-audio',
    '--password-store=basic',
    '--use-mock-keychain',
    // No name means an address, and every request goes to a port on which nothing listens.
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--proxy-server=socks5://127.0.0.1:9',
    '--proxy-bypass-list=<-loopback>',
    // Chromium refuses to run as root with its sandbox. The page is ours: what it quotes is escaped, and runs nothing.
    ...(process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
/** The page is loaded, is ready, and is printed piece by piece. */
async function print(browser, page, pdf, ready) {
    const { targetId } = (await browser.ask('Target.createTarget', { url: 'about:blank' }));
    const { sessionId } = (await browser.ask('Target.attachToTarget', { targetId, flatten: true }));
    const ask = (method, params = {}) => browser.ask(method, params, sessionId);
    await ask('Page.enable');
    await ask('Network.enable');
    await ask('Network.emulateNetworkConditions', {
        offline: true,
        latency: 0,
        downloadThroughput: 0,
        uploadThroughput: 0,
    });
    await ask('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: 'light' }] });
    const loaded = browser.event('Page.loadEventFired');
    const { errorText } = (await ask('Page.navigate', { url: pathToFileURL(resolve(page)).href }));
    if (errorText !== undefined)
        throw new NotPrinted(`it could not open the report (${errorText.slice(0, 80)})`);
    await loaded;
    if (/data-ready|dataset\.ready/.test(readFileSync(page, 'utf8')))
        await untilReady(ask, ready);
    const printed = (await ask('Page.printToPDF', {
        printBackground: true,
        preferCSSPageSize: true,
        paperWidth: 8.27,
        paperHeight: 11.69,
        generateTaggedPDF: true,
        generateDocumentOutline: true,
        transferMode: 'ReturnAsStream',
    }));
    const file = openSync(pdf, 'wx');
    try {
        for (let eof = false; !eof;) {
            const piece = (await ask('IO.read', { handle: printed.stream }));
            writeSync(file, Buffer.from(piece.data, piece.base64Encoded === true ? 'base64' : 'latin1'));
            eof = piece.eof;
        }
    }
    finally {
        closeSync(file);
    }
}
/** A page that never says so is printed as it is. */
async function untilReady(ask, ready) {
    const expression = "document.documentElement.hasAttribute('data-ready')";
    for (const end = Date.now() + ready; Date.now() < end; await new Promise((done) => setTimeout(done, 50))) {
        const { result } = (await ask('Runtime.evaluate', { expression }));
        if (result.value === true)
            return;
    }
}
/**
 * Messages of the DevTools protocol through two pipes, each ended by a zero byte
 * (https://chromedevtools.github.io/devtools-protocol/): no port is opened.
 */
function connect(child) {
    const [to, from] = [child.stdio[3], child.stdio[4]];
    const waiting = new Map();
    const events = new Map();
    let over = null;
    let last = 0;
    const fail = (why) => {
        over ??= new NotPrinted(why);
        for (const one of waiting.values())
            one.fail(over);
        waiting.clear();
    };
    child.once('error', (error) => fail(`it cannot be started (${error.code ?? 'no reason'})`));
    child.once('exit', (status, signal) => fail(`it ended before it had printed (${signal ?? `status ${status}`})`));
    // Whoever is gone does not read; that it is gone is told above.
    to.on('error', () => undefined);
    from.on('error', () => undefined);
    messages(from, (text) => {
        const message = jsonOrNull(text);
        if (message === null)
            return fail('it says what is no message of a browser');
        if (message.method !== undefined)
            events.get(message.method)?.();
        const one = message.id === undefined ? undefined : waiting.get(message.id);
        if (one === undefined)
            return;
        waiting.delete(message.id);
        if (message.error)
            one.fail(new NotPrinted(`it refused ${one.method} (${message.error.message.slice(0, 120)})`));
        else
            one.done(message.result);
    });
    return {
        ask: (method, params = {}, sessionId) => new Promise((done, failed) => {
            if (over)
                return failed(over);
            waiting.set(++last, { method, done, fail: failed });
            to.write(`${JSON.stringify({ id: last, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`);
        }),
        event: (method) => new Promise((done) => events.set(method, done)),
    };
}
function messages(from, each) {
    let parts = [];
    from.on('data', (chunk) => {
        for (let at = 0; at < chunk.length;) {
            const end = chunk.indexOf(0, at);
            parts.push(chunk.subarray(at, end < 0 ? chunk.length : end));
            if (end < 0)
                return;
            each(Buffer.concat(parts).toString('utf8'));
            parts = [];
            at = end + 1;
        }
    });
}
//# sourceMappingURL=print.js.map