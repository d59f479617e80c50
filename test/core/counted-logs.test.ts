import assert from 'node:assert/strict'
import { test } from 'node:test'
import { FileRequests } from '../../src/activity/requests.ts'
import { CountedLogs } from '../../src/assessment/counted-logs.ts'
import type { Member } from '../../src/evidence/container.ts'
import type { Scan } from '../../src/model/scan.ts'
import { scanOf } from './scans.ts'

// Files come in any order: while some are not read yet, and where more waits than may, the counts must be the same.

const DAY = Date.UTC(2021, 2, 3)
const OWN = 'C:/inetpub/logs/LogFiles/W3SVC1'
const paths = [
  `${OWN}/u_ex210303.log`,
  `${OWN}/u_ex210304.log`,
  'C:/inetpub/logs/LogFiles/W3SVC7/u_ex210303.log',
  'D:/Logs/IIS/W3SVC1/u_ex210303.log',
  'D:/Logs/other.log',
]
const members = paths.map((path) => ({ path, windowsPath: path }) as Member)

function scanAt(path: string): Scan {
  const times = Array.from({ length: 24 }, (_, i) => DAY + i * 3_600_000 + (path.includes('0304') ? 86_400_000 : 0))
  const requests = new FileRequests()
  const at = { path, offset: 0, length: 1 }
  const client = `198.51.100.${paths.indexOf(path) + 1}`
  requests.addRow(client, { 'cs-uri-stem': '/owa/', 'sc-status': 200 }, times[0]!)
  requests.addLogon({ value: ['ann', client, '', '0'].join('\0'), client }, times[0]!, at)
  const scan = scanOf(
    'iis-frontend',
    times.map((time) => new Date(time).toISOString()),
    { path },
  )
  const artifact = { first: times[0]!, last: times.at(-1)!, windowsPath: path, parser: 'iis', sha256: path }
  return {
    ...scan,
    artifact: { ...scan.artifact, ...artifact },
    requests: requests.tallies(),
    logons: requests.logons.tally()!,
  }
}

/** The clients that explain, and all that logged on, after files came in this order. */
function countedIn(order: readonly number[], most?: number): unknown {
  const logs = new CountedLogs(members, most)
  const scans: Scan[] = []
  for (const i of order) {
    scans[i] = scanAt(paths[i]!)
    logs.add(scans[i], members[i]!)
  }
  logs.finish(scans)
  return {
    requests: logs.requests.of.client.values.toSorted(),
    beside: logs.requestsBeside.of.client.values.toSorted(),
    served: logs.logons.served().map(({ client }) => client),
    explaining: logs.logons.explaining().map(({ client }) => client),
  }
}

test('counts do not depend on the order in which files are read', () => {
  for (const most of [undefined, 4, 20]) {
    const expected = countedIn([0, 1, 2, 3, 4], most)
    for (const order of [
      [4, 3, 2, 1, 0],
      [2, 0, 4, 1, 3],
      [3, 4, 0, 2, 1],
    ])
      assert.deepEqual(countedIn(order, most), expected)
  }
})

test('where more waits than may, none of it explains anything', () => {
  const { requests, beside, served } = countedIn([0, 1, 2], 4) as Record<string, readonly string[]>
  assert.equal(requests!.length + beside!.length, 3)
  assert.equal(served!.length, 3)
  const whole = countedIn([0, 1, 2]) as Record<string, readonly string[]>
  assert.deepEqual(whole.requests, ['198.51.100.1', '198.51.100.2'])
  assert.ok(requests!.length < whole.requests.length)
})

test('where two series may be the one of the server, a third site explains nothing either', () => {
  const { requests, beside, explaining } = countedIn([0, 1, 2, 3, 4]) as Record<string, readonly string[]>
  assert.deepEqual(requests, [])
  assert.equal(beside!.length, 5)
  assert.deepEqual(explaining, [])
})
