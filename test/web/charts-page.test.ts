import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { empty, fixture, hostile, quiet } from '../reports/fixture.ts'
import { eventually, type Reports, reports, skip, standing, tooWide, violations } from './browser.ts'
import { longLog } from './long.ts'

describe('charts in the page', { skip }, () => {
  let all: Reports
  before(async () => {
    all = await reports()
  })
  after(() => all.close())

  const plot = (page: Page, section: string) => page.locator(`#${section} [role=application]`)
  const says = (page: Page, section: string) => page.locator(`#${section} .chart-says`).innerText()
  const isShown = async (page: Page): Promise<string> =>
    await page.locator('#timeline .chart-quiet').first().innerText()

  it('coverage: a click on a cell shows the files, the holes and the findings of that day and log', async () => {
    const { page, trouble } = await all.open(fixture)
    const box = await standing(plot(page, 'coverage'))
    const cells = page.locator('#coverage svg path.chart-d4').first()
    await cells.scrollIntoViewIfNeeded()
    // 3 March 2021 of the front end: the first row, the twelfth of 23 days.
    const row = await standing(cells)
    const left = await standing(page.locator('#coverage .chart-rail').first())
    await page.mouse.click(left.x + (left.width / 23) * 11.5, row.y + 8)
    const panel = page.locator('#coverage .chart-panel')
    await eventually(async () =>
      assert.match(await panel.innerText(), /IIS, front end \(Default Web Site\), 2021-03-03 UTC/),
    )
    await eventually(async () =>
      assert.match(await panel.innerText(), /24 hours within the period of this log · No log gap/),
    )
    await eventually(async () => assert.match(await panel.innerText(), /u_ex210303\.log/))
    await eventually(async () => assert.match(await panel.innerText(), /Page in aspnet_client answered 200/))
    assert.ok(box.width > 600)
    await panel.getByRole('button', { name: /Page in aspnet_client/ }).click()
    await eventually(() => assert.match(page.url(), /open=a1f3/))
    assert.deepEqual(trouble, [])
    await page.close()
  })

  it('coverage by keyboard: from the first success to the hole two days later, and its reason', async () => {
    const { page } = await all.open(fixture)
    await plot(page, 'coverage').focus()
    await page.keyboard.press('ArrowRight')
    await eventually(async () =>
      assert.match(await says(page, 'coverage'), /HttpProxy ECP, 2021-03-03 UTC · [\d,]+ entries/),
    )
    for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key)
    await eventually(async () =>
      assert.match(await says(page, 'coverage'), /front end.*2021-03-05 UTC.*9 of 24 hours missing/),
    )
    await page.keyboard.press('Enter')
    const panel = page.locator('#coverage .chart-panel')
    await eventually(async () =>
      assert.match(await panel.innerText(), /2021-03-05 02:00:00 – 11:00:00 UTC \(9 hrs\): no entries for 9 hours/),
    )
    await page.keyboard.press('Escape')
    await eventually(async () => assert.equal(await panel.count(), 0))
    await page.close()
  })

  it('coverage: years begin in weeks, days come in parts, and the part of the first success is shown first', async () => {
    const { page } = await all.open(longLog(10))
    const pressed = page.locator('#coverage button[aria-pressed=true]')
    assert.equal(await pressed.innerText(), 'Weeks')
    await page.locator('#coverage').getByRole('button', { name: 'Days' }).click()
    await eventually(async () => assert.match(await page.locator('#coverage .chart-tools').innerText(), /part 1 of 6/))
    await eventually(async () =>
      assert.equal(await page.locator('#coverage').getByRole('button', { name: 'Earlier' }).isDisabled(), true),
    )
    await page.locator('#coverage').getByRole('button', { name: 'Later' }).click()
    await eventually(async () => assert.match(await page.locator('#coverage .chart-tools').innerText(), /part 2 of 6/))
    await page.close()
  })

  it('timeline by keyboard: from mark to mark, into the finding, and from days down to a second', async () => {
    const { page, trouble } = await all.open(fixture)
    await plot(page, 'timeline').focus()
    await page.keyboard.press('ArrowRight')
    await eventually(async () => assert.match(await says(page, 'timeline'), /^Reconnaissance: Scanner/))
    await page.keyboard.press('ArrowDown')
    await eventually(async () => assert.match(await says(page, 'timeline'), /^Attack attempted: Autodiscover request/))
    await page.keyboard.press('ArrowLeft')
    await eventually(async () =>
      assert.match(await says(page, 'timeline'), /ServerInfo anchor.*203\.0\.113\.77.*2021-03-03 04:23:22\.370 UTC/),
    )
    for (let i = 0; i < 20; i++) await page.keyboard.press('+')
    await eventually(async () =>
      assert.match(await isShown(page), /Shown: 2021-03-03 04:23:22\.\d+ – 2021-03-03 04:23:22\.\d+ UTC/),
    )
    // The next of the lane lies days away: the view goes there.
    await page.keyboard.press('ArrowRight')
    await eventually(async () => assert.match(await says(page, 'timeline'), /Autodiscover request/))
    await eventually(async () => assert.match(await isShown(page), /Shown: 2021-03-06 11:00:0/))
    await page.keyboard.press('Home')
    await eventually(async () => assert.match(await isShown(page), /Shown: 2021-03-03 02:\d\d – 2021-03-06/))
    await page.keyboard.press('Enter')
    await eventually(() => assert.match(page.url(), /open=a1f8/))
    assert.deepEqual(trouble, [])
    await page.close()
  })

  it('timeline: the wheel zooms around the pointer once the chart has the focus, and before that the page scrolls', async () => {
    const { page } = await all.open(fixture)
    await plot(page, 'timeline').scrollIntoViewIfNeeded()
    const before = await isShown(page)
    const box = await standing(plot(page, 'timeline'))
    await page.mouse.move(box.x + box.width / 2, box.y + box.height - 8)
    const top = await page.evaluate(() => scrollY)
    await page.mouse.wheel(0, 120)
    await eventually(async () => assert.notEqual(await page.evaluate(() => scrollY), top))
    assert.equal(await isShown(page), before)
    await plot(page, 'timeline').focus()
    const now = await standing(plot(page, 'timeline'))
    await page.mouse.move(now.x + now.width / 2, now.y + 60)
    await page.mouse.wheel(0, -500)
    await eventually(async () => assert.notEqual(await isShown(page), before))
    await page.close()
  })

  it('timeline: a drag chooses a time, which filters the findings and stands in the address; it can be cleared', async () => {
    const { page } = await all.open(fixture)
    await plot(page, 'timeline').scrollIntoViewIfNeeded()
    const box = await standing(plot(page, 'timeline'))
    await page.mouse.move(box.x + 185, box.y + 60)
    await page.mouse.down()
    await page.mouse.move(box.x + 260, box.y + 80, { steps: 4 })
    await page.mouse.up()
    await eventually(() => assert.match(page.url(), /from=2021-03-03T02%3A\d\d&to=2021-03-03T\d\d%3A\d\d/))
    await eventually(async () =>
      assert.match(await page.locator('#timeline .chart-chosen').innerText(), /Selected: 2021-03-03 .*, 6 findings\./),
    )
    // What lasts into the chosen time counts in the table, too.
    await eventually(async () => assert.match(await page.locator('#findings .shown').innerText(), /\b6 of 11/))
    await page.locator('#timeline').getByRole('button', { name: 'Zoom to selection' }).click()
    await eventually(async () => assert.match(await isShown(page), /Shown: 2021-03-03 .* – 2021-03-03/))
    await page.locator('#timeline').getByRole('button', { name: 'Clear selection' }).click()
    await eventually(() => assert.doesNotMatch(page.url(), /from=/))
    await page.close()
  })

  it('path: those beyond the first eight of a column are one, in the picture and in the sentences', async () => {
    const { page } = await all.open(longLog(3000))
    await page.locator('#path select').selectOption({ label: 'all findings' })
    await eventually(async () => assert.match(await page.locator('#path svg').first().innerHTML(), />and [\d,]+ more</))
    await page
      .locator('#path')
      .getByRole('button', { name: /^Show all/ })
      .click()
    assert.match(
      await page.locator('#path .chart-paths').innerText(),
      /[\d,]+ more addresses requested [\d,]+ more pages/,
    )
    await page.close()
  })

  it('timeline: several at one place are listed; a story can be highlighted', async () => {
    const { page } = await all.open(longLog(5000))
    await plot(page, 'timeline').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    const panel = page.locator('#timeline .chart-panel')
    const listed = await panel.getByRole('listitem').count()
    assert.ok(listed > 1 && listed <= 51, `${listed}`)
    await panel.getByRole('button', { name: 'Zoom to these' }).click()
    await eventually(async () => assert.match(await isShown(page), /Shown: 20(20|21)/))
    await page.locator('#timeline select').selectOption({ index: 1 })
    await eventually(async () =>
      assert.match(await page.locator('#timeline .chart-legend').innerText(), /of the highlighted attack chain/),
    )
    await page.locator('#timeline').getByRole('button', { name: 'Zoom to the attack chain' }).click()
    await eventually(async () => assert.match(await isShown(page), /Shown: 2021-03-02 \d\d:\d\d – 2021-03-0[56]/))
    await page.close()
  })

  it('path: a node shows its findings, arrows go along the edges, and the sentences say the same', async () => {
    const { page, trouble } = await all.open(fixture)
    await plot(page, 'path').focus()
    await page.keyboard.press('ArrowRight')
    await eventually(async () => assert.match(await says(page, 'path'), /^Address 203\.0\.113\.77: \d findings/))
    await page.keyboard.press('ArrowRight')
    await eventually(async () => assert.match(await says(page, 'path'), /^Requested page /))
    await page.keyboard.press('Enter')
    await page.locator('#path .chart-panel button.chart-link').first().click()
    await eventually(() => assert.match(page.url(), /open=a1f/))
    await page.keyboard.press('Escape')
    const sentences = await page.locator('#path .chart-paths').innerText()
    assert.match(
      sentences,
      /203\.0\.113\.77 requested \/ews\/exchange\.asmx, which accessed the mailbox of a\.archer@example\.com/,
    )
    assert.match(
      sentences,
      /198\.51\.100\.23 used the web shell \/aspnet_client\/discover\.aspx, which started cmd\.exe/,
    )
    await page.locator('#path select').selectOption({ label: 'attack chain 2: 192.0.2.10' })
    await eventually(async () =>
      assert.doesNotMatch(await page.locator('#path .chart-paths').innerText(), /discover\.aspx/),
    )
    await page.locator('#path .chart-edge-hit').first().click({ force: true })
    await eventually(async () =>
      assert.match(await page.locator('#path .chart-panel').innerText(), /192\.0\.2\.10 requested/),
    )
    assert.deepEqual(trouble, [])
    await page.close()
  })

  it('exposure: states have words, the first success is marked and opens', async () => {
    const { page } = await all.open(fixture)
    const drawn = await page.locator('#exposure svg[role=img]').innerHTML()
    for (const text of ['open', 'unknown', 'first successful step', '15.1.2106.2'])
      assert.ok(drawn.includes(`>${text}<`), text)
    assert.match(drawn, /<title>CVE-2021-27065: mitigated, 2021-03-04 12:00:00 – 2021-03-09 21:40:00 UTC/)
    await page
      .locator('#exposure')
      .getByRole('button', { name: /First successful step/ })
      .click()
    await eventually(() => assert.match(page.url(), /open=a1f1/))
    await page.close()
  })

  it('nothing of the evidence becomes markup or turns text around', async () => {
    const { page, trouble } = await all.open({
      ...fixture,
      campaigns: fixture.campaigns.map((c) => ({ ...c, name: hostile.image })),
      server: { ...fixture.server, builds: fixture.server.builds.map((b) => ({ ...b, build: hostile.bidi })) },
      coverage: {
        ...fixture.coverage,
        kinds: fixture.coverage.kinds.map((k, i) => ({
          ...k,
          title: Object.values(hostile)[i]!,
          kind: hostile.script + i,
        })),
      },
    })
    await plot(page, 'coverage').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    assert.notEqual(await page.title(), 'owned')
    await eventually(async () => assert.equal(await page.locator('main img, main script').count(), 0))
    const text = await page.locator('main').innerText()
    // oxlint-disable-next-line no-misleading-character-class -- each by itself is what must not stand there
    assert.doesNotMatch(text, /[\u202e\u2066\u200b\ufeff\u001b]/)
    assert.deepEqual(trouble, [])
    await page.close()
  })

  it('without findings, without times, without anything: no chart that says nothing', async () => {
    for (const report of [quiet, empty]) {
      const { page, trouble } = await all.open(report)
      await eventually(async () => assert.equal(await page.locator('#timeline, #path').count(), 0))
      assert.equal(await page.locator('#coverage .chart-plot').count(), report === quiet ? 1 : 0)
      assert.deepEqual(trouble, [])
      await page.close()
    }
  })

  it('axe finds nothing in light, dark and at 360 pixels, with panels open; nothing is wider than the window', async () => {
    for (const visit of [{}, { dark: true }, { width: 360 }]) {
      const { page } = await all.open(fixture, visit)
      for (const section of ['coverage', 'path', 'timeline']) {
        await plot(page, section).focus()
        await page.keyboard.press('ArrowRight')
        if (section !== 'timeline') await page.keyboard.press('Enter')
      }
      await page.keyboard.press('f')
      for (const section of ['coverage', 'path', 'timeline', 'exposure'])
        assert.deepEqual(await violations(page, `#${section}`), [], `${section} ${JSON.stringify(visit)}`)
      assert.equal(await tooWide(page), null)
      await page.close()
    }
  })

  it('what is painted takes the colors of the theme, whether the system or the reader changes it', async () => {
    const { page } = await all.open(fixture)
    const colors = async (): Promise<string> =>
      await page.evaluate(() => {
        const canvas = document.querySelector<HTMLCanvasElement>('#timeline canvas')!
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height)
        const met = new Set<string>()
        for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255) met.add(data.slice(i, i + 3).join())
        return [...met].sort().join(' ')
      })
    const light = await colors()
    assert.ok(light.includes('160,28,40'), light)
    await page.emulateMedia({ colorScheme: 'dark' })
    await eventually(async () => assert.ok((await colors()).includes('255,156,155')))
    await page.evaluate(() => (location.hash = '#timeline?theme=light'))
    await eventually(async () => assert.equal(await colors(), light))
    await page.close()
  })

  it('on paper the marks of the timeline are a drawing, and the tools are gone', async () => {
    const { page } = await all.open(fixture, { print: true })
    await eventually(async () => assert.equal(await page.locator('#timeline canvas').count(), 0))
    await eventually(async () => assert.equal(await page.locator('#timeline path.chart-marks').count(), 9))
    await eventually(async () => assert.equal(await page.locator('#timeline .chart-tools').isVisible(), false))
    await eventually(async () => assert.equal(await page.locator('#coverage .chart-legend').isVisible(), true))
    await page.close()
  })

  it('what is open stays where it is when there is less room, and on paper', async () => {
    const { page, trouble } = await all.open(longLog(100))
    await plot(page, 'coverage').focus()
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await plot(page, 'timeline').focus()
    await page.keyboard.press('ArrowRight')
    const panel = page.locator('#coverage .chart-panel')
    await eventually(async () => assert.match(await panel.innerText(), /2021-03-01 – 2021-03-07 UTC/))
    await page.setViewportSize({ width: 360, height: 800 })
    await eventually(async () =>
      assert.equal(await page.locator('#coverage button[aria-pressed=true]').innerText(), 'Months'),
    )
    await eventually(async () => assert.match(await panel.innerText(), /2021-03 UTC/))
    await page.emulateMedia({ media: 'print' })
    await eventually(async () => assert.equal(await page.locator('#timeline canvas').count(), 0))
    await page.emulateMedia({ media: 'screen' })
    await eventually(async () => assert.match(await panel.innerText(), /2021-03 UTC/))
    assert.deepEqual(trouble, [])
    await page.close()
  })

  it("keys with Ctrl, Alt or Cmd are the browser's", async () => {
    const { page } = await all.open(fixture)
    for (const section of ['coverage', 'path', 'timeline']) {
      const taken = await page.evaluate((id) => {
        const element = document.querySelector(`#${id} [role=application]`)!
        const press = (init: KeyboardEventInit) =>
          !element.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }))
        return [
          press({ key: 'ArrowRight' }),
          press({ key: 'f', ctrlKey: true }),
          press({ key: '+', metaKey: true }),
          press({ key: 'ArrowLeft', altKey: true }),
        ]
      }, section)
      assert.deepEqual(taken, [true, false, false, false], section)
    }
    await page.close()
  })

  it('50,000 findings: every zoom is drawn', async (t) => {
    const { page, trouble } = await all.open(longLog(50_000))
    await plot(page, 'timeline').focus()
    const frames = await page.evaluate(async () => {
      const plot = document.querySelector('#timeline [role=application]')!
      const frame = () => new Promise<number>((done) => requestAnimationFrame(done))
      const canvas = plot.querySelector('canvas')!
      const box = canvas.getBoundingClientRect()
      const times: number[] = []
      let last = await frame()
      for (let i = 0; i < 80; i++) {
        plot.dispatchEvent(
          new WheelEvent('wheel', {
            deltaY: i < 40 ? -180 : 180,
            ctrlKey: true,
            clientX: box.left + box.width * 0.6,
            clientY: box.top + 90,
            bubbles: true,
            cancelable: true,
          }),
        )
        const now = await frame()
        times.push(now - last)
        last = now
      }
      const pixels = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height).data
      return { times, painted: pixels.some((value) => value > 0) }
    })
    const sorted = [...frames.times].sort((a, b) => a - b)
    t.diagnostic(
      `80 zooms: median ${sorted[40]!.toFixed(1)} ms a frame, 95th percentile ${sorted[76]!.toFixed(1)} ms, longest ${sorted[79]!.toFixed(1)} ms`,
    )
    assert.equal(frames.painted, true)
    await eventually(async () => assert.match(await isShown(page), /Shown: 20\d\d/))
    assert.deepEqual(trouble, [])
    await page.close()
  })
})
