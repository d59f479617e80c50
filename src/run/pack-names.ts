import { isMap, isPair, isScalar, isSeq, type Node, type Scalar } from 'yaml'
import { yamlPackage } from '../lib/yaml.ts'
import type { RuleInfo } from '../model/rule.ts'
import { knownKinds } from '../model/log-kinds.ts'
import { windowsServices } from '../parsers/windows-events/event.ts'
import { producedSources } from '../rules/log-source.ts'

/** Lines of a YAML text: of `rules.two.stage` or `needs.exploited[0]` its own, else that of the nearest thing around it. */
export function yamlLineFinder(text: string): (path: string, key?: string) => number {
  const yaml = yamlPackage()
  const lines = new yaml.LineCounter()
  const document = yaml.parseDocument(text, { lineCounter: lines })
  return (path, key) => {
    const names = path.split(/[.[\]]+/).filter((name) => name !== '')
    let [node, at]: [Node | null, number] = [document.contents, 0]
    for (const name of [...names, ...(key === undefined ? [] : [key])]) {
      const next = stepInto(node, name)
      if (next === null) break
      ;[node, at] = next
    }
    return lines.linePos(at).line
  }
}

function stepInto(node: Node | null, name: string): [Node | null, number] | null {
  if (isMap(node))
    for (const pair of node.items)
      if (isPair(pair) && isScalar(pair.key) && String(pair.key.value) === name)
        return [pair.value as Node | null, pair.key.range?.[0] ?? 0]
  if (isSeq(node)) {
    const item = node.items[Number(name)] as Node | undefined
    if (item) return [item, item.range?.[0] ?? 0]
    // A value of a list, by itself.
    const found = node.items.find((one) => isScalar(one) && String(one.value) === name) as Node | undefined
    if (found) return [found, found.range?.[0] ?? 0]
  }
  return null
}

/** The line of a rule in the text of its file, or of a key of it; 1 where the text does not name the rule. */
export function ruleLine(text: string, { id, title, file }: Pick<RuleInfo, 'id' | 'title' | 'file'>, key = ''): number {
  if (!/\.ya?ml$/.test(file)) return yaraLine(text, id.split('@')[0]!, key)
  const yaml = yamlPackage()
  const lines = new yaml.LineCounter()
  const documents = yaml.parseAllDocuments(text, { lineCounter: lines })
  const maps = ('empty' in documents ? [] : documents).flatMap(({ contents }) => (isMap(contents) ? [contents] : []))
  const own =
    maps.find((map) => valueOf(map, 'id') === id) ?? maps.find((map) => valueOf(map, 'title') === title) ?? maps[0]
  const pairs = own?.items.filter(({ key: name }) => isScalar(name)) ?? []
  const pair = pairs.find(({ key: name }) => (name as Scalar).value === key) ?? pairs[0]
  return lines.linePos((pair?.key as Scalar | undefined)?.range?.[0] ?? 0).line || 1
}

function valueOf(map: { get(key: string): unknown }, key: string): unknown {
  return map.get(key)
}

/** The line of `rule NAME` in a YARA file, or of the meta `key = …` that follows it. */
function yaraLine(text: string, name: string, key: string): number {
  const lines = text.split('\n')
  const declared = (line: string): string | undefined => /^\s*(?:(?:private|global)\s+)*rule\s+(\w+)/.exec(line)?.[1]
  const first = lines.findIndex((line) => declared(line) === name)
  if (first < 0) return 1
  const next = lines.findIndex((line, i) => i > first && declared(line) !== undefined)
  const meta = lines.findIndex(
    (line, i) => i > first && (next < 0 || i < next) && /^\s*(\w+)\s*=/.exec(line)?.[1] === key,
  )
  return (meta < 0 ? first : meta) + 1
}

/** A name that a rule asks by, with its line. */
export type NameInRule = { readonly name: string; readonly line: number }
export type RuleNames = {
  readonly fields: readonly NameInRule[]
  readonly sources: readonly (NameInRule & {
    readonly part: 'category' | 'product' | 'service'
    readonly product: string
  })[]
}

/** The log sources and fields of a Sigma file; of a text that is no YAML none. */
export function ruleNames(text: string): RuleNames {
  const yaml = yamlPackage()
  const lines = new yaml.LineCounter()
  const fields: NameInRule[] = []
  const sources: RuleNames['sources'][number][] = []
  const lineAt = (node: unknown): number => lines.linePos((node as Node).range?.[0] ?? 0).line
  const walk = (node: unknown): void => {
    if (isSeq(node)) node.items.forEach(walk)
    if (!isMap(node)) return
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.value).split('|')[0]! : ''
      if (name !== '') fields.push({ name, line: lineAt(key) })
      walk(value)
    }
  }
  for (const document of yaml.parseAllDocuments(text, { lineCounter: lines })) {
    if (!('contents' in document) || document.errors.length > 0 || !isMap(document.contents)) continue
    const detection = document.contents.get('detection')
    if (isMap(detection))
      for (const { key, value } of detection.items)
        if (isScalar(key) && key.value !== 'condition' && key.value !== 'timeframe') walk(value)
    const source = document.contents.get('logsource')
    if (!isMap(source)) continue
    const product = String(source.get('product') ?? '')
    for (const part of ['category', 'product', 'service'] as const) {
      const value = source.get(part, true)
      if (isScalar(value)) sources.push({ part, product, name: String(value.value), line: lineAt(value) })
    }
  }
  return { fields, sources }
}

/** What a log source may name: every category and product, and the services of a product. */
export function knownSource(part: 'category' | 'product' | 'service', product: string): ReadonlySet<string> {
  if (part !== 'service') return new Set([...producedSources.flatMap((source) => source[part] ?? []), 'm365', 'azure'])
  const own = producedSources.flatMap((source) =>
    source.product === product && source.service !== undefined && source.service !== '' ? [source.service] : [],
  )
  return new Set([...own, ...(services[product] ?? [])])
}

const services: Readonly<Record<string, readonly string[]>> = {
  windows: [...windowsServices, 'iis', 'httperr'],
  exchange: ['httpproxy', ...knownKinds],
  postern: ['mailbox-item', 'folder-permission', 'oab-dump'],
  m365: ['audit', 'exchange', 'azuread', 'threat_management', 'threat_detection', 'message-trace'],
  azure: ['signinlogs', 'auditlogs', 'microsoftgraphactivitylogs'],
}
