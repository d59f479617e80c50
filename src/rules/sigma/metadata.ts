import { lookups, type RuleInfo } from '../../model/rule.ts'
import { levelOfStrength, signKinds, signOf, strengths, subjectKinds } from '../../model/sign.ts'
import { type Level, levels, persistences, type Stage, stages } from '../../model/stages.ts'
import type { RuleFile, RuleSettings } from '../rule.ts'
import { broken, quoteRuleText } from './rule-problem.ts'
import { entry, yamlText, textsOf, type Tree } from './yaml-tree.ts'

/** ATT&CK tactic → stage, for rules that do not say what they prove; the first of a rule's tactics in this order counts. */
const tactics: readonly (readonly [string, Stage])[] = [
  ['exfiltration', 'exfiltration'],
  ['collection', 'collection'],
  ['credential-access', 'credentials'],
  ['persistence', 'persistence'],
  ['execution', 'execution'],
  ['privilege-escalation', 'execution'],
  ['lateral-movement', 'execution'],
  ['command-and-control', 'execution'],
  ['discovery', 'execution'],
  ['initial-access', 'attempt'],
  ['reconnaissance', 'recon'],
  ['defense-evasion', 'cleanup'],
  ['defense-impairment', 'cleanup'],
  ['stealth', 'cleanup'],
]

/**
 * What is known of a rule: from its own fields, from its `postern` block (our addition to Sigma, which allows custom
 * fields), and from pack.yml, the last counting most. `alone`: it is the only rule of its file.
 */
export function readInfo(doc: Tree, id: string, file: RuleFile, alone: boolean): RuleInfo {
  const own = readBlock(doc)
  const said = { ...own, ...settingsFor(id, file, alone) }
  const tags = textsOf(entry(doc, 'tags')?.value).map((tag) => tag.toLowerCase().replaceAll('_', '-'))
  // What is rated has the level of its sign.
  const level = said.strength ? levelOfStrength[said.strength] : (said.level ?? readLevel(doc))
  const stage = said.stage ?? stageOf(tags)
  return {
    id,
    title: text(doc, 'title') ?? id,
    description: text(doc, 'description') ?? '',
    author: textsOf(entry(doc, 'author')?.value).join(', '),
    license: text(doc, 'license') ?? said.license ?? 'not stated',
    pack: file.pack,
    campaign: said.campaign ?? file.campaign,
    stage,
    sign: signOf(said, stage),
    level,
    cves: said.cves ?? unique(tags.map(cveOf)),
    attack: unique(tags.map((tag) => /^attack\.(t\d{4}(?:\.\d{3})?)$/.exec(tag)?.[1]?.toUpperCase())),
    falsePositives: (
      said.innocent ??
      textsOf(entry(doc, 'falsepositives')?.value).filter(
        (reason) => !/^(unknown|unlikely|none|n\/?a|-)\.?$/i.test(reason),
      )
    ).map((text) => sentence(text, file)),
    nextSteps: (said.next ?? []).map((text) => sentence(text, file)),
    ...(said.persistence ? { persistence: said.persistence } : {}),
    ...(said.accessMethod ? { accessMethod: said.accessMethod } : {}),
    ...(said.known ? { known: said.known } : {}),
    ...(said.stageWhenCorrelated ? { stageWhenCorrelated: said.stageWhenCorrelated } : {}),
    ...(said.requiresChain ? { requiresChain: true as const } : {}),
    ...(said.computedBy ? { computedBy: said.computedBy } : {}),
    ...(said.lookup ? { lookup: said.lookup } : {}),
    ...(said.writesFile ? { writesFile: true as const } : {}),
    ...(said.byServer ? { byServer: true as const } : {}),
    ...(said.leavesOpen ? { leavesOpen: true as const } : {}),
    ...(said.titleWithoutStatus ? { titleWithoutStatus: said.titleWithoutStatus } : {}),
    file: file.path,
  }
}

/** The sentence itself, or the one that packs share under the id that is named. */
function sentence(said: string, { texts }: RuleFile): string {
  const id = /^shared:(\S+)$/.exec(said)?.[1]
  if (id === undefined || texts === undefined) return said
  if (Object.hasOwn(texts, id)) return texts[id]!
  throw broken(`there is no text ${quoteRuleText(id)} in shared/texts.yml beside the pack`, 0)
}

/** A file's name without folder and extension: how pack.yml may name the only rule of a file. */
export function stem(path: string): string {
  return path.replace(/^.*[\\/]/, '').replace(/\.[^.]*$/, '')
}

function settingsFor(id: string, file: RuleFile, alone: boolean): RuleSettings {
  for (const name of alone ? [id, stem(file.path)] : [id]) {
    const found = Object.hasOwn(file.settings, name) ? file.settings[name] : undefined
    if (found) return checked(name, found)
  }
  return {}
}

/** Settings come from a person's file: a word outside its closed list is the rule's fault, and said. */
function checked(name: string, s: RuleSettings): RuleSettings {
  const where = `pack.yml, rules, ${name}`
  const settings: Record<string, unknown> = { ...s }
  for (const [key, value] of Object.entries(settings)) {
    const allowed = closed[key] ?? (key === 'level' ? levels : undefined)
    if (allowed && !allowed.includes(value as string))
      throw broken(
        `${where}: ${key} expects one of ${allowed.join(', ')}; found ${quoteRuleText(JSON.stringify(value))}`,
        0,
      )
    if (truths.has(key) && typeof value !== 'boolean') throw broken(`${where}: ${key} expects true or false`, 0)
    if (lists.has(key) || key === 'innocent') settings[key] = [value].flat().map(String)
  }
  return settings as RuleSettings
}

// ---------------------------------------------------------------- the postern block

/** Keys of the block whose value is one of a closed list, true or false, a list of texts, or one text. */
const closed: Readonly<Record<string, readonly string[]>> = {
  stage: stages,
  persistence: persistences,
  stageWhenCorrelated: stages,
  lookup: lookups,
  subject: subjectKinds,
  sign: signKinds,
  strength: strengths,
}
const truths: ReadonlySet<string> = new Set(['requiresChain', 'writesFile', 'byServer', 'leavesOpen'])
const lists: ReadonlySet<string> = new Set(['cves', 'next'])
const plain: ReadonlySet<string> = new Set(['accessMethod', 'known', 'campaign', 'computedBy', 'titleWithoutStatus'])

function readBlock(doc: Tree): RuleSettings {
  const block = entry(doc, 'postern')?.value
  if (!block) return {}
  if (block.is !== 'map') throw broken('"postern" expects a map', block.at)
  const settings: Record<string, unknown> = {}
  for (const { key, at, value } of block.entries) {
    if (Object.hasOwn(closed, key)) settings[key] = word(key, value, closed[key]!)
    else if (truths.has(key)) {
      if (value.is !== 'scalar' || typeof value.value !== 'boolean')
        throw broken(`"${key}" expects true or false`, value.at)
      settings[key] = value.value
    } else if (lists.has(key)) settings[key] = textsOf(value)
    else if (plain.has(key)) settings[key] = yamlText(value)
    else {
      const known = [...Object.keys(closed), ...truths, ...lists, ...plain]
      throw broken(`"postern" has no ${quoteRuleText(key)}; expected ${known.join(', ')}`, at)
    }
  }
  return settings as RuleSettings
}

function word<Word extends string>(key: string, tree: Tree, words: readonly Word[]): Word {
  const found = words.find((w) => w === yamlText(tree))
  if (!found)
    throw broken(
      `"${key}" expects one of ${words.join(', ')}; found ${quoteRuleText(yamlText(tree) ?? tree.is)}`,
      tree.at,
    )
  return found
}

// ---------------------------------------------------------------- Sigma's own fields

function text(doc: Tree, key: string): string | undefined {
  return yamlText(entry(doc, key)?.value)?.trim()
}

function readLevel(doc: Tree): Level {
  const level = entry(doc, 'level')
  return level ? word('level', level.value, levels) : 'medium'
}

function stageOf(tags: readonly string[]): Stage {
  return tactics.find(([tactic]) => tags.includes(`attack.${tactic}`))?.[1] ?? 'context'
}

/** `cve.2021-26855`, and the older `cve.2021.26855`. */
function cveOf(tag: string): string | undefined {
  const found = /^cve\.(\d{4})[-.](\d{4,7})$/.exec(tag)
  return found ? `CVE-${found[1]}-${found[2]}` : undefined
}

function unique(texts: readonly (string | undefined)[]): string[] {
  return [...new Set(texts.filter((t) => t !== undefined))]
}
