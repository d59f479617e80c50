import { clip } from '../../lib/truncate.ts'
import { canonicalJson } from '../../lib/json.ts'
import type { Assessment } from '../../model/assessment.ts'
import type { Finding } from '../../model/finding.ts'
import type { Locator } from '../../model/event.ts'
import type { Artifact } from '../../model/evidence.ts'
import { type PackTexts, noPackTexts, packTextOf } from '../../model/pack-texts.ts'
import { earliestFirst, byWeight } from '../shared/selections.ts'

// What report.html carries, packed by html.ts and unpacked by web/data.ts: what all findings of a rule share stands there
// once, files are named by number, lists are columns. Raw rows lie in blocks of their own, so that opening the page unpacks
// none of them. The most important findings come first; where the page is full, the rest is left out, and counted.

// Bytes of a page, and of its parts, at most (base64).
const PAGE = 15_000_000
const FINDINGS = 6_500_000
const FILES = 2_500_000
const A_BLOCK = 5_000

// Characters of rows in a block, which is unpacked at once; rows of a finding; characters of a row, and of another value.
const BLOCK = 250_000
const ROWS = 20
const ROW = 8_000
const VALUE = 2_000

/** Entries of a list that has no blocks of its own, at most. */
const LIST = 5_000

const lists = [
  'gaps',
  'unknown',
  'blindSpots',
  'notes',
  'thirdPartyResults',
  'clients',
  'intrusions',
  'subjects',
  'mailboxes',
  'persistence',
] as const

/** A file that could not be written, and why. */
export type FailedFile = { readonly file: string; readonly reason: string }

/** What a page shows besides its assessment. */
export type BesideReport = { readonly failed?: readonly FailedFile[]; readonly texts?: PackTexts }

/** How many there are of what a page holds only the first of. */
export type Counts = Readonly<Record<(typeof lists)[number] | 'findings' | 'files', number>>

/** Blocks of the page, each deflated JSON in base64. */
export type Blocks = {
  readonly report: string
  readonly findings: readonly string[]
  readonly files: readonly string[]
  readonly rows: readonly string[]
}

/** A row of a finding, with its place; `whole`: how many characters it has, where it was cut. */
export type FindingRow = {
  readonly path: string
  readonly sha256: string
  readonly offset: number
  readonly length: number
  readonly line: number | null
  readonly record: number | null
  readonly raw: string
  readonly whole: number | null
}

/** What a finding rests on: values read from its rows, and the rows; `beyond`: kept rows that are not in the page. */
export type FindingRows = {
  readonly facts: Finding['facts']
  readonly rows: readonly FindingRow[]
  readonly beyond: number
}

/** Packs an assessment into blocks that make, with `used` bytes of other things, a page of at most 15 MB. */
export function packReport(
  assessment: Assessment,
  used: number,
  squeeze: (json: string) => string,
  { failed = [], texts = noPackTexts }: BesideReport = {},
): Blocks {
  const weighed = byWeight(assessment)
  const kinds = numbered()
  const findings = within(weighed, FINDINGS, (some) => squeeze(JSON.stringify(columnsOf(some, kinds.of))))
  const files = within(assessment.evidence.manifest, FILES, (some) => squeeze(JSON.stringify(filesOf(some))))

  const rest = {
    ...reportOf(assessment),
    texts: textsFor(assessment, texts),
    failed: failed.map((f) => ({ file: f.file, reason: clip(f.reason, 300) })),
  }
  const room = PAGE - used - findings.size - files.size - squeeze(canonicalJson({ ...rest, kinds: kinds.all })).length
  const rows = rowsWithin(weighed.slice(0, findings.held), room, squeeze)
  const report: PackedReport = { ...rest, kinds: kinds.all, artifacts: rows.artifacts, ends: rows.ends }
  return { report: squeeze(canonicalJson(report)), findings: findings.blocks, files: files.blocks, rows: rows.blocks }
}

/**
 * The assessment as far as the page holds it. Findings have neither locators nor facts: `rowsOf` unpacks those of one.
 * `blocks` are the texts of the blocks, inflated; every text of the report passes `say`, those of rows do not.
 */
export function unpackReport(
  blocks: Blocks,
  say: (text: string) => string = (text) => text,
): {
  readonly report: Assessment
  readonly counts: Counts
  readonly failed: readonly FailedFile[]
  readonly texts: PackTexts
  /** Which block of rows a finding's are in, and at which place there; null where the page does not hold them. */
  readonly placeOf: (id: string) => { readonly block: number; readonly at: number } | null
  readonly rowsOf: (block: string, at: number) => FindingRows
} {
  const { kinds, artifacts, ends, counts, failed, texts, ...rest } = JSON.parse(blocks.report) as PackedReport
  const parsed = kinds.map((kind) => said(JSON.parse(kind) as Kind, say))
  const weighed = blocks.findings.flatMap((text) => findingsFrom(said(JSON.parse(text) as Columns, say), parsed))
  const rank = new Map(weighed.map((finding, i) => [finding.id, i]))
  const manifest = blocks.files.flatMap((text) => filesFrom(said(JSON.parse(text) as FileColumns, say)))
  return {
    report: {
      ...said(rest, say),
      findings: weighed.sort(earliestFirst),
      evidence: { ...said(rest.evidence, say), manifest },
    },
    counts,
    failed: said(failed, say),
    texts: said(texts, say),
    placeOf: (id) => {
      const at = rank.get(id)
      const block = at === undefined ? -1 : ends.findIndex((end) => at < end)
      return at === undefined || block < 0 ? null : { block, at: at - (block === 0 ? 0 : ends[block - 1]!) }
    },
    rowsOf: (text, at) => rowsFrom((JSON.parse(text) as PackedRows[])[at]!, artifacts),
  }
}

// ---------------------------------------------------------------- the report without its long lists

type PackedReport = Omit<Assessment, 'findings' | 'evidence'> & {
  readonly evidence: Omit<Assessment['evidence'], 'manifest'>
  readonly counts: Counts
  readonly failed: readonly FailedFile[]
  readonly texts: PackTexts
  /** What findings of a rule share, as JSON. */
  readonly kinds: readonly string[]
  /** Files that rows are of: path and digest, parted by a line break. */
  readonly artifacts: readonly string[]
  /** After how many findings each block of rows ends. */
  readonly ends: readonly number[]
}

/** The plain words that the pages of this assessment can need. */
function textsFor(a: Assessment, { campaigns, actions, asksForEvidence }: PackTexts): PackTexts {
  const kept = <Value>(by: Readonly<Record<string, Value>>, ids: readonly string[]): Readonly<Record<string, Value>> =>
    Object.fromEntries(
      ids.flatMap((id) => {
        const text = packTextOf(by, id)
        return text === undefined ? [] : [[id, text]]
      }),
    )
  return {
    campaigns: kept(
      campaigns,
      a.campaigns.map(({ campaign }) => campaign),
    ),
    actions: kept(
      actions,
      a.actions.map(({ id }) => id),
    ),
    asksForEvidence: asksForEvidence.filter((one) => a.actions.some(({ id }) => id === one)),
  }
}

function reportOf(a: Assessment): Omit<PackedReport, 'kinds' | 'artifacts' | 'ends' | 'failed' | 'texts'> {
  const { findings, evidence, ...rest } = a
  const { manifest, ...about } = evidence
  const { more } = a
  const counts: Counts = {
    findings: findings.length,
    files: manifest.length,
    gaps: a.coverage.gaps.length + (a.coverage.more?.gaps ?? 0),
    unknown: a.coverage.unknown.length + (a.coverage.more?.unknown ?? 0),
    blindSpots: a.coverage.blindSpots.length + (a.coverage.more?.blindSpots ?? 0),
    notes: evidence.notes.length + (evidence.more?.notes ?? 0),
    thirdPartyResults: a.thirdPartyResults.length + (more?.thirdPartyResults ?? 0),
    clients: a.clients.length + (more?.clients ?? 0),
    intrusions: a.intrusions.length + (more?.intrusions ?? 0),
    subjects: a.subjects.length + (more?.subjects ?? 0),
    mailboxes: a.mailboxes.length + (more?.mailboxes ?? 0),
    persistence: a.persistence.length + (more?.persistence ?? 0),
  }
  const first = <Value>(list: readonly Value[]): readonly Value[] => list.slice(0, LIST)
  const shown = {
    ...rest,
    thirdPartyResults: first(a.thirdPartyResults),
    clients: first(a.clients),
    intrusions: first(a.intrusions),
    subjects: first(a.subjects),
    mailboxes: first(a.mailboxes),
    persistence: first(a.persistence),
    coverage: {
      ...a.coverage,
      gaps: first(a.coverage.gaps),
      unknown: first(a.coverage.unknown),
      blindSpots: first(a.coverage.blindSpots),
    },
    evidence: { ...about, notes: first(about.notes) },
  }
  return { ...clipped(shown), counts }
}

/** The same value with its texts cut. */
const clipped = <Value>(value: Value): Value => said(value, (text) => clip(text, VALUE))

/** The same value with each of its texts, names of fields among them, as `say` has it. */
function said<Value>(value: Value, say: (text: string) => string): Value {
  const of = (v: unknown): unknown => {
    if (typeof v === 'string') return say(v)
    if (Array.isArray(v)) return v.map(of)
    if (v === null || typeof v !== 'object') return v
    return Object.fromEntries(Object.entries(v).map(([key, inner]) => [say(key), of(inner)]))
  }
  return of(value) as Value
}

// ---------------------------------------------------------------- findings

const shared = [
  'rule',
  'title',
  'author',
  'license',
  'pack',
  'campaign',
  'stage',
  'level',
  'confidence',
  'is',
  'sign',
  'cves',
  'attack',
  'falsePositives',
  'nextSteps',
  'persistence',
  'accessMethod',
] as const satisfies readonly (keyof Finding)[]
type Kind = Pick<Finding, (typeof shared)[number]>

const own = ['id', 'timeBasis', 'client', 'user', 'target', 'log', 'host', 'count', 'intrusion', 'notes'] as const
const times = ['time', 'first', 'last'] as const
type Columns = { readonly [Name in (typeof own)[number]]: readonly Finding[Name][] } & {
  readonly [Name in (typeof times)[number]]: readonly (string | number | null)[]
} & { readonly kind: readonly number[] }

function columnsOf(findings: readonly Finding[], numberOf: (kind: string) => number): Columns {
  const column = <Value>(of: (finding: Finding) => Value): Value[] => findings.map(of)
  return {
    kind: column((f) => numberOf(canonicalJson(Object.fromEntries(shared.map((name) => [name, clipped(f[name])]))))),
    ...Object.fromEntries(own.map((name) => [name, column((f) => clipped(f[name]))])),
    ...Object.fromEntries(times.map((name) => [name, column((f) => packedTime(f[name]))])),
  } as unknown as Columns
}

function findingsFrom(columns: Columns, kinds: readonly Kind[]): Finding[] {
  return columns.kind.map((kind, i) => ({
    ...kinds[kind]!,
    id: columns.id[i]!,
    time: unpackedTime(columns.time[i]!),
    timeBasis: columns.timeBasis[i]!,
    client: columns.client[i]!,
    user: columns.user[i]!,
    target: columns.target[i]!,
    log: columns.log[i]!,
    host: columns.host[i]!,
    count: columns.count[i]!,
    first: unpackedTime(columns.first[i]!),
    last: unpackedTime(columns.last[i]!),
    locators: [],
    intrusion: columns.intrusion[i]!,
    notes: columns.notes[i]!,
    facts: {},
  }))
}

// A time as a number where that gives the same text again.
function packedTime(time: string | null): string | number | null {
  const ms = time === null ? Number.NaN : Date.parse(time)
  return Number.isFinite(ms) && new Date(ms).toISOString() === time ? ms : time
}
const unpackedTime = (time: string | number | null): string | null =>
  typeof time === 'number' ? new Date(time).toISOString() : time

// ---------------------------------------------------------------- rows

type PackedRow = readonly [
  artifact: number,
  offset: number,
  length: number,
  /** Counts lines from 1; records as negative numbers; 0: neither. */
  nth: number,
  raw: string,
  whole: number,
]
type PackedRows = { readonly facts: Finding['facts']; readonly rows: readonly PackedRow[]; readonly beyond: number }

/** Blocks of rows, as many as there is room for. */
function rowsWithin(
  findings: readonly Finding[],
  room: number,
  squeeze: (json: string) => string,
): { readonly blocks: readonly string[]; readonly ends: readonly number[]; readonly artifacts: readonly string[] } {
  const artifacts = numbered()
  const blocks: string[] = []
  const ends: number[] = []
  let left = room
  for (let at = 0; at < findings.length; ) {
    const known = artifacts.all.length
    const some: PackedRows[] = []
    for (let length = 0; at < findings.length && length < BLOCK; at++) {
      const packed = rowsOf(findings[at]!, artifacts.of)
      some.push(packed)
      length += packed.rows.reduce((sum, row) => sum + row[4].length + 40, 200)
    }
    const text = squeeze(JSON.stringify(some))
    // Names of files go to the block of the report; their digests do not get smaller.
    left -= text.length + artifacts.all.slice(known).reduce((sum, file) => sum + file.length, 0) + some.length
    if (left < 0) break
    blocks.push(text)
    ends.push(at)
  }
  return { blocks, ends, artifacts: artifacts.all }
}

function rowsOf(finding: Finding, numberOf: (artifact: string) => number): PackedRows {
  return {
    facts: Object.fromEntries(Object.entries(clipped(finding.facts)).sort(([a], [b]) => (a < b ? -1 : 1))),
    rows: finding.locators.slice(0, ROWS).map((l) => rowOf(l, numberOf)),
    beyond: Math.max(0, finding.locators.length - ROWS),
  }
}

function rowOf(l: Locator, numberOf: (artifact: string) => number): PackedRow {
  const isCut = l.raw.length > ROW
  const raw = isCut ? l.raw.slice(0, ROW).toWellFormed() : l.raw
  return [
    numberOf(`${l.artifact}\n${l.path}`),
    l.offset,
    l.length,
    l.line ?? -(l.record ?? 0),
    raw,
    isCut ? l.raw.length : 0,
  ]
}

function rowsFrom({ facts, rows, beyond }: PackedRows, artifacts: readonly string[]): FindingRows {
  return {
    facts,
    beyond,
    rows: rows.map(([artifact, offset, length, nth, raw, whole]) => {
      const [sha256, ...path] = artifacts[artifact]!.split('\n')
      return {
        path: path.join('\n'),
        sha256: sha256!,
        offset,
        length,
        line: nth > 0 ? nth : null,
        record: nth < 0 ? -nth : null,
        raw,
        whole: whole === 0 ? null : whole,
      }
    }),
  }
}

// ---------------------------------------------------------------- files

const fileFields = [
  'path',
  'windowsPath',
  'size',
  'sha256',
  'modified',
  'parser',
  'kinds',
  'parsed',
  'events',
  'first',
  'last',
] as const
type FileColumns = { readonly [Name in (typeof fileFields)[number]]: readonly Artifact[Name][] }

const filesOf = (files: readonly Artifact[]): FileColumns =>
  Object.fromEntries(fileFields.map((name) => [name, files.map((f) => clipped(f[name]))])) as unknown as FileColumns

function filesFrom(columns: FileColumns): Artifact[] {
  return columns.path.map(
    (_, i) => Object.fromEntries(fileFields.map((name) => [name, columns[name][i]])) as unknown as Artifact,
  )
}

// ---------------------------------------------------------------- pieces

/** Blocks of a list until its bytes are used up, and how many entries that were. */
function within<Value>(
  list: readonly Value[],
  most: number,
  packed: (some: readonly Value[]) => string,
): { readonly blocks: readonly string[]; readonly held: number; readonly size: number } {
  const blocks: string[] = []
  let size = 0
  let held = 0
  while (held < list.length) {
    const some = list.slice(held, held + A_BLOCK)
    const text = packed(some)
    if (size + text.length > most) break
    blocks.push(text)
    size += text.length
    held += some.length
  }
  return { blocks, held, size }
}

/** Texts, each once, by number. */
function numbered(): { readonly all: readonly string[]; readonly of: (text: string) => number } {
  const numbers = new Map<string, number>()
  const all: string[] = []
  return {
    all,
    of: (text) => {
      const known = numbers.get(text)
      if (known !== undefined) return known
      numbers.set(text, all.length)
      return all.push(text) - 1
    },
  }
}
