// `node test/bench/server.ts [WORKLOAD…] [--rounds N]`: the whole of `postern assess` over what real servers have: hourly logs of a
// few kilobytes, a month of all logs, logs with a value of its own in every row, a regular log, the event logs of the folder of
// evidence that POSTERN_DATA names, also with the rules of SigmaHQ that lie there, and ten small files; beside other programs over
// the same files. The clock counts, since most of the work is done by other processes than the one that is started.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { assess, type Line, other, print, rounds } from './measure.ts'
import { writeServer } from './server-logs.ts'
import { webRules, writeIis, writeUnique } from './text-logs.ts'

/** Files and bytes of the hourly logs and of those of a month, bytes of the large ones, and of an event log that is no small one any more. */
const SIZES = {
  files: 13_183,
  small: 42.5e6,
  month: { files: 60_000, bytes: 1.5e9 },
  large: 1e9,
  column: 3e8,
  event: 3e6,
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { rounds: { type: 'string' } } })
const times = Number(values.rounds ?? 3)
const SHA = 'sha256sum'
/** The file by which Chainsaw finds the fields of Sigma in event logs. */
const mapping = process.env.CHAINSAW_MAPPING ?? 'sigma-event-logs-all.yml'
const literals = webRules(500).literals.slice(0, 477)

type Workload = {
  /** Writes the evidence. */
  readonly write: (folder: string) => void
  /** With which program's time that of Postern is compared. */
  readonly to: string
  /** Rules of the user: a folder, where it is there. */
  readonly rules?: (folder: string) => string | null
}

const workloads: Readonly<Record<string, Workload>> = {
  ten: { write: (folder) => void writeServer(folder, 10, 30_000), to: SHA },
  small: { write: (folder) => void writeServer(folder, SIZES.files, SIZES.small), to: SHA },
  month: { write: (folder) => void writeServer(folder, SIZES.month.files, SIZES.month.bytes), to: SHA },
  unique: { write: (folder) => void writeUnique(folder, SIZES.large), to: SHA },
  ...Object.fromEntries(
    (['agent', 'client', 'user', 'referer'] as const).map((column): [string, Workload] => [
      `unique-${column}`,
      { write: (folder) => void writeUnique(folder, SIZES.column, column), to: SHA },
    ]),
  ),
  regular: { write: (folder) => void writeIis(folder, SIZES.large), to: SHA },
  events: { write: copyEvents, to: 'evtxexport' },
  'events-sigma': { write: copyEvents, to: 'evtxexport', rules: sigmaRules },
}
if (!(Number.isInteger(times) && times > 0) || positionals.some((name) => !(name in workloads))) {
  console.error(`usage: server.ts [${Object.keys(workloads).join('|')}…] [--rounds N]`)
  process.exit(2)
}
console.log(`${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}`)
for (const [name, workload] of Object.entries(workloads)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue
  const folder = mkdtempSync(join(tmpdir(), 'postern-server-'))
  try {
    const evidence = join(folder, 'evidence')
    mkdirSync(evidence)
    workload.write(evidence)
    const rules = workload.rules?.(folder)
    const files = readdirSync(evidence, { recursive: true, encoding: 'utf8' }).map((path) =>
      statSync(join(evidence, path)),
    )
    const logs = files.filter((file) => file.isFile())
    const megabytes = logs.reduce((sum, { size }) => sum + size, 0) / 1e6
    console.log(`\n${name}: ${logs.length} files, ${megabytes.toFixed(1)} MB; ${times} rounds, by the clock`)
    if (logs.length > 0 && rules !== null)
      print(await rounds(times, linesFor(evidence, megabytes, folder, workload.to, rules)), workload.to)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function linesFor(evidence: string, megabytes: number, folder: string, to: string, rules?: string): Line[] {
  // evtxexport takes one file, and xargs would end at one that it cannot read.
  const each = (program: string): string[] =>
    program === 'evtxexport'
      ? ['bash', '-c', 'while IFS= read -r file; do evtxexport "$file"; done']
      : ['xargs', '-d', '\n', '-n', '1000', program]
  const search = ['rg', '-j1', '-a', '-i', '-F', '-c', ...literals.flatMap((text) => ['-e', text])]
  const programs = to === SHA ? [SHA, 'openssl'] : ['evtxexport', 'evtx_dump']
  return [
    ...programs.map((name) =>
      byClock(
        listed(name, name === 'openssl' ? [...each('openssl'), 'dgst', '-sha256'] : each(name), evidence, megabytes),
      ),
    ),
    ...(to === SHA ? [byClock(other('rg, 477 literals', [...search], evidence, megabytes, { isFolder: true }))] : []),
    ...(rules === undefined
      ? []
      : [
          byClock(
            other('chainsaw', ['chainsaw', 'hunt', '-s', rules, '--mapping', mapping], evidence, megabytes, {
              isFolder: true,
            }),
          ),
        ]),
    ...[1, 2].map((jobs) => byClock(assess(`postern assess --jobs ${jobs}`, evidence, megabytes, jobs, folder, rules))),
  ]
}

/** A program that gets the names of files in as many calls as they need. */
function listed(name: string, command: readonly string[], evidence: string, megabytes: number): Line {
  const script = `command -v ${name} >/dev/null || exit 127; find "$1" -type f | sort | "\${@:2}" >/dev/null 2>&1; exit 0`
  const line = other(name, ['bash', '-c', script, '-', evidence, ...command], evidence, megabytes, { isFolder: true })
  return line
}

function byClock(line: Line): Line {
  return {
    ...line,
    run: async () => {
      const measured = await line.run()
      return measured && { ...measured, cpu: measured.wall }
    },
  }
}

function copyEvents(folder: string): void {
  const { POSTERN_DATA: data } = process.env
  if (data === undefined) return
  const all = readdirSync(data, { recursive: true, encoding: 'utf8' }).filter((path) => /\.evtx$/i.test(path))
  for (const [i, path] of all.entries())
    if (statSync(join(data, path)).size < SIZES.event)
      copyFileSync(join(data, path), join(folder, `${String(i).padStart(4, '0')}-${basename(path)}`))
}

/** The rules of SigmaHQ for Windows, from the archive in the folder of evidence. */
function sigmaRules(folder: string): string | null {
  const { POSTERN_DATA: data } = process.env
  const archive = data === undefined ? null : join(data, 'sigma-rules.tar.gz')
  if (archive === null || !existsSync(archive)) return null
  const done = spawnSync('tar', ['xzf', archive, '-C', folder, 'rules/windows'], { stdio: 'inherit' })
  return done.status === 0 ? join(folder, 'rules') : null
}
