/**
 * Is a text a rule of a detection (Sigma, Panther, Elastic, Sentinel, Splunk, YARA), and no record? The events that it names or quotes
 * are what it looks for.
 */
export function definesRules(text: string): boolean {
  return FORMS.some((signs) => signs.every((sign) => sign.test(text)))
}

const FORMS: readonly (readonly RegExp[])[] = [
  [/^logsource:/m, /^detection:/m],
  [/^AnalysisType:/m, /^(?:RuleID|AnalysisID|PolicyID|Detection|Filename):/m],
  [/^\[rule\]/m, /^query[ \t]{0,8}=/m],
  [/^query:/m, /^(?:tactics|relevantTechniques|requiredDataConnectors):/m],
  [/^search:/m, /^(?:how_to_implement|known_false_positives):/m],
  [/^[ \t]{0,8}(?:private |global )?rule \w{1,128}/m, /^[ \t]{0,8}condition[ \t]{0,4}:/m],
]
