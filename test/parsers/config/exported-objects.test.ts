import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readWith } from './reading.ts'

const url = 'http://f/<b title="a sample">nothing to run</b>'
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

for (const [what, path, text, parser, expected] of [
  [
    'a virtual directory as CSV, with its type',
    'oab.csv',
    `#TYPE Selected.Microsoft.Exchange\r\n"Name","InternalUrl","ExternalUrl"\r\n"OAB","https://m/OAB",${quoted(url)}\r\n`,
    'exported-csv',
    [{ ObjectType: 'ExchangeVirtualDirectory', Name: 'OAB', InternalUrl: 'https://m/OAB', ExternalUrl: url }],
  ],
  [
    'semicolons, a value over two lines, and collections that only name their type',
    'rules.csv',
    'Name;ForwardTo;RedirectTo;Password\r\n"a";"x@y.example\r\nz@y.example";"System.String[]";"hunter2"\r\nb;;"Microsoft.Exchange.Data.MultiValuedProperty`1[System.String]";\r\n',
    'exported-csv',
    [
      { ObjectType: 'InboxRule', Name: 'a', ForwardTo: 'x@y.example\nz@y.example', RedirectTo: null, Password: '***' },
      { ObjectType: 'InboxRule', Name: 'b', ForwardTo: null, RedirectTo: null, Password: null },
    ],
  ],
  [
    'JSON, with an address in its parts',
    'oab.json',
    JSON.stringify(
      [{ Name: 'OAB', ExternalUrl: { OriginalString: url, Port: 80 }, Roles: ['a', 'b'], Key: null }],
      null,
      2,
    ),
    'exported-json',
    [{ ObjectType: 'ExchangeVirtualDirectory', Name: 'OAB', ExternalUrl: url, Roles: ['a', 'b'], Key: null }],
  ],
  ['another table', 'x.csv', 'Name,Size\r\na,1\r\n', 'scan', []],
  ['another table with an address', 'x.csv', 'Color,ExternalUrl\r\nred,http://x\r\n', 'scan', []],
  ['other JSON', 'x.json', '{"Name":"a","Size":1}', 'scan', []],
] as const) {
  test(`${what} is read by ${parser}`, async () => {
    const read = await readWith(path, text)
    assert.equal(read.parser, parser)
    assert.deepEqual(
      read.events.filter(({ log }) => log === 'exchange-config').map(({ fields }) => ({ ...fields })),
      expected,
    )
  })
}

test('a row with more columns than the table is a gap', async () => {
  const read = await readWith('oab.csv', 'Name,ExternalUrl\r\na,http://a,b,c\r\nd,http://d\r\n')
  assert.deepEqual(
    read.events.map(({ fields }) => fields.Name),
    ['d'],
  )
  assert.equal(read.gaps.length, 1)
})

test('the list of a virtual directory is an export, and a page of the same lines is none', async () => {
  const lines = `Name                : OAB\r\nPollInterval        : 480\r\nOfflineAddressBooks : {}\r\nExternalUrl         : ${url}\r\n`
  const services = async (path: string): Promise<(string | undefined)[]> =>
    (await readWith(path, lines)).events[0]!.sources.map(({ service }) => service)
  assert.deepEqual(await services('C:\\Temp\\oab.txt'), ['oab-dump', 'exchange-config'])
  assert.deepEqual(await services('C:\\inetpub\\wwwroot\\aspnet_client\\a.aspx'), ['oab-dump'])
})
