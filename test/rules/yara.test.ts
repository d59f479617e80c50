import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { RuleFile, RuleSettings } from '../../src/rules/rule.ts'
import { type EngineName, loadYara, yara } from '../../src/rules/yara/yara.ts'
import { outline } from '../../src/rules/yara/source.ts'

const file = (text: string, path = 'own.yar', settings: Record<string, RuleSettings> = {}): RuleFile => ({
  path,
  text,
  pack: 'test',
  campaign: 'unknown',
  settings,
})
const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')

const SHELL = `
import "math"
rule EvalOfRequest : T1505_003 webshell {
  meta:
    author = "Postern"
    license = "Apache-2.0"
    description = "code \\"evaluated\\" from a request"
    reference = "https://example.org/a"
    severity = "high"
    cve = "CVE-2021-27065, cve-2021-26858"
    score = -5
    is_ours = true
  strings:
    $a = "eval(Request" nocase // a comment with } in it
    $b = /unsafe["'] *\\)/ /* { */
    $hex = { 4D 5A ?? [2-4] ( 90 | 91 ) }
  condition:
    $a or ($b and $hex)
}
private rule Helper { strings: $h = "helped" condition: $h }
rule UsesHelper { condition: Helper and filesize < 1KB }
rule Counts { strings: $e = "e" $q = "secret" private condition: #e > 20 and $q }
rule Entropy { condition: math.entropy(0, filesize) > 7.5 }
`
const BODIES = [
  '<script>EVAL(request["x"])</script> eval(Request.Item)',
  'unsafe" ) MZ..ab\x90',
  'helped',
  `${'e'.repeat(40)} secret`,
  '',
  Array.from({ length: 4096 }, (_, i) => String.fromCharCode((i * 167 + (i >> 8)) & 255)).join(''),
  'nothing to see',
]

describe('YARA', () => {
  it('finds the bytes and says where', async () => {
    const { scanners, broken } = await yara.load([file(SHELL)])
    assert.deepEqual(broken, [])
    assert.deepEqual(scanners[0]!.scan(bytes(BODIES[0]!)), [
      {
        rule: 'EvalOfRequest',
        places: [
          [8, 12],
          [36, 12],
        ],
      },
    ])
    assert.deepEqual(scanners[0]!.scan(bytes('helped')), [{ rule: 'UsesHelper', places: [] }])
  })

  it('both engines give the same hits on the same rules', async (t) => {
    const native = loadYara(
      [file(SHELL), file('rule Counts { condition: filesize == 0 }', 'two.yar')],
      ['native', 'portable'],
    )
    const portable = loadYara([file(SHELL), file('rule Counts { condition: filesize == 0 }', 'two.yar')], ['portable'])
    assert.equal(portable.engine(), 'portable')
    if (native.engine() !== 'native') return t.skip('the native engine is not installed here')
    assert.deepEqual(native.scanners[0]!.infos, portable.scanners[0]!.infos)
    let hits = 0
    for (const body of BODIES) {
      const found = native.scanners[0]!.scan(bytes(body))
      assert.deepEqual(portable.scanners[0]!.scan(bytes(body)), found, body.slice(0, 20))
      hits += found.length
    }
    assert.equal(hits, 6)
  })

  it('reads metadata, and the pack has the last word', async () => {
    const { scanners } = await yara.load([
      file(SHELL, 'p/own.yar', { EvalOfRequest: { stage: 'shell', strength: 'strong', persistence: 'web-shell' } }),
    ])
    const info = scanners[0]!.infos[0]!
    assert.equal(info.author, 'Postern')
    assert.equal(info.license, 'Apache-2.0')
    assert.equal(info.description, 'code "evaluated" from a request Reference: https://example.org/a')
    assert.equal(info.level, 'high')
    assert.deepEqual(info.cves, ['CVE-2021-27065', 'CVE-2021-26858'])
    assert.deepEqual(info.attack, ['T1505.003'])
    assert.deepEqual(info.sign, { subject: 'page', kind: 'content', strength: 'strong' })
    assert.equal(info.persistence, 'web-shell')
    assert.deepEqual(
      scanners[0]!.infos.map((i) => i.id),
      ['EvalOfRequest', 'UsesHelper', 'Counts', 'Entropy'],
    )
  })

  it('rules of the same name in two files are two rules', async () => {
    const { scanners } = await yara.load([
      file('rule A { condition: true }', 'x/one.yar'),
      file('rule A { condition: true }', 'x/two.yar'),
    ])
    assert.deepEqual(
      scanners[0]!.scan(bytes('')).map((hit) => hit.rule),
      ['A', 'A@two'],
    )
  })

  it('a global rule binds only its own file', async () => {
    const { scanners } = await yara.load([
      file('global private rule Never { condition: filesize > 99 } rule A { condition: true }', 'one.yar'),
      file('rule B { condition: true }', 'two.yar'),
    ])
    assert.deepEqual(
      scanners[0]!.scan(bytes('x')).map((hit) => hit.rule),
      ['B'],
    )
  })

  it('takes out the broken rule and what refers to it, and keeps the others', async () => {
    const text =
      'rule Good { condition: true }\nrule Bad {\n  condition: nowhere\n}\nrule Refers { condition: Bad }\nrule Also { condition: Good }\n'
    const { scanners, broken } = await yara.load([
      file(text, 'mixed.yar'),
      file('rule Other { condition: true }', 'other.yar'),
    ])
    assert.deepEqual(
      scanners[0]!.infos.map((i) => i.id),
      ['Good', 'Also', 'Other'],
    )
    assert.deepEqual(
      broken.map(({ file: path, line, column, reason }) => ({ path, line, column, reason })),
      [
        { path: 'mixed.yar', line: 3, column: 14, reason: 'broken' },
        { path: 'mixed.yar', line: 5, column: 26, reason: 'broken' },
      ],
    )
    assert.match(broken[0]!.detail, /unknown identifier `nowhere`/)
  })

  const refusals: readonly (readonly [name: string, text: string, reason: string, detail: RegExp, line?: number])[] = [
    ['include', 'rule A { condition: true }\n include "/etc/passwd"', 'unsupported', /include/, 2],
    ['include without a space', 'include"other.yar" rule A { condition: true }', 'unsupported', /include/, 1],
    ['cuckoo', 'import "cuckoo" rule A { condition: true }', 'unsupported', /cuckoo/, 1],
    ['console', 'import "console" rule A { condition: true }', 'unsupported', /console/, 1],
    ['magic', 'import "magic" rule A { condition: true }', 'unsupported', /magic/, 1],
    ['the clock', 'import "time" rule A { condition: true }', 'unsupported', /day of the run/, 1],
    ['an unknown module', 'import "nonsense" rule A { condition: true }', 'broken', /nonsense/, 1],
    ['compiled rules', 'YARA-X\0\x01', 'unsupported', /compiled/],
    ['more than 1 MiB', `rule A { condition: true } //${'x'.repeat(1024 * 1024)}`, 'unsupported', /1 MiB/],
    ['an external variable', 'rule A { condition: filename == "x" }', 'unsupported', /filename/, 1],
    ['no rule', '// nothing', 'broken', /No rule/],
    ['an open comment', 'rule A { condition: true }\n/* no end', 'broken', /comment/, 2],
    ['an open rule', '\nrule A { condition: true', 'broken', /no end/, 2],
    ['a broken global rule', 'global rule G { condition: nope } rule A { condition: true }', 'broken', /nope/, 1],
  ]
  for (const [name, text, reason, detail, line] of refusals) {
    it(`refuses ${name}, and other files stay`, async () => {
      const { scanners, broken } = await yara.load([
        file(text, 'bad.yar'),
        file('rule Fine { condition: true }', 'fine.yar'),
      ])
      assert.deepEqual(
        scanners[0]!.infos.map((i) => i.id),
        ['Fine'],
      )
      assert.equal(broken[0]?.reason, reason)
      assert.equal(broken[0]?.line, line)
      assert.match(broken[0]!.detail, detail)
    })
  }

  for (const engine of ['native', 'portable'] as const satisfies readonly EngineName[]) {
    it(`many matches give ten places (${engine})`, async () => {
      const { scanners } = loadYara([file('rule E { strings: $e = "e" condition: $e }')], [engine])
      const hits = scanners[0]!.scan(bytes('e'.repeat(50_000)))
      assert.equal(hits[0]!.places.length, 10)
      assert.deepEqual(hits[0]!.places[9], [9, 1])
    })
  }

  it('no files, no engine', async () => {
    assert.deepEqual((await yara.load([])).scanners, [])
  })
})

describe('the outline of a YARA source', () => {
  it('is not led astray by comments, texts and expressions', () => {
    const text =
      '// rule No { }\n/* rule No2 { */ rule Yes { strings: $a = "rule No3 { \\" }" $b = /rule No4 \\/ {/ condition: any of them } rule Two { condition: false }'
    assert.deepEqual(
      outline(text).rules.map((rule) => rule.name),
      ['Yes', 'Two'],
    )
  })
  it('reads negative numbers, texts with escapes and truth values', () => {
    const { rules } = outline('rule A { meta: a = -5 b = "x\\x41\\n" c = true condition: true }')
    assert.deepEqual(rules[0]!.meta, [
      ['a', '-5'],
      ['b', 'xA\n'],
      ['c', 'true'],
    ])
  })
  it('ends for hostile text in reasonable time', () => {
    for (const text of [
      '/*'.repeat(500_000),
      '"'.repeat(900_000),
      '/'.repeat(900_000),
      'rule '.repeat(200_000),
      '{'.repeat(900_000),
    ]) {
      try {
        outline(text)
      } catch (error) {
        assert.equal((error as Error).name, 'YaraSyntax')
      }
    }
  })
})
