import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { decodeText } from '../../src/lib/text.ts'
import { iso } from '../../src/lib/time.ts'
import type { Event, Fact } from '../../src/model/event.ts'
import type { Gap } from '../../src/model/evidence.ts'
import { choose, parsers } from '../../src/parsers/index.ts'
import type { Head, Parser } from '../../src/parsers/parser.ts'
import { stepsOf } from '../counted.ts'

const GOLDEN = join(import.meta.dirname, 'golden')
/** A folder for each parser that has golden files. */
const OURS = readdirSync(GOLDEN).sort()

type Reading = { parser: string; parsed: number; events: Event[]; gaps: Omit<Gap, 'path'>[]; facts: Fact[] }

function headOf(path: string, bytes: Buffer): Head {
  const first = bytes.subarray(0, 65_536)
  return { path, windowsPath: null, size: bytes.length, bytes: first, text: decodeText(first) }
}

async function read(
  path: string,
  bytes: Buffer,
  step = 65_536,
  parser: Parser = choose(headOf(path, bytes)),
): Promise<Reading> {
  const reading: Reading = { parser: parser.name, parsed: 0, events: [], gaps: [], facts: [] }
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let i = 0; i < bytes.length; i += step) yield bytes.subarray(i, i + step)
  }
  reading.parsed = await parser.read(
    { ...headOf(path, bytes), modified: null, chunks },
    {
      event: (event) => reading.events.push(event),
      gap: (gap) => reading.gaps.push(gap),
      fact: (fact) => reading.facts.push(fact),
    },
  )
  return reading
}

function assertAccounted(reading: Reading, size: number): void {
  const inGaps = reading.gaps.reduce((sum, gap) => sum + gap.length, 0)
  assert.equal(reading.parsed + inGaps, size, 'bytes parsed and bytes in gaps are the size')
  // A dump is one event, whatever is missing inside.
  if (reading.parser === 'oab-dump') return
  const places = [...reading.gaps, ...reading.events.map((event) => event.at)].sort(
    (a, b) => a.offset - b.offset || a.length - b.length,
  )
  for (let i = 1; i < places.length; i++) {
    assert.ok(
      places[i - 1]!.offset + places[i - 1]!.length <= places[i]!.offset,
      `${reading.parser}: places overlap at ${places[i]!.offset}`,
    )
  }
}

/** What a golden file holds: all that is not null, with times a person can read. */
function golden(reading: Reading): unknown {
  const events = reading.events.map(({ sources: _s, raw: _r, at, time, fields, ...rest }) => ({
    line: at.line,
    place: [at.offset, at.length],
    time: iso(time),
    ...rest,
    fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)),
  }))
  const facts = reading.facts.map((fact) => ({
    ...fact,
    ...(fact.fact === 'build' ? { from: iso(fact.from), to: iso(fact.to) } : {}),
  }))
  return JSON.parse(JSON.stringify({ parsed: reading.parsed, gaps: reading.gaps, facts, events }))
}

for (const name of OURS) {
  const folder = join(GOLDEN, name)
  for (const file of readdirSync(folder)
    .filter((f) => !f.endsWith('.events.json'))
    .sort()) {
    const bytes = readFileSync(join(folder, file))

    test(`${name}/${file}: chosen by its content, read as expected`, async () => {
      const reading = await read(file, bytes)
      assert.equal(reading.parser, name)
      assertAccounted(reading, bytes.length)
      const expected = join(folder, `${file.replace(/\.[^.]+$/, '')}.events.json`)
      if (process.env.POSTERN_GOLDEN === 'write')
        writeFileSync(expected, `${JSON.stringify(golden(reading), null, 1)}\n`)
      assert.ok(existsSync(expected), `no ${expected}`)
      assert.deepEqual(golden(reading), JSON.parse(readFileSync(expected, 'utf8')))
    })

    test(`${name}/${file}: the same in small chunks, under another name, in UTF-16 and with LF`, async () => {
      const whole = await read(file, bytes)
      assert.deepEqual(await read(file, bytes, 17), whole)
      const renamed = await read('copy (2).txt', bytes)
      assert.equal(renamed.parser, name)
      assert.equal(renamed.events.length, whole.events.length)
      if (bytes.includes(0) || bytes.some((b) => b > 127)) return
      const texts = (reading: Reading): string[] =>
        reading.events.map((e) => JSON.stringify([e.log, e.time, e.client, e.user, e.target, e.request]))
      const wide = Buffer.from(`\ufeff${bytes.toString('latin1')}`, 'utf16le')
      const wideReading = await read(file, wide)
      assertAccounted(wideReading, wide.length)
      assert.deepEqual(texts(wideReading), texts(whole))
      const unix = Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'))
      assert.deepEqual(texts(await read(file, unix)), texts(whole))
    })

    test(`${name}/${file}: cut off anywhere it ends in events and gaps`, async () => {
      const parser = parsers.find((p) => p.name === name)!
      for (let length = 0; length < bytes.length; length += 64) {
        const cut = bytes.subarray(0, length)
        assertAccounted(await read(file, cut), length)
        assertAccounted(await read(file, cut, 65_536, parser), length)
      }
    })
  }
}

test('every parser of text accounts for every byte of files that are not its own', async () => {
  const strange = [
    Buffer.from('\n'.repeat(500)),
    Buffer.from('-'.repeat(3_000)),
    Buffer.from(`#Fields: ${'a,'.repeat(2_000)}\n${'"'.repeat(999)}\n`),
    Buffer.from('#Fields: __proto__ constructor date time\n1 2 2021-03-03 04:00:00\n'),
    Buffer.from('#Fields: __proto__,constructor,DateTime\na,b,2021-03-03T04:00:00.000Z\n'),
    Buffer.from('DateTime : \nAnchorMailbox\n : : :\n---- ----\n-- --\n'),
    Buffer.from([0xff, 0xfe, 0x0a]),
    Buffer.from('2021-03-03T04:00:00.000Z,"\n"\n"\n"\n'),
    Buffer.from(`2021-03-03 04:00:00 ${'x '.repeat(300)}\n`.repeat(20)),
  ]
  for (const name of OURS) {
    const folder = join(GOLDEN, name)
    for (const file of readdirSync(folder).filter((f) => !f.endsWith('.events.json')))
      strange.push(readFileSync(join(folder, file)))
  }
  for (const parser of parsers.filter((p) => OURS.includes(p.name))) {
    for (const bytes of strange) assertAccounted(await read('x', bytes, 65_536, parser), bytes.length)
  }
})

test('a column named __proto__ is a field like any other', async () => {
  const bytes = Buffer.from(
    '#Fields: date time c-ip cs-method cs-uri-stem __proto__\n2021-03-03 04:00:00 198.51.100.7 GET / evil\n',
  )
  const { events } = await read('u_ex.log', bytes)
  assert.equal(Object.getOwnPropertyDescriptor(events[0]!.fields, '__proto__')?.value, 'evil')
  assert.equal(Object.getPrototypeOf(events[0]!.fields), Object.prototype)
})

test('logs of other programs are not taken for ours', () => {
  const others = [
    '#Version: 1.5\n#Software: Microsoft Windows Firewall\n#Time Format: Local\n#Fields: date time action protocol src-ip dst-ip\n\n2021-03-03 07:11:54 OPEN UDP 192.0.2.1 192.0.2.2\n',
    '198.51.100.7 - ada [03/Mar/2021:06:49:42 +0000] "GET / HTTP/1.1" 200 5\n',
    '<configuration>\n  <startup />\n</configuration>\n',
    'name,value\na,1\n',
    '2021-03-03 06:49:42 INFO started\n2021-03-03 06:49:43 INFO stopped\n',
  ]
  for (const text of others) assert.equal(choose(headOf('file.log', Buffer.from(text))).name, 'scan', text.slice(0, 40))
})

const MADE_UP =
  'Seen today:\n2021-03-03 06:50:00 192.0.2.10 GET /a.aspx - 443 - 203.0.113.77 an agent with blanks 200 0 0 5\n'

test('a row that fits no fields is read by the forms of its values where the text is an excerpt', async () => {
  const { parser, events } = await read('mail.txt', Buffer.from(MADE_UP))
  assert.equal(parser, 'snippet')
  assert.deepEqual(
    events.map(({ client, target, fields }) => [client, target, fields['sc-status'], fields['cs-method']]),
    [['203.0.113.77', '/a.aspx', 200, 'GET']],
  )
  // Where the text has headers as logs write them, rows are read by these alone.
  const withHeader = await read('mail.txt', Buffer.from(`${MADE_UP}\n#Fields: date time cs-method cs-uri-stem c-ip\n`))
  assert.deepEqual(withHeader.events, [])
})

test('a text whose only row cannot be read says so', async () => {
  const rows = 'Seen today:\n2021-03-03 06:50:00 192.0.2.10 GET /a.aspx - 443 - - an agent with blanks\n'
  const { parser, events, gaps } = await read('mail.txt', Buffer.from(rows))
  assert.deepEqual([parser, events.length], ['snippet', 0])
  assert.deepEqual(
    gaps.map((gap) => [gap.line, gap.reason, gap.detail]),
    [
      [1, 'unsupported', 'text that is no row of a log'],
      [2, 'unsupported', '13 values for 15 fields'],
    ],
  )
})

test('hostile rows cost little', async () => {
  const rows = [
    `2021-03-03T04:00:00.000Z,${'a,'.repeat(70)}\n`.repeat(3_000),
    `#Fields: date time c-ip cs-username cs(User-Agent) cs-uri-stem\n${`2021-03-03 04:00:00 ${'x '.repeat(15)}\n`.repeat(5_000)}`,
    `#Software: Microsoft Exchange Server\n#Fields: DateTime,AnchorMailbox\n${`2021-03-03T04:00:00.000Z,ServerInfo~${'~]'.repeat(5_000)}/x\n`.repeat(50)}`,
    `DateTime,AnchorMailbox\n${'"\n'.repeat(30_000)}`,
    `2021-03-03T04:00:00.000Z,x\n${' '.repeat(900_000)}x\n`,
    `#Version:${' '.repeat(900_000)}x\n2021-03-03 04:00:00${' '.repeat(900_000)}\n`,
  ]
  for (const text of rows) {
    const bytes = Buffer.from(text)
    for (const parser of parsers.filter((p) => OURS.includes(p.name))) {
      const steps = await stepsOf(async () => assertAccounted(await read('x.log', bytes, 65_536, parser), bytes.length))
      assert.ok(steps < 50_000_000, `${parser.name} took ${steps} steps`)
    }
  }
})

test('IMAP with the columns of SMTP, as it is documented, has its client and session', async () => {
  const text =
    '#Software: Microsoft Exchange Server\r\n#Log-type: IMAP4 Log\r\n' +
    '#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context\r\n' +
    '2021-03-03T05:00:01.323Z,,08D8DE000000001,1,10.1.2.11:993,203.0.113.7:51122,<,LOGIN m.osei *****,\r\n'
  const { events, gaps } = await read('C:\\Logging\\Imap4\\IMAP42021030305-1.LOG', Buffer.from(text))
  assert.deepEqual(gaps, [])
  assert.deepEqual(
    events.map(({ log, client, session }) => [log, client, session]),
    [['imap-pop', '203.0.113.7', '08D8DE000000001']],
  )
})
