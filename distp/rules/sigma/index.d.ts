import type { RuleLanguage } from '../rule.ts';
/** Sigma rules, version 2, with correlations, filters, and values for placeholders. */
export declare const sigma: RuleLanguage;
