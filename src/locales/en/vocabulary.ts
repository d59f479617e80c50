import type { Vocabulary } from '../vocabulary.ts'

export const vocabulary: Vocabulary = {
  questions: {
    exposed: { short: 'Exposed', asks: 'Was the server vulnerable?' },
    targeted: { short: 'Targeted', asks: 'Was an attack attempted?' },
    exploited: { short: 'Exploited', asks: 'Was a vulnerability exploited?' },
    compromised: { short: 'Compromised', asks: 'Was the server compromised?' },
    'mail-taken': { short: 'Mail accessed', asks: 'Was mail read or taken?' },
    'still-there': { short: 'Persistence', asks: 'Can the attacker return?' },
  },
  is: {
    yes: 'yes',
    likely: 'probably',
    'no-evidence': 'no evidence',
    'cannot-tell': 'cannot tell',
    'not-asked': 'not asked',
  },
  verdict: {
    compromised: 'Compromised',
    exploited: 'Exploited',
    targeted: 'Targeted',
    'cannot-tell': 'Cannot tell',
    'no-evidence': 'No evidence',
  },
}
