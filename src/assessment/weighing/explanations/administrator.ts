import { actsOf, administratorOf } from './acts.ts'
import type { Explain } from './explanation.ts'

/**
 * Accounts ordered it that administered on other days before, that it does not serve, and that have no sign: the history of one
 * day explains weakly.
 */
export const administrator: Explain = ({ found }, context) => {
  const acts = actsOf(found)
  const known = acts.flatMap(({ hits }) => hits.map(({ event }) => administratorOf(event, found, context)))
  if (known.length === 0 || known.includes(null)) return null
  const strength = known.includes('weak') ? 'weak' : 'strong'
  return {
    by: strength === 'strong' ? 'administrator' : 'administrator-once',
    strength,
    answers: ['provenance', 'reach', 'effect', 'change'],
    statement:
      strength === 'strong'
        ? 'Accounts did it that administered on two other days before, and that it does not serve.'
        : 'An account did it that administered on one other day before, and that it does not serve.',
  }
}
