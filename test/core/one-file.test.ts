import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import { joinIntrusions } from '../../src/findings/intrusions.ts'
import type { Finding } from '../../src/model/finding.ts'

const ofFile = (id: string, path: string): FindingWithHits => {
  const at = { path, offset: 0, length: 1 }
  const event = { log: 'files', time: null, fields: { sha256: 'a' }, at, client: null, request: null, session: null }
  const finding = {
    id,
    rule: id,
    stage: 'shell',
    sign: { subject: 'page', kind: 'content', strength: 'decisive' },
    campaign: 'unknown',
    cves: [],
    client: null,
    log: 'files',
    time: null,
    first: null,
    last: null,
    locators: [{ ...at, artifact: path, raw: '' }],
  }
  return {
    finding: finding as unknown as Finding,
    hits: [{ rule: id, matched: [], event }] as unknown as FindingWithHits['hits'],
    counts: true,
  }
}

test('what several rules say of one file is one intrusion, and no tie', () => {
  const { intrusions, ties } = joinIntrusions([ofFile('a', 'x.aspx'), ofFile('b', 'x.aspx'), ofFile('c', 'y.aspx')])
  assert.deepEqual(
    intrusions.map(({ findings }) => findings.length).sort((a, b) => a - b),
    [1, 2],
  )
  assert.deepEqual(ties, [])
})
