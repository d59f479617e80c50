import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { openEvidence, type Member } from '../../src/evidence/index.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { sampleFiles } from '../../src/run/pack-samples.ts'
import { askAll } from '../../src/rules/match.ts'
import { scanMember } from '../../src/scan/scan.ts'
import { ValueCaches } from '../../src/prefilter/row-rules.ts'

// A sample of events holds many forms of one act, one a line: the rule must know every one of them.
const packs = join(import.meta.dirname, '../../packs')
const knowledge = await loadKnowledge({ packs: [packs], rules: [], iocs: [] })
const settings = {
  rules: knowledge.rules,
  ask: askAll(knowledge.rules.events),
  zone: null,
  tied: true,
  lexicons: new ValueCaches(knowledge.rules.events),
}

for (const info of knowledge.infos.values()) {
  if (info.pack !== 'post-exploitation' && info.pack !== 'microsoft-365') continue
  const name = basename(info.file, '.yml')
  const files = sampleFiles({ pack: join(packs, info.pack), rule: name, kind: 'fire' }).filter(({ path }) =>
    /^[^/]+\.jsonl$/.test(path),
  )
  if (files.length === 0) continue

  test(`${name} fires on every line of its samples`, async () => {
    for (const { path, file } of files) {
      const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
      const known = await linesOf(file, info.id)
      const missed = lines.flatMap((line, i) => (known.has(i + 1) ? [] : [`${path}:${i + 1} ${line}`]))
      assert.deepEqual(missed, [])
    }
  })
}

/** Numbers of the lines that the rule fires on. */
async function linesOf(path: string, rule: string): Promise<Set<number | undefined>> {
  const lines = new Set<number | undefined>()
  for await (const member of (await openEvidence(path)).list()) {
    const found = await scanMember(member as Member, settings)
    for (const hit of found.hits) if (hit.rule === rule) lines.add(hit.event.at.line)
  }
  return lines
}
