import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ablated, entered } from './ablation.ts'
import { casesOf } from '../tenth.ts'

// The quick part of ablation.long.ts: some servers, one source at a time.
const some = entered.filter(
  ({ name }, i) =>
    i % 60 === 7 || name.endsWith('/only-the-compiled-page') || name.endsWith('/relayed-logon-sets-a-rule'),
)

test('there are servers to take sources from', () => {
  assert.ok(some.length >= 3 && entered.length >= 80)
})

for (const server of casesOf(some)) {
  void test(`${server.name}: no source taken away makes "no evidence" of it`, async () => {
    assert.deepEqual(await ablated(server, (names) => names.map((name) => [name])), [])
  })
}
