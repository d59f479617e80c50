import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { hostile, kinds } from '../reports/hostile.ts'
import { type Reports, reports, skip } from './browser.ts'

// Every text that evidence can fill is filled with what means harm, and the page is used: nothing of it may run, be asked
// for, be gone to, or break the page.

/** Fragments that nobody but an attacker links to. */
const fragments: Readonly<Record<string, string>> = {
  markup: '#<img src=x onerror=alert(1)>?text=<img src=x onerror=alert(1)>&open=<script>alert(1)</script>',
  prototype:
    '#__proto__?__proto__=x&open=__proto__&theme=constructor&language=__proto__&stage=toString&sort=-constructor',
  'broken escapes': '#findings?text=%E0%A4%A&open=%&from=%00&done=%ff,%00',
  'a pattern': `#findings?text=${encodeURIComponent('(a+)+$ [[[ \\ .*')}&rule=(a+)+$&file=(a+)+$`,
  'dates that are none': '#duties?aware=99999-99-99T99:99&from=2021-13-45&to=9999-99-99T99:99',
  huge: `#findings?text=${'a '.repeat(40_000)}&done=${'x,'.repeat(40_000)}&open=${'9'.repeat(40_000)}`,
  'halves of characters': '#findings?text=\ud800&client=\udc00&open=\ud83d',
}

describe('a page of hostile evidence', { skip }, () => {
  let browser: Reports
  before(async () => {
    browser = await reports()
  })
  after(async () => await browser.close())

  // The others differ in what other programs make of them; test/reports/hostile.test.ts has all.
  for (const kind of ['markup', 'half of a character', 'turned text', 'template', 'prototype', 'nothing'])
    it(`${kind}: read, searched, opened, printed`, { timeout: 120_000 }, async () => {
      const evil = kinds[kind]!
      const { page, trouble } = await browser.open(hostile(evil))
      const title = await page.title()
      // Whatever folds is opened, whatever opens evidence is pressed.
      for (const at of ['#management', '#notify', '#verdict', '#findings']) {
        await page.evaluate((hash) => (location.hash = hash), at)
        await page.waitForTimeout(50)
        await page.evaluate(() => {
          for (const fold of document.querySelectorAll('details')) fold.open = true
        })
      }
      const links = page.locator('#findings a[href*="open="]')
      if ((await links.count()) > 0) await links.first().click()
      const search = page.locator('input[type="search"]').first()
      await search.fill(evil.slice(0, 5_000))
      await page.waitForTimeout(200)
      await page.keyboard.press('Escape')
      await page.emulateMedia({ media: 'print' })
      await page.pdf()
      assert.deepEqual(trouble, [])
      assert.equal(await page.title(), title)
      const polluted = await page.evaluate(() => {
        const keys: string[] = []
        for (const key in {}) keys.push(key)
        return keys
      })
      assert.deepEqual(polluted, [])
      const foreign = await page.evaluate(
        () => document.querySelectorAll('#app :is(script, img, iframe, object, embed, base, meta, form, math)').length,
      )
      assert.equal(foreign, 0)
      await page.close()
    })

  for (const [what, hash] of Object.entries(fragments))
    it(`a link with ${what}`, { timeout: 300_000 }, async () => {
      const { page, trouble } = await browser.open(hostile('x'), { hash })
      assert.ok(await page.locator('#verdict').count())
      assert.deepEqual(trouble, [])
      await page.close()
    })
})
