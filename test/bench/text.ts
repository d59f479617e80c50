// `node test/bench/text.ts [megabytes] [iis|httpproxy]`: how fast rows of text logs pass 0, 100, 1,000 and 3,000 rules and
// 50,000 addresses, with the SHA-256 of every file, beside `cat`, `rg -c` and `rg -i -F` with the same literals. Logs and
// rules are made the same way each time. Each line is a process of its own; CPU seconds count, not the clock.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listEvidence } from '../../src/evidence/index.ts'
import { askAll } from '../../src/rules/ask.ts'
import { ioc } from '../../src/rules/ioc.ts'
import { sigma } from '../../src/rules/sigma/index.ts'
import { scan } from '../../src/scan.ts'
import { Lexicons } from '../../src/skim.ts'
import { Seeded, webRules, writeHttpProxy, writeIis } from './text-logs.ts'

const ROUNDS = 3
if (process.argv[2] === 'one') await one(process.argv[3]!, Number(process.argv[4]), process.argv[5]!)
else {
  const megabytes = Number(process.argv[2] ?? 500)
  const only = process.argv[3]
  for (const [name, make] of [
    ['iis', writeIis],
    ['httpproxy', writeHttpProxy],
  ] as const) {
    if (only === undefined || only === name) table(name, make, megabytes)
  }
}

/** Reads every file once, and prints CPU seconds, peak memory and what was found. */
async function one(folder: string, count: number, way: string): Promise<void> {
  const file = (path: string, text: string) => ({ path, text, pack: 'bench', campaign: 'unknown', settings: {} })
  const { rules } = webRules(count)
  const random = new Seeded(11)
  const addresses = Array.from({ length: count === 0 ? 0 : 50_000 }, () =>
    [203, 256, 256, 256].map((n) => random.int(n)).join('.'),
  )
  const events = [
    ...(await sigma.load(rules.map((text, i) => file(`${i}.yml`, text)))).events,
    ...(await ioc.load([file('addresses.txt', addresses.join('\n'))])).events,
  ]
  const settings = {
    rules: { events, scanners: [], broken: [] },
    ask: askAll(events),
    zone: null,
    ...(way === 'events' ? {} : { lexicons: new Lexicons(events, { fast: way === 'kernel' }) }),
  }
  const { members } = await listEvidence(folder)
  const before = process.cpuUsage()
  let [rows, hits] = [0, 0]
  for (const member of members) {
    const { artifact, hits: found, more } = await scan(member, settings)
    rows += artifact.events
    hits += found.length + more.reduce((sum, rest) => sum + rest.count, 0)
  }
  const { user, system } = process.cpuUsage(before)
  console.log(
    JSON.stringify({ seconds: (user + system) / 1e6, peak: process.resourceUsage().maxRSS / 1024, rows, hits }),
  )
}

function table(name: string, make: (folder: string, bytes: number) => number, megabytes: number): void {
  const folder = mkdtempSync(join(tmpdir(), 'postern-bench-'))
  try {
    const evidence = join(folder, 'evidence')
    const rows = make(evidence, megabytes * 1e6)
    console.log(`${name}: ${megabytes} MB, ${rows} rows`)
    const literalsOf = (count: number): string => {
      const path = join(folder, `literals-${count}.txt`)
      writeFileSync(path, `${webRules(count).literals.join('\n')}\n`)
      return path
    }
    const lines: (readonly [what: string, run: () => Measured | null])[] = [
      ['cat', () => other(['cat'], evidence)],
      ['rg -c (an end of line)', () => other(['rg', '-j1', '-c', '-a', '$'], evidence)],
      ...[100, 1000, 3000].map(
        (count) =>
          [
            `rg -j1 -i -F, literals of ${count} rules`,
            () => other(['rg', '-j1', '-a', '-i', '-F', '-c', '-f', literalsOf(count)], evidence),
          ] as const,
      ),
      ...[0, 100, 1000, 3000].map(
        (count) => [`Postern, ${count} rules`, () => ours(evidence, count, 'kernel')] as const,
      ),
      ['Postern, 1000 rules, no WebAssembly', () => ours(evidence, 1000, 'plain')],
    ]
    const measured = new Map<string, Measured[]>(lines.map(([what]) => [what, []]))
    for (let round = 0; round < ROUNDS; round++) {
      for (const [what, run] of lines) {
        const took = run()
        if (took) measured.get(what)!.push(took)
      }
    }
    const events = ours(join(evidence), 1000, 'events', Math.min(1, 50 / megabytes))
    if (events) measured.set('Postern, 1000 rules, every row an event (part)', [events])
    const reference = median(measured.get('rg -j1 -i -F, literals of 1000 rules')!)
    for (const [what, all] of measured) {
      if (all.length === 0) {
        console.log(`  ${what.padEnd(48)} not installed`)
        continue
      }
      const took = median(all)
      const rate = `${Math.round((megabytes * took.part) / took.seconds)} MB/s`.padStart(10)
      const ratio = reference ? (took.seconds / took.part / reference.seconds).toFixed(2).padStart(7) : ''
      const rest = took.peak === null ? '' : `  ${Math.round(took.peak)} MB at most, ${took.hits} hits`
      console.log(`  ${what.padEnd(48)} ${took.seconds.toFixed(2).padStart(7)} s of CPU ${rate} ${ratio}${rest}`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

type Measured = { readonly seconds: number; readonly peak: number | null; readonly hits: number; readonly part: number }

function ours(evidence: string, count: number, way: string, part = 1): Measured {
  // Every row as an event takes long: the first file alone is measured.
  const folder =
    part < 1 ? spawnSync('find', [evidence, '-type', 'f'], { encoding: 'utf8' }).stdout.split('\n')[0]! : evidence
  const done = spawnSync(process.execPath, [import.meta.filename, 'one', folder, String(count), way], {
    encoding: 'utf8',
  })
  if (done.status !== 0) throw new Error(done.stderr)
  const { seconds, peak, hits, rows } = JSON.parse(done.stdout) as {
    seconds: number
    peak: number
    hits: number
    rows: number
  }
  void rows
  return { seconds, peak, hits, part: part < 1 ? sizeOf(folder) / sizeOf(evidence) : 1 }
}

function sizeOf(path: string): number {
  return Number(spawnSync('du', ['-sb', path], { encoding: 'utf8' }).stdout.split('\t')[0])
}

/** CPU seconds of another program over all files; null where it is not installed. */
function other(command: readonly string[], evidence: string): Measured | null {
  const line = `TIMEFORMAT='%U %S'; files=$(find "$0" -type f | sort); IFS=$'\\n'; time "$@" $files >/dev/null`
  const done = spawnSync('bash', ['-c', line, evidence, ...command], { encoding: 'utf8', maxBuffer: 1e9 })
  const m = /([\d.]+) ([\d.]+)\s*$/.exec(done.stderr)
  if (!m || /not found/.test(done.stderr)) return null
  return { seconds: Number(m[1]) + Number(m[2]), peak: null, hits: 0, part: 1 }
}

function median(all: readonly Measured[]): Measured
function median(all: readonly Measured[]): Measured | undefined {
  return [...all].sort((a, b) => a.seconds - b.seconds)[all.length >> 1]
}
