import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'rolldown/utils'
import { REFUSED } from './refused-words.ts'

// Texts that a reader can see, as they stand in files of the program, and what the style of texts refuses in them.

const root = join(import.meta.dirname, '..')

/** The largest number of words in a sentence: in texts of the program, and in documentation and packs. */
export const MOST_WORDS = { program: 20, docs: 25 } as const

/** A text with its place. The lines of its file count from 1. */
export interface PlacedText {
  readonly file: string
  readonly line: number
  readonly text: string
}

/** Files whose strings are no texts in English: other languages, and AssemblyScript, which has none. */
const OTHER = /^src\/(?:locales\/(?:de|fr|ja)|prefilter\/assembly)\//

/** The files of code that ship texts: the program, its page, its scripts and its launcher. */
export function codeFiles(): string[] {
  return ['src/**/*.ts', 'web/**/*.{ts,tsx}', 'scripts/*.mjs', 'bin/*.cjs', 'postern.mjs']
    .flatMap((pattern) => globSync(pattern, { cwd: root }))
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !OTHER.test(file))
    .sort()
}

/** The texts in strings of a file of code: an embedded value stands as `X`, and joined strings are one text. */
export function textsOf(file: string): PlacedText[] {
  const source = readFileSync(join(root, file), 'utf8')
  return textsIn(file, source)
}

/** The same, of source code that is given. */
export function textsIn(file: string, source: string): PlacedText[] {
  const parsed = parseSync(file, source)
  if (parsed.errors.length > 0) throw new Error(`${file}: ${parsed.errors[0]!.message}`)
  const found: PlacedText[] = []
  const lineOf = lineFinder(source)
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit)
    if (typeof node !== 'object' || node === null) return
    const { type, start } = node as Node
    if (type === undefined && start === undefined) return
    if (isSplit(node as Node)) return
    const text = textOf(node as Node)
    if (text !== null) {
      if (isText(text)) found.push({ file, line: lineOf(start), text })
      embedded(node as Node).forEach(visit)
      return
    }
    for (const [key, inside] of Object.entries(node)) if (key !== 'source' || type === 'Program') visit(inside)
  }
  visit(parsed.program)
  return found
}

interface Node {
  readonly type: string
  readonly start: number
  readonly [key: string]: unknown
}

/** The text of a string, a template or a sum of them, or null for any other expression. */
function textOf(node: Node): string | null {
  if (node.type === 'JSXText') return (node['value'] as string).replace(/\s+/g, ' ').trim()
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : null
  if (node.type === 'TemplateLiteral') {
    const parts = node['quasis'] as readonly { readonly value: { readonly cooked: string } }[]
    return parts.map(({ value }) => value.cooked).join('X')
  }
  if (node.type === 'ParenthesizedExpression') return textOf(node['expression'] as Node)
  if (node.type !== 'BinaryExpression' || node['operator'] !== '+') return null
  const [left, right] = [textOf(node['left'] as Node), textOf(node['right'] as Node)]
  if (left === null && right === null) return null
  return `${left ?? 'X'}${right ?? 'X'}`
}

/** The expressions inside a text: templates have texts of their own in their values. */
function embedded(node: Node): readonly unknown[] {
  if (node.type === 'TemplateLiteral') return node['expressions'] as readonly unknown[]
  if (node.type === 'ParenthesizedExpression') return embedded(node['expression'] as Node)
  if (node.type !== 'BinaryExpression') return []
  return [node['left'] as Node, node['right'] as Node].flatMap((side) =>
    textOf(side) === null ? [side] : embedded(side),
  )
}

/** Several words, at least one of them in lower case: names, patterns, paths, style sheets and code are no texts. */
function isText(text: string): boolean {
  if (isNames(text)) return false
  if (/[{};]\s*--?[a-z]|[a-z-]+:[^;{}]*;\s*[a-z-]+:|[{;]\s*[a-z-]+\s*:|\w\(\) ?\{|=>/.test(text)) return false
  return /(?:^|[\s(“"])[a-zA-Z’'-]{2,}[,;:]? [a-zA-Z’'-]+/.test(text) && !/[\\^$|]{1}[\w([]|\(\?[:=!<]/.test(text)
}

/** The columns of a log, one after the other: many words, and none of those that every sentence has. */
function isNames(text: string): boolean {
  return (
    text.split(' ').length > 12 && !/[,;!?]|\b(?:the|a|an|of|and|or|is|are|was|not|in|to|with|that|which)\b/i.test(text)
  )
}

/** Lists of names that are written as one string and split at its spaces are no texts. */
function isSplit(node: Node): boolean {
  if (node.type !== 'CallExpression') return false
  const { object, property } = node['callee'] as {
    readonly object?: Node
    readonly property?: { readonly name?: string }
  }
  return property?.name === 'split' && object !== undefined && textOf(object) !== null
}

function lineFinder(source: string): (offset: number) => number {
  return (offset) => source.slice(0, offset).split('\n').length
}

/** The sentences of a text. A label before a colon and the items of a list in lines count as sentences of their own. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/(?<=[.!?。:])["”’)]?\s+|\n+/)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '')
}

/** How many words a sentence has. Marks and numbers are none. */
export function wordsIn(sentence: string): number {
  return sentence.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length
}

/** What the style of texts refuses in a text, each as a line: words, and sentences that are too long. */
export function problemsIn(text: string, most: number): string[] {
  const refused = REFUSED.exec(text)
  return [
    ...(refused === null ? [] : [`“${refused[0]}”: ${text}`]),
    ...sentencesOf(text)
      .filter((sentence) => wordsIn(sentence) > most)
      .map((sentence) => `${wordsIn(sentence)} words: ${sentence}`),
  ]
}
