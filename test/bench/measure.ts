import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Read, Reading } from './text-reader.ts'

/** What one run took: CPU and wall in seconds, the most memory in MB, what was read in MB and what was found. */
export type Measured = {
  readonly cpu: number
  readonly wall: number
  readonly peak: number | null
  readonly megabytes: number
  readonly found: number | null
}

/** One line of a table. `run` gives null where the program is not installed. */
export type Line = {
  readonly what: string
  /** The line beside which it stands too. */
  readonly besides?: string
  /** It takes long: the first round only. */
  readonly isOnce: boolean
  run(): Promise<Measured | null>
}

export type Table = ReadonlyMap<string, { readonly line: Line; readonly rounds: readonly (Measured | null)[] }>

/** Runs every line once in each round, one after another. */
export async function rounds(times: number, lines: readonly Line[]): Promise<Table> {
  const all = lines.map((line) => ({ line, rounds: [] as (Measured | null)[] }))
  for (let round = 0; round < times; round++) {
    for (const { line, rounds: own } of all) if (round === 0 || !line.isOnce) own.push(await line.run())
  }
  return new Map(all.map((each) => [each.line.what, each]))
}

/**
 * Prints the medians. Ratios are those of CPU per MB: to the line that all are held against, and to the one that a line
 * names. Where both ran in a round they are taken there, as other work of the machine slows both down.
 */
export function print(table: Table, to: string): void {
  console.log(
    `  ${'median (least–most)'.padEnd(58)}${'CPU s'.padStart(8)}${''.padEnd(16)}${'MB/s'.padStart(7)}${'wall s'.padStart(9)}${'MB'.padStart(6)}${'found'.padStart(9)}   × ${to}`,
  )
  for (const { line, rounds } of table.values()) {
    const name = `${line.what}${line.isOnce ? ' *' : ''}`
    const ran = rounds.filter((each) => each !== null)
    if (ran.length === 0) {
      console.log(`  ${name.padEnd(58)} not installed`)
      continue
    }
    const seconds = ran.map(({ cpu }) => cpu)
    const [cpu, wall] = [median(seconds), median(ran.map((each) => each.wall))]
    const span = `(${Math.min(...seconds).toFixed(2)}–${Math.max(...seconds).toFixed(2)})`
    const peaks = ran.flatMap(({ peak }) => peak ?? [])
    const rate = ran[0]!.megabytes / cpu
    const ratios = [to, ...(line.besides === undefined ? [] : [line.besides])].map((other) => {
      const beside = table.get(other)?.rounds ?? []
      const ratio = ratioOf(rounds, beside)
      return ratio === null ? '' : other === to ? ratio.toFixed(2).padStart(7) : `  ${ratio.toFixed(2)} × ${other}`
    })
    console.log(
      `  ${name.padEnd(58)}${cpu.toFixed(2).padStart(8)} ${span.padEnd(15)}${rate.toFixed(0).padStart(7)}${wall.toFixed(2).padStart(9)}${(peaks.length === 0 ? '' : Math.max(...peaks).toFixed(0)).padStart(6)}${String(ran[0]!.found ?? '').padStart(9)} ${ratios.join('')}`,
    )
  }
  if ([...table.values()].some(({ line }) => line.isOnce)) console.log('  * one round')
}

function ratioOf(rounds: readonly (Measured | null)[], beside: readonly (Measured | null)[]): number | null {
  const rate = (each: Measured | null | undefined): number | null => (each ? each.cpu / each.megabytes : null)
  const ratios = rounds.flatMap((each, i) => {
    const [own, other] = [rate(each), rate(beside[i])]
    return own === null || other === null ? [] : [own / other]
  })
  return ratios.length === 0 ? null : median(ratios)
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1]!
}

/** What must come out. A wrong number ends the bench: a speed is worth nothing where the answer is wrong. */
export type Expected = {
  readonly rows?: number
  readonly hits?: number
  readonly besides?: string
  readonly isOnce?: boolean
}

/** Postern's own reading, in a process of its own: `text-reader.ts`. */
export function ours(what: string, reading: Reading, { rows, hits, besides, isOnce = false }: Expected = {}): Line {
  const run = async (): Promise<Measured> => {
    const script = join(import.meta.dirname, 'text-reader.ts')
    const { status, stdout, stderr } = await ended([process.execPath, script, JSON.stringify(reading)])
    if (status !== 0) throw new Error(`${what}: ${stderr}`)
    const read = JSON.parse(stdout) as Read
    if (rows !== undefined && read.rows !== rows) throw new Error(`${what}: ${read.rows} rows, and there are ${rows}`)
    if (hits !== undefined && read.hits !== hits) throw new Error(`${what}: ${read.hits} hits, and there are ${hits}`)
    return { ...read, found: read.hits }
  }
  return { what, isOnce, ...(besides === undefined ? {} : { besides }), run }
}

/** The command line as it is built, whole: its start, rules, reading, judging and reports. */
export function assess(
  what: string,
  evidence: string,
  megabytes: number,
  jobs: number,
  folder: string,
  rules?: string,
): Line {
  const tell = `import { isMainThread } from 'node:worker_threads'
    if (isMainThread) process.on('exit', () => {
      const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage()
      console.error('took ' + JSON.stringify({ peak: maxRSS / 1024, cpu: (userCPUTime + systemCPUTime) / 1e6 }))
    })`
  const run = async (): Promise<Measured> => {
    const out = join(folder, 'results')
    const start = performance.now()
    const { status, stderr } = await ended([
      process.execPath,
      '--import',
      `data:text/javascript,${encodeURIComponent(tell)}`,
      join(import.meta.dirname, '..', '..', 'dist', 'cli', 'main.js'),
      'assess',
      evidence,
      '--jobs',
      String(jobs),
      '--quiet',
      ...(rules === undefined ? [] : ['--rules', rules]),
      '--out',
      out,
    ])
    const wall = (performance.now() - start) / 1000
    rmSync(out, { recursive: true, force: true })
    const took = /^took (.*)$/m.exec(stderr)?.[1]
    if (![0, 3, 4, 5].includes(status) || took === undefined) throw new Error(`${what}: ${status} ${stderr}`)
    return { ...(JSON.parse(took) as { cpu: number; peak: number }), wall, megabytes, found: null }
  }
  return { what, isOnce: false, run }
}

/** Another program over all files of a folder. Its memory has the pages of files that it maps in it. */
export function other(
  what: string,
  command: readonly string[],
  evidence: string,
  megabytes: number,
  { isOnce = false, isFolder = false } = {},
): Line {
  const run = async (): Promise<Measured | null> => {
    const files = isFolder ? 'files="$0"' : `files=$(find "$0" -type f | sort); IFS=$'\\n'`
    const to = command[0] === 'cat' ? '>/dev/null' : ''
    const line = `TIMEFORMAT='took %U %S %R'; command -v "$1" >/dev/null || exit 127; ${files}; time "$@" $files ${to}`
    const { status, stdout, stderr, peak } = await ended(['bash', '-c', line, evidence, ...command])
    if (status === 127) return null
    const m = /took ([\d.]+) ([\d.]+) ([\d.]+)\s*$/.exec(stderr)
    if (!m) throw new Error(`${what}: ${stderr}`)
    const counts = stdout.split('\n').flatMap((count) => /:(\d+)$/.exec(count)?.[1] ?? [])
    const found = counts.length === 0 ? null : counts.reduce((sum, count) => sum + Number(count), 0)
    return { cpu: Number(m[1]) + Number(m[2]), wall: Number(m[3]), peak, megabytes, found }
  }
  return { what, isOnce, run }
}

type Ended = {
  readonly status: number
  readonly stdout: string
  readonly stderr: string
  /** The most memory of the children of the process in MB, where the system tells (Linux). */
  readonly peak: number | null
}

function ended([program, ...options]: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program!, options, { stdio: ['ignore', 'pipe', 'pipe'] })
    let [stdout, stderr] = ['', '']
    let peak: number | null = null
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    const timer = setInterval(() => (peak = Math.max(peak ?? 0, peakOf(child.pid!)) || null), 25)
    child.on('error', reject)
    child.on('close', (status) => {
      clearInterval(timer)
      resolve({ status: status ?? -1, stdout, stderr, peak })
    })
  })
}

function peakOf(pid: number): number {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean)
    const sizes = children.map((child) => /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child}/status`, 'utf8'))?.[1])
    return sizes.reduce((sum, size) => sum + Number(size ?? 0), 0) / 1024
  } catch {
    // It ended just now, or the system has no such files.
    return 0
  }
}
