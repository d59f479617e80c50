// Takes a picture of a report in Chromium: node scripts/screenshot.mjs REPORT.html PICTURE.png [options]
//   --width N     default 1280        --height N   default 900; --full takes the whole page
//   --dark        dark colors        --open       opens what is folded: the first answers, stories and tables
//   --at FRAGMENT a place of the page, and its state: `#findings?open=ID` shows the evidence of a finding
//   --scale N     pixels per point, default 1
// Fails when the page asks for anything, says anything on the console, or is wider than the window.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    width: { type: 'string', default: '1280' },
    height: { type: 'string', default: '900' },
    scale: { type: 'string', default: '1' },
    full: { type: 'boolean' },
    dark: { type: 'boolean' },
    open: { type: 'boolean' },
    at: { type: 'string', default: '' },
  },
})
const [report, picture] = positionals
if (!report || !picture) {
  process.stderr.write(
    'usage: node scripts/screenshot.mjs REPORT.html PICTURE.png [--width N] [--height N] [--full] [--dark] [--open] [--at FRAGMENT]\n',
  )
  process.exit(2)
}

const profile = mkdtempSync(join(tmpdir(), 'postern-shot-'))
const { browser, address } = await start(profile)
const trouble = []
try {
  const page = await connect(address)
  await shoot(page)
} finally {
  const ended = new Promise((done) => browser.once('exit', done))
  browser.kill()
  await ended
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
}
for (const line of trouble) process.stderr.write(`${line}\n`)
process.exitCode = trouble.length > 0 ? 1 : 0

async function shoot(page) {
  const url = pathToFileURL(resolve(report)).href
  page.on('Network.requestWillBeSent', ({ request }) => {
    if (request.url.split('#')[0] !== url && !request.url.startsWith('data:'))
      trouble.push(`the page asked for ${request.url}`)
  })
  page.on('Runtime.consoleAPICalled', ({ args }) =>
    trouble.push(`console: ${args.map((a) => a.value ?? a.description).join(' ')}`),
  )
  page.on('Runtime.exceptionThrown', ({ exceptionDetails }) => trouble.push(`exception: ${exceptionDetails.text}`))
  page.on('Log.entryAdded', ({ entry }) => trouble.push(`log: ${entry.text}`))
  page.on('Page.javascriptDialogOpening', () => trouble.push('the page opened a dialog'))
  for (const domain of ['Page', 'Network', 'Runtime', 'Log']) await page.send(`${domain}.enable`)
  const size = { width: Number(values.width), height: Number(values.height) }
  await page.send('Emulation.setDeviceMetricsOverride', {
    ...size,
    deviceScaleFactor: Number(values.scale),
    mobile: size.width < 500,
  })
  await page.send('Emulation.setEmulatedMedia', {
    features: [{ name: 'prefers-color-scheme', value: values.dark ? 'dark' : 'light' }],
  })
  const loaded = page.once('Page.loadEventFired')
  await page.send('Page.navigate', { url: url + values.at })
  await loaded
  await isThere(page, `document.documentElement.dataset.ready === ''`)
  if (values.open) {
    await evaluate(
      page,
      `for (const s of ['.answer details', '.chain details', 'section > details']) for (const e of [...document.querySelectorAll(s)].slice(0, 3)) e.open = true`,
    )
  }
  await new Promise((done) => setTimeout(done, 500))
  const wide = await evaluate(page, 'document.documentElement.scrollWidth - document.documentElement.clientWidth')
  if (wide > 0) {
    const who = await evaluate(
      page,
      `[...document.querySelectorAll('main *, header *, footer *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll')).slice(0, 5).map((e) => e.tagName + '.' + e.getAttribute('class')).join(', ')`,
    )
    trouble.push(`the page is ${wide} pixels wider than the window: ${who}`)
  }
  const { data } = await page.send('Page.captureScreenshot', {
    format: 'png',
    captureBeyondViewport: values.full === true,
  })
  writeFileSync(picture, Buffer.from(data, 'base64'))
}

async function isThere(page, expression) {
  const end = Date.now() + 20_000
  while (!(await evaluate(page, expression))) {
    if (Date.now() > end) return trouble.push(`the page is not there after 20 seconds`)
    await new Promise((done) => setTimeout(done, 50))
  }
}

async function evaluate(page, expression) {
  return (await page.send('Runtime.evaluate', { expression })).result.value
}

// Chromium writes the address of its debugging socket to stderr.
async function start(profile) {
  const flags = [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--hide-scrollbars',
    '--no-first-run',
  ]
  for (const name of [process.env.CHROMIUM, 'chromium', 'chromium-browser', 'google-chrome', 'chrome'].filter(
    Boolean,
  )) {
    const browser = spawn(name, [...flags, `--user-data-dir=${profile}`, '--remote-debugging-port=0', 'about:blank'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const address = await new Promise((done) => {
      let text = ''
      browser.once('error', () => done(null))
      browser.once('exit', () => done(null))
      browser.stderr.on('data', (chunk) => {
        text += chunk
        const found = /ws:\/\/\S+/.exec(text)
        if (found) done(found[0])
      })
    })
    if (address) return { browser, address }
  }
  process.stderr.write('No Chromium was found. Set CHROMIUM to its path.\n')
  process.exit(1)
}

async function connect(address) {
  const list = await (await fetch(`http://${new URL(address).host}/json/list`)).json()
  const socket = new WebSocket(list.find((target) => target.type === 'page').webSocketDebuggerUrl)
  await new Promise((done) => socket.addEventListener('open', done))
  const waiting = new Map()
  const listeners = []
  let last = 0
  socket.addEventListener('message', ({ data }) => {
    const message = JSON.parse(data)
    if (message.id) waiting.get(message.id)(message)
    else for (const [method, listener] of listeners) if (method === message.method) listener(message.params)
  })
  return {
    send: (method, params = {}) =>
      new Promise((done, failed) => {
        waiting.set(++last, (m) => (m.error ? failed(new Error(`${method}: ${m.error.message}`)) : done(m.result)))
        socket.send(JSON.stringify({ id: last, method, params }))
      }),
    on: (method, listener) => listeners.push([method, listener]),
    once: (method) => new Promise((done) => listeners.push([method, done])),
  }
}
