import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'rolldown/utils'
import { isMap, isScalar, isSeq, LineCounter, parseAllDocuments } from 'yaml'
import { REFUSED } from './refused-words.ts'

// Texts that a reader can see (of the program, of packs, of documentation), and what the style of texts refuses in them.

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

/** The comments of a file of code, each as one text without its asterisks. */
export function commentsOf(file: string): PlacedText[] {
  const source = readFileSync(join(root, file), 'utf8')
  const lineOf = lineFinder(source)
  return parseSync(file, source).comments.map(({ start, value }) => ({
    file,
    line: lineOf(start),
    text: value
      .replace(/^\s*\*/gm, '')
      .replace(/\s+/g, ' ')
      .trim(),
  }))
}

/** Keys of packs whose values are names and no text, or a text in another language. */
const NO_TEXT = new Set(['id', 'de', 'fr', 'ja', 'detection', 'when', 'references', 'needs', 'tags'])

/** The texts of packs: of their lists and rules, and titles and descriptions of YARA rules. */
export function packTexts(): PlacedText[] {
  const files = globSync('packs/**/*.{yml,yar}', { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.includes('/samples/'))
    .sort()
  return files.flatMap((file) => {
    const source = readFileSync(join(root, file), 'utf8')
    return file.endsWith('.yar') ? yaraTexts(file, source) : yamlTexts(file, source)
  })
}

function yaraTexts(file: string, source: string): PlacedText[] {
  return source.split('\n').flatMap((line, i) => {
    const text = /^\s+(?:title|description)\s*=\s*"(.*)"/.exec(line)?.[1]
    return text === undefined ? [] : [{ file, line: i + 1, text }]
  })
}

function yamlTexts(file: string, source: string): PlacedText[] {
  const lineCounter = new LineCounter()
  const found: PlacedText[] = []
  const visit = (node: unknown): void => {
    if (isScalar(node)) {
      if (typeof node.value === 'string' && node.value.includes(' '))
        found.push({ file, line: lineCounter.linePos(node.range![0]).line, text: node.value })
    } else if (isSeq(node)) node.items.forEach(visit)
    else if (isMap(node))
      for (const { key, value } of node.items) if (!NO_TEXT.has(String(isScalar(key) ? key.value : ''))) visit(value)
  }
  for (const { errors, contents } of parseAllDocuments(source, { lineCounter })) {
    if (errors.length > 0) throw new Error(`${file}: ${errors[0]!.message}`)
    visit(contents)
  }
  return found
}

/** The texts in tables of knowledge: cells and comments of more than three words. */
export function knowledgeTexts(): PlacedText[] {
  return ['protections', 'duties'].flatMap((name) => {
    const file = `knowledge/${name}.csv`
    const rows = readFileSync(join(root, file), 'utf8').split('\n')
    return rows.flatMap((row, i) => {
      const cells = row.startsWith('#')
        ? [row.slice(1)]
        : [...row.matchAll(/"(?:[^"]|"")*"|[^,]+/g)].map(([cell]) => cell)
      return cells
        .map((cell) => cell.replace(/^"|"$/g, '').replaceAll('""', '"').trim())
        .filter((text) => text.split(' ').length > 3 && !/\bCVE-\d+-\d+ CVE/.test(text))
        .map((text) => ({ file, line: i + 1, text }))
    })
  })
}

/** The pages of documentation that the project holds, without those that belong to tests. */
export function pages(): string[] {
  return execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' })
    .trim()
    .split('\n')
    .filter((file) => !file.startsWith('test/') && existsSync(join(root, file)))
}

/** The texts of a page: paragraphs, items of lists, headings and cells of tables. Code is none, and stands as `X` in a line. */
export function textsOfPage(file: string, source = readFileSync(join(root, file), 'utf8')): PlacedText[] {
  const found: { file: string; line: number; text: string }[] = []
  let [isCode, isOpen] = [false, false]
  source.split('\n').forEach((row, i) => {
    if (/^\s*```/.test(row)) isCode = !isCode
    const content = row.replace(/^\s*(?:[-*+]|\d+\.|#+|>)\s+/, '').trim()
    if (isCode || content === '' || /^\s*(?:```|\||!?\[[^\]]*\]:)/.test(row) || (!isOpen && /^ {4}/.test(row))) {
      isOpen = false
      if (!isCode && row.trim().startsWith('|') && !/^[\s|:-]+$/.test(row))
        for (const cell of row.split('|')) if (cell.trim() !== '') found.push({ file, line: i + 1, text: cell.trim() })
      return
    }
    if (isOpen && row.trim() === content) found.at(-1)!.text += ` ${content}`
    else found.push({ file, line: i + 1, text: content })
    isOpen = !row.startsWith('#')
  })
  return found.map((text) => ({ ...text, text: withoutMarks(text.text) }))
}

function withoutMarks(text: string): string {
  return text
    .replace(/``.+?``|`[^`]*`/g, 'X')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<https?:[^>]*>|https?:\S+/g, 'X')
    .replace(/\*+|(?<![\w/])_|_(?![\w/])/g, '')
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
  if (isNames(text) || text.startsWith('{"')) return false
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

/** How many words a sentence has. Marks and numbers are none, and a list of names in code is one. */
export function wordsIn(sentence: string): number {
  return sentence
    .replace(/\bX(?:[,;]? (?:and |or )?X\b)+/g, 'X')
    .split(/\s+/)
    .filter((word) => /\p{L}/u.test(word)).length
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
