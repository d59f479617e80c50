import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fields } from '../../src/model/event.ts'
import { requestsOf } from '../../src/assessment/rare-requests.ts'
import type { Scan } from '../../src/model/scan.ts'
import type { Baseline } from '../../src/rules/baselines/baseline.ts'
import { FileRequests, RequestTables } from '../../src/activity/requests.ts'

const MARCH = Date.parse('2021-03-03T00:00:00Z')
const baseline = { hasName: (name: string) => name === 'inboxrules.aspx' } as unknown as Baseline

function tables(clients: number, rows: number): FileRequests {
  const file = new FileRequests()
  for (let i = 0; i < rows; i++)
    ask(file, `10.0.0.${i % clients}`, '/owa/', `Mozilla/5.0 Firefox/${i % 90}`, 200, MARCH + i * 1000)
  return file
}

function ask(
  to: FileRequests,
  client: string | null,
  path: string,
  agent: string | null,
  status: number,
  time = MARCH,
) {
  const fields: Fields = { 'cs-uri-stem': path, 'cs-user-agent': agent, 'sc-status': status, 'sc-bytes': 5 }
  to.addRow(client, fields, time)
}

function overAll(...files: readonly FileRequests[]) {
  const all = new RequestTables()
  for (const file of files) all.addFile({ requests: file.tallies() })
  return requestsOf(all, () => [baseline])
}

test('a page or a program of one address alone that was answered is rare; what others use, or nobody got, is not', () => {
  const one = tables(20, 3_000)
  const other = new FileRequests()
  ask(other, '203.0.113.9', '/aspnet_client/Shell.ASPX', 'python-requests/2.25.1', 200, MARCH + 5)
  ask(one, '203.0.113.9', '/ASPNET_CLIENT/shell.aspx', 'python-requests/2.25.1', 500, MARCH + 9)
  // A page whose name Exchange knows comes later; the last that was seen comes first.
  ask(one, '10.0.0.3', '/ecp/RulesEditor/InboxRules.aspx', 'Mozilla/5.0 Firefox/3', 200, MARCH + 70)
  ask(one, '10.0.0.3', '/ecp/new.aspx/with/more', 'Mozilla/5.0 Firefox/3', 200, MARCH + 60)
  // Nobody got it; two got it; the machine itself got it; it is no page; no client is named.
  ask(one, '203.0.113.9', '/aspnet_client/none.aspx', 'python-requests/2.26.0', 404)
  ask(one, '10.0.0.1', '/owa/both.aspx', 'a', 200)
  ask(other, '10.0.0.2', '/owa/both.aspx', 'a', 200)
  ask(one, '127.0.0.1', '/owa/own.aspx', 'probe', 200)
  ask(one, '203.0.113.9', '/owa/picture.png', 'curl/7.1', 404)
  ask(one, null, '/owa/nobody.aspx', 'nobody', 200)
  const { rarePages, rareAgents, rows, statuses, clients } = overAll(one, other)
  assert.deepEqual(
    rarePages!.map(({ value, client, rows: n, statuses: of, known }) => [value, client, n, of, known]),
    [
      ['/ecp/new.aspx/with/more', '10.0.0.3', 1, [1, 0, 0, 0], false],
      ['/aspnet_client/shell.aspx', '203.0.113.9', 2, [1, 0, 0, 1], false],
      ['/ecp/ruleseditor/inboxrules.aspx', '10.0.0.3', 1, [1, 0, 0, 0], true],
    ],
  )
  assert.deepEqual(
    rareAgents!.map(({ value, client, known }) => [value, client, known]),
    [['python-requests/2.25.1', '203.0.113.9', null]],
  )
  assert.deepEqual([rows, clients], [3_010, 21])
  assert.deepEqual(
    statuses.map(({ value, rows: n }) => [value, n]),
    [
      ['200', 3_007],
      ['404', 2],
      ['500', 1],
    ],
  )
})

test('versions of a program are alike: the only telephone with its version is not rare', () => {
  const one = tables(20, 3_000)
  ask(one, '10.0.0.4', '/owa/', 'Mozilla/5.0 Firefox/777', 200)
  assert.deepEqual(overAll(one).rareAgents, [])
})

test('what is a large part of all rows is not rare, and with few rows or addresses nothing can be', () => {
  const one = tables(20, 3_000)
  for (let i = 0; i < 40; i++) ask(one, '10.0.0.4', '/owa/much.aspx', 'much', 200)
  assert.deepEqual([overAll(one).rareAgents, overAll(one).rarePages], [[], []])
  for (const few of [tables(20, 900), tables(9, 3_000)]) {
    const { rareAgents, rarePages } = overAll(few)
    assert.deepEqual([rareAgents, rarePages], [null, null])
  }
})

test('values beyond the most that are told apart are counted together', () => {
  const one = new FileRequests()
  for (let i = 0; i < 1_200; i++) ask(one, '10.0.0.1', '/', null, i)
  const { beyond, rows, agents, statuses } = overAll(one)
  assert.deepEqual(
    [beyond, rows, agents, statuses.length],
    [{ client: 0, agent: 0, path: 0, status: 200 }, 1_200, 0, 1_000],
  )
})

test('of values beyond the most that are told apart none is remembered', () => {
  const file = new FileRequests()
  for (let i = 0; i < 60_000; i++) ask(file, '192.0.2.7', `/${i}.aspx`, `Program/${i}`, 200)
  const { path, agent } = file.tallies()
  assert.deepEqual([path.beyond, agent.beyond], [40_000, 50_000])
  assert.ok(file.names.size < 31_000, `${file.names.size}`)
  // The next file knows all again that it has.
  const next = new FileRequests(file.names)
  for (let i = 0; i < 2; i++) ask(next, '192.0.2.7', '/59999.aspx', 'Program/59999', 200)
  assert.deepEqual(next.tallies().path.values, ['/59999.aspx'])
})

test('requests of a file that is there twice are counted once, and of copies the first by its path is named', () => {
  const file = new FileRequests()
  ask(file, '203.0.113.9', '/intranet/state.aspx', 'python-requests/2.25.1', 200)
  const [other, all] = [new FileRequests(), new RequestTables()]
  ask(other, '203.0.113.9', '/intranet/state.aspx', 'python-requests/2.25.1', 200, MARCH + 5)
  const add = (from: FileRequests, path: string, sha256: string): void =>
    all.addFile({ requests: from.tallies(), artifact: { path, sha256, first: null } as unknown as Scan['artifact'] })
  add(file, 'b/u_ex210303.log', '01')
  add(other, 'b/u_ex210304.log', '02')
  add(file, 'a/u_ex210303.log', '01')
  assert.equal(all.of.path.find('/intranet/state.aspx')?.rows, 2)
  assert.equal(all.of.client.find('203.0.113.9')?.rows, 2)
  assert.deepEqual(all.filesOf(all.of.path.numberOf('/intranet/state.aspx')), ['a/u_ex210303.log', 'b/u_ex210304.log'])
})
