import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { loadYara } from '../../src/rules/yara/yara.ts'
import { SEARCH_LIMITS, slowParts } from '../../src/rules/yara/slow.ts'

/** A probe of parts that cost so many milliseconds each, and how much time was given to it. */
function probeOf(cost: (part: number) => number) {
  const told = { spent: 0 }
  const probe = (parts: readonly number[], most: number): number => {
    const time = parts.reduce((sum, part) => sum + cost(part), 0)
    told.spent += Math.min(time, most)
    return time > most ? Infinity : time
  }
  return { probe, told }
}

const numbers = Array.from({ length: 300 }, (_, i) => i)

describe('which parts make a search too slow', () => {
  const cases: readonly (readonly [name: string, cost: (part: number) => number, slow: readonly number[]])[] = [
    ['one of them', (part) => (part === 17 ? 1e9 : 0), [17]],
    ['two far apart', (part) => (part === 3 || part === 299 ? 1e9 : 0), [3, 299]],
    ['the first and the last of two', (part) => (part < 2 ? 1e9 : 0), [0, 1]],
  ]
  for (const [name, cost, slow] of cases) {
    it(name, () => {
      const { probe, told } = probeOf(cost)
      assert.deepEqual(slowParts(numbers, probe), slow)
      assert.ok(told.spent < 60_000, `${told.spent} ms were given`)
    })
  }

  it('several together, each within its time: no more than needed', () => {
    const { probe } = probeOf((part) => (part % 10 === 0 ? 900 : 0))
    assert.equal(slowParts(numbers.slice(0, 60), probe).length, 1)
  })

  it('where nearly all are slow, the effort is bounded, and what was not told apart is left out together', () => {
    const { probe, told } = probeOf((part) => (part === 5 ? 0 : 1e9))
    const slow = slowParts(numbers, probe)
    assert.ok(slow.length >= 299)
    assert.ok(told.spent < 40_000, `${told.spent} ms were given`)
  })

  it('what is fast alone and slow together ends too', () => {
    const { probe, told } = probeOf(() => 400)
    const slow = slowParts(numbers, probe)
    assert.ok(slow.length > 0)
    assert.ok(told.spent < 60_000)
  })
})

describe('a slow YARA rule', () => {
  const file = (text: string, path: string, pack: string) => ({ path, text, pack, campaign: 'unknown', settings: {} })
  const SLOW_RULE =
    'for any i in (0..filesize) : ( for any j in (0..filesize) : ( uint8(i) == 7 and uint8(j) == 8 and i != j ) )'
  const page = Buffer.from(`<%@ Page %>needle${' '.repeat(200_000)}`)
  const short = Buffer.from('needle\x07\x08')

  for (const engine of ['native', 'portable'] as const)
    it(`costs nothing that others find, is named with its file, and left out of that file (${engine})`, (t) => {
      const loaded = loadYara(
        [
          file('rule Shipped { strings: $a = "needle" condition: $a }', 'pack/a.yar', 'pack'),
          file(
            `rule Before { strings: $a = "needle" condition: $a }\nrule Endless { condition: ${SLOW_RULE} }\n` +
              `private rule Helper { strings: $a = "eedl" condition: $a }\nrule After { condition: Helper }`,
            'rules/own.yar',
            'rules',
          ),
          file(
            `rule Endless2 { condition: ${SLOW_RULE} }\nrule Refers { condition: Endless2 }`,
            'rules/two.yar',
            'rules',
          ),
          file('rule Other { strings: $a = "needle" condition: $a }', 'rules/three.yar', 'rules'),
        ],
        [engine],
        undefined,
        () => performance.now(),
        // A quarter of the time that each has: an endless rule takes all of it, again and again.
        { ...SEARCH_LIMITS, part: 250, whole: 1_250, effort: 5_000 },
      )
      if (loaded.engine() !== engine) return t.skip(`the ${engine} engine is not installed here`)
      const find = (bytes = page): string[] => loaded.scanners.flatMap((one) => one.scan(bytes).map(({ rule }) => rule))
      const slow = () =>
        loaded.scanners.flatMap((one) => one.slow!().map(({ file, line, reason }) => [file, line, reason]))
      const left = [
        ['rules/own.yar', 2, 'slow'],
        ['rules/two.yar', 1, 'slow'],
        ['rules/two.yar', 2, 'slow'],
      ]
      assert.deepEqual(find(), ['Shipped', 'After', 'Before', 'Other'])
      assert.deepEqual(slow(), left)
      // A planted file switches off nothing for the others: another file is searched for all of them again.
      assert.deepEqual(find(short), ['Shipped', 'After', 'Before', 'Endless', 'Endless2', 'Other', 'Refers'])
      assert.deepEqual(slow(), [])
      for (let file = 1; file < 3; file++) {
        assert.deepEqual(find(), ['Shipped', 'After', 'Before', 'Other'])
        assert.deepEqual(slow(), left)
      }
      // What was too slow in three files is left out for good, and each file that follows says so.
      assert.deepEqual(find(short), ['Shipped', 'After', 'Before', 'Other'])
      assert.deepEqual(slow(), left)
    })

  it('of a pack is left out in the same way', (t) => {
    const loaded = loadYara(
      [
        file(
          `rule Fine { strings: $a = "needle" condition: $a } rule Endless { condition: ${SLOW_RULE} }`,
          'p.yar',
          'p',
        ),
      ],
      undefined,
      undefined,
      () => performance.now(),
    )
    if (loaded.engine() !== 'native') return t.skip('the native engine is not installed here')
    const [scanner] = loaded.scanners
    assert.deepEqual(
      scanner!.scan(page).map(({ rule }) => rule),
      ['Fine'],
    )
    assert.deepEqual(
      scanner!.slow!().map(({ detail }) => detail),
      ['The rule Endless took too long and was left out of part of the evidence.'],
    )
  })
})
