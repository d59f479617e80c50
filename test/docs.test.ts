import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { commandSpecs } from '../src/cli/options.ts'
import { MOST_WORDS, pages, problemsIn, textsOfPage, wordsIn } from './texts.ts'

// Pages are read in a terminal, and as differences of two versions: no long lines. Links lead to files and headings that are
// there, commands and options exist, sentences are short, and every page is found from the first one.
const WIDTH = 120
const MOST_WORDS_OF_README = 600

const root = fileURLToPath(new URL('..', import.meta.url))
const readers = ['admin', 'responder', 'lawyer', 'rule-author', 'developer'].map((name) => `docs/for/${name}.md`)

describe('pages of documentation', () => {
  for (const page of pages()) {
    const text = readFileSync(join(root, page), 'utf8')
    it(`${page}: no line is longer than ${WIDTH} characters`, () => {
      const long = text.split('\n').flatMap((line, i) => ([...line].length > WIDTH ? [`${page}:${i + 1}`] : []))
      assert.deepEqual(long, [])
    })
    it(`${page}: links lead to files and headings`, () => assert.deepEqual(brokenLinks(page, text), []))
    it(`${page}: commands, options and scripts exist`, () => assert.deepEqual(brokenCommands(text), []))
    it(`${page}: no refused word and no long sentence`, () => {
      const problems = textsOfPage(page).flatMap(({ line, text: said }) =>
        problemsIn(said, MOST_WORDS.docs).map((problem) => `${page}:${line}: ${problem}`),
      )
      assert.deepEqual(problems, [])
    })
  }

  it('the first page is short, and leads each reader to a page', () => {
    const text = readFileSync(join(root, 'README.md'), 'utf8')
    assert.ok(wordsIn(text) <= MOST_WORDS_OF_README, `${wordsIn(text)} words`)
    const links = linksOf('README.md', text).map(({ file }) => file)
    assert.deepEqual(
      [...readers, 'docs/use/api.md'].filter((reader) => !links.includes(reader)),
      [],
    )
  })

  it('every page is found by links from the first one', () => {
    const found = new Set(['README.md'])
    for (const page of found)
      for (const { file } of linksOf(page, readFileSync(join(root, page), 'utf8')))
        for (const next of pages().filter(
          (other) => other === file || dirname(other) === normalize(file).replace(/\/$/, ''),
        ))
          found.add(next)
    assert.deepEqual(
      pages().filter((page) => !found.has(page)),
      [],
    )
    assert.ok(found.size > 25)
  })

  it('a broken link, command, option and script are found', () => {
    assert.deepEqual(
      brokenLinks('docs/use/api.md', '[a](nowhere.md) [b](verdicts.md#no-heading) [c](verdicts.md#answers)'),
      ['nowhere.md', 'verdicts.md#no-heading'],
    )
    assert.deepEqual(
      brokenCommands('`postern asses X`, `postern assess X --outt Y`, `npm run nothing`, `postern packs chek`'),
      ['postern asses', 'postern assess --outt', 'postern packs chek', 'npm run nothing'],
    )
    assert.deepEqual(
      brokenCommands('`postern assess X -o Y --mask`, `npm test -- --only`, `node postern.mjs help assess`'),
      [],
    )
  })
})

interface Link {
  readonly link: string
  readonly file: string
  readonly heading?: string | undefined
}

/** The links to files of the project, each with the path from its root. */
function linksOf(page: string, text: string): Link[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].flatMap(([, link]) => {
    if (/^[a-z]+:/.test(link!)) return []
    const [path, heading] = link!.split('#')
    const file = path === '' ? page : join(dirname(page), path!).replaceAll('\\', '/')
    return [{ link: link!, file, heading }]
  })
}

function brokenLinks(page: string, text: string): string[] {
  return linksOf(page, text)
    .filter(({ file, heading }) => {
      if (!existsSync(join(root, file))) return true
      return heading !== undefined && file.endsWith('.md') && !headingsOf(file).includes(heading)
    })
    .map(({ link }) => link)
}

/** The headings of a page as they stand in addresses: small letters, hyphens for spaces, no other marks. */
function headingsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

/** Commands, options and scripts in code that do not exist. */
function brokenCommands(text: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object }
  const missing = [...text.matchAll(/npm run ([a-z:]+)/g)].filter(([, name]) => !(name! in scripts))
  const broken = codeOf(text).flatMap((code) =>
    [...code.matchAll(/(?:^|\s|\()postern(?:\.mjs)? (\S+)(.*)/g)].flatMap(([, name, rest]) =>
      brokenCommand(name!, rest!),
    ),
  )
  return [...broken, ...missing.map(([whole]) => whole)]
}

function brokenCommand(name: string, rest: string): string[] {
  if (['COMMAND', 'help', '--help', '--version', '-V'].includes(name)) return []
  const spec = commandSpecs.find((command) => command.name === name)
  if (spec === undefined) return [`postern ${name}`]
  const action = /^ ([a-z][a-z-]*)(?= |$)/.exec(rest)?.[1]
  if (spec.actions !== undefined && action !== undefined && spec.actions.every((one) => one.name !== action))
    return [`postern ${name} ${action}`]
  const options = new Set(['help', ...spec.options.map((option) => option.name)])
  const shorts = new Set(['h', ...spec.options.map(({ short }) => short)])
  const unknown = [...rest.matchAll(/(?<= )(?:--([a-z][a-z-]*)|-([a-z]))(?![\w-])/g)].filter(([, long, short]) =>
    long === undefined ? !shorts.has(short) : !options.has(long),
  )
  return unknown.map(([option]) => `postern ${name} ${option}`)
}

/** The code of a page: lines that are indented or fenced, and pieces inside a line. */
function codeOf(text: string): string[] {
  const lines: string[] = []
  let isFenced = false
  for (const line of text.split('\n'))
    if (/^\s*```/.test(line)) isFenced = !isFenced
    else if (isFenced || /^ {4,}\S/.test(line)) lines.push(line.trim())
  return [...lines, ...[...text.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!)]
}
