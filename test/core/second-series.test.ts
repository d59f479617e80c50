import assert from 'node:assert/strict'
import { test } from 'node:test'
import { logsBeside } from '../../src/findings/second-series.ts'
import type { Scan } from '../../src/model/scan.ts'
import { scanOf } from './scans.ts'

const HOUR = 3_600_000
const DAY = Date.UTC(2021, 2, 3)
const hoursFrom = (begin: number, count: number): number[] => Array.from({ length: count }, (_, i) => begin + i * HOUR)
const log = (path: string, times: readonly number[], sha256 = path): Scan => {
  const texts = times.map((time) => new Date(time).toISOString())
  const scan = scanOf('iis-frontend', texts, { path })
  const range = { first: times[0]!, last: times.at(-1)! }
  return { ...scan, artifact: { ...scan.artifact, ...range, windowsPath: path, parser: 'iis', sha256 } }
}

const OWN = 'C:/inetpub/logs/LogFiles/W3SVC1'
const own = [0, 1, 2].map((day) => log(`${OWN}/u_ex21030${3 + day}.log`, hoursFrom(DAY + day * 24 * HOUR, 24)))

const beside = (...others: Scan[]): string[] => [...logsBeside([...own, ...others])].map(({ path }) => path)

test('one series of logs is by itself, also where it moved to another folder, and a copy of a file', () => {
  assert.deepEqual(beside(), [])
  assert.deepEqual(beside(log('D:/logs/W3SVC1/u_ex210310.log', hoursFrom(DAY + 7 * 24 * HOUR, 24))), [])
  assert.deepEqual(beside(log('D:/logs/W3SVC2/u_ex210303.log', hoursFrom(DAY, 3))), [])
  assert.deepEqual(beside(log(`${OWN}/u_ex210303_x.log`, hoursFrom(DAY, 24), own[0]!.artifact.sha256)), [])
})

test('a second series for the same hours, wherever it lies, is beside the first', () => {
  for (const folder of ['D:/logs/W3SVC1', `${OWN}/old`, 'E:/IIS/W3SVC1'])
    assert.deepEqual(beside(log(`${folder}/u_ex210303.log`, hoursFrom(DAY, 3))), [`${folder}/u_ex210303.log`])
})

test('a file of another time than its name, and a second one of the same time, are beside the series', () => {
  for (const [name, times] of [
    ['u_ex010101.log', hoursFrom(DAY, 3)],
    ['u_ex210401.log', hoursFrom(DAY, 3)],
    ['u_ex210303_x.log', hoursFrom(DAY + 4 * HOUR, 3)],
  ] as const)
    assert.deepEqual(beside(log(`${OWN}/${name}`, times)), [`${OWN}/${name}`])
})
