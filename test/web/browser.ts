import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Locator, type Page } from 'playwright-core'
import type { Assessment } from '../../src/model/assessment.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { htmlReport } from '../../src/reports/html/page.ts'

/** The machine's Chromium; null where there is none. */
export const executablePath: string | null =
  [
    process.env.CHROMIUM ?? '',
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/usr/bin/google-chrome-stable',
    '/opt/google/chrome/chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ].find((path) => path !== '' && existsSync(path)) ?? null

/** What the packs that ship say in plain words. */
export const { texts: packTexts } = await loadKnowledge({
  packs: [join(import.meta.dirname, '..', '..', 'packs')],
  rules: [],
  iocs: [],
})

/** Why tests that need a browser are skipped; false where they run. */
export const skip: string | false = executablePath === null ? 'no Chromium here (CHROMIUM names it)' : false

export type Opened = {
  readonly page: Page
  /** What the page must never do, as it happens: requests, messages, dialogs, navigation, errors. */
  readonly trouble: string[]
}

export type Visit = {
  /** `#findings?stage=shell` */
  readonly hash?: string
  readonly width?: number
  readonly height?: number
  readonly dark?: boolean
  readonly print?: boolean
  /** The page cannot unpack anything. */
  readonly broken?: boolean
}

/** Reports opened in Chromium: `close` when done. */
export type Reports = {
  readonly open: (assessment: Assessment, visit?: Visit) => Promise<Opened>
  readonly close: () => Promise<void>
}

/** Starts a browser in which reports can be opened from files, as a reader does. */
export async function reports(): Promise<Reports> {
  const folder = mkdtempSync(join(tmpdir(), 'postern-page-'))
  const browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox', '--disable-gpu'] })
  const written = new Map<Assessment, string>()
  return {
    open: async (assessment, visit = {}) => {
      let file = written.get(assessment)
      if (file === undefined) {
        file = join(folder, `report-${written.size}.html`)
        writeFileSync(file, [...htmlReport.write(assessment, { texts: packTexts })].join(''))
        written.set(assessment, file)
      }
      return await openFile(browser, file, visit)
    },
    close: async () => {
      await browser.close()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Opens a file and waits until its first screen is there. */
async function openFile(browser: Browser, file: string, visit: Visit): Promise<Opened> {
  const { hash = '', width = 1280, height = 900, dark = false, print = false, broken = false } = visit
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  })
  const url = pathToFileURL(file).href
  const trouble: string[] = []
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== url && !request.url().startsWith('data:'))
      trouble.push(`asked for ${request.url()}`)
  })
  page.on('framenavigated', (frame) => {
    if (frame.url().split('#')[0] !== url) trouble.push(`went to ${frame.url()}`)
  })
  page.on('console', (message) => trouble.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', (error) => trouble.push(`error: ${error.stack ?? error.message}`))
  page.on('dialog', (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('popup', () => trouble.push('a window was opened'))
  if (print) await page.emulateMedia({ media: 'print' })
  if (broken) await page.addInitScript('delete globalThis.DecompressionStream')
  readsWhenDrawn(page)
  await page.goto(`${url}${hash}`)
  await page.waitForSelector(broken ? '.failed' : 'html[data-ready]', { state: 'attached', timeout: 120_000 })
  return { page, trouble }
}

/** Waits for two frames and the tasks behind them: the page has drawn what was done to it before. */
async function drawn(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame++)
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))
  })
}

const readers = ['innerText', 'allInnerTexts', 'textContent', 'getAttribute', 'count'] as const
let patched = false

/**
 * Makes every read of a locator wait until the page has drawn what was done before. A link's fragment changes at
 * once, the list that it orders a moment later, on a busy machine much later: a test that reads between fails there.
 */
function readsWhenDrawn(page: Page): void {
  if (patched) return
  patched = true
  const prototype = Object.getPrototypeOf(page.locator('html')) as Record<
    string,
    (this: Locator, ...given: unknown[]) => unknown
  >
  for (const name of readers) {
    const read = prototype[name]!
    prototype[name] = async function (this: Locator, ...given) {
      await drawn(this.page())
      return await read.apply(this, given)
    }
  }
}

type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/**
 * Asserts again and again until it holds, for ten seconds: a page shows what was done a moment later, on a busy
 * machine much later. (Playwright's own waiting runs in the page, whose policy forbids it.)
 */
export async function eventually(check: () => void | Promise<void>): Promise<void> {
  for (const end = Date.now() + 10_000; ; ) {
    try {
      return await check()
    } catch (error) {
      if (Date.now() > end) throw error
    }
    await new Promise((done) => setTimeout(done, 50))
  }
}

/** Where an element stands, once it stands still: what is above it may still be drawn when a page is ready. */
export async function standing(of: Locator): Promise<Box> {
  let last = ''
  for (let same = 0; same < 3; ) {
    const box = JSON.stringify(await of.boundingBox())
    same = box === last && box !== 'null' ? same + 1 : 0
    last = box
    await new Promise((done) => setTimeout(done, 50))
  }
  return JSON.parse(last)
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds against the page, or a part of it: `rule: where`, with what it says. */
export async function violations(page: Page, within = 'html'): Promise<string[]> {
  // The policy of the page lets no script in; the debugger's is not asked for it.
  await page.evaluate(axeSource)
  return await page.evaluate(async (selector) => {
    type Result = { id: string; nodes: { target: string[]; failureSummary: string }[] }
    const { axe } = globalThis as unknown as {
      axe: { run: (at: string, options: object) => Promise<{ violations: Result[] }> }
    }
    const found = await axe.run(selector, { resultTypes: ['violations'] })
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.slice(0, 5).map((n) => `${id}: ${n.target.join(' ')}: ${n.failureSummary.replaceAll('\n', ' ')}`),
    )
  }, within)
}

/** How far the page is wider than its window, and what makes it so. */
export async function tooWide(page: Page): Promise<string | null> {
  return await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return null
    const wide = [...document.querySelectorAll('body *')].filter(
      (e) => e.getBoundingClientRect().right > clientWidth + 1 && !e.closest('.scroll'),
    )
    const names = wide.slice(0, 5).map((e) => `${e.tagName}.${e.getAttribute('class')}`)
    return `${scrollWidth - clientWidth} pixels: ${names.join(', ')}`
  })
}
