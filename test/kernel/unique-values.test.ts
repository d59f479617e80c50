import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { RowPrefilter, ValueCaches } from '../../src/prefilter/row-rules.ts'
import { askAll } from '../../src/rules/match.ts'
import type { ScanSettings } from '../../src/scan/scan.ts'
import { scansOf } from './both-ways.ts'
import { Chance } from './logs.ts'

// Identifiers make values that never come again. What the rules ask of one is decided by the texts that stand in it: a new value
// costs no evaluation of a rule.

const folder = mkdtempSync(join(tmpdir(), 'postern-unique-'))
after(() => rmSync(folder, { recursive: true }))

const ROWS = 4_000
const START = Date.UTC(2021, 2, 1)
const header =
  '#Fields: date time cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status\r\n'

/** Rows of which each has another path, query, user and program. */
function logOf(seed: number): Buffer {
  const chance = new Chance(seed)
  const hex = (): string =>
    chance
      .int(1 << 24)
      .toString(16)
      .padStart(6, '0')
  const lines = Array.from({ length: ROWS }, (_, i) => {
    const at = new Date(START + i * 1000).toISOString()
    const id = `${hex()}${hex()}-${hex()}`
    return `${at.slice(0, 10)} ${at.slice(11, 19)} GET /oab/${id}/oab.xml cafeReqId=${id} 443 CONTOSO\\u${id} 10.0.0.5 Client/${id} 200`
  })
  return Buffer.from(`${header}${lines.join('\r\n')}\r\n`)
}

/** Evaluations of rules by what the prefilter calls for one. */
function countedCalls(): { readonly of: Record<string, number>; restore(): void } {
  const of: Record<string, number> = {}
  const proto = RowPrefilter.prototype as unknown as Record<string, (...given: unknown[]) => unknown>
  const names = ['refused', 'answer', 'found']
  const own = names.map((name) => proto[name]!)
  for (const [i, name] of names.entries())
    proto[name] = function (this: unknown, ...given: unknown[]): unknown {
      of[name] = (of[name] ?? 0) + 1
      return own[i]!.apply(this, given)
    }
  return {
    of,
    restore: () => {
      for (const [i, name] of names.entries()) proto[name] = own[i]!
    },
  }
}

test('values that never come again cost no evaluation of a rule, and are read as by every other way', async () => {
  const packs = join(import.meta.dirname, '..', '..', 'packs')
  const { rules } = await loadKnowledge({ packs: [packs], rules: [], iocs: [] })
  const whole: ScanSettings = { rules: { ...rules, scanners: [] }, ask: askAll(rules.events), zone: null }
  const fast = [{ ...whole, lexicons: new ValueCaches(rules.events) }]
  const settings = [whole, { ...whole, lexicons: new ValueCaches(rules.events, { fast: false }) }, ...fast]
  const calls = countedCalls()
  try {
    await scansOf(folder, 'inetpub/logs/LogFiles/W3SVC1/u_ex210301.log', logOf(1), fast)
  } finally {
    calls.restore()
  }
  const all = Object.values(calls.of).reduce((sum, count) => sum + count, 0)
  assert.ok(all < ROWS / 20, JSON.stringify(calls.of))
  const [first, ...others] = await scansOf(folder, 'inetpub/logs/LogFiles/W3SVC1/u_ex210302.log', logOf(2), settings)
  for (const other of others) assert.deepEqual(other, first)
})
