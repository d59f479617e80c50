import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Case } from '../../src/model/case.ts'
import { main, place, write } from './command.ts'
import { smallPack } from './interrupted.ts'

// A case of 300 servers takes hardly more memory than one of 30: what is kept of a server does not grow with its evidence.

const folder = place()
const HEADER =
  '#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: 2021-03-01 00:00:00\r\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status\r\n'

test('300 servers', { timeout: 1_800_000 }, (t) => {
  smallPack(join(folder, 'packs'))
  const evidence = Array.from({ length: 300 }, (_, i) => {
    const rows = Array.from(
      { length: 200 },
      (__, n) =>
        `2021-03-01 00:${String(n % 60).padStart(2, '0')}:00 192.0.2.10 GET /owa/${n} - 443 - 198.51.${i % 250}.${n % 250} ${n % 20 === 0 ? 'curl/7' : 'Mozilla/5'} 200\r\n`,
    )
    return write(join(folder, `server-${i}`), {
      'C/inetpub/logs/LogFiles/W3SVC1/u_ex210301.log': HEADER + rows.join(''),
    })
  })
  const few = peakOf(evidence.slice(0, 30), 'few')
  const many = peakOf(evidence, 'many')
  t.diagnostic(`${Math.round(few / 1024)} MiB with 30 servers, ${Math.round(many / 1024)} MiB with 300`)
  const { servers } = JSON.parse(readFileSync(join(folder, 'many/case.json'), 'utf8')) as Case
  assert.equal(servers.length, 300)
  assert.ok(many - few < 100 * 1024, `${Math.round((many - few) / 1024)} MiB more`)
})

/** The most memory of a run, in KiB. */
function peakOf(evidence: readonly string[], out: string): number {
  const tell = 'process.on("exit", () => console.error(`peak ${process.resourceUsage().maxRSS}`))'
  const run = spawnSync(
    process.execPath,
    [
      '--import',
      `data:text/javascript,${encodeURIComponent(tell)}`,
      main,
      'assess',
      ...evidence,
      '--packs',
      join(folder, 'packs'),
      '--jobs',
      '1',
      '--quiet',
      '--out',
      join(folder, out),
    ],
    { encoding: 'utf8' },
  )
  const peak = /^peak (\d+)$/m.exec(run.stderr)?.[1]
  assert.ok(peak !== undefined && [0, 3, 4, 5].includes(run.status ?? -1), run.stderr)
  return Number(peak)
}
