// Over evidence that is not part of the repository: found by POSTERN_DATA, skipped where that is not set.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'
import { type Member, openEvidence, readMember } from '../../../src/evidence/index.ts'
import type { Event, FieldValue } from '../../../src/model/event.ts'
import { evtx } from '../../../src/parsers/windows-events/evtx/index.ts'
import { xmlEvents } from '../../../src/parsers/windows-events/xml.ts'
import { reading, type Reading } from '../hostile.ts'

const data = process.env.POSTERN_DATA
const skip = data ? false : 'POSTERN_DATA is not set'

function files(folder: string, ending = '.evtx'): string[] {
  return readdirSync(join(data!, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
}

const read = (path: string): Promise<Reading> => reading(evtx, readFileSync(path), path)
const live = ({ events }: Reading): Event[] =>
  events.filter(({ log, fields }) => log !== 'evtx-integrity' && fields.Recovered !== true)
const told = ({ events }: Reading, anomaly: string): Event[] =>
  events.filter(({ fields }) => fields.Anomaly === anomaly)

async function zipped(archive: string): Promise<[string, Buffer][]> {
  const found: [string, Buffer][] = []
  for await (const member of (await openEvidence(join(data!, archive))).list()) {
    if (!('ref' in member) || !/\.evtx$/i.test(member.path)) continue
    const parts: Uint8Array[] = []
    for await (const piece of readMember((member as Member).ref)) parts.push(Buffer.from(piece))
    found.push([member.path, Buffer.concat(parts)])
  }
  return found
}

test('the documents of winlogbeat, field by field', { skip }, async (t) => {
  let values = 0
  for (const golden of files('evtx/winlogbeat-golden', '.evtx.golden.json')) {
    const log = golden.replace(/\.golden\.json$/, '')
    if (!existsSync(log)) continue
    const documents = JSON.parse(readFileSync(golden, 'utf8')) as Document[]
    const events = live(await read(log))
    for (const { winlog, ...rest } of documents) {
      // The number in the header is that of an export; theirs is the one inside.
      const event = events.find(({ fields }) => fields.EventRecordID === winlog.record_id)
      assert.ok(event, `${golden}: ${winlog.record_id}`)
      values += compared(event, winlog, rest['@timestamp'] ?? winlog.time_created, golden)
    }
  }
  t.diagnostic(`${values} values are the same`)
  assert.ok(values > 2_000)
})
type Document = { readonly '@timestamp'?: string; readonly winlog: Winlog }
type Winlog = {
  readonly record_id: number
  readonly event_id: string | number
  readonly channel: string
  readonly computer_name: string
  readonly provider_name: string
  readonly provider_guid?: string
  readonly activity_id?: string
  readonly version?: number
  readonly time_created?: string
  readonly process?: { readonly pid: number; readonly thread: { readonly id: number } }
  readonly user?: { readonly identifier?: string }
  readonly event_data?: Readonly<Record<string, unknown>>
  readonly user_data?: Readonly<Record<string, unknown>>
}

function compared({ fields, time }: Event, winlog: Winlog, stamp: string | undefined, where: string): number {
  const wanted: [string, unknown][] = [
    ['EventID', Number(winlog.event_id)],
    ['Channel', winlog.channel],
    ['Computer', winlog.computer_name],
    ['Provider_Name', winlog.provider_name],
    ['Provider_Guid', winlog.provider_guid],
    ['Correlation_ActivityID', winlog.activity_id],
    [fields.System_Version === undefined ? 'Version' : 'System_Version', winlog.version],
    ['Execution_ProcessID', winlog.process?.pid],
    ['Execution_ThreadID', winlog.process?.thread.id],
    ['UserID', winlog.user?.identifier],
    ...Object.entries(winlog.event_data ?? {}),
    ...Object.entries(winlog.user_data ?? {}).filter(([name]) => name !== 'xml_name'),
  ]
  let values = 0
  for (const [name, value] of wanted) {
    if (value === undefined || typeof value === 'object') continue
    // Items without a name are called param1, param2 …
    const place = /^param(\d+)$/.exec(name)
    const own =
      fields[`EventData_${name}`] ?? fields[name] ?? (place ? fields[`Data_${Number(place[1]) - 1}`] : undefined)
    // Their collector puts words in place of the numbers of messages.
    if (typeof own === 'string' && own.includes('%%')) continue
    assert.equal(plain(own), plain(value as FieldValue), `${where}: ${name}`)
    values++
  }
  if (stamp) assert.equal(time, Date.parse(stamp.replace(/(\.\d{3})\d*/, '$1')), where)
  return values
}

/** Windows 10 writes GUIDs in small letters, Windows 7 in capitals; line ends of XML are one sign. */
function plain(value: FieldValue | undefined): string {
  const text = value === null || value === undefined ? '' : String(value)
  return /^\{[0-9a-f-]{36}\}$/i.test(text) ? text.toUpperCase() : text.replaceAll('\r\n', '\n').trim()
}

test('network connections of Sysmon: addresses, names and ports are whole', { skip }, async (t) => {
  let connections = 0
  for (const path of files('evtx')) {
    for (const { fields, log } of live(await read(path))) {
      if (log !== 'windows-sysmon' || fields.EventID !== 3) continue
      connections++
      for (const end of ['Source', 'Destination']) {
        assert.match(String(fields[`${end}Ip`]), /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]+(?:%\d+)?)$/, path)
        const port = Number(fields[`${end}Port`])
        assert.ok(Number.isInteger(port) && port >= 0 && port < 65_536, path)
        assert.match(String(fields[`${end}Hostname`] ?? ''), /^[\w.:-]*$/, path)
        assert.equal(String(fields[`${end}IsIpv6`]), String(String(fields[`${end}Ip`]).includes(':')), path)
      }
      assert.match(String(fields.Image), /^(?:[A-Za-z]:\\|System$|<unknown process>$)/, path)
    }
  }
  t.diagnostic(`${connections} connections`)
  assert.ok(connections >= 164)
})

test('ordinary logs: every byte read, no record removed, no number missing', { skip, timeout: 120_000 }, async (t) => {
  let records = 0
  const logs = [
    ...(await zipped('evtx/benign-win10.zip')),
    ...['evtx/attack-samples', 'evtx/winlogbeat-golden', 'evtx/deepblue', 'sigma-regression']
      .flatMap((folder) => files(folder))
      .map((path): [string, Buffer] => [path, readFileSync(path)]),
  ]
  for (const [name, bytes] of logs) {
    const result = await reading(evtx, bytes, name)
    records += live(result).length
    assert.deepEqual(result.gaps, [], name)
    for (const anomaly of [
      'record-removed',
      'record-id-gap',
      'record-id-backwards',
      'chunk-range',
      'records-missing-at-end',
      'checksum',
    ])
      assert.deepEqual(told(result, anomaly), [], name)
  }
  t.diagnostic(`${logs.length} logs, ${records} records`)
})

test('damaged logs: what is lost is told of, with its place', { skip }, async () => {
  // Live records, recovered records, bytes in gaps.
  const wanted: Readonly<Record<string, readonly [number, number, number]>> = {
    '2-vss_0-Microsoft-Windows-TerminalServices-RemoteConnectionManager%4Operational.evtx': [1774, 267, 736],
    'Application_no_crc32.evtx': [17, 30, 0],
    'Microsoft-Windows-LanguagePackSetup%4Operational.evtx': [16, 0, 1536],
    'sample-with-zero-data-size-event.evtx': [335, 114, 232],
    // 655,360 of them are chunks of zeros where the header counts chunks.
    'sample_with_a_bad_chunk_magic.evtx': [267, 163, 829_192],
  }
  for (const path of files('evtx/damaged-and-odd')) {
    const result = await read(path)
    const recovered = result.events.filter(({ fields }) => fields.Recovered === true)
    const lost = result.gaps.reduce((sum, gap) => sum + gap.length, 0)
    const [records, more, gaps] = wanted[basename(path)] ?? [live(result).length, recovered.length, 0]
    assert.deepEqual(
      [basename(path), live(result).length, recovered.length, lost],
      [basename(path), records, more, gaps],
    )
    assert.ok(live(result).length > 0, path)
    assert.ok(recovered.every(({ snippet }) => snippet === true))
    assert.deepEqual(told(result, 'record-removed'), [], path)
  }
})

test('the raw text of every record, read as XML, gives the same event', { skip, timeout: 240_000 }, async (t) => {
  let records = 0
  for (const folder of ['evtx', 'exchange', 'sigma-regression']) {
    for (const path of files(folder)) {
      const events = live(await read(path))
      const text = `<Events>${events.map((event) => event.raw).join('\n')}</Events>`
      const twins = (await reading(xmlEvents, Buffer.from(text), path)).events
      assert.equal(twins.length, events.length, path)
      for (const [i, event] of events.entries()) {
        // The parser of XML looks into EventData and UserData only.
        if (!event.raw.includes('<ProcessingErrorData')) same(event, twins[i]!, path)
      }
      records += events.length
    }
  }
  t.diagnostic(`${records} records`)
})

/** Fields that the forms do not share: only a log knows its checksums, and XML has the first of values of one name. */
function same(event: Event, twin: Event, where: string): void {
  const text = (value: FieldValue | undefined): string =>
    value === null || value === undefined
      ? ''
      : typeof value === 'object'
        ? value.map(String).join(',')
        : String(value).trim()
  for (const name of new Set([...Object.keys(event.fields), ...Object.keys(twin.fields)])) {
    if (['ChecksumValid', 'Provider_Guid', 'Correlation_RelatedActivityID'].includes(name)) continue
    const own = event.fields[name]
    const value = Array.isArray(own) && !Array.isArray(twin.fields[name]) ? (own as readonly FieldValue[])[0] : own
    assert.equal(text(value), text(twin.fields[name]), `${where}: ${name}`)
  }
  for (const role of ['log', 'time', 'host', 'client', 'user', 'target', 'session'] as const)
    assert.equal(event[role], twin[role], `${where}: ${role}`)
  assert.deepEqual(event.sources, twin.sources, where)
}
