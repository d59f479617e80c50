import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { parseSync } from 'vite'

/**
 * A call takes some hundred thousand arguments and no more: `push(...list)` of a longer list ends the run with a RangeError.
 * Lists of evidence are as long as whoever made it likes, so that they are never spread into a call. These calls spread
 * what the program, a rule or a format bounds, and say what that is.
 */
const bounded: Readonly<Record<string, readonly string[]>> = {
  // Pairs and triples.
  'src/assessment/answers/verdict.ts': [
    "stated('mail-taken', ...takenWords(input))",
    "stated('still-there', ...remainsWords(product))",
  ],
  'src/lib/secrets.ts': ['text.slice(...span)', 'text.slice(...value)'],
  'src/parsers/ntfs/usn.ts': ['timeAt(...change.time)', 'fileTimeAt(...change.time)', 'fileTimeAt(...change.first)'],
  'src/locales/page-words.ts': ['p.missingOf(...partOf('],
  'web/charts/format.ts': ['clock.slice(...clockParts[unit])'],
  // Lists that are written in the program, and what it puts into one of its own sentences.
  'src/parsers/windows-events/roles.ts': ['first(fields, ...'],
  'src/assessment/exposure/protections.ts': ['ofAll('],
  'src/rules/yara/yara.ts': ['meta(...keys)'],
  'web/parts/text.tsx': ['say(...marks)'],
  'web/main.tsx': ['place.replaceChildren(said, '],
  // At most 4,096 at a time.
  'src/parsers/windows-events/evtx/binxml.ts': [
    'String.fromCharCode(...tokens.subarray(from, Math.min(end, from + 4_096)))',
  ],
  // As many as there are rules of a layout, engines, columns of a list, or actors that packs know.
  'src/prefilter/wasm-rows.ts': ['String.fromCharCode(...new Uint16Array(could.buffer'],
  'src/rules/index.ts': ['Object.assign('],
  'src/rules/sigma/correlation-graph.ts': ['Math.max(...given.map('],
  'src/reports/briefing/management-page.ts': ['pen.prose('],
  'src/reports/formats/case-uco.ts': ["idOf('case', kind, ...what)"],
  'src/cli/commands/diff.ts': ["word( ...'recon"],
  // A path of a signed bundle.
  'src/cli/commands/bundle.ts': ["join(staged, ...path.split('/'))"],
  // One pattern of a rule.
  'src/rules/regex/literals.ts': ['lists.push(...listsInTurn(part.of))'],
  'src/rules/regex/syntax.ts': ['parts.push(...this.#repeated(node))', 'ranges.push('],
  // What a pack's author has before him.
  'src/run/pack-check.ts': ['Math.min(...Array.from({ length: TIMED.rounds }', 'problems.push('],
}

const root = join(import.meta.dirname, '..')

/** Calls of a file that spread a list into their arguments, and calls by `apply`. */
function spreadsIn(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8')
  const found: string[] = []
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit)
    if (value === null || typeof value !== 'object') return
    const node = value as Node
    if (node.type === 'CallExpression' || node.type === 'NewExpression') {
      const isSpread = node.arguments?.some(({ type }) => type === 'SpreadElement') ?? false
      if (isSpread || node.callee?.property?.name === 'apply')
        found.push(text.slice(node.start, node.end).replaceAll(/\s+/g, ' ').slice(0, 120))
    }
    for (const inner of Object.values(node)) visit(inner)
  }
  visit(parseSync(file, text).program)
  return found
}

type Node = {
  readonly type?: string
  readonly start?: number
  readonly end?: number
  readonly arguments?: readonly { readonly type: string }[]
  readonly callee?: { readonly property?: { readonly name?: string } }
}

describe('arguments of calls', () => {
  const files = ['src', 'web'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
      .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts') && !file.startsWith('src/prefilter/assembly/'))
      .sort(),
  )

  it('no list that evidence can lengthen is spread into a call', () => {
    const wrong = files.flatMap((file) => {
      const known = bounded[file] ?? []
      return spreadsIn(file)
        .filter((call) => !known.some((begin) => call.startsWith(begin)))
        .map((call) => `${file}: ${call}`)
    })
    assert.deepEqual(wrong, [])
  })

  it('every exception is needed', () => {
    const unused = Object.entries(bounded).flatMap(([file, known]) => {
      const calls = files.includes(file) ? spreadsIn(file) : []
      return known.filter((begin) => !calls.some((call) => call.startsWith(begin))).map((begin) => `${file}: ${begin}`)
    })
    assert.deepEqual(unused, [])
  })
})
