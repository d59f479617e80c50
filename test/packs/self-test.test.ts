import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { selfTest } from '../../src/run/pack-check.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'

// What `postern packs self-test` says of a pack whose samples do not do what they should.
void test('a sample that does not fire, one that fires when it should not, and a missing one are told', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-pack-'))
  try {
    const pack = join(folder, 'test-2021')
    const files: Record<string, string> = {
      'pack.yml': 'id: test-2021\nname: Test\nsummary: Test.\nexploitation: { from: "2021-01-01", to: "2021-12-31" }\n',
      'rules/good.yml': rule('6f0b7c52-54a8-4b5c-9d0e-1c6f0a1f7a01', '/good'),
      'rules/bare.yml': rule('6f0b7c52-54a8-4b5c-9d0e-1c6f0a1f7a02', '/bare'),
      'samples/rules/good/fire/a.log': iis('/good'),
      'samples/rules/good/fire/b.log': iis('/other'),
      'samples/rules/good/quiet/c.log': iis('/good'),
    }
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(pack, path, '..'), { recursive: true })
      writeFileSync(join(pack, path), text)
    }
    const results = await selfTest([folder], await loadKnowledge({ packs: [folder], rules: [], iocs: [] }))
    assert.deepEqual(
      results.map(({ rule, sample, passed }) => `${rule} ${sample} ${passed}`),
      [
        'bare fire false',
        'bare quiet false',
        'good fire/a.log true',
        'good fire/b.log false',
        'good quiet/c.log false',
      ],
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})

void test('a correlation is asked of all files of a sample together', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-pack-'))
  try {
    const pack = join(folder, 'test-2021')
    const id = '6f0b7c52-54a8-4b5c-9d0e-1c6f0a1f7a04'
    const files: Record<string, string> = {
      'pack.yml':
        'id: test-2021\nname: Test\nsummary: Test.\nexploitation: { from: "2021-01-01", to: "2021-12-31" }\nrules: { often: { stage: access } }\n',
      'rules/often.yml': `title: O\nid: ${id}\ncorrelation: { type: event_count, rules: [part], group-by: [c-ip], timespan: 1h, condition: { gte: 2 } }\n---\nname: part\n${rule('6f0b7c52-54a8-4b5c-9d0e-1c6f0a1f7a03', '/often')}`,
      'samples/rules/often/fire/a.log': iis('/often'),
      'samples/rules/often/fire/b.log': iis('/often').replace('04:23', '04:29'),
      'samples/rules/often/quiet/c.log': iis('/often'),
    }
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(join(pack, path, '..'), { recursive: true })
      writeFileSync(join(pack, path), text)
    }
    const knowledge = await loadKnowledge({ packs: [folder], rules: [], iocs: [] })
    assert.deepEqual(knowledge.broken, [])
    assert.deepEqual(
      [...knowledge.infos.values()]
        .filter(({ pack: name }) => name === 'test-2021')
        .map(({ id: own, stage }) => [own, stage]),
      [[id, 'access']],
    )
    const results = await selfTest([folder], knowledge)
    assert.deepEqual(
      results.map(({ rule: name, sample, passed }) => `${name} ${sample} ${passed}`),
      ['often fire true', 'often quiet true'],
    )
  } finally {
    rmSync(folder, { recursive: true })
  }
})

function rule(id: string, stem: string): string {
  return `title: T\nid: ${id}\nlevel: low\nlogsource: { category: webserver }\ndetection:\n  s: { cs-uri-stem: ${stem} }\n  condition: s\n`
}

function iis(stem: string): string {
  return `#Fields: date time c-ip cs-method cs-uri-stem sc-status\r\n2021-03-03 04:23:22 192.0.2.1 GET ${stem} 200\r\n`
}
