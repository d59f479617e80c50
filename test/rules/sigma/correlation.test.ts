import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LoadedRules } from '../../../src/rules/rule.ts'
import { sigma } from '../../../src/rules/sigma/index.ts'
import { event, file, load } from './rule.ts'

const base = (name: string, id: string, more = ''): string => `title: Rule ${name}
name: ${name}
id: 00000000-0000-4000-8000-0000000000${id}
${more}logsource: {product: windows, category: process_creation}
detection: {sel: {A: ${name}}, condition: sel}
`
const a = base('rule_a', '0a', 'level: low\ntags: [attack.credential-access, attack.t1110, cve.2021-12345]\n')
const b = base('rule_b', '0b', 'level: high\ntags: [attack.initial-access]\n')

const correlation = (lines: string, more = ''): string =>
  `title: Many\nid: 00000000-0000-4000-8000-0000000000c1\n${more}correlation:\n${lines.replaceAll(/^/gm, '  ')}\n`
const count = 'type: event_count\nrules: [rule_a]\ngroup-by: [User]\ntimespan: 5m\ncondition: {gte: 10}'

const ids = (list: readonly { readonly info: { readonly id: string } }[] | undefined): string[] =>
  (list ?? []).map(({ info }) => info.id.slice(-2))

function details({ broken }: LoadedRules): string[] {
  return broken.map(({ reason, line, column, detail }) => `${reason} ${line}:${column} ${detail}`)
}

test('a correlation and the rule that it counts', async () => {
  const loaded = await load(`${a}---\n${correlation(count)}`)
  assert.deepEqual(loaded.broken, [])
  const [found] = loaded.correlations!
  assert.deepEqual(
    { ...found, info: null },
    {
      info: null,
      type: 'event_count',
      of: ['00000000-0000-4000-8000-00000000000a'],
      groupBy: ['user'],
      counted: [],
      span: 300_000,
      condition: [{ is: 'gte', than: 10 }],
      aliases: new Map(),
    },
  )
  // It has no findings of its own, and keeps what is grouped by.
  assert.deepEqual([loaded.events[0]?.isPart, loaded.events[0]?.trail], [true, ['user']])
  assert.ok(loaded.events[0]?.match(event({ A: 'rule_a' })))
})

test('what a correlation does not say of itself, its rules say', async () => {
  const both = count.replace('[rule_a]', '[rule_a, rule_b]')
  const info = async (more: string): Promise<unknown[]> => {
    const { correlations } = await load(`${a}---\n${b}---\n${correlation(both, more)}`)
    const found = correlations![0]!.info
    return [found.level, found.stage, found.attack, found.cves.length]
  }
  assert.deepEqual(await info(''), ['high', 'credentials', ['T1110'], 1])
  assert.deepEqual(await info('level: critical\ntags: [attack.collection]\n'), ['critical', 'collection', [], 0])
  assert.deepEqual(await info('postern: {stage: shell}\n'), ['high', 'shell', ['T1110'], 1])
})

test('`generate: true`: its rules have findings of their own, too', async () => {
  const { events } = await load(`${a}---\n${correlation(`${count}\ngenerate: true`)}`)
  assert.deepEqual([events[0]?.isPart, events[0]?.trail], [undefined, ['user']])
})

test('rules are found by id and name, in the same file first, whatever the order of files', async () => {
  const twin = a.replace('0000000a', '0000000d')
  const files = [
    file(correlation(count), { path: 'rules/1.yml' }),
    file(`${a}---\n${correlation(count).replace('c1', 'c2')}`, { path: 'rules/2.yml' }),
    file(twin, { path: 'rules/3.yml' }),
    file(correlation(count.replace('rule_a', '00000000-0000-4000-8000-00000000000d')).replace('c1', 'c3'), {
      path: 'rules/4.yml',
    }),
  ]
  for (const order of [files, files.toReversed()]) {
    const loaded = await sigma.load(order)
    assert.deepEqual(
      loaded.correlations!.map(({ info, of }) => `${info.id.slice(-2)} ${of[0]!.slice(-2)}`).toSorted(),
      ['c2 0a', 'c3 0d'],
    )
    assert.deepEqual(
      loaded.broken.map(({ file: path, detail }) => [path, detail]),
      [['rules/1.yml', '2 rules are named "rule_a"']],
    )
  }
})

test('a correlation of another pack takes no finding away from a rule', async () => {
  const files = [
    file(a, { path: 'pack/a.yml', pack: 'pack' }),
    file(correlation(count), { path: 'own/c.yml', pack: 'rules' }),
  ]
  const { events, correlations, broken } = await sigma.load(files)
  assert.deepEqual([events[0]?.isPart, events[0]?.trail, ids(correlations), broken], [undefined, ['user'], ['c1'], []])
})

test('chains: each behind those that it counts, values by the names that they have there', async () => {
  const outer = `title: Outer
id: 00000000-0000-4000-8000-0000000000c0
correlation:
  type: temporal_ordered
  rules: [many, rule_b]
  group-by: [who]
  timespan: 1h
  aliases: {who: {many: Account, rule_b: TargetUserName}}
`
  const inner = correlation(
    'type: value_count\nrules: [rule_a]\ngroup-by: Computer\ntimespan: 10m\naliases: {Account: {rule_a: SubjectUserName}}\ncondition: {field: [IpAddress], gt: 3, lte: 9}',
    'name: many\n',
  )
  const loaded = await load([outer, inner, a, b].join('---\n'))
  assert.deepEqual(loaded.broken, [])
  assert.deepEqual(ids(loaded.correlations), ['c1', 'c0'])
  assert.deepEqual(
    loaded.correlations!.map(({ isPart }) => isPart),
    [true, undefined],
  )
  assert.deepEqual(
    loaded.events.map(({ trail }) => trail),
    [['computer', 'ipaddress', 'subjectusername'], ['targetusername']],
  )
})

test('the only correlation of a file is named by it in pack.yml', async () => {
  const settings = { many: { stage: 'access', strength: 'strong' } } as const
  const { correlations } = await load(`${a}---\n${correlation(count)}`, { path: 'pack/many.yml', settings })
  assert.deepEqual([correlations![0]!.info.stage, correlations![0]!.info.sign.strength], ['access', 'strong'])
})

test('what cannot be counted is said, with its place', async () => {
  const table: readonly (readonly [string, RegExp])[] = [
    [count.replace('event_count', 'value_sum'), /unsupported 12:9 correlations of type "value_sum"/],
    [count.replace('event_count', 'often'), /broken 12:9 "type" expects one of event_count, .*; found "often"/],
    [count.replace('type: event_count\n', ''), /"type" expects one of/],
    [count.replace('[rule_a]', '[]'), /"rules" expects the names/],
    [count.replace('[rule_a]', '[{a: b}]'), /"rules" expects texts/],
    [count.replace('rule_a', 'other'), /the rule "other" is not among those that are loaded/],
    [count.replace('[rule_a]', '[rule_a, 00000000-0000-4000-8000-00000000000a]'), /stands here twice/],
    [count.replace('timespan: 5m\n', ''), /expects a "timespan"/],
    [count.replace('5m', '5 m'), /"timespan" expects a number and s, m, h or d/],
    [count.replace('5m', '0m'), /"timespan" expects/],
    [count.replace('5m', '1w'), /"timespan" expects/],
    [count.replace('5m', '99999999999d'), /"timespan" expects/],
    [count.replace('{gte: 10}', '{}'), /"condition" expects one of gt, gte/],
    [count.replace('{gte: 10}', 'rule_a and rule_b'), /unsupported .*a condition that is a text/],
    [count.replace('gte: 10', 'gte: many'), /"gte" expects a whole number/],
    [count.replace('gte: 10', 'gte: 1.5'), /"gte" expects a whole number/],
    [count.replace('gte: 10', 'gte: -1'), /"gte" expects a whole number/],
    [count.replace('gte: 10', 'over: 1'), /"condition" has no "over"/],
    [count.replace('gte: 10', 'eq: 0'), /never met/],
    [count.replace('gte: 10', 'lt: 1'), /never met/],
    [count.replace('gte: 10', 'gt: 10, lt: 11'), /never met/],
    [count.replace('gte: 10', 'gte: 10, field: A'), /"field" belongs to a correlation of type value_count/],
    [count.replace('event_count', 'value_count'), /expects "field" in its condition/],
    [count.replace('event_count', 'temporal'), /never met: a count begins with 1 and ends with 1/],
    [count.replace('\ncondition: {gte: 10}', ''), /type event_count expects a "condition"/],
    [`${count}\naliases: x`, /"aliases" expects a map/],
    [`${count}\naliases: {x: y}`, /the alias "x" expects a map/],
    [`${count}\naliases: {x: {rule_b: y}}`, /an alias for "rule_b", which is none of the rules/],
    [`${count}\ngenerate: often`, /"generate" expects true or false/],
    [`${count}\nwindow: 5m`, /"correlation" has no "window"/],
  ]
  for (const [lines, message] of table) {
    const loaded = await load(`${a}---\n${correlation(lines)}`)
    assert.deepEqual(loaded.correlations, [], lines)
    assert.ok(
      details(loaded).some((detail) => message.test(detail)),
      `${lines}\n${details(loaded).join('\n')}`,
    )
  }
})

test('hostile chains: circles, what counts itself, and ways that double at each step', async () => {
  const link = (name: string, of: string): string =>
    `title: ${name}\nname: ${name}\nid: ${name}\ncorrelation: {type: event_count, rules: [${of}], timespan: 1s, condition: {gte: 1}}\n`
  const circle = await load([link('x', 'y'), link('y', 'z'), link('z', 'x')].join('---\n'))
  assert.deepEqual([circle.correlations, circle.broken.length >= 3], [[], true])
  assert.match(details(circle).join('\n'), /it counts itself, or something that does/)
  const self = await load(link('x', 'x'))
  assert.match(details(self)[0]!, /counts itself/)

  const tower = [a, link('l0', 'rule_a'), link('r0', 'rule_a')]
  for (let i = 1; i < 40; i++) for (const side of ['l', 'r']) tower.push(link(`${side}${i}`, `l${i - 1}, r${i - 1}`))
  const high = await load(tower.join('---\n'))
  assert.match(details(high).join('\n'), /more than 1000 ways lead from it to rules/)

  const long = Array.from({ length: 3_000 }, (_, i) => link(`n${i}`, i === 0 ? 'rule_a' : `n${i - 1}`))
  const chain = await load([a, ...long.toReversed()].join('---\n'))
  assert.match(details(chain).join('\n'), /chain of more than 20 correlations/)

  const many = Array.from({ length: 101 }, (_, i) => `r${i}`).join(', ')
  assert.match(details(await load(link('m', many)))[0]!, /101 rules; at most 100/)
  const proto = await load(`${a}---\n${correlation(`${count}\naliases: {__proto__: {rule_a: constructor}}`)}`)
  assert.deepEqual(proto.broken, [])
})

test('a filter: what it says must be true besides', async () => {
  const filter = (condition: string, rules = '[rule_a]'): string =>
    `title: F\nlogsource: {category: process_creation, product: windows}\nfilter:\n  rules: ${rules}\n  sel: {User|startswith: adm_}\n  condition: ${condition}\n`
  const matches = async (text: string): Promise<boolean[]> => {
    const { events, broken } = await load(text)
    assert.deepEqual(broken, [])
    return ['adm_x', 'other'].map((User) => events[0]!.match(event({ A: 'rule_a', User })) !== null)
  }
  assert.deepEqual(await matches(`${a}---\n${filter('not sel')}`), [false, true])
  assert.deepEqual(await matches(`${filter('sel')}---\n${a}`), [true, false])
  // One of another log source changes nothing.
  assert.deepEqual(await matches(`${a}---\n${filter('not sel').replace('windows', 'linux')}`), [true, true])
  for (const [rules, message] of [
    ['[other]', /"other" is not among those that are loaded/],
    ['[]', /expects the "rules" that it is for/],
    ['any', /"any" is not among those that are loaded/],
  ] as const)
    assert.match(details(await load(`${a}---\n${filter('sel', rules)}`)).join('\n'), message)
  const other = await sigma.load([file(a, { pack: 'pack' }), file(filter('sel'), { path: 'own.yml', pack: 'rules' })])
  assert.match(details(other)[0]!, /unsupported .* is a rule of another pack/)
  assert.ok(other.events[0]?.match(event({ A: 'rule_a', User: 'adm_x' })))
})

test('`action`: global, reset and repeat', async () => {
  const text = `action: global
title: G
id: 00000000-0000-4000-8000-0000000000f0
logsource: {product: windows}
detection: {condition: sel}
---
detection: {sel: {A: 1}}
---
action: repeat
detection: {sel: {B: 2}}
---
action: reset
---
title: Alone
id: 00000000-0000-4000-8000-0000000000f1
logsource: {product: windows}
detection: {sel: {C: 3}, condition: sel}
`
  const { events, broken } = await load(text)
  assert.deepEqual(broken, [])
  assert.deepEqual(
    events.map(({ info }) => [info.title, info.id.slice(-4)]),
    [
      ['G', 'f0#2'],
      ['G', 'f0#3'],
      ['Alone', '00f1'],
    ],
  )
  const matched = (fields: Record<string, number>): boolean[] =>
    events.map((rule) => rule.match(event(fields)) !== null)
  assert.deepEqual(matched({ A: 1 }), [true, false, false])
  assert.deepEqual(matched({ A: 1, B: 2 }), [true, true, false])
  assert.deepEqual(matched({ C: 3 }), [false, false, true])
  for (const [bad, message] of [
    ['action: repeat\ntitle: A\n', /follows no rule/],
    ['action: delete\ntitle: A\n', /"action" expects global, reset or repeat; found "delete"/],
    ['action: {a: b}\n', /"action" expects/],
    ['action: global\ntitle: A\n', /holds no rule/],
  ] as const)
    assert.match(details(await load(bad)).join('\n'), message)
})
