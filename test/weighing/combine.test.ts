import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { combine, type ExplanationToCount, type SignToCount } from '../../src/assessment/weighing/combine.ts'
import { signKinds, type Strength } from '../../src/model/sign.ts'

// The table of the contract: signs of different kinds, by what explains them. W weak, S strong, D decisive.

const strengthOf: Readonly<Record<string, Strength>> = { W: 'weak', S: 'strong', D: 'decisive', C: 'context' }

/** `SW`: a strong sign of one kind, a weak one of another; `S=S`: two of one kind. */
function signsOf(letters: string): SignToCount[] {
  return letters
    .split('')
    .filter((letter) => letter !== '=')
    .map((letter, i) => ({ kind: signKinds[letters.includes('=') ? 0 : i]!, strength: strengthOf[letter]! }))
}

const explain = (strength: ExplanationToCount['strength'], ...answers: number[]): ExplanationToCount => ({
  strength,
  answers: answers.map((i) => signKinds[i]!),
})
const none: ExplanationToCount[] = []
const firstWeakly = [explain('weak', 0)]
const firstStrongly = [explain('strong', 0)]
const allWeakly = [explain('weak', ...signKinds.keys())]
const allStrongly = [explain('strong', ...signKinds.keys())]
const allDecisively = [explain('decisive', ...signKinds.keys())]

const table: readonly (readonly [letters: string, explanations: ExplanationToCount[], is: string])[] = [
  ['W', none, 'lead'],
  ['WW', none, 'open-lead'],
  ['WWW', none, 'likely'],
  ['WWWW', none, 'likely'],
  ['WWWWW', none, 'likely'],
  ['W', firstWeakly, 'nothing'],
  ['WW', firstWeakly, 'lead'],
  ['WWW', firstWeakly, 'open-lead'],
  ['WWWW', firstWeakly, 'likely'],
  ['W', firstStrongly, 'nothing'],
  ['WW', firstStrongly, 'lead'],
  ['WWW', firstStrongly, 'open-lead'],
  ['WWWW', firstStrongly, 'likely'],
  ['W', allWeakly, 'nothing'],
  ['WWWW', allWeakly, 'nothing'],
  ['S', none, 'likely'],
  ['SW', none, 'likely'],
  ['SWW', none, 'yes'],
  ['S', firstWeakly, 'lead'],
  ['SW', firstWeakly, 'open-lead'],
  ['SWW', firstWeakly, 'likely'],
  ['S', firstStrongly, 'nothing'],
  ['SW', firstStrongly, 'lead'],
  ['SWW', firstStrongly, 'open-lead'],
  ['S', allWeakly, 'lead'],
  ['SW', allWeakly, 'lead'],
  ['SWW', allWeakly, 'lead'],
  ['SS', none, 'yes'],
  ['SSW', none, 'yes'],
  ['S=S', none, 'likely'],
  ['SS', firstWeakly, 'likely'],
  ['SSW', firstWeakly, 'yes'],
  ['S=S', firstWeakly, 'lead'],
  ['SS', firstStrongly, 'likely'],
  ['SSW', firstStrongly, 'likely'],
  ['S=S', firstStrongly, 'nothing'],
  ['SS', allWeakly, 'open-lead'],
  ['SSW', allWeakly, 'open-lead'],
  ['S=S', allWeakly, 'lead'],
  ['D', none, 'yes'],
  ['DW', none, 'yes'],
  ['D', firstWeakly, 'yes'],
  ['DW', firstWeakly, 'yes'],
  ['D', firstStrongly, 'likely'],
  ['DW', firstStrongly, 'likely'],
  ['D', allWeakly, 'yes'],
  ['DW', allWeakly, 'yes'],
  // Beyond the table: context never counts, a decisive explanation answers all, explanations do not add up.
  ['C', none, 'nothing'],
  ['CCCCC', none, 'nothing'],
  ['CW', none, 'lead'],
  ['D', allDecisively, 'nothing'],
  ['DSW', allDecisively, 'nothing'],
  ['DS', allStrongly, 'likely'],
  ['S', [...firstWeakly, ...firstWeakly], 'lead'],
  ['S', [...firstWeakly, ...firstStrongly], 'nothing'],
  ['S', [explain('strong', 1)], 'likely'],
  ['', none, 'nothing'],
]

describe('combining signs and explanations', () => {
  for (const [letters, explanations, is] of table)
    it(`${letters || 'no sign'}, ${explanations.map(({ strength }) => strength).join(' and ') || 'unexplained'}: ${is}`, () => {
      assert.equal(combine(signsOf(letters), explanations, { corroborated: true, canStay: true }), is)
      // What is not shown to have happened is at most likely, and a subject that cannot stay gives no open lead.
      assert.equal(
        combine(signsOf(letters), explanations, { corroborated: false, canStay: false }),
        is === 'yes' ? 'likely' : is === 'open-lead' ? 'lead' : is,
      )
    })

  it('a tie to an intrusion counts beside a sign of the same kind, and is explained with provenance', () => {
    const signs: SignToCount[] = [
      { kind: 'provenance', strength: 'strong' },
      { kind: 'tie', strength: 'strong' },
    ]
    const where = { corroborated: true, canStay: true }
    assert.equal(combine(signs, [], where), 'yes')
    assert.equal(combine(signs, [{ answers: ['provenance'], strength: 'strong' }], where), 'nothing')
    assert.equal(combine(signs, [{ answers: ['use'], strength: 'strong' }], where), 'yes')
  })

  it('one sign more never makes less of a subject, one explanation more never makes more', () => {
    const order = ['nothing', 'lead', 'open-lead', 'likely', 'yes']
    const where = { corroborated: true, canStay: true }
    const at = (signs: SignToCount[], by: ExplanationToCount[]): number => order.indexOf(combine(signs, by, where))
    for (const [letters, explanations] of table) {
      const signs = signsOf(letters)
      for (const kind of signKinds.slice(0, 4))
        for (const strength of ['context', 'weak', 'strong', 'decisive'] as const)
          assert.ok(at([...signs, { kind, strength }], explanations) >= at(signs, explanations))
      for (const strength of ['weak', 'strong', 'decisive'] as const)
        for (const i of [0, 1, 2])
          assert.ok(at(signs, [...explanations, explain(strength, i)]) <= at(signs, explanations))
    }
  })
})
