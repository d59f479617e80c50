import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import type { Assessment } from '../../src/model/assessment.ts'
import { busy, empty, fixture, hostile, quiet, shell } from '../reports/fixture.ts'
import { eventually, type Reports, reports, skip, tooWide, violations } from './browser.ts'

void describe('the interactive report', { skip }, () => {
  let of: Reports
  before(async () => {
    of = await reports()
  })
  after(async () => of.close())

  const text = async (page: Page, selector: string): Promise<string> =>
    (await page.locator(selector).first().innerText()).replace(/\s+/g, ' ')
  const rows = (page: Page) => page.locator('#findings [data-row]')
  const shown = (page: Page): Promise<string> => text(page, '#findings .shown')

  void it('files not read that limit the answer: name, reason and what each could hold, in four languages', async () => {
    const page = `C/inetpub/wwwroot/aspnet_client/${hostile.script}.aspx`
    const blind = [
      { path: page, kind: 'web-roots', reason: 'timeout', detail: hostile.image },
      ...['web-roots', 'iis-config', 'services', '__proto__', 'constructor'].map(
        (kind) => ({ path: 'copy.zip', kind, reason: 'encrypted', detail: 'no password fits' }) as const,
      ),
    ] as const
    const many = Array.from({ length: 60 }, (_, i) => ({ ...blind[0], path: `C/inetpub/wwwroot/${i}.aspx` }))
    const report = {
      ...quiet,
      coverage: { ...quiet.coverage, blindSpots: [...blind, ...many], more: { blindSpots: 7 } },
    }
    const words = {
      en: ['a web shell', 'an IIS module or handler', 'a service', 'other persistence', 'took too long'],
      de: ['eine Webshell', 'ein IIS-Modul', 'einen Dienst', 'einen anderen dauerhaften Zugang'],
      fr: ['un web shell', 'un module ou un gestionnaire IIS', 'un service', 'un autre accès persistant'],
      ja: ['ウェブシェル', 'IISのモジュール', 'サービス', 'その他の永続的な侵入手段'],
    }
    const { page: tab, trouble } = await of.open(report)
    for (const [language, expected] of Object.entries(words)) {
      await tab.evaluate((hash) => (location.hash = hash), `#coverage?language=${language}`)
      await tab.locator(`html[lang="${language}"]`).waitFor()
      const table = tab.locator('#coverage table').first()
      const all = await table.innerText()
      for (const word of [...expected, page, 'copy.zip'])
        assert.ok(all.includes(word), `${language}: ${word} in ${all}`)
      assert.equal(await table.locator('tbody tr').count(), 50)
      // Of 62 files 50 are listed, and the page knows of more.
      assert.match((await tab.locator('#coverage .note').allInnerTexts()).join(' '), /12.*coverage\.jsonl/)
    }
    assert.deepEqual(trouble, [])
    await tab.close()
    const whole = await of.open({ ...quiet, coverage: { ...quiet.coverage, blindSpots: [] } })
    assert.ok(!(await whole.page.locator('#coverage').innerText()).includes('limit the answer'))
    await whole.page.close()
  })

  void it('from the verdict to the raw row in two clicks', async () => {
    const { page, trouble } = await of.open(fixture)
    await page.locator('.glance').getByText('All steps').click()
    await page.locator('#story ol.story a').nth(2).click()
    const dialog = page.getByRole('dialog')
    await dialog.locator('figure pre').waitFor()
    const row = await dialog.locator('figure pre').innerText()
    assert.ok(row.includes(shell), 'the row as it stands in the evidence')
    assert.match(
      await dialog.locator('figcaption').innerText(),
      /u_ex\d+\.log, line [\d,]+, byte [\d,]+, [\d,]+ bytes\s+SHA-256 (cd){32}/,
    )
    const marks = await dialog.locator('mark').allInnerTexts()
    assert.ok(
      marks.some((mark) => mark === 'Set-OabVirtualDirectory'),
      marks.join(' | '),
    )
    const all = await dialog.innerText()
    for (const word of [
      'postern explain OUT a1f2',
      'False positives',
      'a vulnerability scan that the organization ordered',
      'Triage steps',
      'Why it matters',
      'Checks for contradicting evidence',
      'critical level',
      'The authors of Postern',
      'Apache-2.0',
      'proxylogon-2021',
      'rule-write',
    ])
      assert.ok(all.includes(word), word)
    assert.deepEqual(trouble, [])
    await page.close()
  })

  void it('the evidence is a dialog: focus stays, Escape closes, focus comes back, the link holds it', async () => {
    const { page, trouble } = await of.open(fixture)
    const link = page.locator('.milestones a').first()
    await link.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.waitFor()
    await eventually(() => assert.match(page.url(), /open=a1f1/))
    for (let i = 0; i < 30; i++) {
      await page.keyboard.press('Tab')
      assert.ok(
        await page.evaluate(
          () => document.activeElement === document.body || document.activeElement!.closest('dialog') !== null,
        ),
        'focus left the dialog',
      )
    }
    const shared = page.url()
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    await page.waitForFunction(() => !location.hash.includes('open='))
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), await link.innerText())
    const again = await of.open(fixture, { hash: new URL(shared).hash })
    await again.page.getByRole('dialog').getByText('postern explain OUT a1f1').waitFor()
    assert.deepEqual([...trouble, ...again.trouble], [])
    await page.close()
    await again.page.close()
  })

  void it('filters and order stand in the fragment, and a link shows the same', async () => {
    const { page, trouble } = await of.open(fixture)
    await page.locator('#findings').getByLabel('Stage', { exact: true }).selectOption('attempt')
    await page.waitForFunction(() => document.querySelector('#findings .shown')!.textContent === '2 of 11 findings')
    await page.locator('#findings').getByLabel('Weight').selectOption('lead')
    await page.waitForFunction(() => document.querySelector('#findings .shown')!.textContent === '1 of 11 findings')
    await page.locator('#findings').getByText('Clear all filters').click()
    await page.locator('#findings').getByLabel('Text', { exact: true }).fill('WINDOWS-SECURITY lsass')
    await page.waitForFunction(() => document.querySelector('#findings .shown')!.textContent === '1 of 11 findings')
    await page.locator('#findings').getByLabel('Text', { exact: true }).fill('')
    await page.locator('#findings').getByLabel('Since (UTC)').fill('2021-03-04T00:00')
    await page.locator('#findings').getByLabel('Until (UTC)').fill('2021-03-05T23:59')
    await page.waitForFunction(() => document.querySelector('#findings .shown')!.textContent === '3 of 11 findings')
    await page.locator('#findings').getByRole('button', { name: 'Time (UTC)' }).click()
    await page
      .locator('#findings')
      .getByRole('button', { name: /Time \(UTC\)/ })
      .click()
    await page.waitForFunction(() => location.hash.includes('sort=-time'))
    const titles = await rows(page).allInnerTexts()
    assert.match(titles[0]!, /Event log cleared/)
    const again = await of.open(fixture, { hash: new URL(page.url()).hash })
    assert.deepEqual(await rows(again.page).allInnerTexts(), titles)
    assert.deepEqual([...trouble, ...again.trouble], [])
    await page.close()
    await again.page.close()
  })

  void it('the next finding and the one before by keys and buttons, in the order of the list as it is filtered', async () => {
    const { page, trouble } = await of.open(fixture, { hash: '#findings?sort=time&client=203.0.113.77' })
    await rows(page).first().click()
    const dialog = page.getByRole('dialog')
    const title = (): Promise<string> => dialog.locator('h2').innerText()
    const titles = (await rows(page).locator('a').allInnerTexts()).map((t) => t.trim())
    assert.equal(titles.length, 4)
    assert.match(await dialog.locator('.eyebrow').innerText(), /1 of 4/)
    for (const [key, at] of [
      ['ArrowRight', 1],
      ['ArrowRight', 2],
      ['ArrowLeft', 1],
      ['ArrowLeft', 0],
      ['ArrowLeft', 0],
    ] as const) {
      await page.keyboard.press(key)
      assert.equal(await title(), titles[at])
    }
    const next = dialog.getByRole('button', { name: 'Next' })
    for (let i = 1; i < 4; i++) await next.click()
    assert.equal(await title(), titles[3])
    assert.equal(await next.getAttribute('aria-disabled'), 'true')
    await page.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    assert.deepEqual(trouble, [])
    await page.close()
  })

  void it('the evidence: why it matters first, names and values of the row, its place to copy, its address an hour around', async () => {
    const { page, trouble } = await of.open(fixture, { hash: '#findings?open=a1f2' })
    const dialog = page.getByRole('dialog')
    await dialog.locator('figure pre').first().waitFor()
    const heads = await dialog.locator('h3').allInnerTexts()
    assert.equal(heads[0], 'Why it matters')
    assert.match(heads[1]!, /^Raw rows/)
    assert.match(await dialog.locator('dl.columns').first().innerText(), /Cmdlet\s+Set-OabVirtualDirectory/)
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await dialog.getByRole('button', { name: 'Copy location' }).first().click()
    const copied = await page.evaluate(async () => navigator.clipboard.readText())
    assert.match(copied, /^[^\n]+\n(?:line|record) \d+\noffset \d+\nlength \d+\nsha256 [0-9a-f]{64}$/)
    await dialog.getByRole('button', { name: 'This address, one hour before and after' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await eventually(() => assert.match(page.url(), /client=[^&]+&from=\d{4}-\d\d-\d\dT\d\d%3A\d\d&to=[^&]+&sort=time/))
    assert.deepEqual(trouble, [])
    await page.close()
  })

  void it('a mistake in one part leaves the verdict and all others, and says where the same facts stand', async () => {
    const broken = (change: Partial<Record<keyof Assessment, unknown>>): Assessment =>
      ({ ...fixture, ...change }) as Assessment
    for (const [change, place, said] of [
      [
        { thirdPartyResults: [{ tool: null }] },
        '#others',
        /“Results of other tools” could not be shown.* in assessment\.json/,
      ],
      [{ requests: { rows: 1, rarePages: 7 } }, '#requests', /“Requests to the server” /],
      [
        { mailboxes: [{ ...fixture.mailboxes[0]!, because: null }] },
        '#mail',
        /“Affected mailboxes” .* in mailboxes\.csv/,
      ],
      [{ persistence: [{ kind: 'task' }] }, '#back', /“Persistence” /],
    ] as const) {
      const { page, trouble } = await of.open(broken(change))
      await eventually(async () => assert.match(await text(page, `${place} .failed-part`), said))
      await eventually(async () =>
        assert.equal(await page.locator('#answers .failed-part, #findings .failed-part').count(), 0),
      )
      await eventually(async () => assert.equal(await text(page, '#verdict-title'), 'Compromised'))
      assert.ok((await text(page, '.record')).includes(fixture.verdict.sentence))
      await eventually(async () => assert.equal(await shown(page), '11 findings'))
      assert.ok(trouble.length > 0, 'the console has the mistake')
      await page.close()
    }
  })

  void it('a mistake on the first screen leaves the sentence of the verdict; one in all of the page, what is read without script', async () => {
    const { page } = await of.open({
      ...fixture,
      intrusions: [{ ...fixture.intrusions[0]!, findings: null }],
    } as unknown as Assessment)
    await eventually(async () => assert.equal(await text(page, '#verdict-title'), 'Compromised'))
    assert.ok((await text(page, '#verdict')).includes(fixture.verdict.sentence))
    await eventually(async () =>
      assert.match(await text(page, '#verdict .failed-part'), /could not be shown.*assessment\.json/),
    )
    await page.close()
    const whole = await of.open(fixture, { broken: true })
    await eventually(async () => assert.match(await text(whole.page, '#app'), /could not be shown.*assessment\.json/))
    assert.ok((await text(whole.page, '#app')).includes(fixture.verdict.sentence))
    await eventually(async () =>
      assert.match(await text(whole.page, '#app'), /Keep the evidence before anything is changed/),
    )
    await whole.page.close()
  })

  void it('in another language the first screen speaks it, and English stays marked as English', async () => {
    const { page, trouble } = await of.open(fixture, { hash: '#verdict?language=de' })
    await eventually(async () => assert.match(await text(page, '.says'), /Der Mailserver .* wurde kompromittiert/))
    assert.ok((await text(page, '.record')).startsWith('Maßgeblicher Wortlaut (englisch):'))
    await eventually(async () => assert.equal(await page.locator('.record [lang="en"]').count(), 1))
    const unmarked = await page.evaluate(() => {
      const walk = document.createTreeWalker(document.querySelector('main')!, NodeFilter.SHOW_TEXT)
      const found: string[] = []
      for (let node = walk.nextNode(); node; node = walk.nextNode()) {
        const said = node.textContent ?? ''
        if (
          node.parentElement!.closest('[lang]')!.getAttribute('lang') === 'de' &&
          /\b(?:the|which|from|has|there)\b/.test(said)
        )
          found.push(said)
      }
      return found
    })
    assert.deepEqual(unmarked, [])
    assert.deepEqual(trouble, [])
    await page.close()
  })

  void it('a client, a rule or a target filters by a click', async () => {
    const { page, trouble } = await of.open(fixture, { hash: '#findings?open=a1f7' })
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: '192.0.2.10' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await eventually(async () => assert.equal(await shown(page), '2 of 11 findings'))
    await page.locator('#findings .chip').first().click()
    await page.waitForFunction(() => document.querySelector('#findings .shown')!.textContent === '11 findings')
    await page.locator('#story .intrusion').first().getByRole('button', { name: '203.0.113.77' }).click()
    await page.waitForFunction(() => document.querySelector('#findings .shown')!.textContent === '4 of 11 findings')
    assert.deepEqual(trouble, [])
    await page.close()
  })

  void it('arrow keys go through the findings, Enter opens one', async () => {
    const { page, trouble } = await of.open(busy(5_000), { hash: '#findings' })
    await rows(page).first().focus()
    for (let i = 0; i < 60; i++) await page.keyboard.press('ArrowDown')
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-row') === '60')
    await page.keyboard.press('End')
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-row') === '5010')
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => document.activeElement?.getAttribute('data-row') === '5010')
    assert.deepEqual(trouble, [])
    await page.close()
  })

  void it('the search finds findings, files, mailboxes, addresses, vulnerabilities and sections', async () => {
    const { page, trouble } = await of.open(fixture)
    await page.keyboard.press('/')
    const results = page.locator('.results')
    for (const [asked, found] of [
      ['lsass', /Finding Memory of LSASS/],
      ['archer', /Mailbox a\.archer@example\.com/],
      ['26855', /CVE CVE-2021-26855 ProxyLogon/],
      ['203.0.113', /Address 203\.0\.113\.77/],
      ['affected mail', /Section Affected mailboxes/],
      [fixture.evidence.manifest[0]!.path, /File /],
    ] as const) {
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.type(asked)
      await page.waitForFunction(
        (source) =>
          new RegExp(source).test(document.querySelector('.results')?.textContent?.replace(/\s+/g, ' ') ?? ''),
        found.source,
      )
    }
    await results.getByRole('button').last().click()
    await page.waitForFunction(() => location.hash.startsWith('#evidence?file='))
    assert.match(await shownFiles(page), /^1 of \d+ files$/)
    assert.deepEqual(trouble, [])
    await page.close()
  })
  const shownFiles = (page: Page): Promise<string> => text(page, '#evidence .shown')

  void it('what is done, and when one became aware, stand in the fragment; clocks run from there', async () => {
    const { page, trouble } = await of.open(fixture)
    await page.getByLabel('Done: Keep the evidence before anything is changed').check()
    await page.getByLabel('You became aware on (UTC)').fill('2021-03-14T10:00')
    await page.waitForFunction(() => location.hash.includes('done=preserve') && location.hash.includes('aware='))
    await eventually(async () => assert.equal(await text(page, '#actions .progress'), '1 of 4 done'))
    await page.locator('#duties .clocks').waitFor()
    await eventually(async () =>
      assert.match(await text(page, '#duties .clocks'), /2021-03-17 10:00 UTC expired [\d,]+ days/),
    )
    const again = await of.open(fixture, { hash: new URL(page.url()).hash })
    assert.ok(await again.page.getByLabel('Done: Keep the evidence before anything is changed').isChecked())
    assert.deepEqual([...trouble, ...again.trouble], [])
    await page.close()
    await again.page.close()
  })

  void it('50,000 findings: there, scrolled, filtered, and few elements whatever is done', async () => {
    const many: Assessment = busy(50_000)
    const { page, trouble } = await of.open(many)
    await eventually(async () => assert.equal(await shown(page), '50,011 findings'))
    const elements = (): Promise<number> => page.evaluate(() => document.querySelectorAll('*').length)
    assert.ok((await elements()) < 6_000, `${await elements()} elements`)
    const table = page.locator('#findings .virtual')
    for (const part of [0.25, 0.5, 1]) {
      await table.evaluate((e, share) => e.scrollTo(0, e.scrollHeight * share), part)
      await page.waitForFunction(
        (share) =>
          Number(document.querySelector('#findings [data-row]:last-child')!.getAttribute('data-row')) >=
          50_010 * share - 1,
        part,
      )
      assert.ok((await elements()) < 6_000)
    }
    await page.locator('#findings').getByLabel('Text', { exact: true }).fill('/owa/49999')
    await page.waitForFunction(() => document.querySelector('#findings .shown')!.textContent === '1 of 50,011 findings')
    await rows(page).first().click()
    await eventually(async () =>
      assert.match(await page.getByRole('dialog').locator('pre').innerText(), /GET \/owa\/49999 200/),
    )
    assert.deepEqual(trouble, [])
    await page.close()
  })

  void it('printed, all that matters is on paper', async () => {
    const { page } = await of.open(fixture, { print: true })
    const seen = await page.evaluate(() => document.body.innerText.replace(/\s+/g, ' '))
    for (const word of [
      'Compromised',
      'Contradicting evidence',
      'Law of Example, Article 1',
      'usiest day of this access',
      'Virtual directory set to an address that holds script',
      fixture.evidence.manifest[0]!.sha256,
      'filled with zeros at the end',
    ])
      assert.ok(seen.includes(word), word)
    assert.ok(!seen.includes('Search everything'))
    const pdf = await page.pdf({ format: 'A4' })
    assert.ok(pdf.length > 50_000)
    const many = await of.open(busy(700), { print: true })
    assert.match(
      await many.page.evaluate(() => document.querySelector('#findings')!.textContent),
      /Printed, by weight: 100 findings\. 611 further findings are in findings\.jsonl/,
    )
    await page.close()
    await many.page.close()
  })

  for (const dark of [false, true])
    void it(`accessible, ${dark ? 'dark' : 'light'}: every section, and the evidence of a finding`, async () => {
      const { page } = await of.open(fixture, { dark })
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true
      })
      await page.waitForSelector('#evidence .virtual')
      assert.deepEqual(await violations(page), [])
      await page.close()
      const open = await of.open(fixture, { dark, hash: '#findings?open=a1f2' })
      await open.page.locator('dialog pre').waitFor()
      assert.deepEqual(await violations(open.page, 'dialog'), [])
      await open.page.close()
    })

  for (const [name, assessment] of Object.entries({ fixture, quiet, empty }))
    void it(`${name}: nothing is wider than a narrow window, and nothing else is amiss`, async () => {
      for (const hash of ['', ...(name === 'fixture' ? ['#findings?open=a1f7'] : [])]) {
        const { page, trouble } = await of.open(assessment, { width: 360, height: 740, hash })
        await page.evaluate(() => {
          for (const details of document.querySelectorAll('details')) details.open = true
        })
        await page.waitForTimeout(100)
        assert.equal(await tooWide(page), null)
        assert.deepEqual(await violations(page), [])
        assert.deepEqual(trouble, [])
        await page.close()
      }
    })

  void it('hostile evidence stays text, whatever is opened', async () => {
    const { page, trouble } = await of.open(fixture)
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true
    })
    for (const { id } of fixture.findings) {
      await page.evaluate((open) => (location.hash = `#findings?open=${open}`), id)
      await page.locator('dialog pre').first().waitFor()
      await harmless(page)
    }
    for (const part of ['script', '202E', 'HYPERLINK']) {
      await page.evaluate((asked) => (location.hash = `#findings?text=${asked}`), part)
      await harmless(page)
    }
    assert.ok((await page.evaluate(() => document.body.textContent)).includes(hostile.script), 'it is shown')
    assert.deepEqual(trouble, [])
    await page.close()
  })
})

/** Only our own elements; no handler, no link that leaves the page; nothing of the evidence in an attribute. */
async function harmless(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const elements = new Set<string>()
    const wrong: string[] = []
    for (const e of document.querySelectorAll('body *')) {
      elements.add(e.tagName.toLowerCase())
      for (const { name, value } of e.attributes) {
        if (/^on|^src|^action|^formaction|^srcdoc/.test(name)) wrong.push(`${e.tagName} ${name}`)
        if (name === 'href' && !/^#[a-z-]*(?:\?open=[\w-]+)?$/.test(value)) wrong.push(`href ${value}`)
        if (name !== 'value' && /owned|javascript:|192\.0\.2\.66|\u202e/i.test(value))
          wrong.push(`${e.tagName} ${name}=${value}`)
      }
    }
    if (document.title.includes('owned')) wrong.push('title')
    if (/[\u202a-\u202e\u2066-\u2069\u0000-\u0008\u001b]/.test(document.body.innerText))
      wrong.push('a character that is not seen')
    return { elements: [...elements], wrong }
  })
  assert.deepEqual(found.wrong, [])
  assert.deepEqual(
    found.elements.filter((name) => !known.has(name)),
    [],
  )
}

const known = new Set(
  'a article bdi br button canvas caption circle defs pattern title code dd details dialog div dl dt fieldset figcaption figure footer g h1 h2 h3 h4 header input label legend li line main mark nav noscript ol option p path pre q rect script section select span strong summary svg table tbody td text th thead tr ul'.split(
    ' ',
  ),
)
