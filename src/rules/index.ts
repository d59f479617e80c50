import { extname } from 'node:path'
import type { Compiled, LoadedRules, RuleFile, RuleLanguage } from './engine.ts'
import { ioc } from './ioc.ts'
import { sigma } from './sigma/index.ts'
import { yara } from './yara.ts'

/** The rule languages. A further one is one file and one line here. */
export const languages: readonly RuleLanguage[] = [sigma, yara, ioc]

/** Hands each file to its language. The order of the files does not change what is loaded, nor its order. */
export async function loadRules(
  files: readonly RuleFile[],
  known: Partial<Compiled> = {},
): Promise<LoadedRules & { readonly compiled: Compiled }> {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  const extensions = languages.flatMap((language) => language.extensions)
  const isKnown = (file: RuleFile): boolean => extensions.includes(extname(file.path).toLowerCase())
  const spoken = (file: RuleFile, language: RuleLanguage): boolean =>
    isKnown(file) ? language.extensions.includes(extname(file.path).toLowerCase()) : file.language === language.name
  const loaded = await Promise.all(
    languages.map((language) =>
      language.load(
        sorted.filter((file) => spoken(file, language)),
        known,
      ),
    ),
  )
  const unknown = sorted
    .filter((file) => !languages.some((language) => spoken(file, language)))
    .map((file) => ({
      file: file.path,
      reason: 'unsupported' as const,
      detail: `No rule language has this extension; known are ${extensions.join(', ')}.`,
    }))
  return {
    events: loaded.flatMap((rules) => rules.events),
    correlations: loaded.flatMap((rules) => rules.correlations ?? []),
    scanners: loaded.flatMap((rules) => rules.scanners),
    broken: [...loaded.flatMap((rules) => rules.broken), ...unknown],
    compiled: Object.assign(
      { documents: new Map(), regexes: new Map(), yara: new Map() },
      ...loaded.map((rules) => rules.compiled),
    ),
  }
}
