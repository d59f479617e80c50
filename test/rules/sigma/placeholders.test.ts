import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sigma } from '../../../src/rules/sigma/index.ts'
import { event, file, head } from './rule.ts'

const rule = (line: string): string => `${head}detection:\n  sel:\n    ${line}\n  condition: sel\n`

async function matches(line: string, values: string, fields: Record<string, string>): Promise<boolean> {
  const { events, broken } = await sigma.load([file(rule(line)), file(values, { path: 'rules/values.yml' })])
  assert.deepEqual(broken, [], line)
  return events[0]!.match(event(fields)) !== null
}

test('placeholders stand for the values of a pipeline', async () => {
  const values = `name: Our house
priority: 10
vars:
  Admins: [adm_*, root]
  dc-names: 'DC0?$'
  sizes: [1, 2]
transformations:
  - id: values
    type: value_placeholders
`
  const table: readonly (readonly [string, string, boolean])[] = [
    ["U|expand: '%Admins%'", 'ADM_x', true],
    ["U|expand: '%Admins%'", 'root', true],
    ["U|expand: '%Admins%'", 'roots', false],
    ["U|expand: '%Admins%'", '%Admins%', false],
    ["U|expand: '%dc-names%'", 'dc01$', true],
    ["U|contains|expand: '%Admins%'", 'the root of it', true],
    ["U|expand|contains: '%Admins%'", 'the root of it', true],
    ["U|expand: 'x-%Admins%-%sizes%'", 'x-root-2', true],
    ["U|expand: 'x-%Admins%-%sizes%'", 'x-root-3', false],
    ["U|expand: '\\%a%sizes%'", '%a1', true],
    ["U|expand: ['%sizes%', '%Admins%']", 'root', true],
    // With `all` each placeholder is asked for, and one of its values is enough.
    ["U|contains|all|expand: ['%sizes%', '%Admins%']", 'root 1', true],
    ["U|contains|all|expand: ['%sizes%', '%Admins%']", 'root', false],
    ["U|neq|expand: '%Admins%'", 'other', true],
    // Without `expand` it is a text like any other.
    ["U: '%Admins%'", '%admins%', true],
  ]
  for (const [line, U, yes] of table) assert.equal(await matches(line, values, { U }), yes, `${line} ${U}`)
  assert.ok(await matches("U|cidr|expand: '%nets%'", 'placeholders: {nets: [192.0.2.0/24]}', { U: '192.0.2.7' }))
})

test('a placeholder without values makes a rule unsupported, and says which', async () => {
  const { events, broken } = await sigma.load([
    file(rule("U|expand: '%Admins%'")),
    file('vars: {Other: a}', { path: 'v.yml' }),
  ])
  assert.deepEqual(events, [])
  assert.deepEqual([broken.length, broken[0]?.reason, broken[0]?.line], [1, 'unsupported', 6])
  assert.match(broken[0]!.detail, /the placeholder \("expand"\) %Admins% has no values/)
})

test('values that cannot be used', async () => {
  const table: readonly (readonly [string, RegExp])[] = [
    ['vars: [a]', /"vars" expects a map/],
    ['vars: {a: {b: c}}', /"a" expects a value or a list/],
    ['vars: {a: []}', /"a" expects a value or a list/],
    ['vars: {a: [null]}', /"a" expects a value or a list/],
    ['vars: {"a b": c}', /"a b" cannot be the name/],
    ['vars: {a: b}\n---\nvars: {a: c}', /the placeholder "a" has values already/],
    ['vars: {a: b}\ntransformations: [{type: field_name_mapping}]', /of a pipeline only .* found "field_name_mapping"/],
    ['vars: {a: b}\ntransformations: [{type: value_placeholders, include: [x]}]', /of a pipeline only/],
    ['vars: {a: b}\ntransformations: text', /of a pipeline only/],
  ]
  for (const [values, message] of table) {
    const { broken } = await sigma.load([file(values)])
    assert.match(broken[0]?.detail ?? '', message, values)
  }
  const many = `vars: {a: [${Array.from({ length: 400 }, (_, i) => i).join(', ')}]}`
  const { broken } = await sigma.load([file(rule("U|expand: '%a%%a%%a%%a%'")), file(many, { path: 'v.yml' })])
  assert.match(broken[0]!.detail, /more than 100000 values/)
  for (const line of ["U|re|expand: '%a%'", "U|exists|expand: '%a%'", "U|expand: 'a'"])
    assert.equal(
      (await sigma.load([file(rule(line)), file('vars: {a: b}', { path: 'v.yml' })])).broken[0]?.reason,
      'broken',
    )
})
