// Rules and events made by chance, of the few texts by which matchers go wrong: wildcards, escapes, capitals that fold in odd
// ways, empty values, numbers that are texts.
import type { FieldValue } from '../../../src/model/event.ts'
import { isNamed, type Condition, type Line, type Rule, type Scalar, type Selection } from './naive.ts'

/** A number from 0 to `n` - 1. */
export type Choose = (n: number) => number

const PIECES = [
  'ab', 'AB', 'a', 'b', 'whoami', 'WhoAmI', 'x', '-', ' ', '/c', '-c', '–c', 'é', 'É', 'σ', 'ς', 'Σ', '😀', '1', '12', '0',
  '10.0.0.5', '10.1.2.3', 'cmd.exe', '\\', '=', '-', 'YWI', 'd2hv', 'a\0b\0', '\n', '"', 'powershell',
] // biome-ignore format: a list
const PATTERNS = ['*', '?', '\\*', '\\?', '\\\\', '**', '*?', 'ab*', '?b']
const EXPRESSIONS = [
  'a+b', '^ab$', 'A(?:b|c)*', '[\\\\]$', '[^x]x', 'who', 'é', '^$', '\\d{2,}', 'a.b', '^x', '(?:ab|x)-', 'cmd\\.exe',
] // biome-ignore format: a list
const NETWORKS = ['10.0.0.0/8', '10.0.0.5', '0.0.0.0/0', '10.1.2.2/31', '10.0.0.4/30']
const FIELDS = ['A', 'a', 'B', 'CommandLine', 'EventID', 'Missing']
const NAMES = ['selection', 'sel_1', 'sel_2', 'filter', '_odd']

/** `fields`: those that the rule asks about. */
export function randomRule(choose: Choose, fields: readonly string[] = FIELDS): Rule {
  const selections = NAMES.slice(0, 1 + choose(NAMES.length)).map((name) => randomSelection(name, choose, fields))
  return { selections, condition: randomCondition(selections, choose, 3) }
}

/** `names`: of fields of which three of four are there. */
export function randomEvent(
  choose: Choose,
  names: readonly string[] = FIELDS.slice(0, -1),
): { readonly fields: Record<string, FieldValue>; readonly raw: string } {
  const fields: Record<string, FieldValue> = {}
  for (const name of names) if (choose(4) > 0) fields[name] = randomValue(name, choose)
  return { fields, raw: choose(3) === 0 ? '' : text(choose) }
}

function randomValue(name: string, choose: Choose): FieldValue {
  if (name === 'EventID' && choose(4) > 0) return [1, '1', 4624, '4624'][choose(4)]!
  const kind = choose(12)
  if (kind === 0) return null
  if (kind === 1) return choose(14)
  if (kind === 2) return choose(2) === 0
  if (kind === 3) return Array.from({ length: choose(4) }, () => text(choose))
  if (kind === 4) return ['', '-'][choose(2)]!
  return text(choose)
}

function text(choose: Choose): string {
  return Array.from({ length: 1 + choose(4) }, () => PIECES[choose(PIECES.length)]!).join('')
}

function pattern(choose: Choose): string {
  const of = [...PIECES, ...PATTERNS]
  return Array.from({ length: choose(4) }, () => of[choose(of.length)]!).join('')
}

function randomSelection(name: string, choose: Choose, fields: readonly string[]): Selection {
  const maps = Array.from({ length: 1 + choose(2) }, (): readonly Line[] => {
    if (choose(6) === 0) return [keywords(choose)]
    const lines = Array.from({ length: 1 + choose(3) }, () => randomLine(choose, fields))
    // A map has each of its keys once.
    return lines.filter((line, i) => lines.findIndex((other) => keyOf(other) === keyOf(line)) === i)
  })
  return { name, maps }
}

function keywords(choose: Choose): Line {
  const modifiers = [[], ['all'], ['cased'], ['re'], ['neq']][choose(5)]!
  const one = (): Scalar => (modifiers.includes('re') ? EXPRESSIONS[choose(EXPRESSIONS.length)]! : pattern(choose))
  return { field: '', modifiers, values: list(choose, one) }
}

function list(choose: Choose, one: () => Scalar): readonly Scalar[] {
  return Array.from({ length: 1 + choose(3) }, one)
}

function randomLine(choose: Choose, fields: readonly string[]): Line {
  const field = fields[choose(fields.length)]!
  const [modifiers, one] = randomKind(field, choose)
  const more = [...(choose(4) === 0 ? ['all'] : []), ...(choose(8) === 0 ? ['neq'] : [])]
  if (modifiers.includes('exists')) return { field, modifiers, values: [one()] }
  return { field, modifiers: [...modifiers, ...more], values: list(choose, one) }
}

function randomKind(field: string, choose: Choose): readonly [modifiers: readonly string[], one: () => Scalar] {
  switch (choose(14)) {
    case 0:
      return [
        ['re', ...[[], ['i'], ['m'], ['s'], ['i', 'm']][choose(5)]!],
        () => EXPRESSIONS[choose(EXPRESSIONS.length)]!,
      ]
    case 1:
      return [['cidr'], () => NETWORKS[choose(NETWORKS.length)]!]
    case 2:
      return [[['lt', 'lte', 'gt', 'gte'][choose(4)]!], () => choose(14)]
    case 3:
      return [['exists'], () => choose(2) === 0]
    case 4:
      return [['fieldref', ...anchor(choose), ...cased(choose)], () => FIELDS[choose(FIELDS.length)]!]
    case 5:
      return [[['base64', 'base64offset'][choose(2)]!, ...anchor(choose)], () => plain(choose)]
    case 6:
      return [['wide', 'base64offset', 'contains'], () => plain(choose)]
    case 7:
      return [['windash', ...anchor(choose)], () => pattern(choose)]
    case 8:
      return [[], () => [null, '', '-', 1, true][choose(5)]!]
    case 9:
      return [[], () => (field === 'EventID' ? [1, 4624, '4624'][choose(3)]! : pattern(choose))]
    default:
      return [[...anchor(choose), ...cased(choose)], () => pattern(choose)]
  }
}

/** A value without wildcards, of three characters or more: of less nothing is the same at every offset. */
function plain(choose: Choose): string {
  return ['who', 'whoami', 'abab', 'cmd.exe', 'été'][choose(5)]!
}

const anchor = (choose: Choose): readonly string[] => [[], ['contains'], ['startswith'], ['endswith']][choose(4)]!
const cased = (choose: Choose): readonly string[] => (choose(4) === 0 ? ['cased'] : [])

function randomCondition(selections: readonly Selection[], choose: Choose, depth: number): Condition {
  const names = selections.map(({ name }) => name)
  const kind = depth === 0 ? 0 : choose(6)
  if (kind === 1) return { is: 'not', of: randomCondition(selections, choose, depth - 1) }
  if (kind === 2 || kind === 3) {
    const of = Array.from({ length: 2 + choose(2) }, () => randomCondition(selections, choose, depth - 1))
    return { is: kind === 2 ? 'and' : 'or', of }
  }
  if (kind === 4) {
    const pattern = ['them', 'sel*', 'sel_*', '*'][choose(4)]!
    const matching = names.filter((name) => isNamed(name, pattern)).length
    if (matching > 0) return { is: 'of', pattern, least: choose(3) === 0 ? 'all' : 1 + choose(matching) }
  }
  return { is: 'name', name: names[choose(names.length)]! }
}

// ---------------------------------------------------------------- as YAML, of which JSON is a part

export function yamlOf({ selections, condition }: Rule, id: number): string {
  const mapOf = (lines: readonly Line[]): object =>
    Object.fromEntries(lines.map((line) => [keyOf(line), line.values.length === 1 ? line.values[0] : line.values]))
  const detection = Object.fromEntries(
    selections.map(({ name, maps }) => [name, maps.length === 1 ? mapOf(maps[0]!) : maps.map(mapOf)]),
  )
  return JSON.stringify({
    title: 'A',
    id: `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`,
    logsource: { product: 'windows', category: 'process_creation' },
    detection: { ...detection, condition: written(condition) },
  })
}

function keyOf({ field, modifiers }: Line): string {
  return [field, ...modifiers].join('|')
}

/** Parentheses only where precedence needs them. */
function written(condition: Condition, around: 'or' | 'and' | 'not' = 'or'): string {
  switch (condition.is) {
    case 'name':
      return condition.name
    case 'of':
      return `${condition.least} of ${condition.pattern}`
    case 'not':
      return `not ${written(condition.of, 'not')}`
    case 'and': {
      const text = condition.of.map((part) => written(part, 'and')).join(' and ')
      return around === 'not' ? `(${text})` : text
    }
    case 'or': {
      const text = condition.of.map((part) => written(part, 'or')).join(' or ')
      return around === 'or' ? text : `(${text})`
    }
  }
}
