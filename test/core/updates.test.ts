import assert from 'node:assert/strict'
import { test } from 'node:test'
import { updatesOf } from '../../src/assessment/server/updates.ts'
import type { BuildRun } from '../../src/model/builds.ts'
import type { Fact } from '../../src/model/event.ts'

const [HOUR, DAY] = [3_600_000, 86_400_000]
const AT = 100 * DAY
const update = { from: AT, to: AT + HOUR }
type Shown = Extract<Fact, { fact: 'build' }>

const shown = (build: string, from: number, to: number, folder = 'Owa'): Shown => ({
  fact: 'build',
  build,
  from,
  to,
  precision: 'update',
  source: 'HttpProxy',
  host: null,
  at: { path: `Logging/HttpProxy/${folder}/a.LOG`, offset: 0, length: 1 },
})
const old = shown('15.2.1.1', AT - 3 * DAY, AT - HOUR)
const later = shown('15.2.1.2', AT + 2 * HOUR, AT + 3 * DAY)

test('an update is one where the logs go on with another build', () => {
  assert.deepEqual(updatesOf([update], [], [old, later]), [update])
  assert.deepEqual(updatesOf([update], [], [shown('15.2.1.1', AT - 3 * DAY, AT + 3 * DAY)]), [])
})

test('where no log shows a build before and after it, a record of an update stands', () => {
  assert.deepEqual(updatesOf([update], [], []), [update])
  assert.deepEqual(updatesOf([update], [], [old]), [update])
  assert.deepEqual(updatesOf([update], [], [shown('15.2.1.1', AT - 30 * DAY, AT - 20 * DAY), later]), [update])
})

test('what one added log shows makes no update of what all others go on with', () => {
  const added = [shown('15.2.1.0', AT - DAY, AT, 'RpcHttp'), shown('15.2.1.1', AT + 2 * HOUR, AT + DAY, 'RpcHttp')]
  const real = shown('15.2.1.1', AT - 3 * DAY, AT + 3 * DAY)
  const run = (build: string, from: number): BuildRun => ({
    ...real,
    build,
    parts: [15, 2, 1, 0],
    from,
    to: from + DAY,
  })
  assert.deepEqual(updatesOf([], [run('15.2.1.0', AT - DAY), run('15.2.1.1', AT)], [...added, real]), [])
  assert.equal(updatesOf([], [run('15.2.1.1', AT - DAY), run('15.2.1.2', AT)], [old, later]).length, 1)
})
