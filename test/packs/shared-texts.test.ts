import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { loadKnowledge, packDocument, packFolders } from '../../src/knowledge/load-packs.ts'
import { place, root, write } from '../cli/command.ts'

// A sentence that many rules say, and an action that several packs call for, stand once beside the packs; rules and packs name
// them by their ids.

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
    assert.deepEqual([info?.falsePositives, info?.nextSteps], [['A backup.', 'A penetration test.'], ['Look.']])
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

const actionsOf = async (shared: string, own: string) =>
  loaded(
    write(place(), {
      'shared/actions.yml': shared,
      'a-2021/pack.yml': `id: a-2021\nname: A\nsummary: A.\nactions:\n  - ${own}\n`,
    }),
  )
const lock =
  'lock: { title: Lock it, why: It is open., how: [Turn the key.], text: { en: Have it locked., de: Abschließen lassen. } }\n'

void test('an action that packs share is that of shared/actions.yml, and what the pack says of it counts more', async () => {
  const { actions, texts, packs } = await actionsOf(
    lock,
    '{ id: lock, shared: true, why: Of this way in., when: { is: [yes] } }',
  )
  const [{ title, why, how, when }] = actions as [(typeof actions)[number]]
  assert.deepEqual([title, why, how, when], ['Lock it', 'Of this way in.', ['Turn the key.'], { is: ['yes'] }])
  assert.deepEqual(texts.actions, { lock: { en: 'Have it locked.', de: 'Abschließen lassen.' } })
  const other = await actionsOf(lock.replace('Turn', 'Take'), '{ id: lock, shared: true, why: Of this way in. }')
  assert.notEqual(other.packs[0]!.sha256, packs[0]!.sha256)
})

void test('an action that is not shared takes nothing from an action of the same name', async () => {
  const { actions, texts } = await actionsOf(lock, '{ id: lock, title: Look, why: Of this way in. }')
  assert.deepEqual([actions[0]!.how, texts.actions], [[], {}])
})

for (const id of ['lok', 'toString', '__proto__'])
  void test(`a shared action that is not there stops the run: ${id}`, async () => {
    await assert.rejects(actionsOf(lock, `{ id: ${id}, shared: true }`), /Unknown action .* shared\/actions\.yml/)
  })

void test('every shared action of the packs is named by two packs or more, and no two packs have the same action', () => {
  const packs = packFolders(join(root, 'packs')).map(packDocument) as readonly {
    readonly actions?: readonly { readonly id: string; readonly shared?: true }[]
  }[]
  const all = packs.flatMap(({ actions = [] }) => actions)
  const shared = Map.groupBy(
    all.filter((action) => action.shared),
    ({ id }) => id,
  )
  for (const id of Object.keys(parse(readFileSync(join(root, 'packs/shared/actions.yml'), 'utf8')) as object))
    assert.ok((shared.get(id)?.length ?? 0) >= 2, id)
  const own = all.filter((action) => !action.shared).map(({ id }) => id)
  assert.deepEqual(own, [...new Set(own)])
})
