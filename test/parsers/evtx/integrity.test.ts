import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event, FieldValue } from '../../../src/model/event.ts'
import { evtx } from '../../../src/parsers/windows-events/evtx/index.ts'
import { reading } from '../hostile.ts'
import {
  Chunk,
  evtxFile,
  evtxOfChunks,
  type EvtxRecord,
  fileHeader,
  fileTimeOf,
  instanceOf,
  recordsOf,
  seal,
  types,
  unlink,
} from '../../../tools/writers/evtx.ts'

const FILE = 4_096
const START = Date.UTC(2021, 2, 3, 4)

const record = (id: number, more: Partial<EvtxRecord> = {}): EvtxRecord => ({
  channel: 'Security',
  provider: 'Microsoft-Windows-Security-Auditing',
  eventId: 4624,
  computer: 'MAIL01.contoso.example',
  recordId: id,
  time: START + id * 1000,
  data: [['TargetUserName', `user${id}`]],
  ...more,
})
const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i)

function chunk(ids: readonly number[], more: (id: number) => Partial<EvtxRecord> = () => ({})): Buffer {
  const made = new Chunk()
  for (const id of ids) assert.ok(made.add(record(id, more(id))))
  return made.finish()
}

type Looked = {
  readonly live: unknown[]
  readonly recovered: Event[]
  readonly told: readonly Readonly<Record<string, FieldValue>>[]
  readonly anomalies: readonly Event[]
}

async function look(file: Buffer): Promise<Looked> {
  const { events, gaps } = await reading(evtx, file)
  assert.deepEqual(
    gaps.filter(({ length }) => length > 0),
    [],
  )
  const anomalies = events.filter(({ log }) => log === 'evtx-integrity')
  const records = events.filter(({ log }) => log !== 'evtx-integrity')
  return {
    live: records.filter(({ fields }) => fields.Recovered !== true).map(({ fields }) => fields.EventRecordID),
    recovered: records.filter(({ fields }) => fields.Recovered === true),
    told: anomalies.map(({ fields }) => fields),
    anomalies,
  }
}

test('an ordinary log has nothing to tell', async () => {
  assert.deepEqual((await look(evtxFile(numbers(1, 400).map((id) => record(id))))).told, [])
})

test('a ring: the oldest record is not the first, and lies behind the newest', async () => {
  const file = evtxOfChunks([
    chunk(numbers(901, 950)),
    chunk(numbers(951, 1000)),
    chunk(numbers(801, 850)),
    chunk(numbers(851, 900)),
  ])
  file.set(fileHeader({ chunks: 4, next: 1001n }))
  assert.deepEqual((await look(file)).told, [])
})

test('H07 a record that eventlogedit took out is told of and read', async () => {
  const bytes = unlink(chunk(numbers(1, 30)), 12)
  const { live, recovered, told, anomalies } = await look(evtxOfChunks([bytes]))
  // The number inside a record stays when those in the headers are set anew.
  assert.deepEqual(live, [...numbers(1, 11), ...numbers(13, 30)])
  assert.deepEqual(
    recovered.map(({ fields }) => [fields.EventRecordID, fields.TargetUserName, fields.RecoveredFrom]),
    [[12, 'user12', 'inside the record before it']],
  )
  assert.equal(recovered[0]!.snippet, true)
  assert.equal(told.length, 1)
  assert.deepEqual(
    [told[0]!.Anomaly, told[0]!.RecordId, told[0]!.Before, told[0]!.Channel, told[0]!.Computer],
    ['record-removed', 12, 11, 'Security', 'MAIL01.contoso.example'],
  )
  assert.equal(told[0]!.RemovedTime, new Date(START + 12_000).toISOString())
  const [anomaly] = anomalies
  assert.deepEqual([anomaly!.time, anomaly!.host, anomaly!.log], [START + 11_000, 'MAIL01', 'evtx-integrity'])
  assert.deepEqual(anomaly!.sources, [{ product: 'postern', service: 'evtx-integrity' }])
  assert.deepEqual([anomaly!.at.offset, anomaly!.at.length], [recovered[0]!.at.offset, recovered[0]!.at.length])
  assert.equal(typeof told[0]!.Innocent, 'string')
})

test('H07 several records one after the other, the last one, and in two places', async () => {
  let bytes = chunk(numbers(1, 30))
  // Those behind are numbered anew each time.
  for (const id of [12, 12, 12, 20, 26]) bytes = unlink(bytes, id)
  const { live, recovered, told } = await look(evtxOfChunks([bytes]))
  assert.deepEqual(
    recovered.map(({ fields }) => fields.TargetUserName),
    ['user12', 'user13', 'user14', 'user23', 'user30'],
  )
  assert.equal(live.length, 25)
  assert.deepEqual(
    told.map(({ Anomaly, Count }) => [Anomaly, Count]),
    Array.from({ length: 5 }, () => ['record-removed', 5]),
  )
})

test('a record that holds the signature of records as its data is not torn apart', async () => {
  const inner = chunk([1, 2, 3]).subarray(512, 1_800)
  const file = evtxFile([
    record(1, { binary: inner }),
    record(2, { data: [['A', inner.toString('latin1')]] }),
    record(3),
  ])
  const { live, told, recovered } = await look(file)
  assert.deepEqual([live, told, recovered], [[1, 2, 3], [], []])
})

for (const [what, ids, wanted] of [
  ['within a chunk', [[1, 2, 3, 7, 8]], [[3, 7, 3]]],
  ['between chunks', [numbers(1, 20), numbers(31, 40)], [[20, 31, 10]]],
  [
    'in both',
    [[1, 2, 4], [9]],
    [
      [2, 4, 1],
      [4, 9, 4],
    ],
  ],
] as const) {
  test(`record ids are missing ${what}`, async () => {
    const { told, anomalies } = await look(evtxOfChunks(ids.map((list) => chunk(list))))
    assert.deepEqual(
      told.map(({ Before, After, Missing }) => [Before, After, Missing]),
      wanted,
    )
    assert.ok(told.every(({ Anomaly, Exported }) => Anomaly === 'record-id-gap' && Exported === undefined))
    assert.equal(anomalies[0]!.time, START + Number(told[0]!.Before) * 1000)
  })
}

test('a selection that was exported is marked as such', async () => {
  const every = await look(evtxOfChunks([chunk(numbers(1, 60).map((n) => n * 3))]))
  assert.ok(every.told.length > 0 && every.told.every(({ Exported }) => Exported === true))
  // Event Viewer numbers the records anew; the numbers inside them stay.
  const made = new Chunk()
  for (const n of numbers(1, 10))
    assert.ok(made.addRaw(BigInt(n === 10 ? 12 : n), fileTimeOf(START + n), instanceOf(record(n * 7))))
  const renumbered = await look(evtxOfChunks([made.finish()]))
  assert.deepEqual(
    renumbered.told.map(({ Anomaly, Exported }) => [Anomaly, Exported]),
    [['record-id-gap', true]],
  )
})

test('a chunk with wrong checksums is not asked for its numbers', async () => {
  const bytes = chunk([1, 2, 9, 4])
  bytes.writeUInt32LE(1, 52)
  const { told } = await look(evtxOfChunks([bytes]))
  assert.deepEqual(
    told.map(({ Anomaly }) => Anomaly),
    ['checksum', 'checksum'],
  )
})

test('numbers that go backwards', async () => {
  const { told } = await look(evtxOfChunks([chunk([1, 2, 3, 2, 3])]))
  assert.deepEqual(
    told.map(({ Anomaly, RecordId, Before }) => [Anomaly, RecordId, Before]),
    [['record-id-backwards', 2, 3]],
  )
})

test('times that go back by more than an hour, within a chunk and between two', async () => {
  const back = (id: number): Partial<EvtxRecord> => (id >= 5 ? { time: START - 7_200_000 + id * 1000 } : {})
  const { told, anomalies } = await look(
    evtxOfChunks([chunk(numbers(1, 8), back), chunk(numbers(9, 12), (id) => ({ time: START - 86_400_000 + id }))]),
  )
  assert.deepEqual(
    told.map(({ Anomaly, Before, After, Seconds }) => [Anomaly, Before, After, Seconds]),
    [
      ['time-backwards', 4, 5, 7_199],
      ['time-backwards', 8, 9, 79_208],
    ],
  )
  assert.equal(anomalies[0]!.time, START + 4_000)
  const little = await look(evtxOfChunks([chunk(numbers(1, 8), (id) => ({ time: START - id * 60_000 }))]))
  assert.deepEqual(little.told, [])
})

test('a header that does not name the records of its chunk', async () => {
  const bytes = chunk(numbers(1, 10))
  bytes.writeBigUInt64LE(12n, 32)
  const { told } = await look(evtxOfChunks([seal(bytes)]).fill(fileHeader({ chunks: 1, next: 11n }), 0, FILE))
  assert.deepEqual(
    told.map(({ Anomaly, Before, After, Stated }) => [Anomaly, Before, After, Stated]),
    [['chunk-range', 1, 10, '1–12']],
  )
})

test('the header of the file knows of later records', async () => {
  const file = evtxOfChunks([chunk(numbers(1, 10))])
  file.set(fileHeader({ chunks: 1, next: 15n }))
  const { told } = await look(file)
  assert.deepEqual(
    told.map(({ Anomaly, Before, After, Missing }) => [Anomaly, Before, After, Missing]),
    [['records-missing-at-end', 10, 15, 4]],
  )
  file.set(fileHeader({ chunks: 1, next: 15n, dirty: true }))
  assert.deepEqual((await look(file)).told, [])
})

test('what lies in free space is recovered, once, and only when it is not in its place', async () => {
  // The chunk was used before: its end still holds what another one held.
  const old = chunk(numbers(1, 40))
  const now = chunk(numbers(101, 110))
  const keep = now.readUInt32LE(48)
  const from = recordsOf(old).find(({ at }) => at >= keep)!
  now.set(old.subarray(from.at), from.at)
  const gone = numbers(Number(from.id), 40)
  const alone = await look(evtxOfChunks([now]))
  assert.deepEqual(alone.live, numbers(101, 110))
  assert.deepEqual(
    alone.recovered.map(({ fields }) => fields.EventRecordID),
    gone,
  )
  assert.ok(
    alone.recovered.every(
      ({ fields, snippet }) => snippet === true && fields.RecoveredFrom === 'free space of a chunk',
    ),
  )
  // Twice in free space, and in its place elsewhere in the file: before or behind.
  assert.equal((await look(evtxOfChunks([now, now]))).recovered.length, gone.length)
  for (const order of [
    [old, now],
    [now, old],
  ])
    assert.deepEqual((await look(evtxOfChunks(order))).recovered, [])
})

test('a record in free space whose templates are written over is left, not misread', async () => {
  const old = chunk(numbers(1, 40), () => ({
    data: [
      ['Secret', 'x'],
      ['Other', 'y'],
    ],
  }))
  const now = chunk(numbers(101, 110), () => ({
    computer: 'ANOTHER.contoso.example',
    provider: 'Another',
    data: [['Fields', 'z']],
  }))
  const from = recordsOf(old).find(({ at }) => at >= now.readUInt32LE(48))!
  now.set(old.subarray(from.at), from.at)
  const { events, facts } = await reading(evtx, evtxOfChunks([now]))
  assert.equal(events.length, 10)
  assert.match(JSON.stringify(facts), /: \d+ deleted or displaced records cannot be read/)
})

for (const [what, chunks, header, wanted] of [
  [
    'a chunk of zeros',
    [chunk(numbers(1, 20)), Buffer.alloc(65_536), chunk(numbers(41, 60))],
    { chunks: 3, next: 61n },
    [20, 41],
  ],
  [
    'a chunk without records',
    [chunk(numbers(1, 20)), chunk([]), chunk(numbers(41, 60))],
    { chunks: 3, next: 61n },
    [20, 41],
  ],
  ['no chunk', [chunk(numbers(1, 20)), chunk(numbers(41, 60))], { chunks: 2, next: 61n }, [20, 41]],
  ['nothing at the end, in zeros', [chunk(numbers(1, 20)), Buffer.alloc(65_536)], { chunks: 2, next: 41n }, [20, null]],
  ['nothing at the end, cut off', [chunk(numbers(1, 20))], { chunks: 1, next: 41n }, [20, null]],
  ['others behind them', [chunk([...numbers(1, 9), ...numbers(15, 20)])], { chunks: 1, next: 21n }, [9, 15]],
  ['one that holds them, as eventlogedit does', [unlink(chunk(numbers(1, 20)), 10)], { chunks: 1, next: 20n }, [9, 10]],
] as const)
  test(`records with ${what} in place of others, with a file header to fit: their time is a gap`, async () => {
    const file = evtxOfChunks([...chunks])
    file.set(fileHeader(header))
    const { gaps } = await reading(evtx, file)
    const times = (id: number | null): number | null => (id === null ? null : START + id * 1000)
    assert.deepEqual(
      gaps.flatMap(({ between }) => (between ? [[between.after, between.before]] : [])),
      [wanted.map(times)],
    )
  })

test('no time is missing in an export, whose records are numbered anew, nor in a ring', async () => {
  const exported = evtxOfChunks([chunk(numbers(1, 20), (id) => ({ recordId: id, data: [['A', 'x']] }))])
  assert.deepEqual((await reading(evtx, exported)).gaps, [])
  const ring = evtxOfChunks([chunk(numbers(901, 950)), chunk(numbers(851, 900))])
  ring.set(fileHeader({ chunks: 2, next: 951n }))
  assert.deepEqual((await reading(evtx, ring)).gaps, [])
})

test('a record whose values were moved by the size or type of one before them is a gap, not another event', async () => {
  const whole = chunk(numbers(1, 5), () => ({ data: [['ServiceName', 'Updates']] }))
  const third = recordsOf(whole)[2]!
  // The header of the fragment, the use of a template that stands further up, the number of values, and each value's size and type.
  const values = third.at + 24 + 4 + 10 + 4
  let at = values
  while (whole[at + 2] !== types.binXml) at += 4
  for (const [what, change] of [
    ['the size of the first value', (bytes: Buffer) => bytes.writeUInt16LE(0, values)],
    ['the type of the first value', (bytes: Buffer) => bytes.writeUInt8(types.uint64, values + 2)],
    ['the type of the data', (bytes: Buffer) => bytes.writeUInt8(types.string, at + 2)],
    ['the size of the data', (bytes: Buffer) => bytes.writeUInt16LE(bytes.readUInt16LE(at) - 2, at)],
  ] as const) {
    const copy = Buffer.from(whole)
    change(copy)
    seal(copy)
    const { events, gaps } = await reading(evtx, evtxOfChunks([copy]))
    assert.equal(events.filter(({ fields }) => fields.ServiceName === 'Updates').length, 4, what)
    assert.ok(gaps.length > 0, what)
  }
})
