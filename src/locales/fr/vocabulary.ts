import type { Vocabulary } from '../vocabulary.ts'

export const vocabulary: Vocabulary = {
  questions: {
    exposed: { short: 'Exposé', asks: 'Le serveur était-il vulnérable ?' },
    targeted: { short: 'Visé', asks: 'Une attaque a-t-elle été tentée ?' },
    exploited: { short: 'Exploité', asks: 'Une vulnérabilité a-t-elle été exploitée ?' },
    compromised: { short: 'Compromis', asks: 'Le serveur a-t-il été compromis ?' },
    'mail-taken': { short: 'Courriels consultés', asks: 'Des courriels ont-ils été lus ou dérobés ?' },
    'still-there': { short: 'Persistance', asks: 'L’attaquant peut-il revenir ?' },
  },
  is: {
    yes: 'oui',
    likely: 'probablement',
    'no-evidence': 'aucune trace',
    'cannot-tell': 'impossible à dire',
    'not-asked': 'question non posée',
  },
  verdict: {
    compromised: 'Compromis',
    exploited: 'Exploité',
    targeted: 'Visé',
    'cannot-tell': 'Impossible à dire',
    'no-evidence': 'Aucune trace',
  },
}
