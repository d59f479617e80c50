import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { inflateRawSync } from 'node:zlib'
import type { Assessment } from '../../src/model.ts'
import { stateKinds } from '../../src/parsers/kinds.ts'
import { html } from '../../src/reports/html.ts'
import { notLogs } from '../../src/reports/wording.ts'
import { busy, empty, fixture, hostile, quiet, shell } from './fixture.ts'

const write = (assessment: Assessment): string => [...html.write(assessment)].join('')
const page = write(fixture)
const servers: Readonly<Record<string, Assessment>> = { fixture, quiet, empty, busy: busy(700) }

const allowed = new Set(
  'html head meta title style body a header div p span strong nav ol ul li main section article h1 h2 h3 h4 dl dt dd details summary table caption thead tbody tr th td code br noscript footer script svg g rect circle path line text i'.split(
    ' ',
  ),
)

/** What is seen of a page before anything is opened. */
const unopened = (assessment: Assessment): string => {
  let text = write(assessment)
  for (let before = ''; before !== text; ) {
    before = text
    text = text.replace(/<details(?:(?!<details)[^])*?<\/details>/g, '')
  }
  return text
}

test('laws, what was weighed without a name, and what became known only later are folded', () => {
  const actors = fixture.actors.filter(({ references }) => references.length === 0)
  const [first] = fixture.exposure.cves
  const later = { ...first!, cve: 'CVE-2031-99999', published: '2031-01-01', exploited: true, state: 'open' as const }
  const exposure = { ...fixture.exposure, cves: [...fixture.exposure.cves, later] }
  const text = unopened({ ...fixture, actors, exposure })
  assert.ok(fixture.duties.length > 0)
  for (const { law } of fixture.duties) assert.ok(!text.includes(law), law)
  assert.doesNotMatch(text, /CVE-2031-99999|Mass exploitation/)
  assert.match(unopened(fixture), /Mass exploitation/)
  assert.match(write({ ...fixture, actors, exposure }), /CVE-2031-99999/)
})

for (const [name, assessment] of Object.entries(servers)) {
  test(`${name}: only our own elements, no handler, no link that leaves the page`, () => {
    for (const { element, attributes } of tags(write(assessment))) {
      assert.ok(allowed.has(element), element)
      for (const [key, value] of attributes) {
        assert.doesNotMatch(key, /^on|^style$|^src|^action|^formaction|^xlink/)
        if (key === 'href') assert.match(value, /^#/)
        if (key === 'http-equiv') assert.equal(value, 'Content-Security-Policy')
      }
    }
  })

  test(`${name}: every element is closed in its turn, every id is there once, every link has its target`, () => {
    const written = write(assessment)
    const open: string[] = []
    const ids = new Set<string>()
    const links = new Set<string>()
    const empties = new Set(['meta', 'br'])
    for (const { element, closing, selfClosing, attributes } of tags(written)) {
      if (closing) assert.equal(open.pop(), element)
      else if (!empties.has(element) && !selfClosing) open.push(element)
      const id = attributes.get('id')
      if (id !== undefined) {
        assert.ok(!ids.has(id), `id ${id} twice`)
        ids.add(id)
      }
      if (attributes.has('href')) links.add(attributes.get('href')!.slice(1))
      for (const label of (attributes.get('aria-labelledby') ?? '').split(' ').filter(Boolean)) links.add(label)
    }
    assert.deepEqual(open, [])
    assert.deepEqual(
      [...links].filter((link) => !ids.has(link)),
      [],
    )
  })

  test(`${name}: neither "clean" nor "safe" is said`, () => {
    assert.doesNotMatch(readable(write(assessment)), /\b(?:clean|safe)\b/i)
  })
}

test('the policy names the digests of exactly the style and the script in the page', () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!.replaceAll('&#39;', "'")
  const digest = (element: string): string => {
    const inside = new RegExp(`<${element}>([\\s\\S]*?)</${element}>`).exec(page)![1]!
    return `'sha256-${createHash('sha256').update(inside).digest('base64')}'`
  }
  assert.equal(
    policy,
    `default-src 'none'; style-src ${digest('style')}; script-src ${digest('script')}; img-src data:; base-uri 'none'; form-action 'none'`,
  )
  assert.equal(page.match(/<script/g)!.length, 2)
  assert.equal(page.match(/<style/g)!.length, 1)
})

test('the evidence stands in the page as text only', () => {
  for (const value of [hostile.script, hostile.image, hostile.refresh, hostile.breakout])
    assert.ok(!page.includes(value))
  assert.doesNotMatch(page.replaceAll('\n', ''), /[^\P{C}]|[\u2028\u2029]/u)
  assert.ok(!/href="[^"#]/.test(page))
})

test('raw rows and fields are packed, and are there when unpacked', () => {
  assert.doesNotMatch(page, /eval\(|eval&#40;Req[^&]*\[/)
  assert.ok(!page.includes(shell))
  const packed = JSON.parse(/<script type="application\/json" id="rows">(.*?)<\/script>/s.exec(page)![1]!) as string[]
  assert.equal(packed.length, fixture.findings.length)
  const rows = packed.map((p) => JSON.parse(inflateRawSync(Buffer.from(p, 'base64')).toString('utf8')))
  const all = rows.flatMap((r) => r.rows.map((row: { raw: string }) => row.raw)).join('\n')
  assert.ok(all.includes(shell))
  assert.ok(all.includes(hostile.breakout))
  assert.ok(all.includes('␛[31mred'))
  assert.ok(!all.includes('\u001b'))
  assert.match(all, /… \(10,005 characters; whole in findings\.jsonl\)/)
  const fields = rows.flatMap((r) => r.fields as [string, string][])
  assert.ok(fields.some(([name, value]) => name === 'ExternalUrl' && value.endsWith(shell)))
})

test('many findings: the five hundred that matter most are shown, the rest is counted', () => {
  const written = write(busy(5_000))
  assert.equal(written.match(/<details class="finding"/g)!.length, 500)
  for (const f of fixture.findings.filter((x) => x.stage !== 'context'))
    assert.ok(written.includes(`id="f-${f.id}"`), f.id)
  assert.match(readable(written), /The 500 that matter most of 5,011 are shown; 4,511 more stand in findings\.jsonl/)
  assert.ok(written.length < 2_000_000, `${written.length} characters`)
})

test('very many long rows: the page stays small and says where the rest is', () => {
  const noise = (seed: number): string =>
    createHash('shake256', { outputLength: 6_000 }).update(`${seed}`).digest('base64')
  const findings = busy(600).findings.map((f, i) => ({
    ...f,
    locators: Array.from({ length: 40 }, (_, n) => ({ ...f.locators[0]!, raw: noise(i * 40 + n) })),
  }))
  const written = write({ ...fixture, findings })
  assert.ok(written.length < 8_500_000, `${written.length} characters`)
  assert.match(readable(written), /this page is full/)
})

test('every answer says why, what speaks against it, how far the logs reach and what would change it', () => {
  const text = readable(page)
  for (const heading of ['Because', 'and what speaks against it', 'How far the logs reach', 'What would change it']) {
    assert.ok(text.split(heading).length > 6, heading)
  }
  for (const word of ['yes', 'probably', 'cannot tell']) assert.ok(text.includes(word))
  assert.match(readable(write(quiet)), /no evidence/)
})

test('an open question names what would settle it, and a verdict without an intrusion what it does not say', () => {
  const open = section(page, 'settle')
  assert.match(open, /Can they come back\?/)
  assert.match(open, /Security\.evtx and System\.evtx, exported as JSON/)
  assert.doesNotMatch(page, /<section id="limits"/)
  assert.doesNotMatch(write(quiet), /<section id="settle"/)
  assert.match(section(write(quiet), 'limits'), /replaced with care/)
  const unsettled = { ...quiet, verdict: { ...quiet.verdict, is: 'cannot-tell' as const }, answers: fixture.answers }
  assert.match(section(write(unsettled), 'settle'), /copy its logs before they are overwritten/)
})

test('the way by which mail was read is named in words', () => {
  const ews = { ...fixture, mailboxes: fixture.mailboxes.map((m) => ({ ...m, means: ['ews'] })) }
  assert.match(section(write(ews), 'mail'), /EWS through the front end/)
  const odd = { ...fixture, mailboxes: fixture.mailboxes.map((m) => ({ ...m, means: ['a way of its own'] })) }
  assert.match(section(write(odd), 'mail'), /a way of its own/)
})

test('every finding that is shown says how to see it in the evidence', () => {
  for (const f of fixture.findings) assert.ok(page.includes(`npm start -- explain OUT ${f.id}`), f.id)
})

test('times that are none, and numbers beyond all measure, break nothing', () => {
  const odd = {
    ...fixture,
    coverage: {
      ...fixture.coverage,
      first: 'never',
      gaps: fixture.coverage.gaps.map((g) => ({ ...g, after: 1e300, before: Number.NaN })),
      kinds: fixture.coverage.kinds.map((k, i) => ({
        ...k,
        days:
          i === 0
            ? ([
                ['0001-01-01', 1],
                ['x', 2],
                ['9999-12-31', 1e15],
              ] as const)
            : k.days,
      })),
    },
    findings: fixture.findings.map((f, i) =>
      i === 0 ? { ...f, first: '', time: 'x' } : i === 1 ? { ...f, first: '1601-01-01T00:00:00Z' } : f,
    ),
  }
  const written = write(odd)
  const without = written.replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '')
  assert.deepEqual(without.match(/.{60}(?:NaN|Infinity|undefined|\[object).{20}/g), null)
  assert.ok(written.length < 500_000)
})

test('in a browser: nothing is asked for, nothing runs, nothing is wider than the window', async (t) => {
  if (spawnSync('chromium', ['--version']).status !== 0) return t.skip('no Chromium here')
  const folder = mkdtempSync(join(tmpdir(), 'postern-report-'))
  try {
    writeFileSync(join(folder, 'report.html'), page)
    for (const width of ['1280', '360']) {
      const script = new URL('../../scripts/screenshot.mjs', import.meta.url).pathname
      const args = [script, join(folder, 'report.html'), join(folder, 'shot.png'), '--width', width, '--open']
      const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 })
      assert.equal(stderr, '')
      assert.equal(status, 0)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

type Tag = { element: string; closing: boolean; selfClosing: boolean; attributes: ReadonlyMap<string, string> }

// A tokenizer after the HTML standard, strict: what it does not understand is a failure.
function tags(written: string): readonly Tag[] {
  const found: Tag[] = []
  let at = written.indexOf('>') + 1
  assert.ok(written.startsWith('<!doctype html>'))
  while (true) {
    const open = written.indexOf('<', at)
    if (open < 0) return found
    const tag = /^<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z:-]+[0-9]?(?:="[^"]*")?)*)\s*(\/?)>/.exec(
      written.slice(open, open + 5_000),
    )
    assert.ok(tag, `no tag: ${written.slice(open, open + 80)}`)
    const attributes = new Map(
      [...tag[3]!.matchAll(/([a-zA-Z:-]+[0-9]?)(?:="([^"]*)")?/g)].map((m) => [m[1]!.toLowerCase(), m[2] ?? '']),
    )
    found.push({ element: tag[2]!, closing: tag[1] === '/', selfClosing: tag[4] === '/', attributes })
    at = open + tag[0].length
    if ((tag[2] === 'script' || tag[2] === 'style') && tag[1] === '') at = written.indexOf(`</${tag[2]}`, at)
  }
}

// What a person reads: without script, style and tags.
function readable(written: string): string {
  return written
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#40;', '(')
    .replace(/\s+/g, ' ')
}

// The text of one section of a page.
function section(text: string, id: string): string {
  return text.split(`<section id="${id}"`)[1]?.split('</section>')[0] ?? ''
}

test('a state does not stretch the axis; builds that change at once do not lie over one another', () => {
  const kind = fixture.coverage.kinds[0]!
  const services = {
    ...kind,
    kind: 'services',
    title: 'Services (SYSTEM hive)',
    days: [['2019-11-24', 1] as const, ['2021-03-03', 1] as const],
    holes: [],
  }
  const builds = fixture.server.builds
  const written = write({
    ...fixture,
    server: { ...fixture.server, builds: [...builds, ...builds.map((b) => ({ ...b, build: '15.1.2106.14' }))] },
    coverage: { ...fixture.coverage, kinds: [...fixture.coverage.kinds, services] },
  })
  const coverage = section(written, 'coverage')
  assert.match(coverage, /Services &#40;SYSTEM hive\)<\/strong>.*a state, no log/s)
  assert.doesNotMatch(/<svg class="chart"[^>]*aria-label="Entries per day[^"]*"/.exec(written)![0], /2019/)
  for (const [chart] of written.matchAll(/<svg class="chart"[\s\S]*?<\/svg>/g)) {
    const names = [...chart.matchAll(/<text class="(label|start)" x="([\d.]+)" y="[\d.]+">build /g)].map(
      ([, side, x]) => (side === 'label' ? Number(x) - 116 : Number(x)),
    )
    for (const [i, x] of names.entries()) if (i > 0) assert.ok(x - names[i - 1]! >= 100, names.join(' '))
  }
})

test('what is a state and no log is what the parsers say', () => {
  assert.deepEqual([...notLogs].sort(), [...stateKinds].sort())
})
