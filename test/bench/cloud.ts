// `node test/bench/cloud.ts [megabytes] [--rounds N]`: how fast audit logs of a tenant are read, as Purview saves them and
// one record a line, with and without an event for every record, beside `rg` over the same bytes in the same round. Each
// line is a process of its own; CPU seconds count, not the clock.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type AuditForm, writeAudit } from './cloud-logs.ts'
import { assess, other, ours, print, rounds } from './measure.ts'
import type { Reading } from './text-reader.ts'

const { values, positionals } = parseArgs({ allowPositionals: true, options: { rounds: { type: 'string' } } })
const megabytes = Number(positionals[0] ?? 1500)
const times = Number(values.rounds ?? 3)
if (!(megabytes > 0) || !(Number.isInteger(times) && times > 0)) {
  console.error('usage: cloud.ts [MEGABYTES] [--rounds N]')
  process.exit(2)
}
/** Bytes of a row, about. */
const ROW: Readonly<Record<AuditForm, number>> = { csv: 1_700, jsonl: 1_450 }
const version = spawnSync('rg', ['--version'], { encoding: 'utf8' }).stdout?.split('\n')[0] ?? 'no rg'
console.log(`${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}, ${version}`)

for (const form of ['csv', 'jsonl'] as const) {
  const folder = mkdtempSync(join(tmpdir(), 'postern-cloud-'))
  try {
    const evidence = join(folder, 'evidence')
    const count = Math.max(1, Math.round((megabytes * 1e6) / ROW[form]))
    const { bytes } = writeAudit(join(evidence, `audit.${form}`), count, form)
    const reading = (way: Reading['way']): Reading => ({ evidence, rules: 'packs', threads: 1, isHashed: true, way })
    console.log(`\n${form}: ${(bytes / 1e6).toFixed(0)} MB, ${count} rows; ${times} rounds`)
    const rg = 'rg -c MailItemsAccessed'
    print(
      await rounds(times, [
        other('cat', ['cat'], evidence, bytes / 1e6),
        other(rg, ['rg', '-j1', '-a', '-c', 'MailItemsAccessed'], evidence, bytes / 1e6),
        ours('Postern', reading('kernel'), { rows: count }),
        ...(megabytes > 2000
          ? []
          : [ours('Postern, every record an event', reading('events'), { rows: count, isOnce: true })]),
        assess('postern assess --jobs 1', evidence, bytes / 1e6, 1, folder),
      ]),
      rg,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
