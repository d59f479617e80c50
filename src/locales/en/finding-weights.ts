import type { Weighed } from '../../model/sign.ts'

/** What a finding comes to: what its subject does, and otherwise why nothing was weighed. */
export type ComesTo = Weighed | 'context' | 'not-counted'

export const comesToWords: Readonly<Record<ComesTo, string>> = {
  yes: 'certain',
  likely: 'probable',
  'open-lead': 'open lead',
  lead: 'lead',
  nothing: 'explained',
  context: 'context',
  'not-counted': 'not counted',
}

/** What each of these words means. */
export const comesToMeans: Readonly<Record<ComesTo, string>> = {
  yes: 'The signs are of different kinds or beyond doubt, and nothing explains them.',
  likely: 'The signs weigh enough for a probable answer; one more of another kind would make it certain.',
  'open-lead':
    'It may let an attacker return, and nothing explains it. The answer stays open until its owner is known.',
  lead: 'It is worth a look. Ordinary work does it too, so that it changes no answer.',
  nothing: 'An explanation in the evidence answers every sign of it.',
  context: 'It explains other findings and is no sign on its own.',
  'not-counted': 'It is shown and does not count, for the reason that is noted with it.',
}
