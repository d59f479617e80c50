import type { RuleLanguage } from '../rule.ts'
import { loadSigma } from './load.ts'

/** Sigma rules, version 2, with correlations, filters, and values for placeholders. */
export const sigma: RuleLanguage = {
  name: 'sigma',
  extensions: ['.yml', '.yaml'],
  load: (files, known) => Promise.resolve(loadSigma(files, known)),
}
