import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type Page, chromium } from 'playwright-core'
import { allDuties } from '../../src/knowledge/reporting-duties.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import type { Action } from '../../src/model/response.ts'
import { management } from '../../src/reports/briefing/management.ts'
import { notices } from '../../src/reports/briefing/notices.ts'
import { briefingLanguages } from '../../src/locales/languages.ts'
import { empty, fixture, hostile, quiet } from '../reports/fixture.ts'
import { executablePath, packTexts, type Reports, reports, skip, tooWide, violations } from './browser.ts'

/** As much as a server can call for: the actions of one campaign, and every duty. */
const much: Assessment = {
  ...fixture,
  actions: Object.keys(packTexts.actions)
    .slice(0, 13)
    .map((id, i): Action => ({ ...fixture.actions[0]!, id, order: i, title: id })),
  duties: allDuties(),
}

describe('pages beside the report', { skip }, () => {
  let all: Reports
  before(async () => {
    all = await reports()
  })
  after(() => all.close())

  for (const language of briefingLanguages) {
    it(`${language}: both pages are in that language, accessible, and fit on a telephone`, async () => {
      for (const [hash, a] of [
        ['#management', much],
        ['#management', quiet],
        ['#notify', much],
        ['#notify', empty],
      ] as const) {
        for (const [width, dark] of [
          [1280, true],
          [360, false],
        ] as const) {
          const { page, trouble } = await all.open(a, { hash: `${hash}?language=${language}`, width, dark })
          assert.equal(await tooWide(page), null, hash)
          assert.deepEqual(await violations(page, 'main'), [], `${hash} ${width}`)
          for (const sheet of await page.locator('.sheet').all())
            assert.equal(await sheet.getAttribute('lang'), language)
          assert.deepEqual(trouble, [])
          await page.close()
        }
      }
    })

    it(`${language}: the page for the management takes two pages of paper at most, a notice one`, async () => {
      const managed = await all.open(much, { hash: `#management?language=${language}` })
      assert.ok((await sheets(managed.page)) <= 2)
      await managed.page.close()
      const { page } = await all.open(much, { hash: `#notify?language=${language}` })
      assert.equal(await sheets(page), await page.locator('.sheet').count())
      await page.close()
    })

    it(`${language}: so do the files`, async () => {
      const browser = await chromium.launch({ executablePath: executablePath!, args: ['--no-sandbox'] })
      try {
        const page = await browser.newPage({ viewport: { width: 360, height: 800 } })
        for (const [report, most] of [
          [management, 2],
          [notices, 4],
        ] as const) {
          await page.setContent([...report.write(much, { language, texts: packTexts })].join(''))
          assert.equal(await tooWide(page), null)
          assert.ok((await sheets(page)) <= most, report.name)
        }
      } finally {
        await browser.close()
      }
    })
  }

  it('names stand on the page for the management when they are wanted', async () => {
    const { page } = await all.open(fixture, { hash: '#management' })
    const text = async (): Promise<string> => (await page.locator('.sheet').textContent()) ?? ''
    assert.doesNotMatch(await text(), /a\.archer/)
    await page.getByLabel('Show the names of mailboxes').check()
    assert.match(await text(), /a\.archer@example\.com/)
    await page.close()
  })

  it('another language is chosen for one page', async () => {
    const { page } = await all.open(fixture, { hash: '#management' })
    assert.match((await page.locator('.sheet .headline').textContent())!, /was compromised/)
    await page.locator('.sheet-tools select').selectOption('ja')
    assert.match((await page.locator('.sheet .headline').textContent())!, /侵害されました/)
    await page.close()
  })

  it('who gets a notice is chosen, and what is filled in stands in every letter', async () => {
    const { page } = await all.open(fixture, { hash: '#notify' })
    const letters = page.locator('.sheet')
    assert.equal(await letters.count(), 3)
    await page.getByLabel(/b\.baker/).uncheck()
    assert.equal(await letters.count(), 2)
    await page.getByText('All', { exact: true }).click()
    assert.equal(await letters.count(), 4)
    await page.locator('.blanks summary').click()
    await page.getByLabel(/^Name, telephone/).fill(`Help desk\n<b>${hostile.script}`)
    assert.equal(await page.locator('.sheet .filled').count(), 4)
    assert.equal(await page.locator('.sheet b, .sheet script').count(), 0)
    await page.close()
  })

  it('names of mailboxes that mean harm are inert', async () => {
    const mailboxes = Object.values(hostile).map((mailbox) => ({ ...fixture.mailboxes[0]!, mailbox }))
    const a = { ...fixture, mailboxes, server: { ...fixture.server, name: hostile.bidi } }
    for (const hash of ['#management', '#notify']) {
      const { page, trouble } = await all.open(a, { hash })
      if (hash === '#management') await page.getByLabel('Show the names of mailboxes').check()
      const main = page.locator('main')
      assert.equal(await main.locator('script, img, iframe, a[href^="javascript"], meta').count(), 0)
      assert.doesNotMatch((await main.textContent())!, /[\u202a-\u202e\u2066-\u2069\u200b\ufeff\u001b]/)
      assert.doesNotMatch(await page.title(), /owned/)
      assert.deepEqual(trouble, [])
      await page.close()
    }
  })
})

/** How many sheets of A4 a page takes in print. */
async function sheets(page: Page): Promise<number> {
  const pdf = await page.pdf({ format: 'A4', preferCSSPageSize: true })
  return pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0
}
