import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import type { Scan } from '../../src/model/scan.ts'
import type { Event } from '../../src/model/event.ts'
import { askAll } from '../../src/rules/match.ts'
import { bothWays, scansOf } from '../kernel/both-ways.ts'

// Who sends a request chooses texts that stand in a log: with quotes and line ends in them they must neither become rows
// or headers of their own, nor take rows of others with them.

const folder = mkdtempSync(join(tmpdir(), 'postern-quotes-'))
after(() => rmSync(folder, { recursive: true }))

const path = 'V15/Logging/Ews/Ews_2021030300-1.LOG'
const FIELDS =
  'DateTime,RequestId,AuthenticatedUser,UserAgent,ClientIpAddress,SoapAction,HttpStatus,ErrorCode,GenericErrors'
const head = (fields = FIELDS, type = 'EWS Logs'): string[] => [
  '#Software: Microsoft Exchange Server',
  '#Version: 15.01.2106.002',
  `#Log-type: ${type}`,
  '#Date: 2021-03-03T00:00:00.000Z',
  `#Fields: ${fields}`,
]
const row = (i: number, errors = '', action = 'GetFolder'): string =>
  `2021-03-03T00:${String(Math.floor(i / 60)).padStart(2, '0')}:${String(i % 60).padStart(2, '0')}.000Z,,ann,x,192.0.2.7,${action},200,,${errors}`
const rows = (from: number, to: number): string[] => Array.from({ length: to - from }, (_, i) => row(from + i))

const rule =
  "title: One\nid: one\nlogsource: { product: exchange }\ndetection:\n    a: { SoapAction: 'FindEvil' }\n    condition: a\n"

/** The events of a log, and what else its scan tells; the same however rows are read. */
async function read(lines: readonly string[], of = path): Promise<{ events: readonly Event[]; scan: Scan }> {
  const log = Buffer.from(`${lines.join('\r\n')}\r\n`)
  const ways = await bothWays(null, [rule])
  const events: Event[] = []
  const ask = askAll(ways[0].rules.events)
  const asked = {
    ...ways[0],
    ask: (event: Event) => (event.log.startsWith('file') ? [] : (events.push(event), ask(event))),
  }
  const [whole, plain, fast] = await scansOf(folder, of, log, [asked, ways[1], ways[2]])
  assert.deepEqual(plain, whole)
  assert.deepEqual(fast, whole)
  return { events: events.filter(({ log: kind }) => kind !== 'files'), scan: whole! }
}

const notes = ({ facts }: Scan): string[] => facts.flatMap((fact) => (fact.fact === 'note' ? [fact.note] : []))
const hits = ({ hits: all }: Scan): number => all.length
const lost = ({ gaps }: Scan): (number | undefined)[] => gaps.map(({ line }) => line)

void describe('a line in quotes is text of its row', () => {
  for (const [name, inner] of [
    ['a header of other columns', ['#Fields: a,b,c']],
    ['a header of as many columns', [`#Fields: ${FIELDS.replaceAll(/[A-Z]\w+/g, 'x$&')}`]],
    ['a whole header', head('TimeStamp,ServerName,EventId,EventData', 'OAB Generator Logs')],
    ['another kind of log', ['#Log-type: OAB Generator Logs']],
    ['a build', ['#Version: 15.02.9999.001']],
    ['a row', [row(50, '', 'FindForged')]],
    ['rows and a header', [row(50), '#Fields: a,b', row(51)]],
  ] as const)
    void it(name, async () => {
      const errors = `"boom ""here""\r\n${inner.join('\r\n')}\r\nend"`
      const { events, scan } = await read([
        ...head(),
        ...rows(0, 5),
        row(5, errors),
        row(6, '', 'FindEvil'),
        ...rows(7, 99),
      ])
      assert.equal(events.length, 99)
      // Whether lines that look like rows are text of this one nobody can tell: the time up to the next is not covered.
      const among = inner.filter((line) => !line.startsWith('#')).length
      assert.deepEqual(
        scan.gaps.map(({ length, after, before }) => [length, after, before]),
        among === 0 ? [] : [[0, events[5]!.time, events[6]!.time]],
      )
      assert.equal(hits(scan), 1)
      assert.ok(events.every(({ log }) => log === 'ews'))
      assert.ok(String(events[5]!.fields.GenericErrors).includes(inner[0]!))
      assert.equal(notes(scan).length, 1)
      assert.match(notes(scan)[0]!, /a row holds lines in quotes that look like rows or headers/)
      assert.deepEqual(
        scan.facts.flatMap((fact) => (fact.fact === 'build' ? [fact.build] : [])),
        ['15.1.2106.2'],
      )
    })

  void it('in front of the first header, too', async () => {
    const tracking =
      'date-time,client-ip,client-hostname,server-ip,server-hostname,source-context,connector-id,source,event-id,internal-message-id,message-id,network-message-id,recipient-address,recipient-status,total-bytes,recipient-count,related-recipient-address,reference,message-subject,sender-address,return-path,message-info,directionality,tenant-id,original-client-ip,original-server-ip,custom-data,transport-traffic-type,log-id,schema-version'
    const values = Object.fromEntries(tracking.split(',').map((name) => [name, '']))
    const message = (i: number, subject = ''): string =>
      Object.values({
        ...values,
        'date-time': `2021-03-03T00:00:0${i}.000Z`,
        source: 'SMTP',
        'event-id': 'RECEIVE',
        'message-subject': subject,
      }).join(',')
    const odd = `"hello\r\n#Fields: ${tracking.replaceAll(/\b[a-z]/g, 'x$&')}\r\nend"`
    const { events, scan } = await read(
      [message(1), message(2, odd), message(3)],
      'V15/TransportRoles/Logs/MessageTracking/MSGTRK2021030300-1.LOG',
    )
    assert.equal(events.length, 3)
    assert.deepEqual(scan.gaps, [])
    assert.ok(events.every(({ fields, log }) => log === 'message-tracking' && fields['event-id'] === 'RECEIVE'))
  })
})

void describe('a quote that does not close takes no other row with it', () => {
  for (const [name, odd] of [
    ['nothing closes it', row(5, '"boom')],
    ['it is cut there', row(5, '"boom').slice(0, -20).replace('ann', '"ann')],
  ] as const)
    for (const others of ['plain rows', 'rows with quotes', 'more rows than it may reach over'] as const)
      void it(`${name}, ${others}`, async () => {
        const quoted = (i: number): string => row(i, '"a, b ""c"""')
        const after = Array.from({ length: others.startsWith('more') ? 3_000 : 80 }, (_, i) =>
          others === 'rows with quotes' ? quoted(6 + i) : row(6 + (i % 80)),
        )
        const { events, scan } = await read([...head(), ...rows(0, 5), odd, ...after, row(90, '', 'FindEvil')])
        assert.equal(hits(scan), 1)
        // The row itself is read where its values can be told, else it is a gap.
        assert.ok(events.length - 6 - after.length <= 1)
        assert.equal(events.length + lost(scan).length, 7 + after.length)
        assert.ok(lost(scan).every((line) => line === 11))
      })

  void it('many of them', async () => {
    const odd = Array.from({ length: 3_000 }, (_, i) => (i % 3 === 0 ? row(i % 80, '"boom') : `x"y,"b${i}`))
    const { scan } = await read([...head(), ...odd, row(90, '', 'FindEvil')])
    assert.equal(hits(scan), 1)
  })

  void it('a header behind it is a header', async () => {
    const { events, scan } = await read([
      ...head(),
      row(0),
      row(1, '"boom'),
      ...head(`${FIELDS},Puid`),
      ...rows(2, 9).map((line) => `${line},1`),
      `${row(9, '', 'FindEvil')},"2, 3"`,
    ])
    assert.equal(hits(scan), 1)
    assert.equal(events.length + lost(scan).length, 10)
    assert.deepEqual(notes(scan), [])
  })
})

void describe('a header inside the file', () => {
  const renamed = FIELDS.replace('SoapAction', 'Comment').replace('ErrorCode', 'Remark')
  for (const [name, header] of [
    ['that renames columns', renamed],
    ['that drops columns', FIELDS.replace(',SoapAction', '')],
    ['that has few columns', 'DateTime,Comment'],
    ['that has many columns', Array.from({ length: 700 }, (_, i) => `c${i}`).join(',')],
    ['that has one column over and over', FIELDS.replaceAll(/[A-Z]\w+/g, 'DateTime')],
    ['with something behind it', `${FIELDS.replace('SoapAction', 'Comment')},junk,"x`],
  ] as const)
    void it(`${name} is told, and no row behind it is lost`, async () => {
      const { events, scan } = await read([
        ...head(),
        ...rows(0, 20),
        ...head(header),
        ...rows(20, 40),
        row(41, '', 'FindEvil'),
        ...rows(42, 60),
      ])
      assert.equal(notes(scan).length, 1, notes(scan).join('\n'))
      assert.match(
        notes(scan)[0]!,
        /line 30: a header inside the file, behind rows of another one, is without (?:.*SoapAction|.* and \d more)/,
      )
      assert.equal(events.length, 59)
      // One as long as entries may have been written over some.
      assert.equal(scan.gaps.length, name === 'that has many columns' ? 1 : 0)
      assert.equal(hits(scan), 1)
    })

  void it('of many, however many: the first is not forgotten', async () => {
    const many = Array.from({ length: 40 }, (_, i) => [`#Fields: DateTime,${'c,'.repeat(i + 10)}d`, row(i)]).flat()
    const { scan } = await read([...head(), ...rows(0, 20), ...many, row(41, '', 'FindEvil')])
    assert.equal(hits(scan), 1)
    assert.ok(notes(scan).length <= 5)
  })

  void it('that is the same, or has more columns, is not told', async () => {
    const { events, scan } = await read([
      ...head(),
      ...rows(0, 9),
      ...head(),
      ...rows(9, 19),
      ...head(`${FIELDS},Puid`),
      `${row(20, '', 'FindEvil')},1`,
    ])
    assert.deepEqual([events.length, hits(scan), notes(scan)], [20, 1, []])
  })

  void it('that says of the same columns that they are of another kind of log changes nothing alone', async () => {
    const { events, scan } = await read([
      ...head(),
      ...rows(0, 9),
      '#Log-type: OAB Generator Logs',
      row(9, '', 'FindEvil'),
    ])
    assert.ok(events.every(({ log }) => log === 'ews'))
    assert.equal(hits(scan), 1)
  })
})

void describe('a header inside a log of IIS or HTTP.sys', () => {
  const iis =
    'date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken'
  const http = 'date time c-ip c-port s-ip s-port cs-version cs-method cs-uri sc-status s-siteid s-reason s-queuename'
  const logs = {
    iis: {
      of: 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log',
      software: 'Microsoft Internet Information Services 10.0',
      fields: iis,
      row: (i: number, stem = '/owa/') =>
        `2021-03-03 00:00:${10 + i} 192.0.2.1 POST ${stem} a=${i} 443 - 198.51.100.7 x+y - 200 0 0 ${i}`,
      headers: [
        iis.replace('cs-uri-stem', 'cs-comment'),
        iis.replace('cs-uri-stem', 'x').replace('c-ip', 'cs-uri-stem'),
        'date time cs-username',
        'date time cs(User-Agent) cs-username cs(Referer)',
        iis.replace('cs-method cs-uri-stem cs-uri-query', 'cs-uri-query cs-uri-stem cs-method'),
        `${iis} ${'x '.repeat(600)}`,
        `date ${'time '.repeat(14)}`,
      ],
    },
    httperr: {
      of: 'C/Windows/System32/LogFiles/HTTPERR/httperr1.log',
      software: 'Microsoft HTTP API 2.0',
      fields: http,
      row: (i: number, uri = '/owa/') =>
        `2021-03-03 00:00:${10 + i} 198.51.100.7 4${i} 192.0.2.1 443 HTTP/1.1 POST ${uri} 400 1 BadRequest Pool`,
      headers: [
        http.replace('cs-uri', 'cs-comment'),
        'date time s-queuename',
        http.replace('cs-method cs-uri', 'cs-uri cs-method'),
        `${http} ${'x '.repeat(600)}`,
      ],
    },
  } as const
  for (const [kind, { of, software, fields, row: line, headers }] of Object.entries(logs)) {
    const block = (list: string): string[] => [
      `#Software: ${software}`,
      '#Version: 1.0',
      '#Date: 2021-03-03 00:00:00',
      `#Fields: ${list}`,
    ]
    const asked =
      "title: One\nid: one\nlogsource: { category: webserver }\ndetection:\n    a: { cs-uri-stem: '/evil.aspx' }\n    condition: a\n"
    const scanned = async (lines: readonly string[]): Promise<Scan> => {
      const [whole, plain, fast] = await scansOf(
        folder,
        of,
        Buffer.from(`${lines.join('\r\n')}\r\n`),
        await bothWays(null, [asked]),
      )
      assert.deepEqual(plain, whole)
      assert.deepEqual(fast, whole)
      return whole!
    }
    for (const header of headers)
      void it(`${kind}: ${header.slice(0, 60)}`, async () => {
        const scan = await scanned([
          ...block(fields),
          line(1),
          line(2),
          ...block(header),
          line(3),
          line(4, '/evil.aspx'),
          line(5),
        ])
        const isMore = header.startsWith(`${fields} `)
        assert.deepEqual(
          [scan.artifact.events, scan.gaps.length, hits(scan)],
          [5, isMore && scan.artifact.parser === kind ? 1 : 0, 1],
        )
        assert.equal(notes(scan).length, isMore ? 0 : 1, notes(scan).join())
      })
    void it(`${kind}: the same again is not told`, async () => {
      const scan = await scanned([
        ...block(fields),
        line(1),
        ...block(fields),
        line(2),
        ...block(`${fields} x-own`),
        `${line(3, '/evil.aspx')} 1`,
      ])
      assert.deepEqual([scan.artifact.events, scan.gaps, hits(scan), notes(scan)], [3, [], 1, []])
    })
  }
})
