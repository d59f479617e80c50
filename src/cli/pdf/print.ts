import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { jsonOrNull } from '../../lib/json.ts'
import { endBrowser } from './browser.ts'
import { makeFolder } from '../write-output.ts'

export type Printing = {
  /** How long all of it may take, and how long a page may take to be ready once it is there (ms). */
  readonly all?: number
  readonly ready?: number
  /** Is told which process the browser is, and null when it has ended. */
  readonly onProcess?: (pid: number | null) => void
}

/**
 * Prints a report to a PDF file that is not there yet, in a browser without a window: with a profile of its own, in a
 * folder that is made and removed, and no way to the network. Gives null, or why there is no PDF. A page that sets
 * `data-ready` on its root is waited for. The bytes are the browser's: they hold the time, and differ from one version to
 * the next.
 */
export async function printPdf(
  browser: string,
  page: string,
  pdf: string,
  profile: string,
  { all = 120_000, ready = 10_000, onProcess = () => undefined }: Printing = {},
): Promise<string | null> {
  makeFolder(profile)
  const child = spawn(browser, [...flags, `--user-data-dir=${resolve(profile)}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    env: { ...process.env, XDG_CONFIG_HOME: resolve(profile), XDG_CACHE_HOME: resolve(profile) },
    // A group of its own, so that what it starts ends with it.
    detached: process.platform !== 'win32',
  })
  onProcess(child.pid ?? null)
  const ended = new Promise<void>((done) => child.once('exit', () => done()).once('error', () => done()))
  let late: NodeJS.Timeout | undefined
  try {
    const tooLate = new Promise<never>((_, fail) => {
      late = setTimeout(() => fail(new NotPrinted(`it took longer than ${all / 1000} seconds`)), all)
    })
    await Promise.race([print(connect(child), page, pdf, ready), tooLate])
    return null
  } catch (error) {
    rmSync(pdf, { force: true })
    if (!(error instanceof NotPrinted)) throw error
    return error.message
  } finally {
    clearTimeout(late)
    if (child.pid !== undefined && child.exitCode === null) endBrowser(child.pid)
    await Promise.race([ended, new Promise((done) => setTimeout(done, 5_000).unref())])
    onProcess(null)
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
  }
}

class NotPrinted extends Error {}

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
]

/** The page is loaded, is ready, and is printed piece by piece. */
async function print(browser: Browser, page: string, pdf: string, ready: number): Promise<void> {
  const { targetId } = (await browser.ask('Target.createTarget', { url: 'about:blank' })) as { targetId: string }
  const { sessionId } = (await browser.ask('Target.attachToTarget', { targetId, flatten: true })) as {
    sessionId: string
  }
  const ask = (method: string, params: object = {}): Promise<unknown> => browser.ask(method, params, sessionId)
  await ask('Page.enable')
  await ask('Network.enable')
  await ask('Network.emulateNetworkConditions', {
    offline: true,
    latency: 0,
    downloadThroughput: 0,
    uploadThroughput: 0,
  })
  await ask('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value: 'light' }] })
  const loaded = browser.event('Page.loadEventFired')
  const { errorText } = (await ask('Page.navigate', { url: pathToFileURL(resolve(page)).href })) as {
    errorText?: string
  }
  if (errorText !== undefined) throw new NotPrinted(`it could not open the report (${errorText.slice(0, 80)})`)
  await loaded
  if (/data-ready|dataset\.ready/.test(readFileSync(page, 'utf8'))) await untilReady(ask, ready)

  const printed = (await ask('Page.printToPDF', {
    printBackground: true,
    preferCSSPageSize: true,
    paperWidth: 8.27,
    paperHeight: 11.69,
    generateTaggedPDF: true,
    generateDocumentOutline: true,
    transferMode: 'ReturnAsStream',
  })) as { stream: string }
  const file = openSync(pdf, 'wx')
  try {
    for (let eof = false; !eof; ) {
      const piece = (await ask('IO.read', { handle: printed.stream })) as {
        data: string
        eof: boolean
        base64Encoded?: boolean
      }
      writeSync(file, Buffer.from(piece.data, piece.base64Encoded === true ? 'base64' : 'latin1'))
      eof = piece.eof
    }
  } finally {
    closeSync(file)
  }
}

/** A page that never says so is printed as it is. */
async function untilReady(ask: (method: string, params: object) => Promise<unknown>, ready: number): Promise<void> {
  const expression = "document.documentElement.hasAttribute('data-ready')"
  for (const end = Date.now() + ready; Date.now() < end; await new Promise((done) => setTimeout(done, 50))) {
    const { result } = (await ask('Runtime.evaluate', { expression })) as { result: { value: unknown } }
    if (result.value === true) return
  }
}

// ---------------------------------------------------------------- the browser's protocol

type Message = {
  readonly id?: number
  readonly method?: string
  readonly result?: unknown
  readonly error?: { readonly message: string }
}
type Browser = {
  readonly ask: (method: string, params?: object, sessionId?: string) => Promise<unknown>
  readonly event: (method: string) => Promise<void>
}

/**
 * Messages of the DevTools protocol through two pipes, each ended by a zero byte
 * (https://chromedevtools.github.io/devtools-protocol/): no port is opened.
 */
function connect(child: ChildProcess): Browser {
  const [to, from] = [child.stdio[3] as Writable, child.stdio[4] as Readable]
  const waiting = new Map<
    number,
    { readonly method: string; readonly done: (result: unknown) => void; readonly fail: (error: Error) => void }
  >()
  const events = new Map<string, () => void>()
  let over: NotPrinted | null = null
  let last = 0
  const fail = (why: string): void => {
    over ??= new NotPrinted(why)
    for (const one of waiting.values()) one.fail(over)
    waiting.clear()
  }
  child.once('error', (error: NodeJS.ErrnoException) => fail(`it cannot be started (${error.code ?? 'no reason'})`))
  child.once('exit', (status, signal) => fail(`it ended before it had printed (${signal ?? `status ${status}`})`))
  // Whoever is gone does not read; that it is gone is told above.
  to.on('error', () => undefined)
  from.on('error', () => undefined)
  messages(from, (text) => {
    const message = jsonOrNull(text) as Message | null
    if (message === null) return fail('it says what is no message of a browser')
    if (message.method !== undefined) events.get(message.method)?.()
    const one = message.id === undefined ? undefined : waiting.get(message.id)
    if (one === undefined) return
    waiting.delete(message.id!)
    if (message.error) one.fail(new NotPrinted(`it refused ${one.method} (${message.error.message.slice(0, 120)})`))
    else one.done(message.result)
  })
  return {
    ask: (method, params = {}, sessionId) =>
      new Promise((done, failed) => {
        if (over) return failed(over)
        waiting.set(++last, { method, done, fail: failed })
        to.write(`${JSON.stringify({ id: last, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`)
      }),
    event: (method) => new Promise((done) => events.set(method, done)),
  }
}

function messages(from: Readable, each: (text: string) => void): void {
  let parts: Buffer[] = []
  from.on('data', (chunk: Buffer) => {
    for (let at = 0; at < chunk.length; ) {
      const end = chunk.indexOf(0, at)
      parts.push(chunk.subarray(at, end < 0 ? chunk.length : end))
      if (end < 0) return
      each(Buffer.concat(parts).toString('utf8'))
      parts = []
      at = end + 1
    }
  })
}
