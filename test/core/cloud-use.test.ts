import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CloudRun, withoutCopies } from '../../src/activity/cloud-audit.ts'
import type { Scan } from '../../src/model/scan.ts'
import { scansOf } from './cloud-scans.ts'

const opened = (n: number, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  CreationTime: `2025-08-21T03:${String(n).padStart(2, '0')}:00`,
  Id: `5f0c2d1e-0000-4000-8000-${String(n).padStart(12, '0')}`,
  Operation: 'MailItemsAccessed',
  RecordType: 50,
  Workload: 'Exchange',
  UserId: 'm.lind@contoso.example',
  MailboxOwnerUPN: 'M.Lind@contoso.example',
  ClientIPAddress: '203.0.113.9',
  ClientInfoString: 'Client=REST;python-requests/2.31.0',
  OperationProperties: [
    { Name: 'MailAccessType', Value: 'Bind' },
    { Name: 'IsThrottled', Value: n === 3 ? 'True' : 'False' },
  ],
  Folders: [{ Path: '\\Inbox', FolderItems: [{ InternetMessageId: `<${n}@x>`, SizeInBytes: 100 }] }],
  ...more,
})
const lines = (records: readonly unknown[]): string => records.map((r) => `${JSON.stringify(r)}\n`).join('')
const table = (records: readonly Record<string, unknown>[]): string =>
  `CreationDate,UserIds,Operations,AuditData\r\n${records.map((r) => `${String(r.CreationTime)}Z,x,y,"${JSON.stringify(r).replaceAll('"', '""')}"`).join('\r\n')}\r\n`

const sums = (cloud: CloudRun): number[] =>
  [...cloud.cells()].reduce(
    ([rows, items, bytes], cell) => [rows! + cell.rows, items! + cell.items, bytes! + cell.bytes],
    [0, 0, 0],
  )

test('a record that stands in two exports of other forms is counted once, whichever comes first', async () => {
  const all = [1, 2, 3, 4, 5, 6].map((n) => opened(n))
  const scans = await scansOf({ 'a.jsonl': lines(all.slice(0, 4)), 'b.csv': table(all.slice(2)) })
  const { cloud, notes, scans: left } = withoutCopies(scans)
  assert.deepEqual(sums(cloud), [6, 6, 600])
  assert.equal(notes.filter((note) => /b\.csv: 2 records of it stand in another export, too/.test(note)).length, 1)
  const ofTool = left.flatMap(({ hits }) => hits.filter(({ event }) => event.fields.Operation === 'MailItemsAccessed'))
  const ids = ofTool.map(({ rule, event }) => `${rule} ${String(event.fields.Id)}`)
  assert.equal(new Set(ids).size, ids.length)
  const turned = withoutCopies([...scans].reverse())
  assert.deepEqual(turned.notes, notes)
  assert.deepEqual([...turned.cloud.cells()], [...cloud.cells()])
})

test('two rows of one record that say different things count both, in one file', async () => {
  const scans = await scansOf({
    'a.jsonl': lines([opened(1), opened(1, { AppId: 'x' }), opened(1)]),
    'b.jsonl': lines([opened(2)]),
  })
  assert.deepEqual(sums(withoutCopies(scans).cloud), [3, 3, 300])
})

test('rows are not hidden by others under their ids, in a file that comes before theirs', async () => {
  const all = [1, 2, 3, 4].map((n) => opened(n))
  const forged = [
    opened(1, { Operation: 'FileAccessed', Workload: 'SharePoint', RecordType: 6 }),
    opened(2, { CreationTime: '2019-01-01T00:00:00' }),
    opened(3, { ClientIPAddress: '192.0.2.77' }),
    opened(4, { Folders: [] }),
  ]
  const scans = await scansOf({ '0.jsonl': lines(forged), 'a.jsonl': lines(all) })
  const { cloud, scans: left } = withoutCopies(scans)
  const own = [...cloud.cells()].filter(({ at }) => at.path.endsWith('a.jsonl'))
  assert.deepEqual([own.map(({ rows }) => rows), own.map(({ items }) => items)], [[4], [4]])
  const hitsOf = (of: readonly Scan[]) => of.find(({ artifact }) => artifact.path.endsWith('a.jsonl'))!.hits
  const lost = hitsOf(scans).filter((hit) => !hitsOf(left).includes(hit))
  assert.deepEqual(
    lost.map(({ event }) => event.at.line).filter((line) => line !== 4),
    [],
  )
})

test('a session or an application whose name holds the mark between two is one', async () => {
  const [one] = await scansOf({
    'a.jsonl': lines([opened(1, { SessionId: 's\u0000app\u0000login', AppId: 'b\u0000c' })]),
  })
  const [cell] = [...withoutCopies([one!]).cloud.cells()]
  assert.deepEqual([cell!.session, cell!.app, cell!.act], ['s app login', 'b c', 'bind'])
})

test('when a mailbox was opened so often that it is no longer recorded', async () => {
  const { cloud } = withoutCopies(await scansOf({ 'a.jsonl': lines([opened(2), opened(3)]) }))
  assert.deepEqual(cloud.throttled(new Set(['m.lind@contoso.example'])), [Date.UTC(2025, 7, 21, 3, 3)])
  assert.deepEqual(cloud.throttled(new Set(['k.berg@contoso.example'])), [])
})

test('without such logs there is nothing', () => {
  assert.ok(withoutCopies([]).cloud.isEmpty)
  assert.deepEqual([...new CloudRun([]).acts()], [])
})
