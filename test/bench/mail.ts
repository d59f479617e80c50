// `node test/bench/mail.ts [megabytes] [--rounds N]`: how fast logs of EWS and of MAPI over HTTP are read, whose rows are
// counted by mailbox, beside `rg` and `cat` over the same bytes in the same round. Each line is a process of its own; CPU
// seconds count, not the clock.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { writeMail } from './mail-logs.ts'
import { assess, other, ours, print, rounds } from './measure.ts'
import type { Reading } from './text-reader.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { rounds: { type: 'string' } } })
const megabytes = Number(positionals[0] ?? 1500)
const times = Number(values.rounds ?? 3)
if (!(megabytes > 0) || !(Number.isInteger(times) && times > 0)) {
  console.error('usage: mail.ts [MEGABYTES] [--rounds N]')
  process.exit(2)
}
const version = spawnSync('rg', ['--version'], { encoding: 'utf8' }).stdout?.split('\n')[0] ?? 'no rg'
console.log(`${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}, ${version}`)

const folder = mkdtempSync(join(tmpdir(), 'postern-mail-'))
try {
  const evidence = join(folder, 'evidence')
  const { rows, bytes } = writeMail(evidence, megabytes * 1e6)
  const reading = (way: Reading['way']): Reading => ({ evidence, rules: 'packs', threads: 1, isHashed: true, way })
  console.log(`\n${(bytes / 1e6).toFixed(0)} MB, ${rows} rows; ${times} rounds`)
  const rg = 'rg -c GetItem'
  print(
    await rounds(times, [
      other('cat', ['cat'], evidence, bytes / 1e6),
      other(rg, ['rg', '-j1', '-a', '-c', 'GetItem'], evidence, bytes / 1e6),
      ours('Postern', reading('kernel'), { rows }),
      ...(megabytes > 2000 ? [] : [ours('Postern, every row an event', reading('events'), { rows, isOnce: true })]),
      assess('postern assess --jobs 1', evidence, bytes / 1e6, 1, folder),
    ]),
    rg,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
