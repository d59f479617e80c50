import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import {
  ElsewhereDigest,
  type ElsewhereLine,
  exchange,
  type KeyLine,
  type KeyMember,
  namedElsewhere,
} from '../../src/case/exchange.ts'
import type { HostileKey } from '../../src/model/case-keys.ts'

// Keys that servers of a case exchange: which server receives what, and the cost.

const DAY = 86_400_000
const march = Date.parse('2021-03-03T04:23:22Z')
const key = (name: string, more: Partial<HostileKey> = {}): KeyLine => ({
  kind: 'hostile',
  by: 'client',
  key: name,
  is: 'yes',
  first: march,
  last: march,
  isThing: true,
  marks: [],
  ...more,
})
const holds = (name: string): KeyLine => ({ kind: 'holds', by: 'client', key: name })
const front = (request: string): KeyLine => ({
  kind: 'front',
  campaign: 'proxylogon-2021',
  request,
  client: '203.0.113.5',
  path: 'a.LOG',
  line: 3,
})
const back = (request: string): KeyLine => ({ kind: 'back', campaign: 'proxylogon-2021', request })
const member = (digest: string, lines: readonly KeyLine[]): KeyMember => ({
  server: `MAIL-${digest}`,
  digest,
  lines: () => lines,
})

function exchanged(members: readonly KeyMember[]): {
  readonly lines: readonly string[]
  readonly notes: readonly string[]
} {
  const lines: string[] = []
  const name = (line: ElsewhereLine): string => (line.kind === 'hostile' ? line.key : line.request)
  const notes = exchange(members, (to, line) =>
    lines.push(`${members[to]!.digest} < ${line.from.digest} ${line.kind} ${name(line)}`),
  )
  return { lines: lines.sort(), notes }
}

describe('exchange of keys', () => {
  it('a server receives what others have of its own keys, and nothing else', () => {
    const members = [
      member('a', [key('203.0.113.5'), key('203.0.113.6')]),
      member('b', [holds('203.0.113.5')]),
      member('c', [holds('198.51.100.1')]),
    ]
    assert.deepEqual(exchanged(members).lines, ['b < a hostile 203.0.113.5'])
    assert.deepEqual(exchanged(members.toReversed()).lines, ['b < a hostile 203.0.113.5'])
  })

  it('an address from which accounts of any server were active before ties nothing', () => {
    const places = (day: number): KeyLine => ({ kind: 'places', of: [['203.0.113.0/24', day]] })
    const today = Math.floor(march / DAY)
    const of = (day: number): readonly string[] =>
      exchanged([member('a', [key('203.0.113.5')]), member('b', [holds('203.0.113.5')]), member('c', [places(day)])])
        .lines
    assert.deepEqual(of(today - 2), [])
    assert.deepEqual(of(0), [])
    assert.deepEqual(of(today), ['b < a hostile 203.0.113.5'])
  })

  it('the back end receives the request, and the front end the answer', () => {
    const answer = {
      kind: 'answer',
      campaign: 'proxylogon-2021',
      request: 'r1',
      rule: 'x',
      sha256: '',
      event: {},
      matched: [],
    } as unknown as KeyLine
    assert.deepEqual(
      exchanged([member('a', [front('r1'), front('r2')]), member('b', [back('r1'), back('r3'), answer])]).lines,
      ['a < b answer r1', 'b < a front r1'],
    )
  })

  it('evidence that was given twice exchanges nothing with itself', () => {
    const lines = [key('203.0.113.5'), holds('203.0.113.5'), front('r1'), back('r1')]
    assert.deepEqual(exchanged([member('a', lines), member('a', lines)]).lines, [])
  })

  it('counts what was beyond a limit, in a note', () => {
    assert.deepEqual(exchanged([member('a', [{ kind: 'beyond', list: 'front', n: 12_000 }])]).notes, [
      'MAIL-a: 12,000 more requests without an answer were counted and not compared with those of the other servers.',
    ])
  })

  it('names servers that are none of the case', () => {
    const named = (server: string, entries: number): KeyLine => ({ kind: 'named', server, entries })
    const members = [member('a', [named('MAIL-B', 3), named('MAIL09', 5)]), member('b', [named('MAIL09', 2)])]
    assert.deepEqual(
      namedElsewhere(members).map(({ name, entries, by }) => [name, entries, by.map(({ digest }) => digest)]),
      [['MAIL09', 7, ['a', 'b']]],
    )
  })

  it('300 servers with all the keys that they may have cost bounded memory', () => {
    const many = Array.from(
      { length: 300 },
      (_, i): KeyMember => ({
        server: `MAIL${i}`,
        digest: String(i),
        *lines() {
          for (let n = 0; n < 500; n++)
            yield key(`203.0.${n % 250}.${i % 250}`, { by: 'page', key: `p/${i}-${n}.aspx` })
          for (let n = 0; n < 2_000; n++) yield { kind: 'holds', by: 'page', key: `p/${(i + 1) % 300}-${n}.aspx` }
          yield {
            kind: 'places',
            of: Array.from({ length: 2_000 }, (__, n) => [`198.51.${n % 250}.0/24`, 18_000] as const),
          }
        },
      }),
    )
    const digests = many.map(() => new ElsewhereDigest())
    const before = process.memoryUsage().heapUsed
    let [delivered, most] = [0, 0]
    const notes = exchange(many, (to, line) => {
      digests[to]!.add(line)
      if (delivered++ % 10_000 === 0) most = Math.max(most, process.memoryUsage().heapUsed - before)
    })
    assert.deepEqual([delivered, notes], [300 * 500, []])
    assert.ok(most < 300 * 2 ** 20, `${Math.round(most / 2 ** 20)} MiB`)
  })
})
