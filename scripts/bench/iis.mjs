// How long Postern takes for IIS rows beside reading the bytes and counting their lines.
// The rows are made the same way each time; they lie in a folder of their own that is removed at the end.
import { spawnSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../ready.mjs'

/** Takes the rows of so many megabytes. */
export function iis(node, megabytes) {
  const folder = mkdtempSync(join(tmpdir(), 'postern-bench-'))
  try {
    const logs = join(folder, 'evidence', 'C', 'inetpub', 'logs', 'LogFiles', 'W3SVC1')
    mkdirSync(logs, { recursive: true })
    const log = join(logs, 'u_ex210301.log')
    const rows = writeRows(log, megabytes * 1e6)
    const size = statSync(log).size
    console.log(`${(size / 1e6).toFixed(0)} MB, ${rows} rows of an IIS log`)
    const main = join(root, 'dist', 'cli', 'main.js')
    const assess = (jobs) => [
      node,
      main,
      'assess',
      join(folder, 'evidence'),
      '--quiet',
      '--jobs',
      jobs,
      '--out',
      join(folder, `out-${jobs}`),
    ]
    const first = time('read (cat)', size, ['cat', log])
    time('count lines (wc -l)', size, ['wc', '-l', log], first)
    time('postern assess, 1 job', size, assess('1'), first)
    time('postern assess, 2 jobs', size, assess('2'), first)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function time(name, size, [program, ...options], first) {
  const start = process.hrtime.bigint()
  const done = spawnSync(program, options, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' })
  const seconds = Number(process.hrtime.bigint() - start) / 1e9
  if (done.error || done.status === 1 || done.status === 2) {
    console.log(`${name.padEnd(24)} not measured: ${done.error?.message ?? done.stderr.split('\n')[0]}`)
    return null
  }
  const ratio = first ? `, ${(seconds / first).toFixed(1)} times reading` : ''
  console.log(
    `${name.padEnd(24)} ${seconds.toFixed(2).padStart(8)} s ${(size / 1e6 / seconds).toFixed(0).padStart(6)} MB/s${ratio}`,
  )
  return seconds
}

/** Ordinary rows of a mail server and, one in ten thousand, a probe; from a fixed seed. */
function writeRows(path, size) {
  const fields =
    '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken'
  const stems = [
    '/owa/',
    '/owa/service.svc',
    '/mapi/emsmdb/',
    '/Microsoft-Server-ActiveSync/default.eas',
    '/EWS/Exchange.asmx',
    '/rpc/rpcproxy.dll',
    '/ecp/default.aspx',
    '/autodiscover/autodiscover.xml',
  ]
  const agents = [
    'Microsoft+Office/16.0+(Windows+NT+10.0;+Microsoft+Outlook+16.0.13530;+Pro)',
    'Mozilla/5.0+(Windows+NT+10.0;+Win64;+x64)+AppleWebKit/537.36',
    'Apple-iPhone12C1/1803.45',
    'MacOutlook/16.46.210214',
  ]
  const random = seeded(20210301)
  const file = openSync(path, 'w')
  let rows = 0
  let written = writeSync(
    file,
    `#Software: Microsoft Internet Information Services 10.0\r\n#Version: 1.0\r\n#Date: 2021-03-01 00:00:00\r\n${fields}\r\n`,
  )
  while (written < size) {
    let block = ''
    for (let i = 0; i < 2_000; i++, rows++) {
      const second = Math.floor((written / size) * 86_399)
      const time = [second / 3600, (second / 60) % 60, second % 60]
        .map((n) => String(Math.floor(n)).padStart(2, '0'))
        .join(':')
      const user = random(300)
      const probe = random(10_000) === 0
      const stem = probe ? `/owa/auth/x${random(50)}.js` : stems[random(stems.length)]
      const query = probe
        ? '-'
        : `Cmd=Sync&User=user${user}&DeviceId=${random(4_000)}&CorrelationID=<empty>;&cafeReqId=${hex(random)}-${hex(random)};`
      block += `2021-03-01 ${time} 10.0.0.5 ${probe ? 'GET' : 'POST'} ${stem} ${query} 443 ${probe ? '-' : `CONTOSO\\user${user}`} 198.51.100.${random(250)} ${agents[random(agents.length)]} - ${probe ? 404 : 200} 0 0 ${random(900)}\r\n`
    }
    written += writeSync(file, block)
  }
  closeSync(file)
  return rows
}

function hex(random) {
  return random(0x10000).toString(16).padStart(4, '0')
}

/** A small linear congruential generator: the same rows on every machine. */
function seeded(seed) {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 0x100000000) * below)
  }
}
