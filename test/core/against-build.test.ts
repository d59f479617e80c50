import assert from 'node:assert/strict'
import { test } from 'node:test'
import { againstBuild } from '../../src/findings/baseline-builds.ts'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Event } from '../../src/model/event.ts'
import { baselineOf } from '../../src/rules/baselines/baseline.ts'

const row = {
  sha256: 'ab'.repeat(32),
  path: 'frontend/httpproxy/owa/auth/logon.aspx',
  from: '15.1.1.1',
  to: '15.1.1.1',
}
const baselines = () => [baselineOf([row], 'test', 'test')]
const page = (judged: string, path = row.path): FindingWithHits => ({
  finding: {
    level: 'low',
    sign: { strength: 'context' },
    notes: [] as readonly string[],
  } as Partial<Finding> as Finding,
  hits: [{ rule: 'r', matched: [], event: { fields: { Baseline: judged, RelativePath: path } } as unknown as Event }],
  counts: true,
})

for (const [what, judged, build, level, note] of [
  [
    'changed, and all files of the build are known',
    'changed',
    '15.1.1.1',
    'medium',
    /has all files of build 15\.1\.1\.1/,
  ],
  [
    'changed, on a build that no list has',
    'changed',
    '15.1.9.9',
    'low',
    /no baseline has the files of build 15\.1\.9\.9/,
  ],
  ['changed, on an unknown build', 'changed', null, 'low', /not known/],
  ['of no build, on a known one', 'unknown-path', '15.1.1.1', 'low', /has all files/],
] as const) {
  test(`a page: ${what}`, () => {
    const [f] = againstBuild([page(judged)], build === null ? [] : [{ build, precision: 'update' }], baselines)
    assert.equal(f!.finding.level, level)
    assert.match(f!.finding.notes.join(), note)
  })
}

test('a list of a part of the build says nothing of the rest', () => {
  for (const [judged, path] of [
    ['changed', 'frontend/httpproxy/owa/auth/errorfe.aspx'],
    ['unknown-path', 'clientaccess/owa/x.aspx'],
  ] as const) {
    const [f] = againstBuild([page(judged, path)], [{ build: '15.1.1.1', precision: 'update' }], baselines)
    assert.deepEqual([f!.finding.level, /no baseline has/.test(f!.finding.notes.join())], ['low', true], path)
  }
})

test('where only the cumulative update is known, an update within it may have brought the page', () => {
  const [f] = againstBuild([page('changed')], [{ build: '15.1.1.1', precision: 'cu' }], baselines)
  assert.equal(f!.finding.level, 'low')
  assert.match(f!.finding.notes.join(), /which update of 15\.1\.1\.1 ran here is not known/)
})

test('other findings stay as they are', () => {
  const f = page('known')
  assert.deepEqual(againstBuild([f], [{ build: '15.1.1.1', precision: 'update' }], baselines), [f])
})
