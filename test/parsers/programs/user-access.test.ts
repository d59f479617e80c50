import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { choose } from '../../../src/parsers/index.ts'
import { userAccess } from '../../../src/parsers/user-access-logging/user-access.ts'
import { notYetRead } from '../../../src/parsers/fallback/unsupported.ts'
import { reading, survivesDamage } from '../hostile.ts'
import { eseDatabase } from '../../../tools/writers/ese.ts'

const FILE_SERVER = Buffer.from('6f22a910ee50d849a3939a501d47ce04', 'hex')
const clients = {
  name: 'CLIENTS',
  columns: [
    { id: 1, name: 'RoleGuid', type: 16 },
    { id: 2, name: 'TotalAccesses', type: 14 },
    { id: 3, name: 'InsertDate', type: 8 },
    { id: 4, name: 'LastAccess', type: 8 },
    { id: 128, name: 'Address', type: 9 },
    { id: 129, name: 'AuthenticatedUserName', type: 10 },
    { id: 256, name: 'ClientName', type: 12 },
    { id: 318, name: 'Day62', type: 17 },
    { id: 319, name: 'Day63', type: 17 },
  ],
  rows: [
    {
      RoleGuid: FILE_SERVER,
      TotalAccesses: 300,
      InsertDate: '2021-03-03T04:23:22.3701234Z',
      LastAccess: '2021-03-04T01:00:00.0000000Z',
      Address: Buffer.from([203, 0, 113, 77]),
      AuthenticatedUserName: 'example\\administrator',
      ClientName: 'desk-7',
      Day62: 299,
      Day63: 1,
    },
    {
      RoleGuid: FILE_SERVER,
      TotalAccesses: 1,
      InsertDate: '2021-03-03T04:23:22.0000000Z',
      LastAccess: '2021-03-03T04:23:22.0000000Z',
      Address: Buffer.from('20010db8000000000000000000000001', 'hex'),
      AuthenticatedUserName: null,
    },
    {
      RoleGuid: null,
      TotalAccesses: null,
      InsertDate: null,
      LastAccess: null,
      Address: null,
      AuthenticatedUserName: 'x',
    },
  ],
}
const roles = {
  name: 'ROLE_ACCESS',
  columns: [
    { id: 1, name: 'RoleGuid', type: 16 },
    { id: 2, name: 'FirstSeen', type: 8 },
    { id: 3, name: 'LastSeen', type: 8 },
  ],
  rows: [
    { RoleGuid: FILE_SERVER, FirstSeen: '2021-01-01T00:00:00.0000000Z', LastSeen: '2021-03-04T01:00:00.0000000Z' },
  ],
}
const database = eseDatabase([clients, roles])
const headOf = (path: string, bytes: Buffer) => ({ path, windowsPath: null, size: bytes.length, bytes, text: '' })

suite('user access logging', () => {
  test('address, user, role, counts by day, first and last access', async () => {
    assert.equal(choose(headOf('Current.mdb', database)), userAccess)
    const { events, gaps } = await reading(userAccess, database, 'Current.mdb', { piece: 1000 })
    assert.deepEqual(gaps, [])
    assert.deepEqual(
      events.map(({ fields, client, user }) => [fields.Table, fields.TimeMeaning, client, user]),
      [
        ['CLIENTS', 'first access', '203.0.113.77', 'example\\administrator'],
        ['CLIENTS', 'last access', '203.0.113.77', 'example\\administrator'],
        ['CLIENTS', 'first access', '2001:db8::1', null],
        ['CLIENTS', null, null, 'x'],
        ['ROLE_ACCESS', 'first seen', null, null],
        ['ROLE_ACCESS', 'last seen', null, null],
      ],
    )
    const { fields, time, at } = events[0]!
    assert.equal(time, Date.parse('2021-03-03T04:23:22.370Z'))
    assert.deepEqual(fields.Days, ['2021-03-03=299', '2021-03-04=1'])
    assert.deepEqual([fields.RoleName, fields.TotalAccesses, fields.ClientName], ['File Server', 300, 'desk-7'])
    // The place is that of the row: its user name stands there.
    assert.ok(database.subarray(at.offset, at.offset + at.length).includes(Buffer.from('administrator', 'utf16le')))
  })

  test('a page with another checksum is a gap; the rows of the others are read', async () => {
    const bytes = Buffer.from(database)
    bytes[7 * 4096 + 60]! ^= 1
    const { events, gaps } = await reading(userAccess, bytes, 'Current.mdb')
    assert.deepEqual(
      gaps.map(({ offset, length, reason }) => [offset, length, reason]),
      [[7 * 4096, 4096, 'corrupt']],
    )
    assert.deepEqual(
      events.map(({ fields }) => fields.Table),
      ['CLIENTS', 'ROLE_ACCESS', 'ROLE_ACCESS'],
    )
  })

  test('pages that point at each other are read once', async () => {
    const bytes = Buffer.from(database)
    // The root of CLIENTS has itself for a child.
    const root = 6 * 4096
    bytes.writeUInt32LE(5, root + 40 + 3)
    let sum = 5
    for (let i = 8; i < 4096; i += 4) sum ^= bytes.readUInt32LE(root + i)
    bytes.writeUInt32LE(sum >>> 0, root)
    const { events } = await reading(userAccess, bytes, 'Current.mdb')
    assert.equal(events.length, 3)
  })

  test('a copy of a database in use is noted', async () => {
    const { facts } = await reading(userAccess, eseDatabase([clients], false), 'Current.mdb')
    assert.match(facts[0]!.fact === 'note' ? facts[0]!.note : '', /transaction logs/)
  })

  test('other databases are named and not read', () => {
    const other = eseDatabase([{ ...roles, name: 'MSysOther' }])
    for (const [path, expected] of [
      ['a/WebCacheV01.dat', /visited pages/],
      ['SRUDB.dat', /SRUM/],
      ['ntds.dit', /Active Directory/],
      ['x.edb', /^ESE database \(/],
    ] as const)
      assert.match(notYetRead(other, path) ?? '', expected)
    assert.equal(notYetRead(database, 'copy of something'), null)
    assert.equal(notYetRead(other, 'C/Windows/System32/LogFiles/Sum/Current.mdb'), null)
  })

  survivesDamage('user access', userAccess, database, { path: 'Sum/Current.mdb' })
})
