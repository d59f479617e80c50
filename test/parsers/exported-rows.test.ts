import assert from 'node:assert/strict'
import { test } from 'node:test'
import { iso } from '../../src/lib/time.ts'
import type { Event } from '../../src/model/event.ts'
import { choose } from '../../src/parsers/index.ts'

// Rows of logs in the tables into which other products export them.

async function reading(text: string): Promise<{ events: Event[]; gaps: number }> {
  const bytes = new TextEncoder().encode(text)
  const head = { path: 'export.csv', windowsPath: null, size: bytes.length, bytes, text }
  const events: Event[] = []
  let gaps = 0
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield bytes
  }
  await choose(head).read(
    { ...head, modified: null, chunks },
    { event: (event) => events.push(event), gap: () => gaps++, fact: () => {} },
  )
  return { events, gaps }
}

const of = ({ log, time, client, fields }: Event): unknown[] => [
  log,
  iso(time),
  client,
  fields['cs-uri-stem'],
  fields['sc-status'],
]

for (const [name, time] of [
  ['as the portal writes it', '"3/14/2021, 4:12:01.000 PM"'],
  ['as ISO text', '2021-03-14T16:12:01.123Z'],
] as const)
  test(`requests of IIS from Azure Monitor, the time ${name}`, async () => {
    const { events, gaps } = await reading(
      `"TimeGenerated [UTC]",sSiteName,sComputerName,sIP,csMethod,csUriStem,csUriQuery,sPort,csUserName,cIP,csUserAgent,scStatus,TimeTaken,Type\r\n${time},W3SVC1,MAIL01,192.0.2.10,POST,/ecp/b2.js,,443,,203.0.113.44,"tool/1, x",241,211,W3CIISLog\r\n`,
    )
    assert.deepEqual(events.map(of), [['iis-frontend', '2021-03-14T16:12:01.000Z', '203.0.113.44', '/ecp/b2.js', 241]])
    assert.deepEqual([gaps, events[0]?.snippet], [0, true])
  })

for (const [name, header, row] of [
  [
    'Splunk, with underscores',
    '"_time","c_ip","cs_method","cs_uri_stem","cs_uri_query","cs_User_Agent","sc_status","s_port",host',
    '"2021-03-14T18:12:01.000+0200","203.0.113.44",POST,"/ecp/b2.js",,"tool/1, x",241,443,MAIL01',
  ],
  [
    'Elastic',
    '"@timestamp","http.request.method","url.path","url.query","source.ip","user_agent.original","http.response.status_code"',
    '"2021-03-14T16:12:01.000Z",POST,"/ecp/b2.js",-,"203.0.113.44","tool/1, x",241',
  ],
] as const)
  test(`requests of IIS in a table of a search by ${name}`, async () => {
    const { events, gaps } = await reading(`${header}\r\n${row}\r\n`)
    assert.deepEqual(events.map(of), [['iis-frontend', '2021-03-14T16:12:01.000Z', '203.0.113.44', '/ecp/b2.js', 241]])
    assert.deepEqual([gaps, events[0]?.snippet], [0, true])
  })

test('requests of IIS in a column of a table, between others', async () => {
  const { events } = await reading(
    '"_time","_raw",host,source\r\n"2021-03-03T04:12:01.000+0000","2021-03-03 04:12:01 192.0.2.10 POST /ecp/b2.js - 443 - 203.0.113.44 tool/1 - 241 0 0 211",MAIL01,"C:\\inetpub\\logs\\LogFiles\\W3SVC1\\u_ex210303.log"\r\n',
  )
  assert.deepEqual(events.map(of), [['iis-frontend', '2021-03-03T04:12:01.000Z', '203.0.113.44', '/ecp/b2.js', 241]])
})

test('messages by the names of Get-MessageTrackingLog: lists in braces, and for whom a redirected one was', async () => {
  const { events } = await reading(
    '"Timestamp","EventId","Source","Sender","Recipients","RelatedRecipientAddress","MessageSubject"\r\n"2021-06-01 08:10:00","REDIRECT","MAILBOXRULE","p@other.example","{a@mail.example, b@mail.example}","k.berg@contoso.example","x"\r\n',
  )
  const [event] = events
  assert.equal(event?.fields['recipient-address'], 'a@mail.example;b@mail.example')
  assert.equal(event.fields.ToOutside, true)
})

for (const masked of ['***', '198.51.*.*', '<redacted>', 'XXX.XXX.XXX.XXX', 'ANONYMIZED'])
  test(`requests of IIS in which addresses are written over: ${masked}`, async () => {
    const { events } = await reading(
      `#Software: Microsoft Internet Information Services 10.0\r\n#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status\r\n2021-03-03 04:12:01 ${masked} POST /ecp/b2.js - 443 - ${masked} tool/1 241\r\n`,
    )
    assert.deepEqual(events.map(of), [['iis-frontend', '2021-03-03T04:12:01.000Z', null, '/ecp/b2.js', 241]])
  })

for (const [what, stamps, times] of [
  [
    'another row tells',
    ['3/9/2021 8:00:00 AM', '3/14/2021 9:00:00 AM'],
    ['2021-03-09T08:00:00.000Z', '2021-03-14T09:00:00.000Z'],
  ],
  ['no row tells', ['3/9/2021 8:00:00 AM', '3/10/2021 9:00:00 AM'], [null, null]],
] as const)
  test(`the order of day and month in an exported table: ${what}`, async () => {
    const names =
      'Timestamp ClientIp ClientHostname ServerIp ServerHostname SourceContext ConnectorId Source EventId InternalMessageId MessageId Recipients RecipientStatus TotalBytes RecipientCount RelatedRecipientAddress Reference MessageSubject Sender ReturnPath'
    const header = names.split(' ').map((name) => `"${name}"`)
    const rows = stamps.map(
      (at) =>
        `"${at}","10.0.0.5","MAIL01","10.0.0.20","MAIL01","MDB:1","","STOREDRIVER","RECEIVE","1","<1@a>","b@b.example","","9","1","","","Hello","a@a.example","a@a.example"`,
    )
    const { events, gaps } = await reading(`${[header.join(), ...rows].join('\r\n')}\r\n`)
    assert.equal(gaps, 0)
    assert.deepEqual(
      events.toSorted((a, b) => a.at.offset - b.at.offset).map(({ time }) => (time === null ? null : iso(time))),
      times,
    )
  })
