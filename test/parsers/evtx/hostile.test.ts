import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event } from '../../../src/model/event.ts'
import type { Gap } from '../../../src/model/evidence.ts'
import { evtx } from '../../../src/parsers/windows-events/evtx/index.ts'
import { reading, type Reading, survivesDamage } from '../hostile.ts'
import {
  Chunk,
  type Element,
  evtxFile,
  evtxOfChunks,
  type EvtxRecord,
  fileHeader,
  fileTimeOf,
  type Fragment,
  instanceOf,
  recordsOf,
  seal,
  templateOf,
  typed,
  types,
} from '../../../tools/writers/evtx.ts'
import { large } from '../../tenth.ts'

const FILE = 4_096
const CHUNK = 65_536

const record = (id: number, more: Partial<EvtxRecord> = {}): EvtxRecord => ({
  channel: 'Security',
  provider: 'Microsoft-Windows-Security-Auditing',
  eventId: 4624,
  computer: 'MAIL01',
  recordId: id,
  time: Date.UTC(2021, 2, 3, 4, 0, id % 3600),
  data: [
    ['TargetUserName', `user${id}`],
    ['IpAddress', '203.0.113.7'],
  ],
  ...more,
})
const records = (count: number, from = 1): EvtxRecord[] => Array.from({ length: count }, (_, i) => record(from + i))

function chunk(ids: readonly number[]): Buffer {
  const made = new Chunk()
  for (const id of ids) assert.ok(made.add(record(id)))
  return made.finish()
}
const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i)

const live = (read: Reading): Event[] =>
  read.events.filter(({ log, fields }) => log !== 'evtx-integrity' && fields.Recovered !== true)
const ids = (events: readonly Event[]): unknown[] => events.map(({ fields }) => fields.EventRecordID)
const recovered = (read: Reading): Event[] => read.events.filter(({ fields }) => fields.Recovered === true)
/** Gaps of bytes; those that the numbers of records tell lie in no bytes. */
const where = (gaps: Reading['gaps']): unknown[] =>
  gaps.flatMap(({ offset, length, reason, between }) => (between ? [] : [[offset, length, reason]]))
const reasons = ({ gaps }: Reading): unknown[] => gaps.flatMap(({ reason, between }) => (between ? [] : [reason]))

// ---------------------------------------------------------------- counts that lie

for (const count of [0, 1, 10, 0xffff]) {
  test(`H01 the header names ${count} chunks, 4 are there`, async () => {
    const chunks = [1, 51, 101, 151].map((from) => chunk(numbers(from, from + 49)))
    const header = fileHeader({ chunks: count, next: 201n })
    const read = await reading(evtx, Buffer.concat([header, ...chunks]))
    assert.deepEqual(ids(live(read)), numbers(1, 200))
    // That chunks are missing is told, without a byte of it.
    assert.deepEqual(where(read.gaps), count === 10 ? [[FILE + 4 * CHUNK, 0, 'truncated']] : [])
  })
}

test('H01 chunks that are there but not written yet count as read', async () => {
  const read = await reading(evtx, Buffer.concat([evtxFile(records(10)), Buffer.alloc(3 * CHUNK), Buffer.alloc(100)]))
  assert.equal(live(read).length, 10)
  assert.deepEqual(read.gaps, [])
})

void large('H06 more than 65,535 chunks, beyond 4 GiB', { timeout: 120_000 }, async () => {
  const first = evtxOfChunks([chunk([1, 2, 3])])
  const last = chunk([4, 5, 6])
  const zeros = Buffer.alloc(16 * CHUNK)
  const empty = 4_100
  const events: Event[] = []
  const gaps: Omit<Gap, 'path'>[] = []
  const parsed = await evtx.read(
    {
      path: 'Security.evtx',
      windowsPath: null,
      size: null,
      bytes: first.subarray(0, CHUNK),
      text: '',
      modified: null,
      async *chunks() {
        yield first
        for (let i = 0; i < empty; i++) yield zeros
        yield last
      },
    },
    { event: (event) => void events.push(event), gap: (gap) => void gaps.push(gap), fact: () => {} },
  )
  const before = FILE + CHUNK + empty * 16 * CHUNK
  assert.ok(before > 2 ** 32)
  // In front of a chunk that was written, zeros are what somebody wrote over others.
  assert.equal(parsed, FILE + 2 * CHUNK)
  assert.deepEqual(where(gaps), [[FILE + CHUNK, empty * 16 * CHUNK, 'corrupt']])
  assert.deepEqual(ids(events), [1, 2, 3, 4, 5, 6])
  assert.equal(events[3]!.at.offset, before + 512)
})

// ---------------------------------------------------------------- lengths that lie

/** A file of three records; `change` is given the bytes of its chunk and where the second record lies. */
async function changed(change: (bytes: Buffer, at: number, size: number) => void): Promise<Reading> {
  const bytes = chunk([1, 2, 3])
  const second = recordsOf(bytes)[1]!
  change(bytes, second.at, second.size)
  return reading(evtx, evtxOfChunks([seal(bytes)]))
}

const USE = 24 + 4
const lengths: readonly (readonly [what: string, change: (bytes: Buffer, at: number, size: number) => void])[] = [
  ['number of values', (bytes, at) => bytes.writeUInt32LE(0xffff_ffff, at + USE + 10)],
  ['size of a value', (bytes, at) => bytes.writeUInt16LE(0xffff, at + USE + 14)],
  ['place of the template', (bytes, at) => bytes.writeUInt32LE(0xffff_fff0, at + USE + 6)],
  ['number of the template', (bytes, at) => bytes.writeUInt32LE(0x1234_5678, at + USE + 2)],
  ['first token', (bytes, at) => bytes.writeUInt8(0x3f, at + 24)],
]
for (const [what, change] of lengths) {
  test(`H02 a wrong ${what} costs that record alone`, async () => {
    const read = await changed(change)
    assert.deepEqual(ids(live(read)), [1, 3])
    assert.equal(read.gaps.length, 1)
    assert.equal(read.gaps[0]!.reason, 'corrupt')
  })
}

test('H02 a template whose size is 0xFFFFFFFF costs the records that use it', async () => {
  const bytes = chunk([1, 2, 3])
  bytes.writeUInt32LE(0xffff_ffff, 512 + USE + 10 + 20)
  const read = await reading(evtx, evtxOfChunks([seal(bytes)]))
  assert.deepEqual(live(read), [])
  assert.equal(
    read.gaps.reduce((sum, gap) => sum + gap.length, 0),
    bytes.readUInt32LE(48) - 512,
  )
})

for (const size of [0, 27, 0xffff_ffff, 65_536]) {
  test(`H04 a record of ${size} bytes: the next one is found`, async () => {
    const read = await changed((bytes, at) => bytes.writeUInt32LE(size, at + 4))
    assert.deepEqual(ids(live(read)), [1])
    assert.deepEqual(ids(recovered(read)), [3])
    assert.ok(
      recovered(read).every((event) => event.snippet === true && event.fields.RecoveredFrom === 'damaged chunk'),
    )
    assert.deepEqual(reasons(read), ['corrupt'])
  })
}

// ---------------------------------------------------------------- depth and circles

/** A chunk of one record with this BinXML. */
async function raw(fragment: Fragment, change: (bytes: Buffer) => void = () => {}): Promise<Reading> {
  const made = new Chunk()
  assert.ok(made.addRaw(1n, fileTimeOf(Date.UTC(2021, 2, 3)), fragment))
  const bytes = made.finish()
  change(bytes)
  return reading(evtx, evtxOfChunks([seal(bytes)]))
}

test('H03 elements in one another beyond all measure', async () => {
  let root: Element = { name: 'a' }
  for (let i = 0; i < 2_000; i++) root = { name: 'a', children: [root] }
  const { events, gaps } = await raw({ root })
  assert.deepEqual(events, [])
  assert.deepEqual(
    gaps.map(({ reason }) => reason),
    ['depth'],
  )
})

test('H03 templates in one another beyond all measure', async () => {
  const template = templateOf({ name: 'a', children: [{ sub: 0, type: types.binXml }] })
  let fragment: Fragment = { template, values: [typed('string', 'x')] }
  for (let i = 0; i < 1_200; i++) fragment = { template, values: [{ fragment }] }
  const { events, gaps } = await raw(fragment)
  assert.deepEqual(events, [])
  assert.deepEqual(
    gaps.map(({ reason }) => reason),
    ['depth'],
  )
})

test('H03 a template that uses itself', async () => {
  const template = templateOf({ name: 'a', children: [{ text: 'x'.repeat(20) }] })
  const { events, gaps } = await raw({ template, values: [] }, (bytes) => {
    const text = bytes.indexOf(Buffer.from('x'.repeat(20), 'utf16le')) - 4
    // Token, version, number, place; no values; the rest of the text.
    bytes.copy(bytes, text, 512 + USE, 512 + USE + 10)
    bytes.writeUInt32LE(0, text + 10)
    bytes.set([0x05, 0x01, 13, 0], text + 14)
  })
  assert.deepEqual(events, [])
  assert.deepEqual(
    gaps.map(({ reason }) => reason),
    ['depth'],
  )
})

test('H03 a circle in the table of names has no meaning', async () => {
  const bytes = chunk([1, 2, 3])
  for (let bucket = 128; bucket < 512; bucket += 4) {
    const at = bytes.readUInt32LE(bucket)
    if (at > 0) bytes.writeUInt32LE(at, at)
  }
  const read = await reading(evtx, evtxOfChunks([seal(bytes)]))
  assert.deepEqual(ids(live(read)), [1, 2, 3])
  assert.deepEqual(read.gaps, [])
})

test('a template that takes a value a thousand times is refused, not filled', async () => {
  const many = { name: 'a', children: Array.from({ length: 2_000 }, () => ({ sub: 0, type: types.string })) }
  const { gaps } = await raw({ template: templateOf(many), values: [typed('string', 'x'.repeat(16_000))] })
  assert.deepEqual(
    gaps.map(({ reason }) => reason),
    ['bomb'],
  )
})

test('templates that take each other twice at each level are refused', async () => {
  const template = templateOf({ name: 'a', children: [0, 0].map((sub) => ({ sub, type: types.binXml })) })
  let fragment: Fragment = { template, values: [typed('string', 'x')] }
  for (let i = 0; i < 30; i++) fragment = { template, values: [{ fragment }] }
  const { gaps } = await raw(fragment)
  assert.deepEqual(
    gaps.map(({ reason }) => reason),
    ['bomb'],
  )
})

test('two templates of one GUID with other content are two', async () => {
  const guid = '01234567-89AB-CDEF-0123-456789ABCDEF'
  const event = (name: string, text: string): Fragment => ({
    template: {
      guid,
      root: {
        name: 'Event',
        children: [
          {
            name: 'System',
            children: [
              { name: 'Provider', attributes: [['Name', { text: 'P' }]] },
              { name: 'EventID', children: [{ sub: 0 }] },
            ],
          },
          {
            name: 'EventData',
            children: [{ name: 'Data', attributes: [['Name', { text: name }]], children: [{ text }] }],
          },
        ],
      },
    },
    values: [typed('uint16', 1)],
  })
  const chunks = [event('One', 'a'), event('Two', 'b'), event('Two', 'c'), event('One', 'a')].map((fragment, i) => {
    const made = new Chunk()
    assert.ok(made.addRaw(BigInt(i + 1), fileTimeOf(Date.UTC(2021, 2, 3)), fragment))
    return made.finish()
  })
  const { events } = await reading(evtx, evtxOfChunks(chunks))
  assert.deepEqual(
    events.map(({ fields }) => [fields.One, fields.Two]),
    [
      ['a', undefined],
      [undefined, 'b'],
      [undefined, 'c'],
      ['a', undefined],
    ],
  )
})

test('character and entity references, CDATA, instructions', async () => {
  const children: Element['children'] = [
    { text: 'a' },
    { char: 0x20ac },
    { entity: 'lt' },
    { entity: 'other' },
    { cdata: '<x>&]]>' },
    { instruction: ['target', 'data'] },
    { sub: 0, type: types.uint32 },
  ]
  const { events, gaps } = await raw({
    template: templateOf({
      name: 'Event',
      children: [
        {
          name: 'System',
          children: [
            { name: 'EventID', children: [{ text: '5' }] },
            { name: 'Channel', children: [{ text: 'Application' }] },
          ],
        },
        {
          name: 'EventData',
          children: [{ name: 'Data', attributes: [['Name', [{ text: 'N' }, { char: 0x41 }]]], children }],
        },
      ],
    }),
    values: [typed('uint32', 7)],
  })
  assert.deepEqual(gaps, [])
  assert.equal(events[0]!.fields.NA, 'a€<&other;<x>&]]>7')
  assert.ok(
    events[0]!.raw.includes('<Data Name="NA">a€&lt;&other;<![CDATA[<x>&]]]]><![CDATA[>]]><?target data?>7</Data>'),
    events[0]!.raw,
  )
})

test('elements without a template, as forwarded events have them', async () => {
  const leaf = (name: string, text: string): Element => ({ name, children: [{ text }] })
  const { events, gaps } = await raw({
    root: {
      name: 'Event',
      children: [
        {
          name: 'System',
          children: [
            { name: 'Provider', attributes: [['Name', { text: 'P' }]] },
            leaf('EventID', '4624'),
            leaf('Level', '0'),
            { name: 'TimeCreated', attributes: [['SystemTime', { text: '2021-03-03T04:23:22.123456700Z' }]] },
            leaf('EventRecordID', '3229'),
            leaf('Channel', 'Security'),
            leaf('Computer', 'OTHER.contoso.example'),
          ],
        },
        {
          name: 'EventData',
          children: [{ name: 'Data', attributes: [['Name', { text: 'LogonType' }]], children: [{ text: '3' }] }],
        },
        {
          name: 'RenderingInfo',
          attributes: [['Culture', { text: 'fr-FR' }]],
          children: [leaf('Message', 'Ouverture de session')],
        },
      ],
    },
  })
  assert.deepEqual(gaps, [])
  const { fields, time, host } = events[0]!
  assert.deepEqual(
    [fields.EventID, fields.Level, fields.EventRecordID, fields.LogonType, fields.Message],
    [4624, 0, 3229, '3', 'Ouverture de session'],
  )
  assert.deepEqual([time, host], [Date.UTC(2021, 2, 3, 4, 23, 22, 123), 'OTHER'])
})

test('what an event says of an error in its data is data', async () => {
  const root: Element = {
    name: 'ProcessingErrorData',
    children: [
      { name: 'ErrorCode', children: [{ sub: 0, type: types.uint32 }] },
      { name: 'EventPayload', children: [{ sub: 1, type: types.binary }] },
    ],
  }
  const { template, values } = instanceOf(record(1))
  const body = {
    fragment: { template: templateOf(root), values: [typed('uint32', 15_005), typed('binary', Buffer.from([1, 2]))] },
  }
  const { events } = await raw({ template, values: [...values.slice(0, -1), body] })
  assert.deepEqual([events[0]!.fields.ErrorCode, events[0]!.fields.EventPayload], [15_005, '0102'])
})

// ---------------------------------------------------------------- checksums and headers

const marks: readonly (readonly [what: string, change: (file: Buffer) => void, of: readonly string[]])[] = [
  ['of the file', (file) => file.writeUInt32LE(1, 124), ['header of the file']],
  ['of the header of a chunk', (file) => file.writeUInt32LE(1, FILE + 124), ['header of a chunk']],
  ['of the records', (file) => file.writeUInt32LE(1, FILE + 52), ['header of a chunk', 'records of a chunk']],
]
for (const [what, change, of] of marks) {
  test(`H05 a wrong checksum ${what}: the records are read`, async () => {
    const file = evtxFile(records(20), { dirty: true })
    change(file)
    const read = await reading(evtx, file)
    assert.deepEqual(ids(live(read)), numbers(1, 20))
    assert.deepEqual(read.gaps, [])
    const anomalies = read.events.filter(({ log }) => log === 'evtx-integrity')
    assert.deepEqual(
      anomalies.map(({ fields }) => [fields.Anomaly, fields.Of, fields.Dirty]),
      of.map((one) => ['checksum', one, true]),
    )
    assert.equal(live(read)[0]!.fields.ChecksumValid, what === 'of the file' ? undefined : false)
    assert.ok(live(read).every((event) => event.snippet === undefined))
  })
}

for (const free of [0, 512, 1_000, 65_537, 0xffff_ffff]) {
  test(`H05 the header says that the free space begins at ${free}`, async () => {
    const bytes = chunk(numbers(1, 20))
    bytes.writeUInt32LE(free, 48)
    const read = await reading(evtx, evtxOfChunks([bytes]))
    assert.deepEqual(ids(live(read)), numbers(1, 20))
    assert.deepEqual(read.gaps, [])
    assert.deepEqual(recovered(read), [])
  })
}

test('H05 the first of two chunks is nothing but zeros, as is the header of the file', async () => {
  const file = evtxOfChunks([chunk(numbers(1, 20)), chunk(numbers(21, 40))])
  file.fill(0, 0, FILE + CHUNK)
  const read = await reading(evtx, file, 'Security.evtx')
  assert.deepEqual(ids(live(read)), numbers(21, 40))
  assert.deepEqual(where(read.gaps), [[0, FILE + CHUNK, 'corrupt']])
})

test('H05 a chunk whose magic is gone: its records are carved', async () => {
  const file = evtxOfChunks([chunk(numbers(1, 20)), chunk(numbers(21, 40)), chunk(numbers(41, 60))])
  file.fill(0x55, FILE + CHUNK, FILE + CHUNK + 512)
  const read = await reading(evtx, file)
  assert.deepEqual(ids(live(read)), [...numbers(1, 20), ...numbers(41, 60)])
  assert.deepEqual(ids(recovered(read)), numbers(21, 40))
  assert.deepEqual(where(read.gaps), [[FILE + CHUNK, 512, 'corrupt']])
})

test('a chunk alone, as it is carved from a disk', async () => {
  const read = await reading(evtx, chunk(numbers(7, 30)))
  assert.deepEqual(ids(live(read)), numbers(7, 30))
  assert.deepEqual(read.gaps, [])
})

test('a chunk that lost its begin: what stands before the next is read where its templates are', async () => {
  const whole = chunk(numbers(1, 60))
  // The first record that is left uses templates that stood before it; those with an own definition are read.
  const other = new Chunk()
  for (const id of numbers(1, 20)) assert.ok(other.add(record(id)))
  for (const id of numbers(21, 40))
    assert.ok(other.add(record(id, { computer: 'OTHER', eventId: 5, data: [['Other', 'x']] })))
  const cut = other.finish()
  const from = recordsOf(cut)[20]!.at
  const read = await reading(evtx, Buffer.concat([fileHeader({ chunks: 2, next: 61n }), cut.subarray(from), whole]))
  assert.deepEqual(ids(live(read)), numbers(1, 60))
  assert.equal(recovered(read).length, 0)
  // Its names were first used before the cut, so nothing can be said of it: every byte of it is a gap or free space.
  assert.ok(read.gaps.every(({ offset, length }) => offset >= FILE && offset + length <= FILE + cut.length - from))
})

test('bytes are missing within a chunk: the next begins before its time', async () => {
  const first = chunk(numbers(1, 150))
  const cut = recordsOf(first)[100]!.at + 50
  const read = await reading(
    evtx,
    Buffer.concat([fileHeader({ chunks: 2, next: 171n }), first.subarray(0, cut), chunk(numbers(151, 170))]),
  )
  assert.deepEqual(ids(live(read)), [...numbers(1, 100), ...numbers(151, 170)])
  assert.deepEqual(where(read.gaps), [[FILE + cut - 50, 50, 'truncated']])
})

test('a file that ends within a record, a header, the file header', async () => {
  const file = evtxFile(records(50))
  const last = recordsOf(file.subarray(FILE))[49]!
  const inRecord = await reading(evtx, file.subarray(0, FILE + last.at + 40))
  assert.equal(live(inRecord).length, 49)
  assert.deepEqual(
    where(inRecord.gaps).filter((gap) => (gap as number[])[1] !== 0),
    [[FILE + last.at, 40, 'truncated']],
  )
  const inHeader = await reading(evtx, file.subarray(0, FILE + 300))
  assert.deepEqual(where(inHeader.gaps)[0], [FILE, 300, 'truncated'])
  const inFile = await reading(evtx, file.subarray(0, 100))
  assert.deepEqual(where(inFile.gaps), [[0, 100, 'truncated']])
  const inSlack = await reading(evtx, file.subarray(0, FILE + 60_000))
  assert.equal(live(inSlack).length, 50)
  assert.deepEqual(where(inSlack.gaps), [[FILE + 60_000, 0, 'truncated']])
})

test('something else under the name of an event log is no event', async () => {
  const read = await reading(evtx, Buffer.alloc(200_000, 0xaa), 'Security.evtx')
  assert.deepEqual(read.events, [])
  assert.deepEqual(where(read.gaps), [[0, 200_000, 'corrupt']])
  assert.equal(evtx.recognize({ path: 'x', windowsPath: null, size: 1, bytes: Buffer.alloc(100), text: '' }), 0)
})

test('pieces of any size give the same', async () => {
  const file = evtxFile(records(400))
  const whole = await reading(evtx, file)
  for (const piece of [1, 777, 65_535, 65_537, 1_000_000]) {
    const read = await reading(evtx, piece === 1 ? file.subarray(0, 8_192) : file, 'evidence', { piece })
    if (piece !== 1)
      assert.deepEqual(
        read.events.map((event) => event.raw),
        whole.events.map((event) => event.raw),
      )
  }
})

const varied = evtxFile([
  ...records(60),
  record(61, {
    channel: 'MSExchange Management',
    provider: 'MSExchange CmdletLogs',
    eventId: 1,
    data: [[null, ['Get-Mailbox', '']]],
  }),
  record(62, { userData: { element: 'LogFileCleared', namespace: 'x', items: [['SubjectUserName', 'u']] } }),
  record(63, {
    data: [
      ['S', typed('sid', 'S-1-5-18')],
      ['G', typed('guid', '54849625-5478-4994-A5BA-3E3B0328C30D')],
      ['T', typed('fileTime', 1n)],
      ['L', ['a', 'b']],
    ],
  }),
])
survivesDamage('all kinds of records', evtx, varied)
survivesDamage('a chunk alone', evtx, chunk(numbers(1, 30)))
