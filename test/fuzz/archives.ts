import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assess } from '../../src/assessment/assess.ts'
import { PosternError } from '../../src/lib/errors.ts'
import { type Container, EvidenceError, type EvidenceLimits, type Member } from '../../src/evidence/container.ts'
import { openEvidence, readMember } from '../../src/evidence/index.ts'
import { loadExposureFacts } from '../../src/knowledge/exposure-tables.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { reports } from '../../src/reports/index.ts'
import { inlinePool } from '../../src/run/pool.ts'
import { orAll, type Seed } from './seeds.ts'
import type { Target } from './targets.ts'

const root = join(import.meta.dirname, '..', '..')

/** Small, so that a bomb that is not stopped is seen. */
const limits: Partial<EvidenceLimits> = { depth: 3, ratio: 200, free: 2 ** 20, entries: 500, inner: 2 ** 22 }

/** Evidence that is one archive: all its members are listed and read, within the limits against bombs. */
export function evidenceTarget(container: Container, seeds: readonly Seed[]): Target {
  return {
    name: `evidence-${container.name}`,
    seeds: () => orAll(seeds, (seed) => container.recognize(seed.bytes)),
    run: (input) => asFile(input, 'evidence', readAll),
  }
}

async function readAll(path: string, size: number): Promise<void> {
  let members = 0
  for await (const item of (await openEvidence(path, limits)).list()) {
    assert.equal(typeof item.path, 'string')
    if (!('ref' in item)) {
      assert.ok(Number.isSafeInteger(item.size) && item.size >= 0, `a gap of ${item.size}`)
      continue
    }
    if (item.size !== null) assert.ok(Number.isSafeInteger(item.size) && item.size >= 0, `a member of ${item.size}`)
    assert.ok(++members <= 1_500, 'members are counted')
    await read(item, size)
  }
}

async function read(member: Member, size: number): Promise<void> {
  let length = 0
  try {
    for await (const chunk of readMember(member.ref, { limits })) length += chunk.length
  } catch (error) {
    if (!(error instanceof EvidenceError)) throw error
    assert.equal(error.delivered, length, 'it says how much came')
  }
  // A member grows to `ratio` times what it was packed in, once for each archive around it.
  const most = 2 ** 24 + size * 200
  assert.ok(length <= most, `${length} bytes out of ${size}`)
}

/** A whole run over one file, with all rules that ship but those for pages, to the reports. */
export function assessmentTarget(seeds: readonly Seed[]): Target {
  return {
    name: 'assessment',
    seeds: () => seeds.filter((seed) => seed.bytes.length < 8_192),
    run: (input) => asFile(input, nameFor(input), assessed),
  }
}

let known: ReturnType<typeof whatIsKnown> | null = null
async function whatIsKnown() {
  const all = await loadKnowledge({ packs: [join(root, 'packs')], rules: [], iocs: [] })
  const knowledge = { ...all, rules: { ...all.rules, scanners: [] } }
  return { knowledge, facts: loadExposureFacts(join(root, 'knowledge')), pool: inlinePool(knowledge, null) }
}

async function assessed(path: string): Promise<void> {
  const { knowledge, facts, pool } = await (known ??= whatIsKnown())
  try {
    const assessment = await assess([path], knowledge, facts, pool, { fallbackName: 'FUZZ', tool: 'postern' })
    for (const report of reports) for (const piece of report.write(assessment)) void piece
  } catch (error) {
    if (!(error instanceof PosternError)) throw error
  }
}

/** Some formats are known by their names. */
function nameFor(input: Buffer): string {
  return ['evidence', 'u_ex210303.log', 'a.aspx', 'web.config'][input.length % 4]!
}

let folder: string | null = null
let count = 0

/** Archives are read from disk: from one that is memory where there is such. No name is used twice, as paths are remembered. */
async function asFile(input: Buffer, name: string, use: (path: string, size: number) => Promise<void>): Promise<void> {
  if (folder === null) {
    const made = (folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'postern-fuzz-')))
    process.once('exit', () => rmSync(made, { recursive: true, force: true }))
  }
  const path = join(folder, `${++count}-${name}`)
  writeFileSync(path, input)
  try {
    await use(path, input.length)
  } finally {
    rmSync(path)
  }
}
