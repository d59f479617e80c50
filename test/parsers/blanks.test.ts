import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import type { Scan } from '../../src/model/scan.ts'
import { bothWays, scansOf } from '../kernel/both-ways.ts'

// What was written over entries so that those at both ends become one is reported as a gap: blanks from within a value of one entry to
// the same value of another, or anything between two records of a list.

const folder = mkdtempSync(join(tmpdir(), 'postern-blanks-'))
after(() => rmSync(folder, { recursive: true }))

/** An entry each hour: a gap costs whole hours. */
const hour = (i: number): string => `2021-03-03T${String(i).padStart(2, '0')}:00:00`
const time = (i: number): number => Date.parse(`${hour(i)}Z`)

const LOGGING = 'C/Program Files/Microsoft/Exchange Server/V15/Logging'
const audit = (i: number): object => ({
  CreationTime: hour(i),
  Id: `0a0b0c0d-0000-4000-8000-${String(i).padStart(12, '0')}`,
  Operation: 'MailItemsAccessed',
  OrganizationId: '00000000-0000-4000-8000-000000000001',
  RecordType: 50,
  ResultStatus: 'Succeeded',
  UserKey: '1003200000000001',
  UserType: 0,
  Version: 1,
  Workload: 'Exchange',
  ClientIP: '192.0.2.7',
  UserId: 'ann@contoso.example',
  ClientInfoString: 'Client=OWA;Action=ViaProxy',
  MailboxOwnerUPN: 'ann@contoso.example',
  AppId: '00000002-0000-0ff1-ce00-000000000000',
})
const logon = (i: number): object => ({
  Event: {
    System: {
      Provider: { '#attributes': { Name: 'Microsoft-Windows-Security-Auditing' } },
      EventID: 4688,
      Channel: 'Security',
      Computer: 'MAIL01.contoso.example',
      TimeCreated: { '#attributes': { SystemTime: `${hour(i)}.000Z` } },
    },
    EventData: {
      NewProcessName: String.raw`C:\Windows\System32\cmd.exe`,
      CommandLine: 'cmd /c a-command-of-some-kind',
    },
  },
})

type Form = {
  readonly path: string
  readonly head?: string
  readonly row: (i: number) => string
  /** What stands in the value that is cut. */
  readonly within: string
}

const forms: readonly Form[] = [
  {
    path: `${LOGGING}/Ews/Ews_2021030300-1.LOG`,
    head: '#Software: Microsoft Exchange Server\r\n#Version: 15.01.2106.002\r\n#Log-type: EWS Logs\r\n#Date: 2021-03-03T00:00:00.000Z\r\n#Fields: DateTime,RequestId,AuthenticatedUser,UserAgent,ClientIpAddress,SoapAction,HttpStatus,ErrorCode,GenericErrors\r\n',
    row: (i) =>
      `${hour(i)}.000Z,0a0b0c0d-0000-4000-8000-${String(i).padStart(12, '0')},ann@contoso.example,a browser of some kind and of some version,192.0.2.7,GetFolder,200,,\r\n`,
    within: 'browser',
  },
  {
    path: 'C/Windows/System32/winevt/Logs/Security.jsonl',
    row: (i) => `${JSON.stringify(logon(i))}\n`,
    within: 'of-some',
  },
  { path: 'audit.json', row: (i) => `${JSON.stringify(audit(i))}\n`, within: 'Client=OWA' },
  {
    path: 'audit.csv',
    head: 'CreationDate,UserIds,Operations,AuditData\r\n',
    row: (i) =>
      `${hour(i)}Z,ann@contoso.example,MailItemsAccessed,"${JSON.stringify(audit(i)).replaceAll('"', '""')}"\r\n`,
    within: 'Client=OWA',
  },
]

async function read(path: string, text: string): Promise<Scan> {
  const [whole, plain, fast] = await scansOf(folder, path, Buffer.from(text), await bothWays(null))
  assert.deepEqual(plain, whole)
  assert.deepEqual(fast, whole)
  return whole!
}

/** The time that gaps take, as entries bound it. */
function lost({ gaps }: Scan): [number, number] {
  const hours = gaps.flatMap(({ after: from, before: to }) => [[from ?? -Infinity, to ?? Infinity] as const])
  return [Math.min(...hours.map(([from]) => from)), Math.max(...hours.map(([, to]) => to))]
}

const rows = ({ head = '', row }: Form): string => head + Array.from({ length: 20 }, (_, i) => row(i)).join('')

for (const form of forms)
  void describe(form.path.split('/').at(-1)!, () => {
    const text = rows(form)
    const placeOf = (i: number): number =>
      text.indexOf(form.within, text.indexOf(hour(i)) - 200 > 0 ? text.indexOf(form.row(i)) : 0)

    void it('has no gap', async () => {
      const { gaps, artifact } = await read(form.path, text)
      assert.deepEqual([gaps, artifact.events], [[], 20])
    })

    for (const [name, piece] of [
      ['blanks', ' '],
      ['tabs', '\t'],
      ['one letter', 'x'],
    ] as const)
      void it(`entries under ${name} from within one to within another are a gap around it`, async () => {
        const [from, to] = [placeOf(8) + 2, placeOf(11) + 2]
        const scan = await read(form.path, text.slice(0, from) + piece.repeat(to - from) + text.slice(to))
        const [first, last] = lost(scan)
        assert.ok(first <= time(8) && last >= time(11), JSON.stringify([new Date(first), new Date(last), scan.gaps]))
      })

    for (const [name, piece] of [
      ['blanks', ' '],
      ['line ends', '\n'],
      ['comments', '#\r\n'],
      ['a comment', '# x\n'],
    ] as const)
      void it(`whole entries under ${name} are a gap`, async () => {
        const [from, to] = [text.indexOf(form.row(8)), text.indexOf(form.row(11))]
        const over = piece.repeat(to - from).slice(0, to - from - 1)
        const scan = await read(form.path, `${text.slice(0, from)}${over}\n${text.slice(to)}`)
        const [first, last] = lost(scan)
        assert.ok(first <= time(7) && last >= time(11), JSON.stringify([new Date(first), new Date(last), scan.gaps]))
      })
  })

void it('records of a list that something was written over are a gap', async () => {
  const records = Array.from({ length: 20 }, (_, i) => JSON.stringify(audit(i)))
  for (const [head, tail] of [
    ['[', ']'],
    ['{"value":[', ']}'],
    ['{"hits":{"hits":[', '],"sort":[1,"b"]}}'],
  ] as const) {
    const text = `${head}${records.join(',')}${tail}`
    assert.deepEqual((await read('audit.json', text)).gaps, [], head)
    const [from, to] = [text.indexOf(records[8]!), text.indexOf(records[11]!)]
    for (const piece of [' ', '\0', 'x', '1', '\n', '"a",', '# \n']) {
      const over = piece.repeat(to - from).slice(0, to - from)
      const scan = await read('audit.json', text.slice(0, from) + over + text.slice(to))
      const [first, last] = lost(scan)
      const says = JSON.stringify([head, piece, new Date(first), new Date(last), scan.gaps])
      assert.ok(first <= time(7) && last >= time(11), says)
    }
    // The first ones, and the last.
    const begin =
      text.slice(0, head.length) +
      ' '.repeat(text.indexOf(records[2]!) - head.length) +
      text.slice(text.indexOf(records[2]!))
    assert.ok(lost(await read('audit.json', begin))[0] === -Infinity, head)
  }
})

void it('a record that cannot be read is a gap between its neighbors', async () => {
  const records = Array.from({ length: 20 }, (_, i) => JSON.stringify(audit(i)))
  for (const [head, between, tail] of [
    ['', '\n', '\n'],
    ['[\n', ',\n', '\n]'],
    ['[', ',', ']'],
    ['{"value":[\n', ',\n', '\n]}'],
    ['{"hits":{"hits":[', ',', '],"sort":[1,"b"]}}'],
  ] as const)
    for (const broken of [records[8]!.replace(':', ''), records[8]!.slice(0, 200), '{"no":"record"}', 'nothing']) {
      const text = `${head}${records.with(8, broken).join(between)}${tail}`
      const { gaps } = await read('audit.json', text)
      const isBeside = gaps.some(
        ({ after: from = 0, before: to = 0 }) => from === time(7) && (to === time(9) || to === time(10)),
      )
      assert.ok(isBeside, JSON.stringify([head, broken, gaps]))
    }
})

void it('objects that are no records may have blanks in them', async () => {
  const other = JSON.stringify({ name: 'x', text: ' '.repeat(2000) })
  const { gaps } = await read('audit.json', `${JSON.stringify(audit(1))}\n${other}\n${JSON.stringify(audit(2))}\n`)
  assert.deepEqual(
    gaps.map(({ length, reason }) => [length, reason]),
    [[other.length, 'unsupported']],
  )
  const deep = `{\n${' '.repeat(100)}"value": [\n${' '.repeat(120)}${JSON.stringify(audit(1))}\n${' '.repeat(120)}]\n}`
  assert.deepEqual((await read('audit.json', deep)).gaps, [])
})
