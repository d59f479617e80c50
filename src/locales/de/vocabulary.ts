import type { Vocabulary } from '../vocabulary.ts'

export const vocabulary: Vocabulary = {
  questions: {
    exposed: { short: 'Offen', asks: 'War der Server verwundbar?' },
    targeted: { short: 'Angegriffen', asks: 'Wurde ein Angriff versucht?' },
    exploited: { short: 'Ausgenutzt', asks: 'Wurde eine Schwachstelle ausgenutzt?' },
    compromised: { short: 'Kompromittiert', asks: 'Wurde der Server kompromittiert?' },
    'mail-taken': { short: 'E-Mail-Zugriff', asks: 'Wurden E-Mails gelesen oder entwendet?' },
    'still-there': { short: 'Persistenz', asks: 'Kann der Angreifer zurückkehren?' },
  },
  is: {
    yes: 'ja',
    likely: 'wahrscheinlich',
    'no-evidence': 'keine Hinweise',
    'cannot-tell': 'nicht feststellbar',
    'not-asked': 'nicht gefragt',
  },
  verdict: {
    compromised: 'Kompromittiert',
    exploited: 'Ausgenutzt',
    targeted: 'Angegriffen',
    'cannot-tell': 'Nicht feststellbar',
    'no-evidence': 'Keine Hinweise',
  },
}
