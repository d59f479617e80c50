import assert from 'node:assert/strict'
import { test } from 'node:test'
import { logsBeside, logsOfOneSeries, logsThatExplainNothing } from '../../src/findings/second-series.ts'
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

const explainNothing = (...others: Scan[]): string[] =>
  [...logsThatExplainNothing([...own, ...others])].map(({ path }) => path)
const eventLog = (path: string, times: readonly number[]): Scan => {
  const texts = times.map((time) => new Date(time).toISOString())
  const scan = scanOf('msexchange-management', texts, { path })
  const range = { first: times[0]!, last: times.at(-1)! }
  return { ...scan, artifact: { ...scan.artifact, ...range, windowsPath: path, parser: 'evtx', sha256: path } }
}

test('an event log in the form of Windows in a folder for temporary files is none of the server, whose own is an export', () => {
  const times = hoursFrom(DAY, 72)
  const [exported, added] = [
    eventLog('C:/Windows/System32/winevt/Logs/MSExchange Management.jsonl', times),
    eventLog('C:/Temp/MSExchange Management.evtx', times),
  ]
  assert.deepEqual(
    [...logsThatExplainNothing([exported, added])].map(({ path }) => path),
    ['C:/Temp/MSExchange Management.evtx'],
  )
})

test('a whole second series, another site, a folder of one’s own and a file without the name of the series explain nothing', () => {
  assert.deepEqual(explainNothing(), [])
  for (const path of [
    'C:/Tools/W3SVC1/u_ex210303.log',
    'C:/inetpub/logs/LogFiles/W3SVC7/u_ex210303.log',
    'C:/Tools/u_ex210303.log',
    `${OWN}/u_ex_all.log`,
  ])
    assert.deepEqual(explainNothing(log(path, hoursFrom(DAY, 72))), [path])
})

test('of two event logs of one time the one with the name of its channel explains', () => {
  const [folder, hours] = ['C:/Windows/System32/winevt/Logs', hoursFrom(DAY, 24)]
  const channel = eventLog(`${folder}/MSExchange Management.evtx`, hours)
  const other = eventLog(`${folder}/Archive.evtx`, hoursFrom(DAY - 24 * HOUR, 48))
  const before = eventLog(`${folder}/Archive.evtx`, hoursFrom(DAY - 48 * HOUR, 24))
  assert.deepEqual(explainNothing(channel, other), [other.artifact.path])
  // An archive of days before, which Windows makes only where that is set, may be anyone's.
  assert.deepEqual(explainNothing(channel, before), [before.artifact.path])
})

test('of two logs of one time in names of two forms the rare one is beside the series, and otherwise both are', () => {
  const hours = hoursFrom(DAY, 24)
  const many = Array.from({ length: 12 }, (_, day) =>
    log(
      `${OWN}/u_ex21030${3 + day}.log`.replace(/u_ex2103(\d{3})/, (_all, n: string) => `u_ex2103${n.slice(-2)}`),
      hoursFrom(DAY + day * 24 * HOUR, 24),
    ),
  )
  const other = log(`${OWN}/u_ex210303_x.log`, hours)
  const isBeside = (scans: readonly Scan[]): string[] => [...logsBeside(scans)].map(({ path }) => path).sort()
  assert.deepEqual(isBeside([...many, other]), [other.artifact.path])
  assert.deepEqual(isBeside([many[0]!, many[1]!, other]), [many[0]!.artifact.path, other.artifact.path])
})

test('logs of one series by name and place: no other folder, time, form or lower site', () => {
  const proxy = 'C:/Program Files/Microsoft/Exchange Server/V15/Logging/HttpProxy'
  const listed = (...more: readonly string[]): string[] => {
    const usual = ['u_ex210303.log', 'u_ex210304.log'].map((name) => `${OWN}/${name}`)
    const paths = [...usual, `${proxy}/Owa/HttpProxy_2021030304-1.LOG`, `${proxy}/Ews/HttpProxy_2021030304-1.LOG`]
    return [...logsOfOneSeries([...paths, ...more].map((path) => ({ path, windowsPath: path })))]
  }
  const all = listed()
  assert.equal(all.length, 4)
  // Another site of a higher number is not counted at once, and takes nothing from the first.
  assert.deepEqual(listed('C:/inetpub/logs/LogFiles/W3SVC2/u_ex210303.log'), all)
  const withoutIis = all.filter((path) => !path.startsWith(OWN))
  assert.deepEqual(listed('D:/inetpub/logs/LogFiles/W3SVC1/u_ex210310.log'), withoutIis)
  assert.deepEqual(listed(`${OWN}/u_ex210310_x.log`), withoutIis)
  assert.deepEqual(listed('D:/logs/W3SVC1/u_ex210303.log'), withoutIis)
  const rolled = `${proxy}/Owa/HttpProxy_2021030304-2.LOG`
  assert.deepEqual(
    listed(rolled),
    all.filter((path) => !path.startsWith(`${proxy}/Owa`)),
  )
  assert.deepEqual(listed('C:/Temp/u_ex210303.log'), all)
  assert.deepEqual(listed('C:/Users/Public/HttpProxy/Owa/HttpProxy_2021030305-1.LOG').length, 3)
})
