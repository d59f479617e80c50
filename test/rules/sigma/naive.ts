// What Sigma rules mean, written as plainly as the specification states it and as slowly as that is: the oracle for the
// matcher, which sorts, folds, indexes and searches ahead.
// https://sigmahq.io/sigma-specification/specification/sigma-rules-specification.html
// https://sigmahq.io/sigma-specification/specification/sigma-appendix-modifiers.html
import { isIPv4 } from 'node:net'
import type { Fields } from '../../../src/model/event.ts'

export type Scalar = string | number | boolean | null
/** A line of a selection: `FIELD|MODIFIER…: [VALUE…]`; no field for keywords. */
export type Line = { readonly field: string; readonly modifiers: readonly string[]; readonly values: readonly Scalar[] }
/** Maps are alternatives, and the lines of a map must all hold. */
export type Selection = { readonly name: string; readonly maps: readonly (readonly Line[])[] }
export type Condition =
  | { readonly is: 'name'; readonly name: string }
  | { readonly is: 'not'; readonly of: Condition }
  | { readonly is: 'and' | 'or'; readonly of: readonly Condition[] }
  | { readonly is: 'of'; readonly least: number | 'all'; readonly pattern: string }
export type Rule = { readonly selections: readonly Selection[]; readonly condition: Condition }
type Asked = { readonly fields: Fields; readonly raw: string }

/** Does the rule match? */
export function holds({ selections, condition }: Rule, event: Asked): boolean {
  switch (condition.is) {
    case 'name':
      return selected(
        selections.find(({ name }) => name === condition.name),
        event,
      )
    case 'not':
      return !holds({ selections, condition: condition.of }, event)
    case 'and':
      return condition.of.every((part) => holds({ selections, condition: part }, event))
    case 'or':
      return condition.of.some((part) => holds({ selections, condition: part }, event))
    case 'of': {
      const named = selections.filter(({ name }) => isNamed(name, condition.pattern))
      const found = named.filter((selection) => selected(selection, event)).length
      return found >= (condition.least === 'all' ? named.length : condition.least)
    }
  }
}

/** Names that begin with `_` are not among "them". */
export function isNamed(name: string, pattern: string): boolean {
  return pattern === 'them' ? !name.startsWith('_') : glob(tokens(pattern), [...name])
}

function selected(selection: Selection | undefined, event: Asked): boolean {
  return selection!.maps.some((lines) => lines.every((line) => lineHolds(line, event)))
}

function lineHolds({ field, modifiers, values }: Line, event: Asked): boolean {
  const has = (name: string): boolean => modifiers.includes(name)
  const one = (value: Scalar): boolean =>
    field === ''
      ? [[event.raw], ...fieldsOf(event).map(({ texts }) => texts)].some((texts) => isWord(value, texts, modifiers))
      : isAsked(value, field, modifiers, event)
  const yes = has('all') && !has('exists') ? values.every(one) : values.some(one)
  return has('neq') ? !yes : yes
}

/** Fields whose names differ by case alone are one. */
function fieldsOf({ fields }: Asked): readonly { readonly name: string; readonly texts: readonly string[] }[] {
  const byName = new Map<string, string[]>()
  for (const [name, value] of Object.entries(fields)) {
    const texts = byName.get(name.toLowerCase()) ?? []
    byName.set(name.toLowerCase(), texts)
    const list: readonly (Scalar | undefined)[] = Array.isArray(value) ? value : [value as Scalar]
    for (const each of list) if (each !== null && each !== undefined) texts.push(String(each))
  }
  return [...byName].map(([name, texts]) => ({ name, texts }))
}

function isAsked(value: Scalar, field: string, modifiers: readonly string[], event: Asked): boolean {
  const all = fieldsOf(event)
  const found = all.find(({ name }) => name === field.toLowerCase())
  const texts = found?.texts ?? []
  const kind = modifiers.find((name) => ['re', 'cidr', 'lt', 'lte', 'gt', 'gte', 'exists', 'fieldref'].includes(name))
  switch (kind) {
    case 'exists':
      return (found !== undefined) === value
    case 're':
      return texts.some((text) => expression(String(value), modifiers).test(text))
    case 'cidr':
      return texts.some((text) => isWithin(text.trim(), String(value)))
    case 'fieldref': {
      const others = all.find(({ name }) => name === String(value).toLowerCase())?.texts ?? []
      return others.some((other) =>
        texts.some((text) => isPlaced(caseOf(text, modifiers), caseOf(other, modifiers), modifiers)),
      )
    }
    case 'lt':
    case 'lte':
    case 'gt':
    case 'gte':
      return texts.some((text) => compares(kind, text, Number(value)))
    default:
  }
  if (value === null) return texts.length === 0
  // A log that writes "no value" as `-`, or as nothing, has null in its place.
  if (found !== undefined && texts.length === 0 && (value === '' || value === '-') && isExact(modifiers)) return true
  return texts.some((text) => isLike(String(value), text, modifiers))
}

function isExact(modifiers: readonly string[]): boolean {
  return !modifiers.some((name) => ['contains', 'startswith', 'endswith'].includes(name))
}

function isWord(value: Scalar, texts: readonly string[], modifiers: readonly string[]): boolean {
  const anchored = isExact(modifiers) && !modifiers.includes('re') ? [...modifiers, 'contains'] : modifiers
  if (modifiers.includes('re')) return texts.some((text) => expression(String(value), modifiers).test(text))
  return texts.some((text) => isLike(String(value), text, anchored))
}

/** As PCRE reads it, where `$` is also in front of a line feed that ends the text. */
function expression(source: string, modifiers: readonly string[]): RegExp {
  const flags = ['i', 'm', 's'].filter((flag) => modifiers.includes(flag)).join('')
  return new RegExp(flags.includes('m') ? source : source.replaceAll(/(?<!\\)\$/g, '(?=\\n?$)'), flags)
}

const caseOf = (text: string, modifiers: readonly string[]): string =>
  modifiers.includes('cased') ? text : folded(text)

function folded(text: string): string {
  return text.toLowerCase().replaceAll('ς', 'σ')
}

function isPlaced(text: string, part: string, modifiers: readonly string[]): boolean {
  if (isExact(modifiers)) return text === part
  if (part === '') return false
  if (modifiers.includes('contains')) return text.includes(part)
  return modifiers.includes('startswith') ? text.startsWith(part) : text.endsWith(part)
}

function compares(kind: 'lt' | 'lte' | 'gt' | 'gte', text: string, bound: number): boolean {
  if (!/^-?\d+(?:\.\d+)?$/.test(text.trim())) return false
  const number = Number(text)
  if (kind === 'lt') return number < bound
  if (kind === 'lte') return number <= bound
  return kind === 'gt' ? number > bound : number >= bound
}

function isWithin(text: string, network: string): boolean {
  const [base, bits = '32'] = network.split('/')
  if (!isIPv4(text) || !isIPv4(base!)) return false
  const number = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
  const size = 2 ** (32 - Number(bits))
  return Math.floor(number(text) / size) === Math.floor(number(base!) / size)
}

// ---------------------------------------------------------------- texts with wildcards

/** A character, `*`, `?`, or any of several characters. */
export type Token = string | { readonly any: 'many' | 'one' } | { readonly of: readonly string[] }

function isLike(value: string, text: string, modifiers: readonly string[]): boolean {
  const before = modifiers.includes('contains') || modifiers.includes('endswith')
  const after = modifiers.includes('contains') || modifiers.includes('startswith')
  const characters = [...caseOf(text, modifiers)]
  return encoded(tokens(value), modifiers).some((pattern) => {
    const open: Token[] = [...pattern]
    if (before) open.unshift({ any: 'many' })
    if (after) open.push({ any: 'many' })
    return glob(
      open.map((token) => (typeof token === 'string' ? caseOf(token, modifiers) : token)),
      characters,
    )
  })
}

function tokens(text: string): Token[] {
  const made: Token[] = []
  const characters = [...text]
  for (let i = 0; i < characters.length; i++) {
    const [c, next] = [characters[i]!, characters[i + 1]]
    if (c === '\\' && (next === '*' || next === '?' || next === '\\')) {
      made.push(next)
      i++
    } else if (c === '*') made.push({ any: 'many' })
    else if (c === '?') made.push({ any: 'one' })
    else made.push(c)
  }
  return made
}

/** Every way to place the stars is tried, from the end on, each place once. */
export function glob(pattern: readonly Token[], text: readonly string[]): boolean {
  let ends = text.map(() => false)
  ends.push(true)
  for (const token of pattern.toReversed()) {
    const next = ends
    ends = next.map((_, at) => {
      if (typeof token === 'string') return text[at] === token && next[at + 1]!
      if ('of' in token) return at < text.length && token.of.includes(text[at]!) && next[at + 1]!
      return token.any === 'one' ? at < text.length && next[at + 1]! : next.slice(at).includes(true)
    })
  }
  return ends[0]!
}

/** The forms of a value by its encodings, one after the other; what is to be encoded has no wildcards. */
function encoded(pattern: readonly Token[], modifiers: readonly string[]): readonly (readonly Token[])[] {
  let forms: readonly (readonly Token[])[] = [pattern]
  let isWide = false
  for (const name of modifiers) {
    if (name === 'windash') forms = forms.map(anyDash)
    else if (name === 'wide') {
      isWide = true
      forms = forms.map((form) =>
        form.flatMap((token): readonly Token[] => (typeof token === 'string' ? wide(token) : [token])),
      )
    } else if (name === 'base64' || name === 'base64offset') {
      const bytesOf = (form: readonly Token[]): Buffer =>
        Buffer.from(form.filter((token) => typeof token === 'string').join(''), isWide ? 'latin1' : 'utf8')
      forms = forms.flatMap((form) =>
        (name === 'base64' ? [bytesOf(form).toString('base64')] : atEachOffset(bytesOf(form))).map((text) => [...text]),
      )
      isWide = false
    }
  }
  return forms
}

function wide(character: string): readonly string[] {
  return [...Buffer.from(character, 'utf16le').toString('latin1')]
}

export const ANY_DASH: Token = { of: ['-', '/', '–', '—', '―'] }

function anyDash(pattern: readonly Token[]): readonly Token[] {
  const isWordAt = (at: number): boolean => typeof pattern[at] === 'string' && /^\w$/.test(pattern[at])
  return pattern.map((token, at) =>
    typeof token === 'string' && /^[-/–—―]$/.test(token) && !isWordAt(at - 1) && isWordAt(at + 1) ? ANY_DASH : token,
  )
}

/** What of the Base64 of these bytes does not depend on the bytes around them, with none, one and two in front. */
function atEachOffset(bytes: Buffer): readonly string[] {
  return [0, 1, 2].map((before) => {
    const around = [0, 255].flatMap((filler) =>
      [0, 255].map((after) =>
        Buffer.concat([Buffer.alloc(before, filler), bytes, Buffer.alloc(3, after)]).toString('base64'),
      ),
    )
    const [first, ...others] = around
    const end = Math.ceil(((before + bytes.length) * 8) / 6)
    return [...first!]
      .slice(0, end)
      .filter((character, at) => others.every((other) => other[at] === character))
      .join('')
  })
}
