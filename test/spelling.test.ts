import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { after, describe, it } from 'node:test'
import {
  codeFiles,
  commentsOf,
  knowledgeTexts,
  packTexts,
  pages,
  type PlacedText,
  textsOf,
  textsOfPage,
} from './texts.ts'

// Spelling (cspell, American English) and grammar (textlint) of every text: of the program, packs, documentation, comments.
// Terms and names that dictionaries do not contain are listed in spelling-words.txt.

const engines = join(import.meta.dirname, 'engines', 'node_modules')
const programs = {
  cspell: join(engines, 'cspell', 'bin.mjs'),
  textlint: join(engines, 'textlint', 'bin', 'textlint.js'),
}
const skip = Object.values(programs).every((file) => existsSync(file))
  ? false
  : 'the checkers are not installed: npm ci --prefix test/engines'

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'postern-spelling-')))
after(() => rmSync(folder, { recursive: true }))

/** Not in English: names of columns, services and time zones, and texts beside those of other languages. */
const NO_ENGLISH =
  /^(?:src\/(?:parsers\/windows-events\/(?:event-viewer|field-names)|lib\/windows-zones|model\/windows-services|locales\/formats|.*\/(?:printed-(?:lines|table)|antivirus-table|console-table))\.ts|docs\/extend\/locale\.md)$/

/** Addresses, paths, digests and options are no words. */
const NO_WORDS = /`[^`]*`|https?:\S+|\S*[\\/]\S*|\b[\da-f]{6,}\b|(?<=\s)--?\S+|\S+@\S+/gi

const texts: Readonly<Record<string, () => readonly PlacedText[]>> = {
  program: () => codeFiles().flatMap(textsOf),
  packs: () => [...packTexts(), ...knowledgeTexts()],
  documentation: () => pages().flatMap((page) => textsOfPage(page)),
  comments: () => [...codeFiles(), ...testFiles()].flatMap(commentsOf),
}

/** Comments may name code, in which brackets are open on purpose: their grammar is not checked. */
const withGrammar = Object.keys(texts).filter((kind) => kind !== 'comments')

describe('spelling and grammar', { skip }, () => {
  for (const [kind, read] of Object.entries(texts))
    it(`words of ${kind} are spelled correctly`, async () => {
      const placed = inEnglish(read())
      assert.ok(placed.length > 1000)
      assert.deepEqual(await misspelled(kind, placed), [])
    })
  for (const kind of withGrammar)
    it(`grammar of ${kind}: common mistakes, brackets that do not close, repeated words`, async () => {
      assert.deepEqual(await mistakes(kind, inEnglish(texts[kind]!())), [])
    })
  it('planted mistakes are found with their places', async () => {
    const planted = [
      { file: 'a.ts', line: 3, text: 'The attakcer used the the colour.' },
      { file: 'b.md', line: 7, text: 'A request (of a client shows it. It is seperate.' },
    ]
    assert.deepEqual(await misspelled('planted', planted), ['a.ts:3: attakcer', 'a.ts:3: colour', 'b.md:7: seperate'])
    const found = await mistakes('planted', planted)
    assert.deepEqual(
      found.map((line) => line.split(' ')[0]),
      ['a.ts:3:', 'b.md:7:', 'b.md:7:'],
    )
  })
})

function inEnglish(placed: readonly PlacedText[]): PlacedText[] {
  return placed.filter(({ file }) => !NO_ENGLISH.test(file))
}

function testFiles(): string[] {
  return globSync('test/**/*.{ts,tsx}', { cwd: join(import.meta.dirname, '..') }).filter(
    (file) => !file.includes('node_modules'),
  )
}

/** The words that no dictionary contains, each with the place of its text. */
async function misspelled(name: string, placed: readonly PlacedText[]): Promise<string[]> {
  const config = join(folder, 'cspell.json')
  const words = join(import.meta.dirname, 'spelling-words.txt')
  writeFileSync(
    config,
    JSON.stringify({
      version: '0.2',
      language: 'en-US',
      dictionaryDefinitions: [{ name: 'terms', path: words }],
      dictionaries: ['terms', 'softwareTerms', 'companies', 'typescript', 'node'],
      maxNumberOfProblems: 100_000,
    }),
  )
  const file = written(name, placed, (text) => text.replace(NO_WORDS, ' ').replace(/\bX(?=[a-z])/g, ' '))
  const options = ['lint', '--config', config, '--no-progress', '--no-summary', '--no-color', '--no-cache', file]
  const output = await outputOf(programs.cspell, options)
  return [...output.matchAll(/:(\d+):\d+ - .*?\((.*?)\)/g)].map(
    ([, line, word]) => `${placeOf(placed, line!)}: ${word}`,
  )
}

/** The mistakes of grammar, each with the place of its text. */
async function mistakes(name: string, placed: readonly PlacedText[]): Promise<string[]> {
  const config = join(folder, 'textlint.json')
  const off = ['passive', 'eprime', 'thereIs', 'weasel', 'adverb', 'tooWordy']
  writeFileSync(
    config,
    JSON.stringify({
      rules: {
        'common-misspellings': true,
        'write-good': Object.fromEntries(off.map((rule) => [rule, false])),
        '@textlint-rule/no-unmatched-pair': true,
      },
    }),
  )
  // A sentence with an ellipsis or a question inside brackets goes on after it.
  let values = 0
  const change = (text: string) =>
    text.replace(/…|[.?!:](?=[^\s]*\))/g, '-').replace(/\bX\b/g, () => `X${(values = (values + 1) % 100)}`)
  // The checker takes time by the square of a file's length.
  const parts = Array.from({ length: Math.ceil(placed.length / PART) }, (_, i) =>
    placed.slice(i * PART, (i + 1) * PART),
  )
  const files = parts.map((part, i) => written(`${name}-${i}`, part, change))
  const options = ['--rules-base-directory', engines, '--config', config, '--format', 'json', ...files]
  const output = await outputOf(programs.textlint, options)
  const results = JSON.parse(output) as readonly { filePath: string; messages: { line: number; message: string }[] }[]
  assert.equal(results.length, files.length)
  return results.flatMap(({ filePath, messages }) => {
    const part = parts[files.findIndex((file) => basename(file) === basename(filePath))]!
    return messages.map(
      ({ line, message }) => `${placeOf(part, line)}: ${message.split('\n')[0]}: ${part[line - 1]!.text}`,
    )
  })
}

/** How many texts a file for the checker of grammar has. */
const PART = 200

/** Writes texts into a file that the checkers read: each is a line. */
function written(name: string, placed: readonly PlacedText[], change: (text: string) => string): string {
  const file = join(folder, `${name}.txt`)
  writeFileSync(file, placed.map(({ text }) => change(text.replace(/\s+/g, ' '))).join('\n'))
  return file
}

function placeOf(placed: readonly PlacedText[], row: number | string): string {
  const { file, line } = placed[Number(row) - 1]!
  return `${file}:${line}`
}

/** What a checker prints. It ends with 0 or, where it has found something, with 1. */
function outputOf(program: string, options: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [program, ...options], { cwd: folder, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      if (error !== null && error.code !== 1) reject(new Error(stderr || error.message))
      else resolve(stdout)
    })
  })
}
