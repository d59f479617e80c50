import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { SampleReader } from '../../src/run/pack-check.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { decode } from '../../tools/simulator/encoded.ts'

// Each rule of each pack has samples of its own: in fire/ every file must hit it, in quiet/ none may.
const packs = join(import.meta.dirname, '../../packs')
const knowledge = await loadKnowledge({ packs: [packs], rules: [], iocs: [] })
// As `postern assess` reads evidence.
const reader = new SampleReader(knowledge)

test('every rule of the packs is loaded', () => {
  assert.deepEqual(knowledge.broken, [])
})

for (const pack of readdirSync(packs).sort()) {
  const folder = join(packs, pack)
  if (!existsSync(join(folder, 'pack.yml'))) continue
  const names = ruleNames(folder)
  const infos = [...knowledge.infos.values()].filter((info) => info.pack === pack)

  test(`${pack}: every rule and every setting in pack.yml belong together`, () => {
    for (const name of names) assert.ok(infoOf(name), `${name} has no settings or was not loaded`)
    const known = new Set([...names, ...infos.map((info) => info.id)])
    const named = /^rules:\n([\s\S]*?)^(?=\S)/m.exec(readFileSync(join(folder, 'pack.yml'), 'utf8'))?.[1] ?? ''
    for (const [, name] of named.matchAll(/^ {4}([\w-]+):$/gm))
      assert.ok(known.has(name!), `${name} is in pack.yml only`)
  })

  test(`${pack}: every sample belongs to a rule`, () => {
    const samples = join(folder, 'samples/rules')
    if (!existsSync(samples)) return
    for (const name of readdirSync(samples)) assert.ok(names.includes(name), name)
  })

  for (const name of names) {
    const samples = { pack: folder, rule: name }

    test(`${pack}/${name} fires on its samples`, async () => {
      const hits = await reader.saidIn({ ...samples, kind: 'fire' }, infoOf(name)!.id)
      assert.ok(hits.length > 0, 'no sample')
      for (const [path, count] of hits) assert.ok(count > 0, `quiet on ${path}`)
    })

    test(`${pack}/${name} is quiet on ordinary evidence`, async () => {
      const hits = await reader.saidIn({ ...samples, kind: 'quiet' }, infoOf(name)!.id)
      assert.ok(hits.length > 0, 'no sample')
      for (const [path, count] of hits) assert.equal(count, 0, `fires on ${path}`)
    })
  }

  function infoOf(name: string) {
    return infos.find((info) => info.id === name || basename(info.file, '.yml') === name)
  }
}

/** Sigma rules go by the name of their file, YARA rules by their own. */
function ruleNames(folder: string): string[] {
  const sigma = listed(join(folder, 'rules')).map((file) => basename(file, '.yml'))
  const yara = listed(join(folder, 'yara')).flatMap((file) =>
    [...ruleText(join(folder, 'yara', file)).matchAll(/^rule (\w+)/gm)].map((m) => m[1]!),
  )
  return [...sigma, ...yara]
}

/** Rules that antivirus would take lie encoded. */
function ruleText(file: string): string {
  const text = readFileSync(file, 'utf8')
  return file.endsWith('.enc') ? decode(text).toString('utf8') : text
}

function listed(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : []
}
