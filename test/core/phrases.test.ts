import { exposureWords } from '../../src/locales/en/exposure.ts'
import { mailboxAmount, ordinaryWords, shortAmount } from '../../src/locales/en/mailboxes.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import type { Mailbox } from '../../src/model/mailbox.ts'
import { proxyNote } from '../../src/findings/findings.ts'
import { TrafficTable } from '../../src/activity/requests.ts'
import { formatPercent, withinShare } from '../../src/lib/amounts.ts'
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gapReasons, gapWords } from '../../src/model/evidence.ts'
import { listUnread } from '../../src/assessment/answers/sentences.ts'

test('files that were not read are named with the reason in words, each once, and three of them', () => {
  for (const reason of gapReasons) assert.equal(listUnread([{ path: 'a.log', reason }]), `a.log (${gapWords[reason]})`)
  const five = ['a', 'b', 'a', 'c', 'd', 'e'].map((path) => ({ path, reason: 'policy' as const }))
  const by = 'not followed or opened, by design'
  assert.equal(listUnread(five), `a (${by}), b (${by}), c (${by}) and 2 more files`)
})

test('a part of hours or days, as the end of a sentence', () => {
  const parts = ([hours, of]: readonly [number, number]): string => withinShare(hours, of)
  assert.deepEqual(
    (
      [
        [0, 48],
        [1, 48],
        [30, 48],
        [48, 48],
        [1, 1],
        [5, 1848],
        [24, 1848],
        [1000, 1848],
        [1843, 1848],
        [1848, 1848],
      ] as const
    ).map(parts),
    [
      'in none of 48 hours',
      'in 1 of 48 hours',
      'in 30 of 48 hours',
      'in all 48 hours',
      'in the only hour',
      'in 5 hours of 77 days',
      'on 1 of 77 days',
      'on 41.6 of 77 days',
      'in all but 5 hours of 77 days',
      'on all 77 days',
    ],
  )
})

test('a part in percent is never rounded to nothing or to all', () => {
  const parts = [0, 1, 4, 500, 995, 999, 1000].map((part) => formatPercent(part, 1000))
  assert.deepEqual(parts, ['0 %', 'under 1 %', 'under 1 %', '50 %', 'over 99 %', 'over 99 %', '100 %'])
  assert.equal(formatPercent(0, 0), '0 %')
  const clients = new TrafficTable()
  for (let i = 0; i < 1000; i++) clients.addRow(clients.numberOf(i === 0 ? '10.0.0.2' : '10.0.0.1'), {}, null)
  const [note] = proxyNote(new Set(['10.0.0.1', '10.0.0.2']), clients)
  assert.match(note!, /: 10\.0\.0\.1 \(over 99 %\), 10\.0\.0\.2 \(under 1 %\)\./)
})

test('mitigated vulnerabilities: one, some, all', () => {
  const of = (...states: readonly ('open' | 'mitigated')[]): string =>
    exposureWords({
      exposure: {
        cves: states.map((state, i) => ({ cve: `CVE-${i}`, state, intervals: [], exploited: false })),
        known: { builds: '2026-08-01', vulnerabilities: '2026-08-01' },
      },
      coverage: { last: null },
    } as unknown as Assessment).split('. ')[0]!
  assert.match(of('mitigated'), /^1 known vulnerability open at the end of the evidence; mitigated, not fixed/)
  assert.match(of('open', 'mitigated'), /; 1 of them mitigated/)
  assert.match(of('mitigated', 'mitigated'), /; all of them mitigated|; both mitigated/)
})

test('how much mail: nothing is not "0 requests" where no log counts it, and one is not many', () => {
  const mailbox = { requests: 0, bytes: 0, operations: [], items: null } as unknown as Mailbox
  assert.deepEqual([mailboxAmount(mailbox), shortAmount(mailbox)], ['amount not recorded', 'amount not recorded'])
  assert.equal(shortAmount({ ...mailbox, requests: 1 }), '1 request')
  assert.equal(shortAmount({ ...mailbox, requests: 2, bytes: 1 }), '2 requests, 1 byte')
  const spread = { days: 1, requests: { median: 1, p95: 1, max: 1 }, bytes: { median: 0, p95: 0, max: 0 } }
  const words = ordinaryWords({
    ...mailbox,
    days: [{ day: '2021-03-03', requests: 1, bytes: 0 }],
    ordinary: { thisMailbox: spread, organization: spread, mailboxes: 1, beyond: 0, leads: [] },
  } as unknown as Mailbox)
  assert.match(words, /1 other day of this mailbox: median 1 request, 95th percentile 1/)
})
