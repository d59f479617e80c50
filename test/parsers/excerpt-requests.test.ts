import assert from 'node:assert/strict'
import { test } from 'node:test'
import { iso } from '../../src/lib/time.ts'
import type { Event } from '../../src/model/event.ts'
import { readWith } from './config/reading.ts'

// Requests and cmdlets in the forms in which spreadsheets, tools and authors of timelines write them.

const eventsOf = async (text: string, path = 'notes.md') => (await readWith(path, text)).events

function asked({ time, client, fields }: Event): unknown[] {
  return [time === null ? null : iso(time), client, fields['cs-method'], fields['cs-uri'], fields['sc-status']]
}

test('rows of IIS that a spreadsheet has in columns, with the date of its culture', async () => {
  const cells = [
    'W3SVC1',
    '-',
    '-',
    'POST',
    '/autodiscover/autodiscover.json',
    '@a.example:444/ews/Exchange.asmx?&Email=x',
  ]
  const behind = ['443', '-', '203.0.113.61', 'HTTP/1.1', 'Tool/2.0', '-', '-', '-', '200', '0', '0', '545']
  const expected = [
    '2021-08-17T01:20:31.000Z',
    '203.0.113.61',
    'POST',
    '/autodiscover/autodiscover.json?@a.example:444/ews/Exchange.asmx?&Email=x',
    200,
  ]
  for (const [stamp, delimiter] of [
    [['17.08.2021', '1:20:31'], '\t'],
    [['2021-08-17', '01:20:31'], '\t'],
    [['2021-08-17', '01:20:31'], ','],
    [['17/08/2021', '01:20:31'], ';'],
  ] as const) {
    const events = await eventsOf(`What came:\n\n${[...stamp, ...cells, ...behind].join(delimiter)}\n`)
    assert.deepEqual(events.map(asked), [expected], `${stamp[0]} ${delimiter}`)
  }
})

test('a date of which the day may be the month is no time', async () => {
  const row = '03/04/2021\t1:20:31\tGET\t/owa/auth/view.aspx\t-\t443\t-\t203.0.113.61\tTool/2.0\t200\t0\t0\t5'
  assert.deepEqual((await eventsOf(`${row}\n`)).map(asked), [[null, '203.0.113.61', 'GET', '/owa/auth/view.aspx', 200]])
})

test('a method and a page of mail alone on a line, with a query that holds blanks', async () => {
  const text = `What it was asked for:

    GET /aspnet_client/view.aspx?cmd=net group "Domain Admins" /domain
- POST request: \`POST /owa/auth/q7.aspx\`
GET /owa/ opens the page of a mailbox in the browser of the user.
GET /shop/cart.aspx?x=1
`
  assert.deepEqual((await eventsOf(text)).map(asked), [
    [null, null, 'GET', '/aspnet_client/view.aspx?cmd=net group "Domain Admins" /domain', null],
    [null, null, 'POST', '/owa/auth/q7.aspx', null],
  ])
})

test('addresses of pages alone are no requests: lists of indicators to search for have them', async () => {
  const text = `Search your logs for requests to:

hxxps://mail[.]contoso[.]example/owa/auth/q7.aspx
- \`/aspnet_client/system_web/view.aspx\`
`
  assert.deepEqual((await eventsOf(text)).map(asked), [])
})

test('a timeline with the time of day alone: requests with an answer, and commands in marks of code', async () => {
  const text = `| 09:46:20 | analyst | Confirmed: \`GET /owa/auth/faq.aspx\`, respuesta \`200 OK\`. |
| 09:55:31 | analyst | The cmdlet \`New-MailboxExportRequest -Mailbox 'ada' -FilePath '\\\\MAIL01\\C$\\inetpub\\wwwroot\\aspnet_client\\x.pst'\` was misused |
| Step | analyst | Run \`New-MailboxExportRequest -Mailbox 'bob' -FilePath '\\\\MAIL01\\pst\\bob.pst'\` to export |
`
  const events = await eventsOf(text)
  assert.deepEqual(
    events.map(({ log, fields }) => [log, fields['cs-uri'] ?? fields.CommandLine]),
    [
      ['iis-frontend', '/owa/auth/faq.aspx'],
      [
        'quoted-commands',
        "New-MailboxExportRequest -Mailbox 'ada' -FilePath '\\\\MAIL01\\C$\\inetpub\\wwwroot\\aspnet_client\\x.pst'",
      ],
    ],
  )
})

test('events of MSExchange Management as strings of JSON, and where they go on in another line', async () => {
  const listed = String.raw`"New-MailboxExportRequest", "-Mailbox \"ada\" -IncludeFolders (\"#Drafts#\") -FilePath \"\\\\127.0.0.1\\C$\\inetpub\\wwwroot\\aspnet_client\\71.aspx\""`
  const broken = String.raw`***New-ExchangeCertificate\n-GenerateRequest 'True' -RequestFile 'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\ecp\\auth\\q.aspx>' -DomainName ('mail`
  const code = String.raw`run("Set-Mailbox", "-Identity", user)`
  const events = await eventsOf(`${listed}\n${broken}\n${code}\n`)
  assert.deepEqual(
    events.map(({ fields }) => [fields.EventID, fields.Cmdlet, fields.Parameters]),
    [
      [
        1,
        'New-MailboxExportRequest',
        String.raw`-Mailbox "ada" -IncludeFolders ("#Drafts#") -FilePath "\\127.0.0.1\C$\inetpub\wwwroot\aspnet_client\71.aspx"`,
      ],
      [
        1,
        'New-ExchangeCertificate',
        String.raw`-GenerateRequest 'True' -RequestFile 'C:\Program Files\Microsoft\Exchange Server\V15\FrontEnd\HttpProxy\ecp\auth\q.aspx>' -DomainName ('mail`,
      ],
    ],
  )
})

test('a request over several lines has the fields of its headers, and the status of the answer below it', async () => {
  const text = `What the sensor kept:

\`\`\`
POST /ecp/y.js HTTP/1.1
Host: mail.contoso.example
User-Agent: Tool/2.0
Cookie: X-BEResource=MAIL01/EWS/Exchange.asmx?a=~1942062522;

<Envelope><Body/></Envelope>

HTTP/1.1 200 OK
X-FEServer: MAIL01
\`\`\`

> GET /owa/auth/q7.aspx HTTP/1.1
> Host: mail.contoso.example

< HTTP/1.1 404 Not Found

GET /owa/auth/q8.aspx HTTP/1.1
`
  const events = await eventsOf(text)
  assert.deepEqual(events.map(asked), [
    [null, null, 'POST', '/ecp/y.js', 200],
    [null, null, 'GET', '/owa/auth/q7.aspx', 404],
    [null, null, 'GET', '/owa/auth/q8.aspx', null],
  ])
  const [{ fields }] = events as [Event]
  assert.equal(fields['cs-cookie'], 'X-BEResource=MAIL01/EWS/Exchange.asmx?a=~1942062522;')
  assert.equal(fields['cs-user-agent'], 'Tool/2.0')
  assert.equal(fields['cs-host'], 'mail.contoso.example')
})

test('a mark of the text behind a path is no part of it', async () => {
  const text = `GET /owa/auth/q1.aspx"
POST /owa/auth/q2.aspx>
"GET /owa/auth/q3.aspx" 200
GET /owa/auth/q4.aspx> 404
2021-08-17 01:20:31 192.0.2.1 POST /owa/auth/q5.aspx> - 443 - 203.0.113.9 python 200 0 0 5
C:\\inetpub\\wwwroot\\aspnet_client\\q6.aspx>
`
  const events = await eventsOf(text)
  assert.deepEqual(
    events.map(({ fields }) => [
      fields['cs-uri'] ?? fields['cs-uri-stem'] ?? fields.TargetFilename,
      fields['sc-status'],
    ]),
    [
      ['/owa/auth/q1.aspx', null],
      ['/owa/auth/q2.aspx', null],
      ['/owa/auth/q3.aspx', 200],
      ['/owa/auth/q4.aspx', 404],
      ['/owa/auth/q5.aspx', 200],
      ['C:\\inetpub\\wwwroot\\aspnet_client\\q6.aspx', undefined],
    ],
  )
})

test('a table of a report has method and path in one cell', async () => {
  const text = `| Time (UTC) | Client | Request | Status |
|---|---|---|---|
| 2021-03-03 04:25:01 | 203.0.113.61 | POST /aspnet_client/q7.aspx> | 200 |
| 2021-03-03 04:26:11 | 203.0.113.61 | \`GET /aspnet_client/q7.aspx?x=1 HTTP/1.1\` | 404 |

Files: \`C:\\inetpub\\wwwroot\\aspnet_client\\q7.aspx\`
`
  const events = await eventsOf(text)
  assert.deepEqual(events.slice(0, 2).map(asked), [
    ['2021-03-03T04:25:01.000Z', '203.0.113.61', 'POST', '/aspnet_client/q7.aspx', 200],
    ['2021-03-03T04:26:11.000Z', '203.0.113.61', 'GET', '/aspnet_client/q7.aspx?x=1', 404],
  ])
  assert.equal(events[2]!.fields.TargetFilename, 'C:\\inetpub\\wwwroot\\aspnet_client\\q7.aspx')
})
