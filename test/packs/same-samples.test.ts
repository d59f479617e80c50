import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { loadKnowledge, packFolders } from '../../src/knowledge/load-packs.ts'
import { selfTest } from '../../src/run/pack-check.ts'
import {
  belowFolder,
  referenceFaults,
  sampleFiles,
  sharedSamples,
  withSampleFolder,
} from '../../src/run/pack-samples.ts'
import { sha256 } from '../../src/lib/hash.ts'
import { place, root, write } from '../cli/command.ts'

// Evidence that samples of several rules have in common stands once, and `same.yml` names it. (The folders samples/server and
// samples/benign are the disk of a server: each file lies there where it lay.)

const packs = join(root, 'packs')

void test('no two files of the samples of packs have the same bytes', () => {
  const files = belowFolder(packs).filter((path) => /^[^/]+\/samples\//.test(path) && !path.endsWith('/same.yml'))
  assert.ok(files.length > 2_000)
  const byDigest = Map.groupBy(files, (path) => sha256(readFileSync(join(packs, path))))
  assert.deepEqual(
    [...byDigest.values()].filter((paths) => paths.length > 1),
    [],
  )
})

void test('every file that packs share is named by samples of two packs or more', () => {
  const users = new Map<string, Set<string>>()
  for (const pack of packFolders(packs))
    for (const path of belowFolder(pack).filter((name) => name.endsWith('/same.yml')))
      for (const [, name] of readFileSync(join(pack, path), 'utf8').matchAll(/: shared:(.+)$/gm))
        users.set(name!, (users.get(name!) ?? new Set()).add(pack))
  for (const name of belowFolder(sharedSamples(join(packs, 'any')))) assert.ok((users.get(name)?.size ?? 0) >= 2, name)
})

const rule = (stem: string): string =>
  `title: T\nlevel: low\nlogsource: { category: webserver }\ndetection:\n  s: { cs-uri-stem: ${stem} }\n  condition: s\n`
const log = (stem: string): string =>
  `#Fields: date time c-ip cs-method cs-uri-stem sc-status\n2021-03-03 04:23:22 192.0.2.1 GET ${stem} 200\n`
const packWith = (same: string): string =>
  join(
    write(place(), {
      'shared/samples/other.log': log('/other'),
      'a-2021/pack.yml': 'id: a-2021\nname: A\nsummary: A.\n',
      'a-2021/rules/one.yml': rule('/one'),
      'a-2021/rules/two.yml': rule('/two'),
      'a-2021/samples/rules/one/fire/C/one.log': log('/one'),
      'a-2021/samples/rules/one/quiet/two.log': log('/two'),
      'a-2021/samples/rules/two/same.yml': same,
    }),
    'a-2021',
  )

void test('samples that lie elsewhere are read as if they lay with the rule', async () => {
  const pack = packWith(
    'fire: { moved/two.log: one/quiet/two.log }\nquiet: { one.log: one/fire/C/one.log, other.log: shared:other.log }\n',
  )
  assert.deepEqual(referenceFaults(pack, 'two'), [])
  assert.deepEqual(
    sampleFiles({ pack, rule: 'two', kind: 'quiet' }).map(({ path, file }) => [path, readFileSync(file, 'utf8')]),
    [
      ['one.log', log('/one')],
      ['other.log', log('/other')],
    ],
  )
  const results = await selfTest([pack], await loadKnowledge({ packs: [pack], rules: [], iocs: [] }))
  assert.deepEqual(
    results.filter(({ rule: name }) => name === 'two').map(({ sample, passed }) => [sample, passed]),
    [
      ['fire/moved/two.log', true],
      ['quiet/one.log', true],
      ['quiet/other.log', true],
    ],
  )
})

void test('what lies with the rule is read where it lies', async () => {
  const pack = packWith('fire: {}\n')
  const own = { pack, rule: 'one', kind: 'fire' } as const
  assert.equal(await withSampleFolder(own, (folder) => Promise.resolve(folder)), join(pack, 'samples/rules/one/fire'))
})

for (const [what, same, says] of [
  ['a sample that is not there', 'fire: { a.log: one/fire/no.log }', /fire: there is no sample "one\/fire\/no\.log"/],
  ['no sample', 'fire: { a.log: ../../pack.yml }', /there is no sample/],
  ['a file elsewhere', 'fire: { a.log: shared:../texts.yml }', /there is no sample/],
  ['a folder', 'fire: { a: one/fire/C }', /there is no sample/],
  ['a path that leaves the folder', 'fire: { ../../a.log: one/quiet/two.log }', /there is no sample/],
  ['an absolute path', 'fire: { /tmp/a.log: one/quiet/two.log }', /there is no sample/],
  ['an unknown key', 'fired: { a.log: one/quiet/two.log }', /there is no key "fired"/],
  ['a list', '[a]', /must be a map/],
  ['text that is no YAML', 'fire: { a: [', /must be a map/],
] as const)
  void test(`same.yml with ${what} is a fault`, () => {
    const pack = packWith(`${same}\n`)
    assert.match(referenceFaults(pack, 'two').join('\n'), says)
    assert.deepEqual(sampleFiles({ pack, rule: 'two', kind: 'fire' }), [])
  })

void test('a path that is there already is a fault', () => {
  const pack = packWith('fire: { a.log: one/quiet/two.log }\n')
  const file = join(pack, 'samples/rules/two/fire/a.log')
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, log('/two'))
  assert.match(referenceFaults(pack, 'two').join('\n'), /"a\.log" lies here, too/)
})
