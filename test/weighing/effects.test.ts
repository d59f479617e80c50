import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { requestsBehind } from '../../src/assessment/weighing/effects.ts'
import { weigh } from '../../src/assessment/weighing/weigh.ts'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import type { Tie } from '../../src/findings/intrusions.ts'
import type { FieldValue } from '../../src/model/event.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Sign } from '../../src/model/sign.ts'

const time = '2020-03-09T04:23:22.000Z'

function found(
  id: string,
  sign: Sign,
  finding: Partial<Finding>,
  fields: Readonly<Record<string, FieldValue>> = {},
): FindingWithHits {
  const event = { log: finding.log, time: Date.parse(time), fields, client: null, user: null, request: null }
  return {
    finding: { id, rule: id, client: null, cves: [], facts: {}, time, first: time, last: time, sign, ...finding },
    hits: [{ rule: id, matched: [], event }],
    counts: true,
  } as unknown as FindingWithHits
}

const request = (back: number): FindingWithHits =>
  found(
    'request',
    { subject: 'request', kind: 'use', strength: 'strong' },
    { stage: 'access', log: 'httpproxy-ecp', client: '203.0.113.7' },
    { BackEndStatus: back },
  )
const child = found(
  'child',
  { subject: 'program', kind: 'effect', strength: 'strong' },
  { stage: 'execution', log: 'windows-sysmon' },
)
const error = found(
  'error',
  { subject: 'request', kind: 'content', strength: 'strong' },
  { stage: 'access', log: 'windows-application' },
)
const ofWorker: readonly Tie[] = [{ by: 'worker', members: [0, 1] }]
const ofTime: readonly Tie[] = [{ by: 'time', members: [0, 1] }]
const context = { server: { builds: [] }, doors: new Map(), logs: { first: null, last: null }, pages: new Map() }
const weighed = (all: readonly FindingWithHits[], ties: readonly Tie[]): (string | undefined)[] => {
  const { of } = weigh(all, ties, context)
  return all.map(({ finding: { id } }) => of.get(id))
}

describe('what came of a request', () => {
  it('a child of the worker is an effect of the request that the back end ran, and the two are certain', () => {
    assert.deepEqual(weighed([request(500), child], ofWorker), ['yes', 'yes'])
  })

  it('a request that was refused, or found nothing, has no effect', () => {
    for (const status of [401, 403, 404]) assert.deepEqual(weighed([request(status), child], ofWorker)[0], 'likely')
    assert.deepEqual([...requestsBehind([request(404), child], ofWorker)], [])
  })

  it('an ordinary child of the worker, such as a compiler, shows nothing of the request', () => {
    const compiler = { ...child, finding: { ...child.finding, sign: { ...child.finding.sign, strength: 'context' } } }
    assert.deepEqual(weighed([request(500), compiler as FindingWithHits], ofWorker)[0], 'likely')
  })

  it('an error of that minute is about the same request', () => {
    assert.deepEqual(weighed([request(500), error], ofTime), ['yes', 'yes'])
  })

  it('a program of that minute that no worker started is none of its effects', () => {
    assert.deepEqual([...requestsBehind([request(200), child], ofTime)], [])
  })
})
