import { extname } from 'node:path'
import { sha256 } from '../lib/hash.ts'
import { addTo } from '../lib/collections.ts'
import type { BrokenRule } from '../model/rule.ts'
import type { Compiled, LoadedRules, RuleFile, RuleLanguage } from './rule.ts'
import { ioc } from './indicators/indicators.ts'
import { sigma } from './sigma/index.ts'
import { yara } from './yara/yara.ts'

/** The rule languages. A further one is one file and one line here. */
export const ruleLanguages: readonly RuleLanguage[] = [sigma, yara, ioc]

function languageOf({ path, language: said }: RuleFile): RuleLanguage | undefined {
  const extension = extname(path).toLowerCase()
  return (
    ruleLanguages.find(({ extensions }) => extensions.includes(extension)) ??
    ruleLanguages.find(({ name }) => name === said)
  )
}

/** Hands each file to its language. The order of the files does not change what is loaded, nor its order. */
export async function loadRules(
  files: readonly RuleFile[],
  known: Partial<Compiled> = {},
  now?: () => number,
): Promise<LoadedRules & { readonly compiled: Compiled }> {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  const byLanguage = new Map<RuleLanguage | undefined, RuleFile[]>()
  const refused: BrokenRule[] = []
  for (const file of sorted) {
    const problem = known.refused?.size ? known.refused.get(sha256(file.text)) : undefined
    if (problem) refused.push({ file: file.path, ...problem })
    else addTo(byLanguage, languageOf(file), file)
  }
  const loaded = await Promise.all(
    ruleLanguages.map((language) => language.load(byLanguage.get(language) ?? [], known, now)),
  )
  const extensions = ruleLanguages.flatMap((language) => language.extensions)
  const unknown = (byLanguage.get(undefined) ?? []).map((file) => ({
    file: file.path,
    reason: 'unsupported' as const,
    detail: `No rule language has this extension; known are ${extensions.join(', ')}.`,
  }))
  return {
    events: loaded.flatMap((rules) => rules.events),
    correlations: loaded.flatMap((rules) => rules.correlations ?? []),
    scanners: loaded.flatMap((rules) => rules.scanners),
    broken: [...loaded.flatMap((rules) => rules.broken), ...unknown, ...refused],
    compiled: Object.assign(
      { documents: new Map(), regexes: new Map(), yara: new Map(), refused: new Map() },
      ...loaded.map((rules) => rules.compiled),
    ),
  }
}
