import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { assess } from '../../src/assessment/assess.ts'
import { loadExposureFacts } from '../../src/knowledge/exposure-tables.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import type { RuleFile } from '../../src/rules/rule.ts'
import { loadRules } from '../../src/rules/index.ts'
import { inlinePool } from '../../src/run/pool.ts'
import { checkRules, RULE_LIMITS } from '../../src/run/rule-check.ts'

const scratch = mkdtempSync(join(tmpdir(), 'postern-'))
after(() => rmSync(scratch, { recursive: true, force: true }))
const root = join(import.meta.dirname, '..', '..')

const file = (path: string, text: string): RuleFile => ({
  path,
  text,
  pack: 'rules',
  campaign: 'unknown',
  settings: {},
})
const yara = (condition: string): string => `rule Own { condition: ${condition} }`
const nested = (word: string, deep: number, inner: string): string => word.repeat(deep) + inner + ')'.repeat(deep)
const sigma = (detection: string): string => `title: t\nlogsource: {product: iis}\ndetection:\n${detection}`
const selections = (n: number, line: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => `  s${i}: ${line(i)}\n`).join('')

describe('rule files of anybody', () => {
  const hostile: readonly (readonly [name: string, file: RuleFile, says: RegExp])[] = [
    ['YARA: a long run of not', file('a.yar', yara(`${'not '.repeat(1_000)}true`)), /1:42\d: .*"not".* more than 100/],
    ['YARA: calls in calls', file('a.yar', yara(`${nested('uint8(', 60, '0')} == 1`)), /1:7\d: calls within calls/],
    ['YARA: brackets', file('a.yar', yara(nested('(', 2_000, 'true'))), /1:12\d: brackets within brackets/],
    [
      'Sigma: 100,001 selections',
      file('a.yml', sigma(`${selections(100_001, (i) => `{f${i}: y}`)}  condition: all of s*\n`)),
      /100004:3: 100001 selections; at most 100000/,
    ],
    [
      'Sigma: lists in lists',
      file('a.yml', sigma(`  s: {f: ${'['.repeat(50_000)}${']'.repeat(50_000)}}\n  condition: s\n`)),
      /4:\d+: /,
    ],
    [
      'Sigma: brackets',
      file('a.yml', sigma(`  s: {f: y}\n  condition: ${nested('(', 5_000, 's')}\n`)),
      /5:\d+: a condition nested more than 200/,
    ],
  ]
  for (const [name, bad, says] of hostile) {
    it(`${name}: is named with its place, and the others are used`, async () => {
      const files = [
        bad,
        file('b.yar', 'rule Fine { condition: true }'),
        file('c.yml', sigma('  s: {f: y}\n  condition: s\n')),
      ]
      const { broken, events, scanners } = await loadRules(files, await checkRules(files))
      assert.deepEqual(
        broken.map(({ file: path }) => path),
        [bad.path],
      )
      const [{ line, column, detail } = assert.fail()] = broken
      assert.match(`${line}:${column}: ${detail}`, says)
      assert.equal(events.length, 1)
      assert.equal(scanners[0]!.infos[0]!.id, 'Fine')
    })
  }

  it('a Sigma condition of ten thousand times not is read', async () => {
    const { events, broken } = await loadRules([
      file('a.yml', sigma(`  s: {f: y}\n  condition: ${'not '.repeat(10_000)}s\n`)),
    ])
    assert.deepEqual([events.length, broken], [1, []])
  })

  it('what takes too long to compile is ended, named and never tried again', async () => {
    // Each of them is allowed, and takes a tenth of a second.
    const long = Array.from({ length: 5_000 }, () => nested('uint8(', 8, '1')).join(' + ')
    const files = [file('a.yar', yara(`${long} == 1`)), file('b.yar', 'rule Fine { condition: true }')]
    const known = await checkRules(files, { ...RULE_LIMITS, seconds: 2, secondsPerMegabyte: 0 })
    assert.deepEqual([known.refused.size, known.yara.size], [1, 1])
    const { broken, scanners } = await loadRules(files, known)
    assert.deepEqual(broken, [
      { file: 'a.yar', reason: 'broken', detail: 'it took longer than 2 s to compile; nothing of the file is used' },
    ])
    assert.equal(scanners[0]!.infos.length, 1)
  })

  for (const [name, act, says] of [
    ['ends its thread', 'process.exit(3)', /ended while it read this file/],
    ['makes its thread fail', 'throw new Error("no such thing")', /failed \(no such thing\)/],
    ['wants all memory', 'const all = []; for (;;) all.push(Array(1e5).fill({}).map(() => ({})))', /more memory/],
  ] as const) {
    it(`a file that ${name} costs itself only`, async () => {
      const script = join(scratch, `${name.replaceAll(' ', '-')}.mjs`)
      writeFileSync(
        script,
        `import { parentPort } from 'node:worker_threads'
        parentPort.on('message', ({ path }) => {
          if (path === 'bad') { ${act} }
          parentPort.postMessage({ compiled: { documents: new Map(), regexes: new Map(), yara: new Map([[path, 1]]) } })
        })`,
      )
      const files = [file('one', '1'), file('bad', '2'), file('two', '3')]
      const known = await checkRules(files, { ...RULE_LIMITS, memory: 32 }, pathToFileURL(script))
      assert.deepEqual([...known.yara.keys()], ['one', 'two'])
      assert.match([...known.refused.values()][0]!.detail, says)
    })
  }

  it('what is known of a file is the same whether a thread or nobody found it out', async () => {
    const files = [
      file('a.yml', `${sigma('  s: {f|re: "a.*b"}\n  condition: s\n')}---\n${sigma('  s: {f: z}\n  condition: s\n')}`),
      file('b.yar', 'rule A { condition: true }\nrule B { condition: nowhere }'),
    ]
    const plain = await loadRules(files)
    const { broken, events, scanners } = await loadRules(files, await checkRules(files))
    assert.deepEqual(broken, plain.broken)
    assert.deepEqual(
      [events.map(({ info }) => info), scanners[0]!.infos],
      [plain.events.map(({ info }) => info), plain.scanners[0]!.infos],
    )
  })
})

describe('a slow rule of the user beside a compromised server', () => {
  it('costs no finding of the packs, and is named', async (t) => {
    const rules = join(scratch, 'rules')
    mkdirSync(rules)
    const slow =
      'for any i in (0..1000000) : ( for any j in (0..1000000) : ( uint8(i & 15) == 7 and uint8(j & 15) == 0 ) )'
    writeFileSync(
      join(rules, 'own.yar'),
      `rule Endless { condition: ${slow} }\nrule Pages { condition: uint8(0) == 0x3c }`,
    )
    const facts = loadExposureFacts(join(root, 'knowledge'))
    const run = async (given: readonly string[]): Promise<Assessment> => {
      const around = { check: checkRules, now: () => performance.now() }
      const knowledge = await loadKnowledge({ packs: [join(root, 'packs')], rules: given, iocs: [] }, undefined, around)
      return assess([join(root, 'samples', 'server')], knowledge, facts, inlinePool(knowledge, null), {
        fallbackName: 'X',
        tool: 'test',
      })
    }
    const [without, beside] = [await run([]), await run([rules])]
    const own = beside.findings.filter(({ rule }) => rule === 'Endless' || rule === 'Pages')
    const named = beside.knowledge.brokenRules.map(({ file: path, reason, detail }) => [path, reason, detail])
    if (named.length === 0 && own.length === 0) return t.skip('nothing was searched')
    assert.deepEqual(named, [
      ['rules/own.yar', 'slow', 'The rule Endless took too long and was left out of part of the evidence.'],
    ])
    assert.ok(beside.degraded && !without.degraded)
    assert.ok(beside.evidence.notes.some((note) => note.includes('rules/own.yar') && note.includes('Endless')))
    assert.ok(own.some(({ rule }) => rule === 'Pages'))
    assert.equal(beside.verdict.is, without.verdict.is)
    const ids = new Set(beside.findings.map(({ id }) => id))
    assert.deepEqual(
      without.findings.filter(({ id }) => !ids.has(id)).map(({ title }) => title),
      [],
    )
  })
})
