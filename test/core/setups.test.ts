import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { exposureAt, doorOf } from '../../src/assessment/exposure/exposure.ts'
import { loadExposureFacts } from '../../src/knowledge/exposure-tables.ts'
import type { Fact } from '../../src/model/event.ts'
import { serverFacts } from '../../src/assessment/server/server.ts'
import { build, scanOf } from './scans.ts'

const facts = loadExposureFacts(fileURLToPath(new URL('../../knowledge', import.meta.url)))
const setup = (b: string, from: string): Fact => build(b, from, null, 'cu')
const serverOf = (...builds: Fact[]) =>
  serverFacts([scanOf('httpproxy-ecp', ['2020-12-01T00:00:00Z', '2021-04-30T12:00:00Z'], { facts: builds })], 'X')
const runsOf = (...builds: Fact[]): string[] =>
  serverOf(...builds).builds.map(({ build: b, from, to, precision }) =>
    [b, ...[from, to].map((time) => new Date(time!).toISOString().slice(0, 10)), precision].join(' '),
  )

for (const [name, builds, expected] of [
  [
    'a build that was set up runs to the end of the evidence',
    [setup('15.1.2176.2', '2021-01-10T00:00:00Z')],
    ['15.1.2176.2 2021-01-10 2021-04-30 cu'],
  ],
  [
    'or until the next setup',
    [setup('15.1.2176.2', '2021-01-10T00:00:00Z'), setup('15.1.2242.4', '2021-03-20T00:00:00Z')],
    ['15.1.2176.2 2021-01-10 2021-03-19 cu', '15.1.2242.4 2021-03-20 2021-04-30 cu'],
  ],
  [
    'or until rows show another CU, whose setup the log does not hold',
    [
      setup('15.1.2176.2', '2021-01-10T00:00:00Z'),
      build('15.1.2242.4', '2021-03-20T00:00:00Z', '2021-04-30T00:00:00Z'),
    ],
    ['15.1.2176.2 2021-01-10 2021-03-19 cu', '15.1.2242.4 2021-03-20 2021-04-30 update'],
  ],
  [
    'rows that name the very build show that no update came in between',
    [
      setup('15.1.2176.2', '2021-01-10T00:00:00Z'),
      build('15.1.2176.2', '2021-03-01T00:00:00Z', '2021-03-05T00:00:00Z'),
    ],
    ['15.1.2176.2 2021-01-10 2021-03-05 update'],
  ],
  [
    'after rows that name an update the setup has nothing more to say',
    [
      setup('15.1.2176.2', '2021-01-10T00:00:00Z'),
      build('15.1.2176.9', '2021-03-05T00:00:00Z', '2021-03-09T00:00:00Z'),
    ],
    ['15.1.2176.2 2021-01-10 2021-03-04 cu', '15.1.2176.9 2021-03-05 2021-03-09 update'],
  ],
  [
    'a page of the same CU adds nothing to its setup',
    [
      setup('15.1.2176.2', '2021-01-10T00:00:00Z'),
      build('15.1.2176.0', '2021-02-01T00:00:00Z', '2021-02-02T00:00:00Z', 'cu'),
    ],
    ['15.1.2176.2 2021-01-10 2021-04-30 cu'],
  ],
] as const) {
  test(name, () => assert.deepEqual(runsOf(...builds), expected))
}

test('before rows that show a CU open it was open too, since it was set up', () => {
  const server = serverOf(
    setup('15.1.2176.2', '2021-01-10T00:00:00Z'),
    build('15.1.2176.4', '2021-03-01T00:00:00Z', '2021-03-02T00:00:00Z'),
    build('15.1.2176.9', '2021-03-05T00:00:00Z', '2021-03-09T00:00:00Z'),
  )
  const door = doorOf(['CVE-2021-26855'], server, facts)
  assert.equal(exposureAt(door, Date.parse('2021-02-01T00:00:00Z')), 'open')
  assert.equal(door.end, 'fixed')
})

test('the setup log names the server where no row does', () => {
  const host: Fact = { fact: 'host', host: 'mail22', source: 'ExchangeSetup.log', rows: 1 }
  assert.equal(serverOf(host).name, 'MAIL22')
})
