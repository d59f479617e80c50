import assert from 'node:assert/strict'
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { delimiter, join } from 'node:path'
import { test } from 'node:test'
import { findBrowser, type Machine } from '../../src/cli/pdf/browser.ts'
import { printPdf } from '../../src/cli/pdf/print.ts'
import { httpProxyLog, place, postern, write } from './command.ts'

// `--format pdf`: report.html printed by a browser of the machine, and what happens where there is none that can.

const folder = place()
const at = (...names: string[]): string => join(folder, ...names)
write(at('evidence'), { 'HttpProxy_2021030100-1.LOG': httpProxyLog('MAIL01') })
const assess = (out: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  postern(['assess', '--quiet', at('evidence'), '--out', at(out), '--format', 'pdf', ...args], {
    env: { POSTERN_BROWSER: undefined, ...env },
  })

const browser = findBrowser()
const real = { skip: browser === null ? 'no Chromium, Chrome or Edge on this machine' : false }
const isUnix = { skip: process.platform === 'win32' ? 'the false browsers are shell scripts' : false }

const pages = (pdf: string): number => readFileSync(pdf, 'latin1').match(/\/Type \/Page\b(?!s)/g)?.length ?? 0

test('the report as PDF lies beside report.html, and nothing is left of the browser', real, async () => {
  const { status, out, err } = await assess('out', [])
  assert.deepEqual([status, out, err], [3, '', ''])
  const pdf = at('out/MAIL01/report.pdf')
  assert.match(readFileSync(pdf, 'latin1'), /^%PDF-1\.[4-7][^]*%%EOF\s*$/)
  assert.ok(pages(pdf) > 1)
  assert.deepEqual(readdirSync(at('out/MAIL01')).sort().slice(-3), ['report.html', 'report.pdf', 'run.json'])
  assert.deepEqual(readdirSync(at('out')).sort(), ['MAIL01', 'summary.json'])
})

const page = (script: string, body = 'plain'): string =>
  `<!doctype html><meta charset="utf-8"><title>t</title><body><p>${body}</p><script>${script}</script>`
const more = `for (let i = 0; i < 5; i++) { const p = document.createElement('p'); p.style.breakBefore = 'page'; p.textContent = i; document.body.append(p) }`

test('a page that says when it is ready is waited for, and one that never does is printed as it is', real, async () => {
  write(folder, {
    'ready.html': page(`setTimeout(() => { ${more}; document.documentElement.setAttribute('data-ready', '') }, 700)`),
    'never.html': page(`setTimeout(() => { ${more}; document.documentElement.dataset.never = 'data-ready' }, 300)`),
  })
  assert.equal(await printPdf(browser!, at('ready.html'), at('ready.pdf'), at('profile')), null)
  assert.equal(pages(at('ready.pdf')), 6)
  assert.equal(
    await printPdf(browser!, at('never.html'), at('never.pdf'), at('profile'), { all: 60_000, ready: 1_000 }),
    null,
  )
  assert.equal(pages(at('never.pdf')), 6)
})

test('nothing goes to a network, not even to this machine', real, async () => {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  write(folder, {
    'asks.html': page(
      `fetch('${url}/fetch').catch(() => 0); new Image().src = '${url}/image'; navigator.sendBeacon('${url}/beacon', 'x'); new WebSocket('ws://127.0.0.1:${port}/socket')`,
      `<img src="${url}/tag" alt=""><iframe src="http://localhost:${port}/frame"></iframe><link rel="preconnect" href="${url}">`,
    ),
  })
  assert.equal(await printPdf(browser!, at('asks.html'), at('asks.pdf'), at('profile')), null)
  server.close()
  assert.deepEqual(asked, [])
})

test('a browser that fails, hangs or is none: a sentence, and every other result', isUnix, async () => {
  const program = (name: string, text: string): string => {
    writeFileSync(at(name), text)
    chmodSync(at(name), 0o755)
    return at(name)
  }
  const page_ = write(at('page'), { 'report.html': page('') })
  const print = (name: string) =>
    printPdf(at(name), join(page_, 'report.html'), at('none.pdf'), at('profile'), { all: 1_500, ready: 100 })
  program('fails', '#!/bin/sh\nexit 7\n')
  assert.equal(await print('fails'), 'it ended before it had printed (status 7)')
  // What it has started ends with it.
  program('hangs', `#!/bin/sh\nsleep 60 &\necho $! > ${at('child')}\nsleep 60\n`)
  assert.equal(await print('hangs'), 'it took longer than 1.5 seconds')
  const child = Number(readFileSync(at('child'), 'utf8'))
  await new Promise((done) => setTimeout(done, 200))
  if (process.platform === 'linux') assert.equal(commandOf(child), '')
  program('empty', '')
  assert.match((await print('empty'))!, /^it (?:cannot be started|ended before)/)
  program('refuses', `#!/bin/sh\nprintf '{"id":1,"error":{"message":"no \\\\u001b[2J such thing"}}\\0' >&4\nsleep 5\n`)
  assert.equal(await print('refuses'), 'it refused Target.createTarget (no \u001b[2J such thing)')
  program('babbles', `#!/bin/sh\nprintf 'this is no message\\0' >&4\nsleep 5\n`)
  assert.equal(await print('babbles'), 'it says what is no message of a browser')
  assert.ok(!existsSync(at('none.pdf')) && !existsSync(at('profile')))

  const { status, out, err } = await assess('failed', ['--browser', at('refuses')])
  assert.deepEqual([status, out], [3, ''])
  assert.match(
    err,
    /^postern: .*refuses has made no report\.pdf: it refused Target\.createTarget \(no ␛\[2J such thing\)\. Open report\.html in a browser and print it\.\n$/,
  )
  assert.deepEqual(readdirSync(at('failed/MAIL01')).includes('report.html'), true)
  assert.ok(!existsSync(at('failed/MAIL01/report.pdf')))
})

test('no browser: said at the beginning; one that is named wrongly is a mistake', async () => {
  const bare = await assess('bare', [], { PATH: folder, ProgramFiles: '', LOCALAPPDATA: '' })
  // Where one lies at its usual place it is found without PATH.
  if (bare.err !== '') {
    assert.equal(bare.status, 3)
    assert.match(
      bare.err,
      /^postern: No Chromium, Chrome or Edge is found on this machine, .* print it, or name one with --browser\.\n$/,
    )
    assert.ok(!existsSync(at('bare/MAIL01/report.pdf')) && existsSync(at('bare/MAIL01/report.html')))
  }
  const wrong = await assess('wrong', ['--browser', at('nowhere')])
  assert.deepEqual([wrong.status, existsSync(at('wrong'))], [2, false])
  assert.match(wrong.err, /^postern: .*nowhere: no such browser\. Name the program [^\n]+\n$/)
  const env = await assess('env', [], { POSTERN_BROWSER: at('nowhere') })
  assert.match(env.err, /no such browser/)
  const idle = await postern(['assess', at('evidence'), '--out', at('idle'), '--browser', process.execPath])
  assert.deepEqual(
    [idle.status, idle.err],
    [2, 'postern: --browser requires --format pdf. Add it, or remove --browser.\n'],
  )
})

test('where a browser is looked for', () => {
  const machine = (platform: NodeJS.Platform, programs: readonly string[], env: Machine['env'] = {}): Machine => ({
    platform,
    env,
    isProgram: (path) => programs.includes(path.replaceAll('\\', '/')),
  })
  const path = { PATH: ['relative', '.', '', '/usr/bin', '/opt/bin'].join(delimiter) }
  assert.equal(findBrowser(machine('linux', [])), null)
  assert.equal(
    findBrowser(machine('linux', ['/opt/bin/chromium', '/usr/bin/google-chrome'], path)),
    '/opt/bin/chromium',
  )
  assert.equal(findBrowser(machine('linux', ['/snap/bin/chromium'], path)), '/snap/bin/chromium')
  // A folder that depends on where the run was started may be the evidence's.
  assert.equal(findBrowser(machine('linux', ['relative/chromium', 'chromium', './chromium'], path)), null)
  const chrome = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'
  assert.equal(findBrowser(machine('darwin', [chrome])), chrome)
  const edge = 'C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe'
  const found = findBrowser(machine('win32', [edge], { 'ProgramFiles(x86)': 'C:/Program Files (x86)' }))
  assert.equal(found?.replaceAll('\\', '/'), edge)
})

/** Of a process that has ended nothing stands there any more. */
function commandOf(process_: number): string {
  try {
    return readFileSync(`/proc/${process_}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}
