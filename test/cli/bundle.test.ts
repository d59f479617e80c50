import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { httpProxyLog, place, write } from './command.ts'
import { runHere } from './in-process.ts'

// `postern packs keys, bundle, verify, install` as a person uses them, and what is installed in use.

const folder = place()
const at = (name: string): string => join(folder, name)
const rule = (stem: string): string =>
  `title: Invented page asked for\nid: 3c0d4a70-4a1f-4f5c-9a53-0e7f6f9a1b20\nauthor: A. Writer\nlicense: MIT\nlevel: high\nlogsource: { category: webserver }\ndetection:\n  s: { cs-uri-stem: ${stem} }\n  condition: s\nfalsepositives: [shared:ordered-test]\n`
const pack = (stem: string): Record<string, string> => ({
  'test-2021/pack.yml':
    'id: test-2021\nname: Test\nsummary: Test.\nrules:\n  one: { stage: attempt, subject: request, sign: content, strength: strong }\n',
  'test-2021/rules/one.yml': rule(stem),
  'shared/texts.yml': 'ordered-test: A penetration test.\n',
})
write(at('packs-1'), pack('/one'))
write(at('packs-2'), pack('/two'))
write(at('evidence'), { 'HttpProxy_2021030100-1.LOG': httpProxyLog('MAIL01') })

async function good(...args: string[]): Promise<string> {
  const { status, out, err } = await runHere(['packs', ...args])
  assert.equal(status, 0, err)
  return out
}
async function refused(...args: string[]): Promise<string> {
  const { status, out, err } = await runHere(['packs', ...args])
  assert.deepEqual([status, out], [1, ''], err)
  assert.equal(err.trimEnd().split('\n').length, 1)
  return err
}
const bundle = (name: string, version: number, packs: string, expires = '2099-01-01'): Promise<string> =>
  good(
    'bundle',
    at(name),
    '--keys',
    at('keys'),
    '--version',
    String(version),
    '--expires',
    expires,
    '--packs',
    at(packs),
  )
const rulesIn = (place_: string): Promise<string> => good('list', '--packs', place_)

test('keys, a bundle, its installation, a newer one, and nothing older', async () => {
  await good('keys', at('keys'), '--expires', '2099-01-01')
  await bundle('b1', 1, 'packs-1')
  await bundle('b2', 2, 'packs-2')
  assert.match(await good('verify', at('b1'), '--root', join(at('keys'), '1.root.json')), /version 1, \d+ files/)
  await good('install', at('b1'), '--into', at('inst'), '--root', join(at('keys'), '1.root.json'))
  await good('install', at('b2'), '--into', at('inst'))
  // With the sentence that the rule names: without it the rule would not be loaded.
  assert.match(await rulesIn(at('inst')), /^test-2021 {2}Test\n.*Invented page asked for/)
  assert.match(
    await refused('install', at('b1'), '--into', at('inst')),
    /Rollback: its timestamp is version 1, and version 2 was seen before/,
  )
  assert.match(await good('install', at('b2'), '--into', at('inst')), /installed in .* already/)
  // What was refused has changed nothing, and nothing is left of what came before.
  assert.deepEqual(readdirSync(at('inst')).length, 2)
  assert.match(
    readFileSync(
      join(
        at('inst'),
        readdirSync(at('inst')).find((n) => n.startsWith('bundle-2-'))!,
        'packs/test-2021/rules/one.yml',
      ),
      'utf8',
    ),
    /\/two/,
  )
})

test('what is installed is asked, with its own tables, beside rules of the user; the answer names the bundle', async () => {
  write(at('mine'), { 'own.yml': rule('/mine').replace('3c0d', '4c0d') })
  const { status, err } = await runHere([
    'assess',
    at('evidence'),
    '--quiet',
    '--packs',
    at('inst'),
    '--rules',
    at('mine'),
    '--out',
    at('out'),
  ])
  assert.deepEqual([status, err], [3, ''])
  type Known = {
    knowledge: { bundle: { version: number }; packs: { pack: string }[]; tables: { table: string }[]; sha256: string }
  }
  const { knowledge } = JSON.parse(readFileSync(join(at('out'), 'MAIL01/assessment.json'), 'utf8')) as Known
  assert.equal(knowledge.bundle.version, 2)
  assert.deepEqual(
    knowledge.packs.map((p) => p.pack),
    ['test-2021', 'user'],
  )
  assert.ok(
    knowledge.tables.some((t) => t.table === 'fixes.csv') &&
      knowledge.tables.some((t) => t.table.endsWith('.baseline')),
  )
  assert.match(knowledge.sha256, /^[0-9a-f]{64}$/)
})

test('a bundle whose time is over is not installed; one that was installed before still works, and says so', async () => {
  await bundle('old', 3, 'packs-1', '2020-01-01')
  assert.match(await refused('install', at('old'), '--into', at('inst')), /Freeze: its timestamp expired at 2020-01-01/)
  const state = join(at('inst'), 'postern-bundle.json')
  const before = readFileSync(state, 'utf8')
  writeFileSync(
    state,
    before.replace(/"expires": "2099[^"]*",\n {2}"sha256"/, '"expires": "2020-01-01T00:00:00Z",\n  "sha256"'),
  )
  const { status, err } = await runHere([
    'assess',
    at('evidence'),
    '--quiet',
    '--packs',
    at('inst'),
    '--out',
    at('out-stale'),
  ])
  writeFileSync(state, before)
  assert.equal(status, 3)
  assert.match(err, /^postern: The installed bundle 2 was good until 2020-01-01T00:00:00Z: there may be a newer one/)
})

test('the next keys: signed by those before, and asked from then on', async () => {
  await good('keys', at('keys'), '--expires', '2099-01-01')
  await bundle('b4', 4, 'packs-1')
  assert.match(await good('install', at('b4'), '--into', at('inst')), /signed by root 2/)
  assert.match(await refused('install', at('b2'), '--into', at('inst')), /Forged: 0 of the 1 signatures/)
})

test('mistakes are one sentence', async () => {
  write(at('full'), { 'a.txt': 'a' })
  write(at('broken'), { 'packs/x': 'x' })
  const root = join(at('keys'), '1.root.json')
  for (const [args, status, says] of [
    [['install', at('b1'), '--into', at('new')], 2, /Name the trusted root with --root/],
    [['install', at('b1'), '--root', root], 2, /packs install FILE --into FOLDER/],
    [['install', at('b1'), '--into', at('full'), '--root', root], 2, /is not empty and contains no bundle/],
    [['verify', at('nothing'), '--root', root], 2, /cannot be read: no such file or folder/],
    [['verify', root, '--root', root], 1, /Not a bundle: its first line is not postern-bundle\/1/],
    [['verify', at('b1'), '--root', at('b1')], 1, /root to be trusted is refused.*is no metadata/],
    [['verify'], 2, /Usage: postern packs verify FILE --root ROOT\.json/],
    [['bundle'], 2, /Usage: postern packs bundle FILE --keys FOLDER/],
    [['bundle', at('x'), '--keys', at('full'), '--version', '1', '--expires', '2099-01-01'], 2, /no root key/],
    [['bundle', at('x'), '--keys', at('keys'), '--version', '0', '--expires', '2099-01-01'], 2, /--version/],
    [['bundle', at('x'), '--keys', at('keys'), '--version', '1', '--expires', 'soon'], 2, /--expires/],
    [['check', '--into', at('new')], 2, /--into cannot be used with postern packs check/],
  ] as const) {
    const done = await runHere(['packs', ...args])
    assert.equal(done.status, status, `${args.join(' ')}: ${done.err}`)
    assert.match(done.err, says)
    assert.equal(done.err.trimEnd().split('\n').length, 1)
  }
  assert.ok(!existsSync(at('new')) && !existsSync(at('x')))
})

test('the packs that ship are what a bundle may hold', async () => {
  await good('keys', at('shipped-keys'), '--expires', '2099-01-01')
  await good('bundle', at('shipped'), '--keys', at('shipped-keys'), '--version', '1', '--expires', '2099-01-01')
  const root = join(at('shipped-keys'), '1.root.json')
  assert.match(await good('verify', at('shipped'), '--root', root), /version 1, [\d,]+ files/)
})
