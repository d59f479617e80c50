import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event, FieldValue } from '../../../src/model/event.ts'
import { evtx } from '../../../src/parsers/windows-events/evtx/index.ts'
import { xmlEvents } from '../../../src/parsers/windows-events/xml.ts'
import { reading } from '../hostile.ts'
import {
  type EvtxRecord,
  type EvtxValue,
  evtxFile,
  fileTimeOf,
  typed,
  types,
  type TypedValue,
} from '../../../tools/writers/evtx.ts'

const base = {
  channel: 'Microsoft-Windows-Test/Operational',
  provider: 'Microsoft-Windows-Test',
  eventId: 7,
  computer: 'MAIL01',
  recordId: 1,
  time: '2021-03-03T04:23:22.1234567Z',
} as const

async function one(more: Partial<EvtxRecord>): Promise<Event> {
  const { events, gaps } = await reading(evtx, evtxFile([{ ...base, ...more }]))
  assert.deepEqual(gaps, [])
  assert.equal(events.length, 1)
  return events[0]!
}

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(' ', ''), 'hex')
const array = (type: number, hex: string): TypedValue => ({ type: type | types.array, bytes: bytes(hex) })

const values: readonly (readonly [what: string, value: EvtxValue, wanted: FieldValue, xml?: string])[] = [
  ['nothing', null, null, ''],
  ['text', 'Grüße, 世界 😀', 'Grüße, 世界 😀'],
  ['empty text', '', '', ''],
  ['text with control characters', 'a\u0001b\u000bc\td\r\ne', 'a\u0001b\u000bc\td\r\ne', 'a&#x1;b&#xB;c\td&#xD;\ne'],
  ['text with signs of XML', '<a b="c">&</a>', '<a b="c">&</a>', '&lt;a b=&quot;c&quot;&gt;&amp;&lt;/a&gt;'],
  ['text with its end', { type: types.string, bytes: Buffer.from('ab\0\0', 'utf16le') }, 'ab'],
  ['text with a zero inside', { type: types.string, bytes: Buffer.from('a\0b', 'utf16le') }, 'a\0b', 'a&#x0;b'],
  ['half of a pair', { type: types.string, bytes: bytes('00d8 6100') }, '\ud800a', '&#xD800;a'],
  ['text of an odd length', { type: types.string, bytes: bytes('6100 62') }, 'a'],
  ['ANSI', { type: types.ansi, bytes: bytes('c4 80 6200') }, 'Ä€b'],
  ['Int8', typed('int8', -5), -5],
  ['UInt8', typed('uint8', 250), 250],
  ['Int16', typed('int16', -30_000), -30_000],
  ['UInt16', typed('uint16', 65_535), 65_535],
  ['Int32', typed('int32', -2_147_023_728), -2_147_023_728],
  ['UInt32', typed('uint32', 4_294_967_295), 4_294_967_295],
  ['Int64', typed('int64', -5n), -5],
  ['Int64 beyond what a number holds', typed('int64', -9_223_372_036_854_775_808n), '-9223372036854775808'],
  ['UInt64', typed('uint64', 9_007_199_254_740_991n), 9_007_199_254_740_991],
  ['UInt64 beyond what a number holds', typed('uint64', 18_446_744_073_709_551_615n), '18446744073709551615'],
  ['Real32', typed('real32', 0.1), 0.1],
  ['Real64', typed('real64', 1 / 3), 1 / 3],
  ['Real64 without an end', typed('real64', Number.POSITIVE_INFINITY), 'Infinity'],
  ['true', true, true, 'true'],
  ['false', false, false, 'false'],
  ['Boolean that is neither', { type: types.bool, bytes: bytes('02000000') }, true],
  ['Binary', { type: types.binary, bytes: bytes('00ff10') }, '00FF10'],
  ['GUID', typed('guid', '54849625-5478-4994-A5BA-3E3B0328C30D'), '{54849625-5478-4994-A5BA-3E3B0328C30D}'],
  ['SizeT of 32 bits', { type: types.sizeT, bytes: bytes('34120000') }, '0x1234'],
  ['SizeT of 64 bits', { type: types.sizeT, bytes: bytes('0000000001000000') }, '0x100000000'],
  ['HexInt32', typed('hexInt32', 0xc000_006a), '0xc000006a'],
  ['HexInt64', typed('hexInt64', 0x3e7n), '0x3e7'],
  ['HexInt64 of all bits', typed('hexInt64', 0xffff_ffff_0000_00ffn), '0xffffffff000000ff'],
  ['FILETIME', typed('fileTime', fileTimeOf('2021-03-03T04:23:22.0000001Z')), '2021-03-03T04:23:22.0000001Z'],
  ['FILETIME of never', typed('fileTime', 0n), '1601-01-01T00:00:00.0000000Z'],
  ['FILETIME of no year', typed('fileTime', 0x7fff_ffff_ffff_ffffn), '0x7fffffffffffffff'],
  [
    'SYSTEMTIME',
    { type: types.sysTime, bytes: bytes('e507 0300 0300 0300 0400 1700 1600 7201') },
    '2021-03-03T04:23:22.370Z',
  ],
  [
    'SYSTEMTIME of no day',
    { type: types.sysTime, bytes: bytes('e507 0d00 0300 0300 0400 1700 1600 7201') },
    'E5070D000300030004001700160' + '07201',
  ],
  ['SYSTEMTIME of nothing', { type: types.sysTime, bytes: Buffer.alloc(16) }, null, ''],
  ['SID', typed('sid', 'S-1-5-21-1004336348-1177238915-682003330-512'), 'S-1-5-21-1004336348-1177238915-682003330-512'],
  ['SID of a long authority', { type: types.sid, bytes: bytes('01 00 ffffffffffff') }, 'S-1-0xffffffffffff'],
  [
    'SID that ends too early',
    { type: types.sid, bytes: bytes('01 05 000000000005 20000000') },
    '010500000000000520000000',
  ],
  ['a number of another size', { type: types.uint32, bytes: bytes('010203') }, '010203'],
  ['a number without bytes', { type: types.uint64, bytes: Buffer.alloc(0) }, null, ''],
  ['handle', { type: types.evtHandle, bytes: bytes('01000000') }, '01000000'],
  ['a type that does not exist', { type: 0x17, bytes: bytes('0102') }, '0102'],
  ['list of texts', ['a', '', 'c'], ['a', '', 'c']],
  ['list of one text', ['a'], 'a'],
  ['list of UInt16', array(types.uint16, '0100 ffff'), [1, 65_535]],
  ['list of Int64', array(types.int64, 'ffffffffffffffff 0100000000000000'), [-1, 1]],
  ['list of Boolean', array(types.bool, '00000000 01000000'), ['false', 'true']],
  [
    'list of GUIDs',
    array(types.guid, '25968454785494 49a5ba3e3b0328c30d'.repeat(2)),
    ['{54849625-5478-4994-A5BA-3E3B0328C30D}', '{54849625-5478-4994-A5BA-3E3B0328C30D}'],
  ],
  ['list of HexInt32', array(types.hexInt32, '01000000 ff000000'), ['0x1', '0xff']],
  ['list of SIDs', array(types.sid, '010100000000000512000000 010100000000000513000000'), ['S-1-5-18', 'S-1-5-19']],
  ['list whose items do not fit', array(types.uint32, '010203'), '010203'],
]

for (const [what, value, wanted, xml] of values) {
  test(`value: ${what}`, async () => {
    const event = await one({
      data: [
        ['Before', 'x'],
        ['Value', value],
        ['After', 'y'],
      ],
    })
    assert.deepEqual([event.fields.Before, event.fields.Value, event.fields.After], ['x', wanted, 'y'])
    if (typeof wanted !== 'object')
      assert.ok(event.raw.includes(`<Data Name="Value">${xml ?? String(wanted)}</Data>`), event.raw)
    assert.ok(event.raw.includes('<Data Name="After">y</Data>'))
  })
}

test('the System block', async () => {
  const event = await one({
    providerGuid: '54849625-5478-4994-A5BA-3E3B0328C30D',
    eventId: 4624,
    qualifiers: 16_384,
    version: 2,
    level: 0,
    task: 12_544,
    opcode: 1,
    keywords: 0x8020_0000_0000_0000n,
    recordId: 4_294_967_297,
    processId: 612,
    threadId: 788,
    userId: 'S-1-5-18',
    activityId: 'a895d499-2626-0001-2ad5-95a82626d901',
  })
  assert.deepEqual(
    { ...event.fields },
    {
      EventID: 4624,
      Channel: base.channel,
      Provider_Name: base.provider,
      Provider_Guid: '{54849625-5478-4994-A5BA-3E3B0328C30D}',
      Computer: 'MAIL01',
      Level: 0,
      EventRecordID: 4_294_967_297,
      UserID: 'S-1-5-18',
      Keywords: '0x8020000000000000',
      Version: 2,
      Task: 12_544,
      Opcode: 1,
      Qualifiers: 16_384,
      Execution_ProcessID: 612,
      Execution_ThreadID: 788,
      Correlation_ActivityID: '{A895D499-2626-0001-2AD5-95A82626D901}',
      SystemTime: '2021-03-03T04:23:22.1234567Z',
    },
  )
  assert.equal(event.time, Date.UTC(2021, 2, 3, 4, 23, 22, 123))
  assert.equal(event.at.record, 4_294_967_297)
})

test('items without a name stand by position, with all of them as Data', async () => {
  const { fields } = await one({
    data: [
      [null, 'a'],
      ['Named', 'b'],
      [null, ['c', 'd']],
    ],
  })
  assert.deepEqual([fields.Data_0, fields.Data_1, fields.Data_2, fields.Named], ['a', 'c', 'd', 'b'])
  assert.deepEqual(fields.Data, ['a', 'c', 'd'])
})

test('a name that stands twice has all its values', async () => {
  const { fields } = await one({
    data: [
      ['A', 'x'],
      ['B', 1],
      ['A', 'y'],
      ['A', null],
    ],
  })
  assert.deepEqual([fields.A, fields.B], [['x', 'y'], 1])
})

test('names of the System block and of prototypes are names like any other', async () => {
  const { fields } = await one({
    data: [
      ['__proto__', 'p'],
      ['constructor', 'c'],
      ['Version', '9.01'],
      ['Channel', 'theirs'],
    ],
  })
  assert.deepEqual(
    Object.entries(fields)
      .filter(([name]) => /proto|constructor|Version|Channel/.test(name))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
    [
      ['Channel', base.channel],
      ['EventData_Channel', 'theirs'],
      ['System_Version', 0],
      ['Version', '9.01'],
      ['__proto__', 'p'],
      ['constructor', 'c'],
    ],
  )
})

test('leaves of UserData under their own names; Binary in hexadecimal', async () => {
  const cleared = await one({
    channel: 'Security',
    provider: 'Microsoft-Windows-Eventlog',
    eventId: 1102,
    userData: {
      element: 'LogFileCleared',
      namespace: 'http://manifests.example/eventlog',
      items: [
        ['SubjectUserName', 'admin'],
        ['SubjectLogonId', typed('hexInt64', 0x3e7n)],
      ],
    },
  })
  assert.deepEqual(
    [cleared.fields.SubjectUserName, cleared.fields.SubjectLogonId, cleared.user],
    ['admin', '0x3e7', 'admin'],
  )
  assert.ok(
    cleared.raw.includes('<UserData><LogFileCleared xmlns="http://manifests.example/eventlog"><SubjectUserName>admin<'),
  )
  const classic = await one({ data: [[null, ['a', 'b']]], binary: Buffer.from([0xde, 0xad]) })
  assert.deepEqual([classic.fields.Data, classic.fields.Binary], [['a', 'b'], 'DEAD'])
})

test('cmdlets of MSExchange Management are read by position', async () => {
  const items = [
    'New-MailboxExportRequest',
    '-Mailbox "a" -FilePath "\\\\x\\y.pst"',
    'contoso.example/Users/Admin',
    'S-1-5-21-1-2-3-500',
    '',
    'Remote',
    '1 w3wp',
  ]
  const event = await one({
    channel: 'MSExchange Management',
    provider: 'MSExchange CmdletLogs',
    eventId: 1,
    data: [[null, items]],
  })
  assert.equal(event.log, 'msexchange-management')
  assert.deepEqual(
    [event.fields.Cmdlet, event.fields.Parameters, event.fields.Succeeded, event.user],
    [items[0], items[1], true, items[2]],
  )
})

test('an event without data', async () => {
  const { fields, raw } = await one({})
  assert.equal(fields.EventID, 7)
  assert.ok(raw.endsWith('</System></Event>'), raw)
})

test('the raw text, read as XML, gives the same event', async () => {
  for (const more of [
    {
      data: [
        ['Image', 'C:\\a <b>.exe'],
        ['ProcessGuid', typed('guid', '54849625-5478-4994-A5BA-3E3B0328C30D')],
        ['Initiated', false],
        ['SourceIp', '203.0.113.7'],
      ],
    },
    {
      channel: 'Security',
      provider: 'Microsoft-Windows-Security-Auditing',
      eventId: 4688,
      data: [
        ['NewProcessName', 'C:\\x.exe'],
        ['SubjectUserName', 'u'],
        ['SubjectDomainName', 'D'],
        ['MandatoryLabel', typed('sid', 'S-1-16-12288')],
        ['ProcessId', typed('hexInt64', 4n)],
        ['SubjectLogonId', typed('hexInt64', 0x1234n)],
      ],
    },
    {
      channel: 'Security',
      provider: 'Microsoft-Windows-Security-Auditing',
      eventId: 4624,
      data: [
        ['TargetUserName', 'u'],
        ['TargetDomainName', 'D'],
        ['IpAddress', '::ffff:203.0.113.7'],
        ['TargetLogonId', typed('hexInt64', 0x3e7n)],
      ],
    },
    {
      channel: 'Microsoft-Windows-Sysmon/Operational',
      provider: 'Microsoft-Windows-Sysmon',
      eventId: 12,
      data: [
        ['EventType', 'CreateKey'],
        ['TargetObject', 'HKLM\\x'],
        ['User', '-'],
      ],
    },
    {
      channel: 'Windows PowerShell',
      provider: 'PowerShell',
      eventId: 400,
      data: [[null, ['Available', 'None', '\tNewEngineState=Available\n\tHostApplication=powershell.exe -enc AAAA\n']]],
    },
    {
      userData: {
        element: 'E',
        items: [
          ['A', 'x'],
          ['B', 5],
        ],
      },
    },
  ] as Partial<EvtxRecord>[]) {
    const event = await one(more)
    const [twin] = (await reading(xmlEvents, Buffer.from(event.raw))).events
    assert.ok(twin)
    const plain = (value: FieldValue | undefined): string =>
      value === null || value === undefined ? '' : String(value)
    for (const name of Object.keys(event.fields)) {
      if (name !== 'Provider_Guid') assert.equal(plain(twin.fields[name]), plain(event.fields[name]), name)
    }
    for (const role of ['log', 'time', 'host', 'client', 'user', 'target', 'session'] as const)
      assert.equal(twin[role], event[role], role)
    assert.deepEqual(twin.sources, event.sources)
  }
})
