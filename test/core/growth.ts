import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { assess } from '../../src/assessment/assess.ts'
import { loadExposureFacts } from '../../src/knowledge/exposure-tables.ts'
import { limits } from '../../src/lib/limits.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { nothingNamed, reports, textReport } from '../../src/reports/index.ts'
import { inlinePool } from '../../src/run/pool.ts'
import { type Shape, writeShape } from './many.ts'
import { counting, stepsOf } from '../counted.ts'

// Twice the evidence costs at most `MOST` times the steps and the bytes, of anything that there can be many of. Steps are counted,
// not timed: how often each block of the program runs, and how many entries are looked at by what the engine does itself.

export const MOST = 2.6
const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'postern-growth-'))
after(() => rmSync(folder, { recursive: true, force: true }))
await counting()
const knowledge = await loadKnowledge({ packs: [join(root, 'packs')], rules: [], iocs: [] })
const facts = loadExposureFacts(join(root, 'knowledge'))
const forms = reports.filter(({ name }) => name !== 'pdf')
const wishes = { ...nothingNamed, language: 'en' } as const

export type Cost = {
  readonly steps: number
  readonly bytes: ReadonlyMap<string, number>
  readonly assessment: Assessment
}

/** What an assessment of a shape takes and makes. */
export async function costOf(shape: Shape, n: number): Promise<Cost> {
  const place = mkdtempSync(join(folder, 'evidence-'))
  writeShape(place, shape(n))
  const bytes = new Map<string, number>()
  let assessment!: Assessment
  const steps = await stepsOf(async () => {
    assessment = await assess([place], knowledge, facts, inlinePool(knowledge, null), {
      fallbackName: 'MAIL01',
      tool: 'postern 0.0.0',
    })
    for (const form of forms) bytes.set(form.name, sizeOf(form.write(assessment, wishes)))
    bytes.set('terminal', sizeOf(textReport(assessment, { color: false, width: 80 })))
  })
  rmSync(place, { recursive: true })
  return { steps, bytes, assessment }
}

function sizeOf(written: string | Iterable<string>): number {
  let size = 0
  for (const piece of typeof written === 'string' ? [written] : written) size += piece.length
  return size
}

export const growth = (before: number, after: number): number => (before === 0 ? 0 : after / before)

/**
 * What each doubling adds, compared with what the one before it added: what is the same for all sizes cancels out. Where limits keep
 * the first from adding much, the whole is looked at.
 */
function checkSteps(name: string, [a, b, c]: readonly [Cost, Cost, Cost]): void {
  const [first, second] = [b.steps - a.steps, c.steps - b.steps]
  const said = `${name}: ${a.steps} steps, then ${first} more, then ${second} more`
  assert.ok(first * 3 < a.steps ? growth(b.steps, c.steps) <= 2 : second <= MOST * first, said)
}

export function checkBytes(name: string, before: Cost, after: Cost): void {
  for (const [form, size] of after.bytes) {
    const times = growth(before.bytes.get(form)!, size)
    assert.ok(times <= MOST, `${name}: ${form} has ${times} times the bytes (${size})`)
  }
}

/** Checks what this many of a shape cost, and twice and four times as many. */
export async function checkDoublings(name: string, shape: Shape, least: number): Promise<void> {
  // What is done once in a process is done before anything is counted.
  await costOf(shape, 100)
  const costs = [await costOf(shape, least), await costOf(shape, 2 * least), await costOf(shape, 4 * least)] as const
  checkSteps(name, costs)
  checkBytes(name, costs[0], costs[1])
  checkBytes(name, costs[1], costs[2])
  checkReferences(costs[2].assessment)
}

/** Whatever assessment.json names stands in it or is counted as left out, and nothing that a verdict rests on is. */
function checkReferences(assessment: Assessment): void {
  const json = forms.find(({ name }) => name === 'json')!
  const written = JSON.parse([...json.write(assessment, wishes)].join('')) as Assessment
  const findings = new Set(written.findings.map(({ id }) => id))
  const all = new Set(assessment.findings.map(({ id }) => id))
  for (const { question, because } of written.answers) {
    const first = because.find((id) => all.has(id))
    assert.ok(first === undefined || findings.has(first), `${question} rests on ${first}`)
  }
  const actors = new Set(written.actors.map(({ id }) => id))
  for (const intrusion of written.intrusions)
    for (const id of intrusion.actors) assert.ok(actors.has(id), `hypothesis ${id}`)
  for (const name of [
    'findings',
    'intrusions',
    'mailboxes',
    'persistence',
    'clients',
    'actors',
    'thirdPartyResults',
  ] as const) {
    assert.ok(written[name].length <= limits[name], name)
    assert.equal(written[name].length + (written.more?.[name] ?? 0), assessment[name].length, name)
  }
  assert.equal(written.verdict.sentence, assessment.verdict.sentence)
}
