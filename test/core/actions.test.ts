import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Situation } from '../../src/action-facts.ts'
import { actionsOf } from '../../src/actions.ts'
import type { Answer, PackAction } from '../../src/model.ts'
import { inOrder } from '../../src/packs.ts'

const NOTHING: Situation = { found: [], persistence: [], mailboxes: [], campaigns: [], cves: [] }

const action = (id: string, after?: string): PackAction => ({
  id,
  title: id,
  why: '',
  how: [],
  sideEffects: [],
  about: [],
  verify: [],
  when: { questions: ['exploited'] },
  ...(after === undefined ? {} : { after }),
})

for (const [name, given, expected] of [
  ['as they are given', [['a'], ['b']], 'a b'],
  ['behind the one that is named, wherever that stands', [['x', 'b'], ['a'], ['b'], ['c']], 'a b x c'],
  ['several behind one, in their order', [['x', 'a'], ['y', 'a'], ['a'], ['b']], 'a x y b'],
  ['one behind another', [['y', 'x'], ['x', 'a'], ['a'], ['b']], 'a x y b'],
  ['the same of two packs', [['x', 'a'], ['y', 'x'], ['a'], ['x', 'a'], ['y', 'x']], 'a x y y x'],
  ['behind none that is there', [['x', 'z'], ['a']], 'x a'],
  ['behind one another', [['x', 'y'], ['y', 'x'], ['a']], 'a x y'],
] as const) {
  test(`actions stand in order: ${name}`, () => {
    const order = inOrder(given.map(([id, after]) => action(id, after)))
    assert.equal(order.map(({ id }) => id).join(' '), expected)
  })
}

test('an action says nothing of where it stood, and comes once', () => {
  const answers = [{ question: 'exploited', is: 'yes' }] as unknown as Answer[]
  const actions = inOrder([action('x', 'a'), action('a'), action('x', 'a')])
  assert.deepEqual(
    actionsOf(actions, answers, NOTHING, new Map()).map(({ id, order, ...rest }) => [id, order, 'after' in rest]),
    [
      ['a', 1, false],
      ['x', 2, false],
    ],
  )
})
