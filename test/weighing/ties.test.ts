import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { spreadTies, type Tied } from '../../src/assessment/weighing/ties.ts'
import type { Weighed } from '../../src/model/sign.ts'

type One = Tied & { readonly own: Weighed }
const one = (own: Weighed, key: string): One => ({ own, key, is: own, tie: null })

/** A strong sign and a strong tie are certain; a weak sign and a strong tie are likely. */
function again({ own, tie }: One): Weighed {
  if (own === 'likely') return tie?.strength === 'strong' ? 'yes' : 'likely'
  if (own === 'lead') return tie?.strength === 'strong' ? 'likely' : 'lead'
  return own
}

function spread(all: readonly One[], ties: readonly (readonly number[])[], by = 'client'): Weighed[] {
  spreadTies(
    ties.map((members) => ({ by, members })),
    (i) => all[i],
    String,
    again,
  )
  return all.map(({ is }) => is)
}

describe('ties to an intrusion', () => {
  it('what is tied to a certain subject gains a strong sign, and ties others again', () => {
    const all = [one('yes', 'a'), one('likely', 'b'), one('likely', 'c'), one('lead', 'd')]
    assert.deepEqual(
      spread(all, [
        [2, 3],
        [1, 2],
        [0, 1],
      ]),
      ['yes', 'yes', 'yes', 'likely'],
    )
  })

  it('what is tied to a likely subject gains a weak sign only', () => {
    const all = [one('likely', 'a'), one('lead', 'b')]
    assert.deepEqual(spread(all, [[0, 1]]), ['likely', 'lead'])
    assert.equal(all[1]!.tie?.strength, 'weak')
  })

  it('closeness in time alone gives a weak sign', () => {
    const all = [one('yes', 'a'), one('likely', 'b')]
    assert.deepEqual(spread(all, [[0, 1]], 'time'), ['yes', 'likely'])
    assert.equal(all[1]!.tie?.strength, 'weak')
  })

  it('a subject is not tied to itself', () => {
    const all = [one('yes', 'a'), one('likely', 'a'), one('likely', 'b')]
    assert.deepEqual(spread(all, [[0, 1]]), ['yes', 'likely', 'likely'])
    assert.deepEqual(spread(all, [[0, 1, 2]]), ['yes', 'yes', 'yes'])
  })

  it('an intrusion on another server of the case ties as one on this server does', () => {
    const tied = (is: 'yes' | 'likely', own: Weighed): One => {
      const all = [one(own, 'a'), one('likely', 'b')]
      const ties = [
        { by: 'client', members: [0], from: { key: 'elsewhere', is } },
        { by: 'session', members: [0, 1] },
      ]
      spreadTies(ties, (i) => all[i], String, again)
      assert.equal(all[1]!.is, all[0]!.is === 'yes' ? 'yes' : 'likely')
      return all[0]!
    }
    assert.deepEqual([tied('yes', 'likely').is, tied('yes', 'lead').is], ['yes', 'likely'])
    const weak = tied('likely', 'lead')
    assert.deepEqual([weak.is, weak.tie?.strength, weak.tie?.tiedBy], ['lead', 'weak', 'client'])
  })

  it('a lead ties nothing', () => {
    const all = [one('open-lead', 'a'), one('lead', 'b')]
    assert.deepEqual(spread(all, [[0, 1]]), ['open-lead', 'lead'])
    assert.equal(all[1]!.tie, null)
  })

  it('costs as much as there are ties: a path and a star of many', () => {
    const costOf = (n: number, ties: readonly (readonly number[])[]): number => {
      const all = Array.from({ length: n }, (_, i) => one(i === 0 ? 'yes' : 'likely', String(i)))
      let steps = 0
      spreadTies(
        ties.map((members) => ({ by: 'client', members })),
        (i) => (steps++, all[i]),
        String,
        again,
      )
      assert.ok(all.every(({ is }) => is === 'yes'))
      return steps
    }
    const path = (n: number): number[][] => Array.from({ length: n - 1 }, (_, i) => [i, i + 1])
    const star = (n: number): number[][] => [Array.from({ length: n }, (_, i) => i)]
    for (const shape of [path, star]) {
      const [small, large] = [costOf(1_000, shape(1_000)), costOf(2_000, shape(2_000))]
      assert.ok(large <= 2.6 * small, `${small}, then ${large}`)
    }
  })
})
