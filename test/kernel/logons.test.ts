import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Scan } from '../../src/model/scan.ts'
import { bothWays, scansOf } from './both-ways.ts'
import { Chance } from './logs.ts'

// The kernel remembers logons in a table of limited size, by parts of the name first. What falls out of it, names that differ only
// in the middle, and the next file must be counted as if it remembered nothing.

const folder = mkdtempSync(join(tmpdir(), 'postern-logons-'))
after(() => rmSync(folder, { recursive: true }))

const header =
  '#Fields: date time cs-method cs-uri-stem s-port cs-username c-ip cs(User-Agent) sc-status sc-win32-status\r\n'
const START = Date.UTC(2021, 2, 1)
const paths = [
  '/owa/service.svc',
  '/owa/auth/logon.aspx',
  '/ecp/default.aspx',
  '/ews/exchange.asmx',
  '/Autodiscover/autodiscover.xml',
  '/rpc/rpcproxy.dll',
  '/mapi/nspi/',
  '/app/default.aspx',
]

/**
 * Rows of this number of users, each with two addresses, who return in no order; `seed`: another order and other times. `apart`: ms from
 * row to row.
 */
function logOf(users: number, rows: number, seed: number, apart = 1000): Buffer {
  const chance = new Chance(seed)
  const lines = Array.from({ length: rows }, (_, i) => {
    const user = chance.int(users)
    const name = [
      `CONTOSO\\user${user}`,
      `contoso.example\\${String(user).padStart(9, '0')}@contoso.example`,
      `u${user}`,
      `${'long'.repeat(40)}${user}`,
    ][chance.int(user % 50 === 0 ? 4 : 3)]
    const address = `10.${chance.int(2)}.${user >> 8}.${user & 255}`
    const path = chance.of(paths)
    const status = chance.of([200, 200, 200, 401, 302])
    const at = new Date(START + (i + chance.int(5)) * apart).toISOString()
    const method = chance.of(['POST', 'POST', 'GET', 'HEAD', 'OPTIONS', 'PUT', 'GETS', '-'])
    return `${at.slice(0, 10)} ${at.slice(11, 19)} ${method} ${path} 443 ${name} ${address} Client/1.0 ${status} ${chance.of([0, 0, 1907])}`
  })
  return Buffer.from(`${header}${lines.join('\r\n')}\r\n`)
}

function logonsOf({ logons }: Scan): unknown {
  return { values: logons?.values, counts: [...(logons?.counts ?? [])], beyond: logons?.beyond }
}

test('logons are the same with the kernel, in the first file and the next', async () => {
  const settings = await bothWays(null)
  for (const [seed, users] of [
    [1, 30],
    [2, 30],
    [3, 3_000],
    [4, 12_000],
  ] as const) {
    const log = logOf(users, 40_000, seed)
    const scans = await scansOf(folder, `inetpub/logs/LogFiles/W3SVC1/u_ex2103${seed}.log`, log, settings)
    const [expected, ...others] = scans.map(logonsOf)
    assert.ok((scans[0]!.logons?.values.length ?? 0) > users)
    for (const other of others) assert.deepEqual(other, expected)
  }
})

test('logons of each day are apart in a file of several days, and the same with the kernel', async () => {
  const settings = await bothWays(null)
  const log = logOf(40, 30_000, 5, 30_000)
  const scans = await scansOf(folder, 'inetpub/logs/LogFiles/W3SVC1/u_ex2103.log', log, settings)
  const [expected, ...others] = scans.map(logonsOf)
  for (const other of others) assert.deepEqual(other, expected)
  const { values, counts } = scans[0]!.logons!
  const days = new Set<string>()
  for (const [i, value] of values.entries()) {
    const [first, last] = [counts[7 * i + 2]!, counts[7 * i + 3]!].map((time) => Math.floor(time / 86_400_000))
    assert.equal(first, last)
    days.add(`${first} ${value}`)
  }
  assert.equal(days.size, values.length)
  assert.ok(new Set(values).size < values.length / 4)
})

test('served logons beyond the most that are counted in a file take its time away, in every way of reading; refused ones do not', async () => {
  const settings = await bothWays(null)
  const gapsOf = async (rows: number, status: number): Promise<unknown[]> => {
    const lines = Array.from({ length: rows }, (_, i) => {
      const at = new Date(START + i).toISOString()
      return `${at.slice(0, 10)} ${at.slice(11, 19)} GET /owa/ 443 user${i} 10.0.0.1 a ${status} 0`
    })
    const log = Buffer.from(`${header}${lines.join('\r\n')}\r\n`)
    const scans = await scansOf(folder, 'inetpub/logs/LogFiles/W3SVC1/u_ex210301.log', log, settings)
    return scans.map(({ gaps }) => gaps.map(({ reason }) => reason))
  }
  assert.deepEqual(await gapsOf(200_001, 200), [['too-long'], ['too-long'], ['too-long']])
  assert.deepEqual(await gapsOf(100_001, 401), [[], [], []])
})
