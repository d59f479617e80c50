import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { diffOf } from '../../comparison/compare.ts'
import { PosternError, refusal } from '../../lib/errors.ts'
import { canonicalJson, jsonOrNull } from '../../lib/json.ts'
import type { Diff } from '../../model/comparison.ts'
import type { Assessment } from '../../model/assessment.ts'
import type { Artifact } from '../../model/evidence.ts'
import { diffHtml, diffText } from '../../reports/index.ts'
import { readArguments, textArgument } from '../arguments.ts'
import { readNumberedLines } from '../read-lines.ts'
import { terminalOf } from '../terminal.ts'
import { writeNew } from '../write-output.ts'

/** `postern diff`: why a verdict moved. */
export async function diffCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = readArguments('diff', args)
  const [a, b] = positionals
  if (a === undefined || b === undefined || positionals.length > 2)
    throw new PosternError('usage', 'Two assessments are needed. Usage: postern diff A B')
  const format = textArgument(values.format) ?? 'text'
  if (!isFormat(format))
    throw new PosternError('usage', `Unknown format '${format}' for diff. Formats: ${formats.join(', ')}.`)
  const file = textArgument(values.out)
  if (format === 'html' && file === undefined)
    throw new PosternError('usage', '--out is missing. Usage: postern diff A B --format html --out FILE')
  const diff = diffOf(readAssessment(a), readAssessment(b))
  const written = { json, html: diffHtml, text: forTerminal(file === undefined) }[format](diff)
  if (file === undefined) process.stdout.write(written)
  else writeNew(file, written)
  return 0
}

const formats = ['text', 'json', 'html'] as const
const isFormat = (name: string): name is (typeof formats)[number] => (formats as readonly string[]).includes(name)

const json = (diff: Diff): string => `${canonicalJson(diff, 1)}\n`

function forTerminal(toTerminal: boolean): (diff: Diff) => string {
  const { color, columns } = terminalOf(process)
  return (diff) => diffText(diff, { color: toTerminal && color, width: toTerminal ? columns : 80 })
}

function readAssessment(path: string): Assessment {
  const file = fileAt(path)
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError) throw notOne(file, 'it is not JSON')
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ERR_STRING_TOO_LONG') throw notOne(file, 'it is larger than can be compared (512 MB)')
    if (code === undefined) throw error
    throw notOne(file, refusal(code))
  }
  const wrong = flaw(value)
  if (wrong !== null) throw notOne(file, wrong)
  return whole(value as Assessment, dirname(file))
}

/**
 * Where assessment.json had no room for all findings or files, those of findings.jsonl and coverage.jsonl beside it: else what
 * one of two runs left out would be told as new or gone.
 */
function whole(assessment: Assessment, folder: string): Assessment {
  const { evidence } = assessment
  return {
    ...assessment,
    ...(assessment.more?.findings ? { findings: linesBeside(folder, 'findings.jsonl', isFinding) } : {}),
    ...(evidence.more?.manifest
      ? {
          evidence: {
            ...evidence,
            manifest: linesBeside<Artifact>(folder, 'coverage.jsonl', isArtifact).map(asInManifest),
          },
        }
      : {}),
  }
}

/** coverage.jsonl has no digest, and not an empty one, of a file that was not read. */
const asInManifest = (file: Artifact): Artifact => ({ ...file, sha256: (file.sha256 as string | null) ?? '' })

/** The lines of a file that are of one form; null lines and those of other types are passed over. */
function linesBeside<T>(folder: string, name: string, isOne: Shape): readonly T[] {
  const file = join(folder, name)
  if (!existsSync(file))
    throw new PosternError(
      'not-an-assessment',
      `assessment.json is incomplete without ${name}. Put both files into one folder.`,
      { file },
    )
  const list: T[] = []
  for (const [line, text] of readNumberedLines(file)) {
    const value = jsonOrNull(text)
    if (isOne(value)) list.push(value as T)
    else if (!isMap(value) || value.type !== 'kind')
      throw new PosternError('not-an-assessment', 'This line was not written by Postern.', { file, line })
  }
  return list
}

const notOne = (file: string, why: string): PosternError =>
  new PosternError('not-an-assessment', `Not a Postern assessment: ${why}.`, { file })

/** The assessment.json that is meant: the file itself, that of a server's folder, or of the only server of a run. */
function fileAt(path: string): string {
  if (!existsSync(path)) throw new PosternError('no-such-path', `${path || "''"}: no such file or directory.`)
  if (!statSync(path).isDirectory()) return path
  const own = join(path, 'assessment.json')
  if (existsSync(own)) return own
  const servers = readdirSync(path)
    .sort()
    .filter((name) => existsSync(join(path, name, 'assessment.json')))
  if (servers.length === 1) return join(path, servers[0]!, 'assessment.json')
  throw new PosternError(
    'not-an-assessment',
    servers.length === 0
      ? `${path}: no assessment. Name a folder with assessment.json.`
      : `${path} contains assessments of ${servers.length} servers. Name the folder of one: ${servers.slice(0, 5).join(', ')}${servers.length > 5 ? ' …' : ''}.`,
  )
}

/** What is compared, and the form that it must have: the file may come from anywhere. Null where it has. */
function flaw(value: unknown): string | null {
  if (!isMap(value)) return 'it holds no object'
  if (value.schema !== 'postern-assessment/2')
    return `its schema is ${typeof value.schema === 'string' ? value.schema.slice(0, 60) : 'not stated'}, and postern-assessment/2 is wanted`
  for (const [path, shape] of forms) {
    const found = path.split('.').reduce<unknown>((at, key) => (isMap(at) ? at[key] : undefined), value)
    if (!shape(found)) return `its ${path} is not as Postern writes it`
  }
  return null
}

type Shape = (value: unknown) => boolean

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
const isText: Shape = (value) => typeof value === 'string'
const isNumber: Shape = (value) => typeof value === 'number'
const isTruth: Shape = (value) => typeof value === 'boolean'
const listOf =
  (shape: Shape): Shape =>
  (value) =>
    Array.isArray(value) && value.every(shape)
const mapOf =
  (shapes: Readonly<Record<string, Shape>>): Shape =>
  (value) =>
    isMap(value) && Object.entries(shapes).every(([key, shape]) => shape(value[key]))
const orNull =
  (shape: Shape): Shape =>
  (value) =>
    value === null || shape(value)
const word =
  (...words: readonly string[]): Shape =>
  (value) =>
    typeof value === 'string' && words.includes(value)

const stage = word(
  ...'recon attempt access write shell execution credentials persistence collection exfiltration cleanup context'.split(
    ' ',
  ),
)
const is = word('yes', 'likely', 'no-evidence', 'cannot-tell', 'not-asked')
const question = word('exposed', 'targeted', 'exploited', 'compromised', 'mail-taken', 'still-there')

const isFinding = mapOf({
  id: isText,
  rule: isText,
  title: isText,
  stage,
  pack: isText,
  first: orNull(isText),
  time: orNull(isText),
  notes: listOf(isText),
  locators: listOf(mapOf({ path: isText, artifact: isText, raw: isText })),
})
const isArtifact = mapOf({ path: isText, sha256: orNull(isText), size: isNumber })

const forms: readonly (readonly [string, Shape])[] = [
  [
    'server',
    mapOf({ name: isText, builds: listOf(mapOf({ build: isText, from: orNull(isText), to: orNull(isText) })) }),
  ],
  ['verdict', mapOf({ is: word('compromised', 'exploited', 'targeted', 'cannot-tell', 'no-evidence'), sure: isTruth })],
  [
    'answers',
    listOf(mapOf({ question, is, because: listOf(isText), coverage: mapOf({ covered: isNumber, of: isNumber }) })),
  ],
  ['exposure', mapOf({ cves: listOf(mapOf({ cve: isText })) })],
  ['findings', listOf(isFinding)],
  ['mailboxes', listOf(mapOf({ mailbox: isText, certainty: isText }))],
  ['persistence', listOf(mapOf({ kind: isText, what: isText, state: isText }))],
  ['coverage', mapOf({ kinds: listOf(mapOf({ title: isText, hours: isNumber })) })],
  ['evidence', mapOf({ files: isNumber, manifest: listOf(mapOf({ path: isText, sha256: isText, size: isNumber })) })],
  [
    'knowledge',
    mapOf({
      tool: isText,
      packs: listOf(mapOf({ pack: isText, sha256: isText })),
      tables: listOf(mapOf({ table: isText, sha256: isText })),
      options: isMap,
    }),
  ],
]
