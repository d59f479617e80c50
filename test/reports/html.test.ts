import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { inflateRawSync } from 'node:zlib'
import type { Assessment } from '../../src/model/assessment.ts'
import type { Finding } from '../../src/model/finding.ts'
import { stateKinds } from '../../src/model/log-kinds.ts'
import { htmlReport } from '../../src/reports/html/page.ts'
import { type Blocks, unpackReport } from '../../src/reports/html/data.ts'
import { earliestFirst, notLogs } from '../../src/reports/shared/selections.ts'
import { busy, empty, fixture, hostile, quiet, shell } from './fixture.ts'
import { large } from '../tenth.ts'

const write = (assessment: Assessment): string => [...htmlReport.write(assessment)].join('')
const page = write(fixture)
const servers: Readonly<Record<string, Assessment>> = { fixture, quiet, empty, busy: busy(700) }

/** The page without its script, its style and its blocks of data. */
const markup = (written: string): string =>
  written.replace(/<(script|style)>[\s\S]*?<\/\1>/g, '').replace(/(<div id="data[^>]*>)[^<]*/g, '$1')

const inflated = (base64: string): string => inflateRawSync(Buffer.from(base64, 'base64')).toString('utf8')

function blocksOf(written: string): Blocks {
  const all = [...written.matchAll(/<div id="data(?:-([a-z]+)-\d+)?" hidden>([^<]*)<\/div>/g)]
  const of = (kind?: string): string[] => all.filter((m) => m[1] === kind).map((m) => inflated(m[2]!))
  return { report: of()[0]!, findings: of('findings'), files: of('files'), rows: of('rows') }
}

const allowed = new Set(
  'html head meta title style body div noscript main p h1 h2 strong dl dt dd ol li script'.split(' '),
)

for (const [name, assessment] of Object.entries(servers)) {
  test(`${name}: only our own elements, no handler, no link, every element closed in its turn`, () => {
    const open: string[] = []
    for (const { element, closing, attributes } of tags(write(assessment))) {
      assert.ok(allowed.has(element), element)
      for (const [key, value] of attributes) {
        assert.match(key, /^(?:lang|charset|http-equiv|content|name|id|class|hidden)$/)
        if (key === 'http-equiv') assert.equal(value, 'Content-Security-Policy')
      }
      if (closing) assert.equal(open.pop(), element)
      else if (element !== 'meta') open.push(element)
    }
    assert.deepEqual(open, [])
  })

  test(`${name}: without script it gives the verdict, its sentence and the six answers, and never says "clean" or "safe"`, () => {
    const text = readable(write(assessment))
    for (const words of [
      assessment.verdict.sentence,
      ...assessment.answers.map((a) => a.sentence.replace(/^Yes: /, '')),
    ])
      assert.ok(text.toLowerCase().includes(words.toLowerCase()), words)
    assert.doesNotMatch(text, /\b(?:clean|safe)\b/i)
  })

  test(`${name}: the same assessment gives the same bytes`, () => {
    assert.equal(write(structuredClone(assessment)), write(assessment))
  })
}

test('without script it says what to do first, and how a finding is seen', () => {
  assert.match(readable(page), /What to do first .*Keep the evidence before anything is changed/)
  assert.match(readable(page), /postern explain OUT FINDING/)
  assert.doesNotMatch(readable(write(quiet)), /What to do first/)
})

test('the policy names the digests of exactly the style and the script in the page, and lets nothing else in', () => {
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)![1]!.replaceAll('&#39;', "'")
  const digest = (element: string): string => {
    const inside = new RegExp(`<${element}>([\\s\\S]*?)</${element}>`).exec(page)![1]!
    return `'sha256-${createHash('sha256').update(inside).digest('base64')}'`
  }
  assert.equal(
    policy,
    `default-src 'none'; style-src ${digest('style')}; script-src ${digest('script')}; img-src data:; base-uri 'none'; form-action 'none'`,
  )
  assert.equal(tags(page).filter(({ element, closing }) => element === 'script' && !closing).length, 1)
  assert.equal(tags(page).filter(({ element, closing }) => element === 'style' && !closing).length, 1)
})

test('the evidence stands in the page as text only, and no web shell as its bytes', () => {
  const outside = markup(page)
  for (const value of [hostile.script, hostile.image, hostile.refresh, hostile.breakout, shell])
    assert.ok(!page.includes(value), value)
  assert.doesNotMatch(outside.replaceAll('\n', ''), /[^\P{C}]|[\u2028\u2029]/u)
})

test('what is packed is what there was: all of it, but for rows, which are there when asked for', () => {
  const { report, counts, placeOf, rowsOf } = unpackReport(blocksOf(page))
  const clipped = (f: Finding): Finding => ({
    ...f,
    locators: [],
    facts: {},
    target: f.id === 'a1f7' ? null : f.target,
  })
  assert.deepEqual(report.findings.map(clipped), [...fixture.findings].sort(earliestFirst).map(clipped))
  const { findings: _, evidence: __, ...rest } = report
  const { findings: ___, evidence: ____, ...was } = fixture
  assert.deepEqual(rest, was)
  assert.deepEqual(report.evidence, fixture.evidence)
  assert.equal(counts.findings, fixture.findings.length)
  const blocks = blocksOf(page).rows
  for (const f of fixture.findings) {
    const place = placeOf(f.id)!
    const { rows, facts, beyond } = rowsOf(blocks[place.block]!, place.at)
    assert.equal(beyond, 0)
    assert.deepEqual({ ...facts }, { ...f.facts })
    for (const [i, l] of f.locators.entries()) {
      const { path, sha256, offset, length, line, raw, whole } = rows[i]!
      assert.deepEqual([path, sha256, offset, length, line], [l.path, l.artifact, l.offset, l.length, l.line ?? null])
      assert.equal(raw, l.raw.slice(0, 8_000))
      assert.equal(whole, l.raw.length > 8_000 ? l.raw.length : null)
    }
  }
  const long = report.findings.find((f) => f.id === 'a1f7')!
  assert.match(long.target!, /^\/owa\/a{1995}… \(10,005 characters\)$/)
  assert.equal(placeOf('no such finding'), null)
})

void large('50,000 findings: every one is in the page, and the page is small', () => {
  const many = busy(50_000)
  const written = write(many)
  assert.ok(Buffer.byteLength(written) < 15_000_000, `${written.length} characters`)
  const blocks = blocksOf(written)
  const { report, placeOf } = unpackReport(blocks)
  assert.deepEqual(new Set(report.findings.map((f) => f.id)), new Set(many.findings.map((f) => f.id)))
  assert.equal(report.findings.filter((f) => placeOf(f.id) === null).length, 0)
  // What a rule says stands there once.
  assert.ok(blocks.findings.every((text) => !text.includes('Internet scan')))
})

void large(
  'rows that do not get smaller: the page stays below 15 MB, and keeps those of the findings that matter most',
  () => {
    const noise = (seed: number): string =>
      createHash('shake256', { outputLength: 3_000 }).update(`${seed}`).digest('base64')
    const findings = busy(6_000).findings.map((f, i) => ({
      ...f,
      locators: [0, 1].map((n) => ({ ...f.locators[0]!, raw: noise(i * 2 + n) })),
    }))
    const written = write({ ...fixture, findings })
    assert.ok(Buffer.byteLength(written) <= 15_000_000, `${written.length} characters`)
    assert.ok(written.length > 13_000_000, 'the room is used')
    const { report, placeOf } = unpackReport(blocksOf(written))
    const without = report.findings.filter((f) => placeOf(f.id) === null)
    assert.ok(without.length > 1_000 && without.every((f) => f.stage === 'recon' || f.stage === 'context'))
  },
)

void large('lists without end: what is left out is counted', () => {
  const file = fixture.evidence.manifest[0]!
  const digest = (i: number): string => createHash('sha256').update(`${i}`).digest('hex')
  const manifest = Array.from({ length: 60_000 }, (_, i) => ({ ...file, path: `C/f${i}`, sha256: digest(i) }))
  const gap = fixture.coverage.gaps[0]!
  const gaps = Array.from({ length: 6_000 }, (_, i) => ({ ...gap, offset: i }))
  const written = write({
    ...fixture,
    evidence: { ...fixture.evidence, manifest },
    coverage: { ...fixture.coverage, gaps },
  })
  const { report, counts } = unpackReport(blocksOf(written))
  assert.equal(counts.files, 60_000)
  assert.ok(report.evidence.manifest.length >= 20_000 && report.evidence.manifest.length < 60_000)
  assert.deepEqual([counts.gaps, report.coverage.gaps.length], [6_000, 5_000])
})

test('what is a state and no log is what the parsers say', () => {
  assert.deepEqual([...notLogs].sort(), [...stateKinds].sort())
})

type Tag = { element: string; closing: boolean; attributes: ReadonlyMap<string, string> }

// A tokenizer after the HTML standard, strict: what it does not understand is a failure.
function tags(written: string): readonly Tag[] {
  const found: Tag[] = []
  let at = written.indexOf('>') + 1
  assert.ok(written.startsWith('<!doctype html>'))
  while (true) {
    const open = written.indexOf('<', at)
    if (open < 0) return found
    const tag = /^<(\/?)([a-zA-Z][a-zA-Z0-9]*)((?:\s+[a-zA-Z:-]+[0-9]?(?:="[^"]*")?)*)\s*>/.exec(
      written.slice(open, open + 5_000),
    )
    assert.ok(tag, `no tag: ${written.slice(open, open + 80)}`)
    const attributes = new Map(
      [...tag[3]!.matchAll(/([a-zA-Z:-]+[0-9]?)(?:="([^"]*)")?/g)].map((m) => [m[1]!.toLowerCase(), m[2] ?? '']),
    )
    found.push({ element: tag[2]!, closing: tag[1] === '/', attributes })
    at = open + tag[0].length
    if ((tag[2] === 'script' || tag[2] === 'style') && tag[1] === '') at = written.indexOf(`</${tag[2]}`, at)
  }
}

// What a person reads without script.
function readable(written: string): string {
  return markup(written)
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#40;', '(')
    .replace(/\s+/g, ' ')
}
