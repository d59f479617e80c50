import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { diffOf } from '../../src/comparison/compare.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import type { Finding } from '../../src/model/finding.ts'
import { diffHtml } from '../../src/reports/index.ts'
import { busy, empty, fixture, hostile, quiet } from './fixture.ts'

// The page of a comparison: what it says, and that evidence stands in it as text only.

const poisoned = (text: string): Assessment => {
  const [first] = fixture.findings
  const finding: Finding = {
    ...first!,
    id: text,
    rule: text,
    title: text,
    locators: [{ ...first!.locators[0]!, path: text, raw: text }],
  }
  return {
    ...fixture,
    server: { ...fixture.server, name: text },
    findings: [finding],
    mailboxes: [{ ...fixture.mailboxes[0]!, mailbox: text, certainty: 'named' }],
    evidence: { ...fixture.evidence, manifest: [{ ...fixture.evidence.manifest[0]!, path: text }] },
    knowledge: { ...fixture.knowledge, tool: text, options: { [text]: text } },
  }
}
const pairs: Readonly<Record<string, readonly [Assessment, Assessment]>> = {
  same: [fixture, fixture],
  better: [fixture, quiet],
  worse: [quiet, fixture],
  nothing: [empty, empty],
  many: [empty, busy(2_000)],
  poisoned: [poisoned(Object.values(hostile).join(' ')), quiet],
}
const page = (name: keyof typeof pairs): string => diffHtml(diffOf(...pairs[name]!))

const allowed = new Set(
  'html head meta title style body a header main footer section div p span strong ul li h1 h2 h3 dl dt dd details summary code'.split(
    ' ',
  ),
)

for (const name of Object.keys(pairs)) {
  test(`${name}: only our own elements, closed in their turn, without handler, script or link that leads away`, () => {
    const text = page(name)
    const open: string[] = []
    const ids = new Set<string>()
    const wanted = new Set<string>()
    const tags = text
      .replace(/<style>[^<]*/, '<style>')
      .matchAll(/<(?:!doctype html|(\/?)([^\s<>/]+)((?:[^<>"]|"[^"]*")*))>/g)
    for (const [, slash, element, rest] of tags) {
      if (element === undefined) continue
      assert.ok(allowed.has(element), element)
      if (slash === '/') assert.equal(open.pop(), element)
      else if (element !== 'meta') open.push(element)
      for (const [, key, value] of rest!.matchAll(/\s([a-z-]+)(?:="([^"]*)")?/g)) {
        assert.match(key!, /^(?:lang|charset|name|content|http-equiv|class|href|id|aria-labelledby|open)$/)
        if (key === 'href') assert.match(value!, /^#/)
        if (key === 'id') {
          assert.ok(!ids.has(value!), value)
          ids.add(value!)
        }
        if (key === 'href') wanted.add(value!.slice(1))
        if (key === 'aria-labelledby') wanted.add(value!)
      }
    }
    assert.deepEqual([open, [...wanted].filter((id) => !ids.has(id))], [[], []])
    assert.doesNotMatch(text.replaceAll('\n', ''), /[^\P{C}]|[\u2028\u2029]/u)
    for (const value of [hostile.script, hostile.image, hostile.refresh, hostile.breakout])
      assert.ok(!text.includes(value))
  })
}

test('the policy allows the style in the page and nothing else', () => {
  const text = page('worse')
  const inside = /<style>([^]*?)<\/style>/.exec(text)![1]!
  const digest = createHash('sha256').update(inside).digest('base64')
  const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(text)![1]!.replaceAll('&#39;', "'")
  assert.equal(policy, `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`)
  assert.doesNotMatch(text, /<script|<link|<img|url\(/)
})

const words = (text: string): string =>
  text
    .replace(/<style>[^]*?<\/style>/, '')
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&#40;', '(')
    .replace(/\s+/g, ' ')

test('what it says: what moved, what is new, what is gone, what stays', () => {
  const worse = words(page('worse'))
  assert.match(worse, /No evidence of an attack → Compromised/)
  assert.match(worse, /What moved it: [a-z ,]+\./)
  assert.match(worse, /What is new \+ new /)
  assert.doesNotMatch(worse, /What is gone/)
  const better = words(page('better'))
  assert.match(better, /What is gone − gone /)
  assert.doesNotMatch(better, /What is new/)
  const same = words(page('same'))
  assert.match(same, /Compromised , as before/)
  assert.match(
    same,
    /What stays \d+ findings, 6 answers of six, and \d+ files of the evidence are the same in both\. = stays /,
  )
  assert.doesNotMatch(same, /What is (?:new|gone)|What moved it/)
  const kept = diffOf(fixture, fixture).findings
  assert.equal(
    kept.staying.reduce((sum, { count }) => sum + count, 0),
    kept.stays,
  )
})

test('thousands of findings of one rule are one entry, and the page stays small', () => {
  const text = page('many')
  assert.match(words(text), /All 2,\d\d\d findings|All 2,000 findings/)
  assert.ok(text.length < 300_000, String(text.length))
})
