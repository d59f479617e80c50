import { addTo } from '../../lib/collections.ts'
import { iso } from '../../lib/time.ts'
import type { Assessment } from '../../model/assessment.ts'
import type { Artifact, Gap } from '../../model/evidence.ts'
import { dataJson } from './assessment-json.ts'
import type { Report } from '../report.ts'

/** findings.jsonl: one finding a line, with the raw rows; each line names its schema (docs/schemas/finding.schema.json). */
export const findings: Report = {
  name: 'findings',
  file: 'findings.jsonl',
  write: (assessment) => lines(findingLines(assessment)),
}

function* findingLines({ findings: all }: Assessment): Generator<unknown> {
  for (const finding of all) yield { schema: 'postern-finding/2', ...finding }
}

/**
 * coverage.jsonl: a line a file (`size = parsed + unread`, the latter in `gaps` with place and reason) and a line a log
 * kind (hours, holes, entries per day).
 */
export const coverage: Report = {
  name: 'coverage',
  file: 'coverage.jsonl',
  write: (assessment) => lines(allLines(assessment)),
}

/** A file as coverage.jsonl tells it. */
export type FileLine = {
  readonly type: 'file'
  readonly path: string
  readonly windowsPath: string | null
  readonly size: number
  readonly parsed: number
  /** Bytes in gaps. */
  readonly unread: number
  readonly gaps: readonly Omit<Gap, 'path'>[]
  readonly sha256: string | null
  readonly parser: string | null
  readonly kinds: readonly string[]
  readonly events: number
  readonly first: string | null
  readonly last: string | null
  readonly unknown: boolean
}

function* allLines(assessment: Assessment): Generator<unknown> {
  yield* fileLines(assessment)
  yield* kindLines(assessment)
}

function* fileLines(assessment: Assessment): Generator<FileLine> {
  const gaps = new Map<string, Gap[]>()
  for (const gap of assessment.coverage.gaps) addTo(gaps, gap.path, gap)
  const unknown = new Set(assessment.coverage.unknown.map((u) => u.path))
  const known = new Set<string>()
  for (const a of assessment.evidence.manifest) {
    yield fileLine(a, gaps.get(a.path) ?? [], unknown.has(a.path))
    known.add(a.path)
  }
  for (const [path, list] of gaps) if (!known.has(path)) yield fileLine(unseen(path, list), list, false)
}

function fileLine(a: Artifact, gaps: readonly Gap[], unknown: boolean): FileLine {
  return {
    type: 'file',
    path: a.path,
    windowsPath: a.windowsPath,
    size: a.size,
    parsed: a.parsed,
    unread: gaps.reduce((sum, gap) => sum + gap.length, 0),
    gaps: gaps.map(({ path: _, ...gap }) => gap),
    sha256: a.sha256 === '' ? null : a.sha256,
    parser: a.parser,
    kinds: a.kinds,
    events: a.events,
    first: iso(a.first),
    last: iso(a.last),
    unknown,
  }
}

// A file that was listed but never opened: all of it is gap.
function unseen(path: string, gaps: readonly Gap[]): Artifact {
  const size = gaps.reduce((sum, gap) => sum + gap.length, 0)
  const none = { windowsPath: null, sha256: '', modified: null, parser: null, kinds: [], first: null, last: null }
  return { path, size, parsed: 0, events: 0, ...none }
}

function kindLines(assessment: Assessment): readonly unknown[] {
  return assessment.coverage.kinds.map((kind) => ({ type: 'kind', ...kind }))
}

function* lines(values: Iterable<unknown>): Generator<string> {
  for (const value of values) yield `${dataJson(value)}\n`
}
