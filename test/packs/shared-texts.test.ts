import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { place, root, write } from '../cli/command.ts'

// A sentence that many rules say stands once beside the packs, and rules name it by its id.

const rule = (id: string): string => `title: A
logsource: { category: webserver }
detection: { s: { cs-uri-stem: /a }, condition: s }
falsepositives: [A backup., 'shared:${id}']
postern: { next: ['shared:look'] }
`
const packWith = (id: string, look: string): string =>
  write(place(), {
    'shared/texts.yml': `ordered-test: A penetration test.\nlook: ${look}\n`,
    'a-2021/pack.yml': 'id: a-2021\nname: A\nsummary: A.\n',
    'a-2021/rules/one.yml': rule(id),
  })
const loaded = (folder: string) => loadKnowledge({ packs: [folder], rules: [], iocs: [] })

void test('a rule says the sentence that it names', async () => {
  const folder = packWith('ordered-test', 'Look.')
  for (const given of [folder, join(folder, 'a-2021')]) {
    const [info] = (await loaded(given)).infos.values()
    assert.deepEqual([info?.innocent, info?.next], [['A backup.', 'A penetration test.'], ['Look.']])
  }
})

void test('another sentence makes another digest of the pack', async () => {
  const digest = async (look: string) => (await loaded(packWith('ordered-test', look))).packs[0]?.sha256
  assert.equal(await digest('Look.'), await digest('Look.'))
  assert.notEqual(await digest('Look.'), await digest('Look twice.'))
})

void test('a sentence that is not there is the fault of the rule', async () => {
  const { broken } = await loaded(packWith('orderd-test', 'Look.'))
  assert.equal(broken.length, 1)
  assert.match(broken[0]!.detail, /there is no text "orderd-test" in shared\/texts\.yml/)
})

void test('every shared sentence of the packs is named by three rules or more', () => {
  const packs = join(root, 'packs')
  const rules = readdirSync(packs, { recursive: true, encoding: 'utf8' })
    .filter((name) => /[\\/]rules[\\/][^\\/]+\.yml$/.test(name))
    .map((name) => readFileSync(join(packs, name), 'utf8'))
    .join('\n')
  const named = Map.groupBy(rules.matchAll(/- shared:(\S+)$/gm), ([, id]) => id)
  for (const id of Object.keys(parse(readFileSync(join(packs, 'shared/texts.yml'), 'utf8')) as object))
    assert.ok((named.get(id)?.length ?? 0) >= 3, id)
})
