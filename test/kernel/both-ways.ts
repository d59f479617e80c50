import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { listEvidence, type Member } from '../../src/evidence/index.ts'
import type { Scan } from '../../src/model/scan.ts'
import { askAll } from '../../src/rules/match.ts'
import type { LoadedRules } from '../../src/rules/rule.ts'
import { ioc } from '../../src/rules/indicators/indicators.ts'
import { sigma } from '../../src/rules/sigma/index.ts'
import { scanMember, type ScanSettings } from '../../src/scan/scan.ts'
import { ValueCaches } from '../../src/prefilter/row-rules.ts'
import { indicators, parameters, sigmaRules, type Which } from './rules.ts'

/** Rules of all forms (null: none), and `more` as they stand in files; every row an event, then rows without events: in plain TypeScript, and with the kernel. */
export async function bothWays(
  which: Which | null,
  more: readonly string[] = [],
): Promise<readonly [ScanSettings, ScanSettings, ScanSettings]> {
  const file = (path: string, text: string) => ({ path, text, pack: 'test', campaign: 'unknown', settings: {} })
  const loaded = [
    await sigma.load([...(which ? sigmaRules(which) : []), ...more].map((text, i) => file(`${i}.yml`, text))),
    await ioc.load([
      ...(which ? [file('list.txt', indicators)] : []),
      ...(which?.isCommon ? [file('parameters.csv', parameters)] : []),
    ]),
  ]
  const broken = loaded.flatMap((rules) => rules.broken)
  if (broken.length > 0) throw new Error(JSON.stringify(broken[0]))
  const events = loaded.flatMap((rules) => rules.events)
  const rules: LoadedRules = { events, scanners: [], broken: [] }
  const whole: ScanSettings = { rules, ask: askAll(events), zone: null }
  return [
    whole,
    { ...whole, lexicons: new ValueCaches(events, { fast: false }) },
    { ...whole, lexicons: new ValueCaches(events) },
  ]
}

/** Reads bytes as a file of that path, once with each of the settings. */
export async function scansOf(
  folder: string,
  path: string,
  bytes: Uint8Array,
  settings: readonly ScanSettings[],
): Promise<Scan[]> {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, bytes)
  try {
    const [member] = (await listEvidence(folder)).members as readonly Member[]
    const scans: Scan[] = []
    for (const each of settings) scans.push(await scanMember(member!, each))
    return scans
  } finally {
    rmSync(file)
  }
}

/** Of most logs few hits are kept, so that the others are only counted. */
export function keepFor(seed: number): (settings: ScanSettings) => ScanSettings {
  const keep = [
    { client: 3, rule: 12, joinable: 8 },
    { client: 1, rule: 100, joinable: 100 },
    { client: 100, rule: 2, joinable: 2 },
  ][seed % 4]
  return (settings) => (keep ? { ...settings, keep } : settings)
}
