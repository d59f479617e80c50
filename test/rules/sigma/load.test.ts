import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { BrokenRule } from '../../../src/model/rule.ts'
import type { Compiled, RuleDocuments } from '../../../src/rules/rule.ts'
import { sigma } from '../../../src/rules/sigma/index.ts'
import { loadSigma } from '../../../src/rules/sigma/load.ts'
import type { Tree } from '../../../src/rules/sigma/yaml-tree.ts'
import { answers, hasSource } from '../../../src/rules/log-source.ts'
import { event, file, head, load } from './rule.ts'
import { large } from '../../tenth.ts'

const detection = 'detection:\n  sel: {A: 1}\n  condition: sel\n'

test('what a rule says of itself', async () => {
  const { events, broken } = await load(`title: A title
id: 00000000-0000-4000-8000-00000000000a
status: test
description: |
  Two
  lines
author: One, Two
license: MIT
tags: [attack.initial-access, attack.credential_access, attack.t1003.001, attack.T1190, attack.g0125, cve.2021-26855, cve.2021.27065]
logsource: {product: windows, service: security, definition: audit}
falsepositives: [Unknown, Backup software]
level: high
detection:
  sel: {EventID: [1, 2]}
  condition: sel
`)
  assert.deepEqual(broken, [])
  assert.deepEqual(events[0]?.info, {
    id: '00000000-0000-4000-8000-00000000000a',
    title: 'A title',
    description: 'Two\nlines',
    author: 'One, Two',
    license: 'MIT',
    pack: 'test',
    campaign: 'unknown',
    stage: 'credentials',
    sign: { subject: 'program', kind: 'effect', strength: 'weak' },
    level: 'high',
    cves: ['CVE-2021-26855', 'CVE-2021-27065'],
    attack: ['T1003.001', 'T1190'],
    falsePositives: ['Backup software'],
    nextSteps: [],
    file: 'rules/a.yml',
  })
  assert.deepEqual(events[0].sources, [{ product: 'windows', service: 'security' }])
  assert.deepEqual(events[0].eventIds, new Set(['1', '2']))
})

test('pack.yml counts more than the postern block, and that more than the rule', async () => {
  const text = `${head}level: low
license: MIT
postern: {stage: access, subject: mailbox, sign: reach, strength: strong, next: [look], known: tool, accessMethod: ews, persistence: task, stageWhenCorrelated: access, cves: [CVE-1]}
${detection}`
  const own = (await load(text)).events[0]!.info
  assert.deepEqual(
    [own.stage, own.sign, own.nextSteps, own.level, own.license],
    ['access', { subject: 'mailbox', kind: 'reach', strength: 'strong' }, ['look'], 'high', 'MIT'],
  )
  assert.deepEqual(
    [own.known, own.accessMethod, own.persistence, own.stageWhenCorrelated, own.cves],
    ['tool', 'ews', 'task', 'access', ['CVE-1']],
  )

  const settings = { a: { stage: 'shell', strength: 'decisive', license: 'DRL 1.1', campaign: 'other' } } as const
  const named = (await load(text, { settings, campaign: 'proxylogon-2021' })).events[0]!.info
  assert.deepEqual([named.stage, named.sign.strength, named.campaign], ['shell', 'decisive', 'other'])
  const byId = { '00000000-0000-4000-8000-000000000001': { stage: 'write' } } as const
  assert.equal((await load(text, { settings: { ...settings, ...byId } })).events[0]!.info.stage, 'write')
})

test('the license: the rule’s own, else that of pack.yml, else not stated', async () => {
  const license = async (own: string, settings: object): Promise<string> =>
    (await load(`${head}${own}${detection}`, { settings: { a: settings } })).events[0]!.info.license
  assert.equal(await license('license: MIT\n', { license: 'DRL 1.1' }), 'MIT')
  assert.equal(await license('', { license: 'DRL 1.1' }), 'DRL 1.1')
  assert.equal(await license('', {}), 'not stated')
})

test('the stage that tactics give', async () => {
  const table = [
    ['attack.reconnaissance', 'recon'],
    ['attack.initial-access', 'attempt'],
    ['attack.execution', 'execution'],
    ['attack.persistence, attack.privilege-escalation', 'persistence'],
    ['attack.collection', 'collection'],
    ['attack.exfiltration, attack.collection', 'exfiltration'],
    ['attack.defense-evasion', 'cleanup'],
    ['attack.defense_evasion, attack.execution', 'execution'],
    ['attack.command-and-control', 'execution'],
    ['attack.t1190', 'context'],
  ] as const
  for (const [tags, stage] of table) {
    assert.equal((await load(`${head}tags: [${tags}]\n${detection}`)).events[0]!.info.stage, stage, tags)
  }
})

test('a rule without id is named by its file', async () => {
  const plain = `title: B\nlogsource: {category: webserver}\n${detection}`
  const loaded = await load(`${plain}---\n${plain}`, { path: 'x/some.rule.yml' })
  assert.deepEqual(
    loaded.events.map((rule) => rule.info.id),
    ['some.rule#1', 'some.rule#2'],
  )
})

test('several documents: each its own rule; empty ones are nothing', async () => {
  const two = `---\n${head}${detection}---\n${head.replace('0001', '0002')}detection: {}\n---\n`
  const loaded = await load(two)
  assert.equal(loaded.events.length, 1)
  assert.deepEqual(problems(loaded.broken), [['broken', 12, 1, '"detection" expects a "condition"']])
})

test('the same id twice is broken, whatever the file', async () => {
  const loaded = await sigma.load([file(head + detection), file(head + detection, { path: 'rules/b.yml' })])
  assert.equal(loaded.events.length, 1)
  assert.match(loaded.broken[0]!.detail, /is already that of a rule in rules\/a\.yml/)
  assert.deepEqual([loaded.broken[0]!.file, loaded.broken[0]!.line], ['rules/b.yml', 2])
})

test('a part of a correlation that cannot be used is not asked alone, and said', async () => {
  const correlation = `title: Many\ncorrelation:\n  type: value_sum\n  rules: [base]\n  timespan: 5m\n`
  const base = `name: base\n${head}${detection}`
  const loaded = await load(`${base}---\n${correlation}`)
  assert.deepEqual(loaded.events, [])
  assert.deepEqual(problems(loaded.broken), [
    ['unsupported', 11, 9, 'correlations of type "value_sum" are not supported'],
    ['unsupported', 1, 1, 'only a part of the correlation "Many", which cannot be used'],
  ])
  const generated = await load(`${base}---\n${correlation}  generate: true\n`)
  assert.equal(generated.events.length, 1)
})

test('broken files: line, column and what was expected', async () => {
  const table: readonly (readonly [string, number, number, RegExp])[] = [
    ['', 1, 1, /holds no rule/],
    ['just text', 1, 1, /expected a map with title, logsource and detection/],
    ['- a\n- b', 1, 1, /expected a map/],
    ['title: A', 1, 1, /expected "logsource"/],
    ['title: A\nlogsource: {}\n', 2, 1, /expects a category, a product or a service/],
    ['title: A\nlogsource: {product: windows}\n', 1, 1, /expected "detection"/],
    ['title: A\nlogsource: {product: windows}\ndetection: x\n', 3, 12, /expects a map of selections/],
    [`${head}detection:\n  sel: {}\n  condition: sel\n`, 5, 8, /selection "sel" is empty/],
    [`${head}detection:\n  sel:\n  condition: sel\n`, 5, 7, /selection "sel" is empty/],
    [`${head}detection:\n  sel: []\n  condition: sel\n`, 5, 8, /selection "sel" is empty/],
    [`${head}detection:\n  sel: {A: 1}\n  condition: []\n`, 6, 3, /list of conditions is empty/],
    [`${head}level: bad\n${detection}`, 4, 8, /"level" expects one of informational, .*; found "bad"/],
    [`${head}postern: {stage: foo}\n${detection}`, 4, 18, /"stage" expects one of recon/],
    [`${head}postern: {foo: 1}\n${detection}`, 4, 11, /"postern" has no "foo"; expected stage/],
    [`${head}detection:\n  sel:\n    A: 1\n    A: 2\n  condition: sel\n`, 7, 5, /the key "A" stands here twice/],
    [`${head}${detection}detection: {}\n`, 7, 1, /the key "detection" stands here twice/],
    ['title: "A\n', 2, 1, /not valid YAML/],
    ['a: b: c\n', 1, 4, /not valid YAML/],
    [`${head}detection:\n  sel: {A: *none}\n  condition: sel\n`, 5, 12, /not valid YAML|alias/],
    [`${head}detection:\n  sel: {<<: {A: 1}}\n  condition: sel\n`, 5, 9, /merge keys/],
    [
      `${head}detection:\n  sel: {A: !!binary aGk=}\n  condition: sel\n`,
      5,
      21,
      /not valid YAML|no text, number or boolean|no known/,
    ],
  ]
  for (const [text, line, column, message] of table) {
    const loaded = await load(text)
    assert.deepEqual([loaded.events.length, loaded.broken.length], [0, 1], text)
    const { detail, reason } = loaded.broken[0]!
    assert.match(detail, message, text)
    assert.equal(reason, 'broken')
    assert.deepEqual([loaded.broken[0]!.line, loaded.broken[0]!.column], [line, column], `${text}: ${detail}`)
  }
  const settings = { a: { stage: 'foo' } } as never
  assert.match(
    (await load(head + detection, { settings })).broken[0]!.detail,
    /pack\.yml, rules, a: stage expects one of/,
  )
})

test('byte order mark and CRLF', async () => {
  const loaded = await load(`\ufeff${head}${detection}`.replaceAll('\n', '\r\n'))
  assert.equal(loaded.events.length, 1)
})

test('an anchor and its alias', async () => {
  const loaded = await load(`${head}detection:\n  one: &x {A: 1}\n  two: *x\n  condition: two\n`)
  assert.deepEqual(loaded.events[0]?.match(event({ A: 1 })), ['A'])
})

test('what a rule asks is read when it is asked, where it is known to be sound', () => {
  let reads = 0
  const known = (text: string, isSound: boolean): Partial<Compiled> => {
    const { documents } = loadSigma([file(text)]).compiled as Compiled
    const [[digest, { trees }]] = [...documents] as [[string, RuleDocuments]]
    const [tree] = trees as readonly [Tree & { is: 'map' }]
    const counted = tree.entries.map((entry) => ({
      ...entry,
      get value() {
        if (entry.key === 'detection') reads++
        return entry.value
      },
    }))
    return { documents: new Map([[digest, { trees: [{ ...tree, entries: counted }], isSound }]]) }
  }
  const text = `${head}detection:\n  sel: {A: x}\n  condition: sel\n`
  const [rule] = loadSigma([file(text)], known(text, true)).events
  assert.equal(reads, 0)
  assert.deepEqual(rule!.match(event({ A: 'x' })), ['A'])
  assert.deepEqual(rule!.match(event({ A: 'y' })), null)
  assert.equal(rule!.questions?.length, 1)
  assert.equal(reads, 1)
  loadSigma([file(text)], known(text, false))
  assert.equal(reads, 2)
})

test('a rule is sound where nothing else decides it', () => {
  const isSound = (...texts: string[]): boolean[] =>
    [
      ...(
        loadSigma(texts.map((text, i) => file(text, { path: `rules/${i}.yml` }))).compiled as Compiled
      ).documents.values(),
    ].map((read) => read.isSound)
  const rule = (id: string, selection: string): string =>
    `title: a\nid: ${id}\nlogsource: {category: webserver}\ndetection:\n  sel: {${selection}}\n  condition: sel\n`
  assert.deepEqual(isSound(rule('a', 'A: 1')), [true])
  assert.deepEqual(isSound(rule('b', 'A|re: "(x"')), [false])
  assert.deepEqual(isSound(`${rule('c', 'A: 1')}---\n${rule('d', 'A|re: "(x"')}`), [false])
  assert.deepEqual(isSound(rule('e', 'A|expand: "%users%"')), [false])
  assert.deepEqual(isSound(rule('f', 'A: 1'), rule('f', 'A: 2')), [true, false])
})

test('hostile rules end in a problem, soon', async () => {
  const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]']
  for (let i = 1; i < 12; i++)
    bomb.push(
      `b${i}: &b${i} [${Array(9)
        .fill(i === 1 ? '*a' : `*b${i - 1}`)
        .join(', ')}]`,
    )
  assert.match((await load(bomb.join('\n'))).broken[0]!.detail, /more than \d+ (aliases|values)/)
  assert.equal((await load('a: &a [*a]')).broken.length, 1)
  for (const open of ['[', '{a: ', '- ']) assert.equal((await load(open.repeat(20_000))).broken.length, 1, open)
  assert.equal(
    (await load(`${head}detection:\n  s: {A: 1}\n  condition: ${'('.repeat(20_000)}s${')'.repeat(20_000)}\n`)).broken
      .length,
    1,
  )
  assert.equal(
    (await load(`${head}detection:\n  s: {A: 1}\n  condition: ${'not '.repeat(10_001)}s\n`)).events.length,
    1,
  )
})

void large('a hundred thousand selections', async () => {
  const lines = Array.from({ length: 100_000 }, (_, i) => `  s${i}: {F${i % 7}|contains: v${i}}`).join('\n')
  const loaded = await load(`${head}detection:\n${lines}\n  condition: 1 of s*\n`)
  assert.equal(loaded.events.length, 1)
  assert.deepEqual(loaded.events[0]!.match(event({ F4: 'a v99999 b' })), ['F4'])
  assert.equal(loaded.events[0]!.match(event({ F5: 'w99999' })), null)
})

void large('tens of thousands of fields that must all match', async () => {
  const lines = Array.from({ length: 50_000 }, (_, i) => `  s${i}: {F${i}: v${i}}`).join('\n')
  const loaded = await load(`${head}detection:\n${lines}\n  condition: all of s*\n`)
  const fields = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`F${i}`, `v${i}`]))
  assert.equal(loaded.events[0]!.match(event(fields))?.length, 50_000)
  assert.equal(loaded.events[0]!.match(event({ ...fields, F7: 'x' })), null)
})

test('names of selections that JavaScript knows', async () => {
  const loaded = await load(
    `${head}detection:\n  __proto__: {A: 1}\n  constructor: {B: 1}\n  condition: __proto__ or constructor\n`,
  )
  assert.deepEqual(loaded.events[0]?.match(event({ B: 1 })), ['B'])
  const missing = await load(`${head}detection:\n  s: {A: 1}\n  condition: toString\n`)
  assert.match(missing.broken[0]!.detail, /no such selection/)
})

test('log sources', async () => {
  const table: readonly (readonly [string, boolean, boolean])[] = [
    // logsource, answered by the event below, produced at all
    ['{product: windows, category: process_creation}', true, true],
    ['{category: process_creation}', true, true],
    ['{product: windows}', true, true],
    ['{product: Windows, category: PROCESS_CREATION}', true, true],
    ['{product: windows, service: sysmon}', true, true],
    ['{product: windows, service: security}', false, true],
    ['{category: webserver}', false, true],
    ['{product: exchange, service: httpproxy}', false, true],
    ['{product: postern, service: file}', false, true],
    ['{product: linux, category: process_creation}', false, false],
    ['{category: proxy}', false, false],
    ['{product: aws, service: cloudtrail}', false, false],
    ['{product: linux}', false, false],
  ]
  const sources = [{ product: 'windows', category: 'process_creation', service: 'sysmon' }]
  for (const [logsource, answered, produced] of table) {
    const rule = (await load(`title: A\nid: a\nlogsource: ${logsource}\n${detection}`)).events[0]!
    assert.equal(answers({ sources }, rule), answered, logsource)
    assert.equal(hasSource(rule), produced, logsource)
  }
})

function problems(broken: readonly BrokenRule[]): unknown[] {
  return broken.map(({ reason, line, column, detail }) => [reason, line, column, detail])
}
