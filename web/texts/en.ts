/** English: the catalogue that the others are held against. A text with values in it is a function of them. */
export const en = {
  verdict: {
    compromised: 'Compromised',
    exploited: 'Exploited',
    targeted: 'Targeted',
    'cannot-tell': 'Cannot tell',
    'no-evidence': 'No evidence',
  },
}
