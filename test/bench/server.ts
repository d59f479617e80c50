// `node test/bench/server.ts [small|unique|regular|events] [--rounds N]`: the whole of `postern assess` over what real servers
// have: 13,000 hourly logs of a few kilobytes, a log with an identifier of its own in every row, a regular log, and the event logs
// of the folder of evidence that POSTERN_DATA names; beside other programs over the same files. The clock counts, since most of
// the work is done by other processes than the one that is started.
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { assess, type Line, other, print, rounds } from './measure.ts'
import { writeServer } from './server-logs.ts'
import { webRules, writeIis, writeUnique } from './text-logs.ts'

/** Files and bytes of the hourly logs, bytes of the large ones, and bytes of an event log that is no small one any more. */
const SIZES = { files: 13_183, small: 42.5e6, large: 1e9, event: 3e6 }

const { values, positionals } = parseArgs({ allowPositionals: true, options: { rounds: { type: 'string' } } })
const times = Number(values.rounds ?? 3)
const only = positionals[0]
const SHA = 'sha256sum'
const literals = webRules(500).literals.slice(0, 477)

/** What writes the evidence, and with which program's time that of Postern is compared. */
const workloads: Readonly<Record<string, { readonly write: (folder: string) => void; readonly to: string }>> = {
  small: { write: (folder) => void writeServer(folder, SIZES.files, SIZES.small), to: SHA },
  unique: { write: (folder) => void writeUnique(folder, SIZES.large), to: SHA },
  regular: { write: (folder) => void writeIis(folder, SIZES.large), to: SHA },
  events: { write: copyEvents, to: 'evtxexport' },
}
if (!(Number.isInteger(times) && times > 0) || !(only === undefined || only in workloads)) {
  console.error(`usage: server.ts [${Object.keys(workloads).join('|')}] [--rounds N]`)
  process.exit(2)
}
console.log(`${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}`)
for (const [name, { write, to }] of Object.entries(workloads)) {
  if (only !== undefined && only !== name) continue
  const folder = mkdtempSync(join(tmpdir(), 'postern-server-'))
  try {
    const evidence = join(folder, 'evidence')
    mkdirSync(evidence)
    write(evidence)
    const files = readdirSync(evidence, { recursive: true, encoding: 'utf8' }).map((path) =>
      statSync(join(evidence, path)),
    )
    const logs = files.filter((file) => file.isFile())
    const megabytes = logs.reduce((sum, { size }) => sum + size, 0) / 1e6
    console.log(`\n${name}: ${logs.length} files, ${megabytes.toFixed(1)} MB; ${times} rounds, by the clock`)
    if (logs.length > 0) print(await rounds(times, linesFor(evidence, megabytes, folder, to)), to)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function linesFor(evidence: string, megabytes: number, folder: string, to: string): Line[] {
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
    ...[1, 2].map((jobs) => byClock(assess(`postern assess --jobs ${jobs}`, evidence, megabytes, jobs, folder))),
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
