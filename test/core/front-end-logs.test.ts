import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contradictionNotes, type Mirror } from '../../src/activity/front-end-logs.ts'
import { Logons } from '../../src/activity/logons.ts'
import { FileRequests } from '../../src/activity/requests.ts'
import type { KnownLogKind } from '../../src/model/log-kinds.ts'
import { logonOf } from '../../src/parsers/exchange/logons.ts'

// The web server and HttpProxy log the same requests of users. What one of them alone has, while the other one covers the time,
// explains nothing; what HttpProxy never sees, and what only looks different in it, stays.

const DAY = 86_400_000
const HOUR = 3_600_000
const START = Date.UTC(2021, 2, 3)
const people = ['ann', 'bob', 'eve', 'joe', 'kim', 'lee', 'max', 'ned', 'pam', 'sue'].map((name) => `CONTOSO\\${name}`)

type Row = { readonly user: string; readonly client: string; readonly path?: string; readonly at?: number }

const served: readonly Row[] = people.map((user, i) => ({ user, client: `192.168.1.${i + 1}` }))

const nameOf = (user: string): string => user.replace(/^.*\\|@.*$/g, '')

/** The logons of both logs of a day, and what was requested. */
function logonsOf(
  iis: readonly Row[],
  proxy: readonly Row[],
): { readonly logons: Logons; readonly paths: ReadonlySet<string> } {
  const logons = new Logons()
  const paths = new Set<string>()
  for (const [kind, rows] of [
    ['iis-frontend', iis],
    ['httpproxy-owa', proxy],
  ] as const) {
    const file = new FileRequests()
    for (const [i, { user, client, path = '/owa/service.svc', at = 9 * HOUR }] of rows.entries()) {
      const fields = { 'cs-username': user, 'sc-status': 200, 'cs-uri-stem': path }
      const logon = logonOf(fields, client, kind as KnownLogKind)!
      file.addLogon(logon, START + at, { path: kind, offset: i * 100, length: 100 })
      paths.add(path)
    }
    logons.addFile(file.logons.tally() ?? undefined, kind, kind, [kind])
  }
  return { logons, paths }
}

/** The same, compared; what is then left to explain, and what is said. */
function compared(
  iis: readonly Row[],
  proxy: readonly Row[],
  mirror: Partial<Mirror> = {},
): {
  readonly left: (client: string) => number
  readonly first: (client: string) => number | undefined
  readonly notes: readonly string[]
} {
  const { logons, paths } = logonsOf(iis, proxy)
  const found = logons.compare({ covers: () => true, paths: [...paths], isHidden: () => false, ...mirror }, nameOf)
  const at = (client: string): ReturnType<Logons['explaining']> =>
    logons.explaining().filter((one) => one.client === client)
  return {
    left: (client) => at(client).length,
    first: (client) => at(client)[0]?.days[0]?.first,
    notes: contradictionNotes(found),
  }
}

const INTRUDER = '203.0.113.77'
const forged = people.slice(0, 4).map((user) => ({ user, client: INTRUDER }))

test('logons of one log that the other one lacks explain nothing, and are named', () => {
  const ofIis = compared([...served, ...forged], served)
  assert.equal(ofIis.left(INTRUDER), 0)
  assert.equal(ofIis.left('192.168.1.1'), 1)
  assert.match(
    ofIis.notes.join(),
    /^The IIS logs record logons .* that the HttpProxy logs .*\(4 accounts at 203\.0\.113\.77\)/,
  )
  const ofProxy = compared(served, [...served, ...forged.slice(0, 1)])
  assert.equal(ofProxy.left(INTRUDER), 0)
  assert.match(ofProxy.notes.join(), /^The HttpProxy logs record logons .* that the IIS logs/)
})

test('logons of one log that are added by the hundred thousand hide none', () => {
  const others = Array.from({ length: 50_000 }, (_, i) => ({
    user: `CONTOSO\\f${i}`,
    client: `20.${i >> 16}.${(i >> 8) & 255}.${i & 255}`,
  }))
  const logons = new Logons()
  const add = (kind: KnownLogKind, rows: readonly Row[], day: number): void => {
    const file = new FileRequests()
    for (const [i, { user, client }] of rows.entries()) {
      const fields = { 'cs-username': user, 'sc-status': 200, 'cs-uri-stem': '/owa/service.svc' }
      const at = { path: kind, offset: i * 100, length: 100 }
      file.addLogon(logonOf(fields, client, kind)!, START + day * DAY + 9 * HOUR, at)
    }
    logons.addFile(file.logons.tally() ?? undefined, `${kind} ${day}`, `${kind} ${day}`, [kind])
  }
  for (let day = 0; day < 5; day++) {
    add('httpproxy-owa', served, day)
    add('iis-frontend', [...served, ...forged, ...others.slice(0, 49_000)], day)
  }
  logons.compare({ covers: () => true, paths: ['/owa/service.svc'], isHidden: () => false }, (user) => user)
  assert.equal(logons.explaining().filter(({ client }) => client === INTRUDER).length, 0)
})

for (const path of [
  '/ews/exchange.asmx',
  '/autodiscover/autodiscover.xml',
  '/ecp/',
  '/rpc/rpcproxy.dll',
  '/mapi/emsmdb/',
])
  test(`${path} is passed on by HttpProxy`, () => {
    const rows = forged.map((row) => ({ ...row, path }))
    assert.equal(compared([...served, ...rows], served).left(INTRUDER), 0)
  })

for (const path of ['/owa/15.1.2106.2/scripts/boot.js', '/owa/auth/logon.aspx', '/', '/app/'])
  test(`logons at ${path}, of which HttpProxy has no record, explain nothing at an address that it does not know`, () => {
    const rows = forged.map((row) => ({ ...row, path }))
    const { left, notes } = compared([...served, ...rows], served, { paths: ['/owa/', path] })
    assert.equal(left(INTRUDER), 0)
    assert.equal(left('192.168.1.1'), 1)
    assert.deepEqual(notes, [])
  })

for (const path of ['/rpc/rpcproxy.dll', '/api/v2.0/me', '/oab/x/oab.xml'])
  test(`logons at ${path}, of which no log of HttpProxy is there, explain nothing, alone or beside others`, () => {
    const rows = forged.map((row) => ({ ...row, path }))
    const mirror = { paths: ['/owa/', path], covers: (kind: string) => kind === 'httpproxy-owa' }
    assert.equal(compared([...served, ...rows], served, mirror).left(INTRUDER), 0)
    assert.equal(compared([...served, ...rows, ...forged], served, mirror).left(INTRUDER), 0)
  })

test('a logon that both logs have begins when HttpProxy has it', () => {
  const later = forged.map((row) => ({ ...row, at: 15 * HOUR }))
  const firstOf = (early: readonly Row[], mirror: Partial<Mirror> = {}): number | undefined =>
    compared([...served, ...later, ...early], [...served, ...later], mirror).first(INTRUDER)
  assert.equal(firstOf(forged), START + 15 * HOUR)
  assert.equal(firstOf(forged, { covers: (_, hour) => hour % 24 !== 9 }), START + 9 * HOUR)
  const soon = forged.map((row) => ({ ...row, at: 15 * HOUR - 30_000 }))
  assert.equal(firstOf(soon), START + 15 * HOUR - 30_000)
})

test('an address is no proxy where most people came directly, as both logs say', () => {
  const proxies = new Set([INTRUDER])
  const left = (iis: readonly Row[], proxy: readonly Row[]): ReadonlySet<string> =>
    logonsOf(iis, proxy)
      .logons.direct(nameOf)
      .withoutDirect(proxies, START / DAY)
  const all = people.map((user) => ({ user, client: INTRUDER }))
  assert.equal(left([...served, ...all], served).size, 0)
  assert.equal(left([...served, ...all], [...served, ...forged]).size, 0)
  // Behind a proxy HttpProxy has the same address, or that of the client.
  assert.equal(left(all, all), proxies)
  assert.equal(left(all, served), proxies)
  assert.equal(left([...served.slice(0, 2), ...all], [...served.slice(0, 2), ...all]), proxies)
  assert.equal(left(all, []), proxies)
})

const kept: readonly (readonly [string, () => ReturnType<typeof compared>])[] = [
  ['both have them', () => compared([...served, ...forged], [...served, ...forged])],
  ['there are no logs of HttpProxy', () => compared([...served, ...forged], [])],
  [
    'HttpProxy does not cover the hour',
    () => compared([...served, ...forged], served, { covers: (_, hour) => hour % 24 !== 9 }),
  ],
  [
    'the log of a protocol that was used is not there',
    () =>
      compared([...served, ...forged], served, {
        paths: ['/owa/', '/mapi/'],
        covers: (kind) => kind !== 'httpproxy-mapi',
      }),
  ],
  [
    'it is an application that HttpProxy does not serve, at an address from where people worked with Exchange before',
    () => {
      const before = [{ ...forged[0]!, at: 9 * HOUR }]
      const later = [...served, ...forged.map((row) => ({ ...row, path: '/app/' }))].map((row) => ({
        ...row,
        at: DAY + 9 * HOUR,
      }))
      return compared([...before, ...later], [...before, ...served.map((row) => ({ ...row, at: DAY + 9 * HOUR }))])
    },
  ],
  [
    'many people use a protocol whose log is not there',
    () => {
      const both = served.map((row) => ({ ...row, path: '/mapi/emsmdb/' }))
      return compared([...served, ...both, ...forged.map((row) => ({ ...row, path: '/mapi/emsmdb/' }))], served, {
        paths: ['/owa/', '/mapi/'],
        covers: (kind) => kind === 'httpproxy-ews' || kind === 'httpproxy-owa',
      })
    },
  ],
  [
    'a balancer hides clients from the web server alone',
    () =>
      compared(
        served.map(({ user }) => ({ user, client: INTRUDER })),
        served,
      ),
  ],
  [
    'some clients come by a balancer that HttpProxy looks behind',
    () =>
      compared(
        [...served, { user: 'CONTOSO\\tom', client: INTRUDER }],
        [...served, { user: 'CONTOSO\\tom', client: '198.51.100.7' }],
      ),
  ],
  [
    'an account has another name in the other log',
    () =>
      compared([...served, { user: 'tom', client: INTRUDER }], [...served, { user: 'S-1-5-21-9', client: INTRUDER }]),
  ],
  [
    'the address hides clients',
    () => compared([...served, ...forged], served, { isHidden: (client) => client === INTRUDER }),
  ],
  [
    'it is at the turn of a day',
    () => compared([...served, { ...forged[0]!, at: DAY - 1000 }], [...served, { ...forged[0]!, at: DAY + 1000 }]),
  ],
  [
    'the web server names no user of a client',
    () => compared(served, [...served, { user: 'CONTOSO\\tom', client: INTRUDER }]),
  ],
]
for (const [what, run] of kept)
  test(`logons stay where ${what}`, () => {
    const { left, notes } = run()
    assert.ok(left(INTRUDER) > 0)
    assert.deepEqual(notes, [])
  })
