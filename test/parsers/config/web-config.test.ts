import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import type { Event } from '../../../src/model/event.ts'
import { virtualDirectoryOf } from '../../../src/parsers/config/web-config.ts'
import { data, filesBelow, readWith } from './reading.ts'

const FRONT = 'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\owa\\web.config'

const page = (inner: string): string => `<?xml version="1.0"?>\n<configuration>\n${inner}\n</configuration>\n`
const server = (inner: string): string => page(`<system.webServer>${inner}</system.webServer>`)
const web = (inner: string): string => page(`<system.web>${inner}</system.web>`)

/** The fields of each entry that the table names. */
function shown(events: readonly Event[], names: readonly string[]): unknown[] {
  return events.map(({ fields }) => names.map((name) => fields[name] ?? null))
}

const rule = (name: string, condition: string, more = '', direction = 'rules'): string =>
  server(
    `<rewrite><${direction}><rule name="${name}" ${more}><match url=".*"/><conditions><add input="{HTTP_COOKIE}" pattern="${condition}"/></conditions><action type="AbortRequest"/></rule></${direction}></rewrite>`,
  )

for (const [what, text, names, expected] of [
  [
    'a module that was added, and one that was taken out',
    server('<modules><remove name="FormsAuthentication"/><add name="M" type="Acme.M, Acme"/></modules>'),
    ['Element', 'Module', 'Type', 'Action', 'Known'],
    [
      ['module', 'FormsAuthentication', null, 'remove', null],
      ['module', 'M', 'Acme.M, Acme', null, 'false'],
    ],
  ],
  [
    'a handler that runs configuration as pages',
    server(
      '<handlers><add name="h" path="*.config" verb="*" modules="IsapiModule" scriptProcessor="%windir%\\System32\\inetsrv\\asp.dll"/></handlers>',
    ),
    ['Element', 'Path', 'Engine', 'KnownHandler'],
    [['handler', '*.config', '%windir%\\System32\\inetsrv\\asp.dll IsapiModule', 'true']],
  ],
  [
    'a handler of the old kind with a class of nobody',
    web('<httpHandlers><add path="*.png" verb="*" type="Gallery.H, Gallery"/></httpHandlers>'),
    ['Element', 'Path', 'Engine', 'KnownHandler'],
    [['handler', '*.png', 'Gallery.H, Gallery', 'false']],
  ],
  [
    'what is compiled',
    web(
      '<compilation debug="true"><assemblies><add assembly="System, PublicKeyToken=b77a5c561934e089"/><add assembly="Evil"/></assemblies><buildProviders><add extension=".TXT" type="System.Web.Compilation.PageBuildProvider"/></buildProviders></compilation>',
    ),
    ['Element', 'Debug', 'Assembly', 'Extension', 'Known'],
    [
      ['compilation', 'true', null, null, null],
      ['compilationAssembly', null, 'System, PublicKeyToken=b77a5c561934e089', null, 'true'],
      ['compilationAssembly', null, 'Evil', null, 'false'],
      ['buildProvider', null, null, '.txt', 'true'],
    ],
  ],
  [
    'the vendor filters cookies',
    rule('X-BEResource Abort - inbound', '(.*)X-BEResource=(.+)/(.+)~(.+)'),
    ['Element', 'Rule', 'Enabled', 'Conditions', 'Action', 'Mitigation'],
    [
      [
        'rewriteRule',
        'X-BEResource Abort - inbound',
        'true',
        ['{HTTP_COOKIE} ~ (.*)X-BEResource=(.+)/(.+)~(.+)'],
        'AbortRequest',
        'EOMT',
      ],
    ],
  ],
  [
    'a mitigation of the service that was switched off',
    rule('EEMS M1.1 PowerShell - inbound', '(?=.*autodiscover)(?=.*powershell)', 'enabled="false"'),
    ['Mitigation', 'Enabled'],
    [['EEMS M1.1', 'false']],
  ],
  [
    'the mitigation by hand',
    rule('RequestBlockingRule1', '(?=.*autodiscover)(?=.*powershell)'),
    ['Mitigation', 'Enabled'],
    [['autodiscover filter', 'true']],
  ],
  [
    'a mitigation of answers',
    rule('EOMT OWA CSP - outbound', '.', '', 'outboundRules'),
    ['Mitigation', 'Direction'],
    [['EOMT OWA CSP', 'outbound']],
  ],
  ['a rule of someone else', rule('to https', '^off$'), ['Mitigation', 'Rule'], [[null, 'to https']]],
  [
    'rights and redirections',
    page(
      '<location path="x"><system.web><authorization><allow users="*"/></authorization></system.web><system.webServer><httpRedirect enabled="true" destination="https://x.example"/><directoryBrowse enabled="true"/><staticContent><mimeMap fileExtension=".log" mimeType="text/plain"/><mimeMap fileExtension=".woff" mimeType="font/woff"/></staticContent></system.webServer></location>',
    ),
    ['Element', 'Action', 'Users', 'Destination', 'Enabled', 'Extension', 'Location'],
    [
      ['authorization', 'allow', '*', null, null, null, 'x'],
      ['httpRedirect', null, null, 'https://x.example', 'true', null, 'x'],
      ['directoryBrowse', null, null, null, 'true', null, 'x'],
      ['mimeMap', null, null, null, null, '.log', 'x'],
    ],
  ],
  [
    'script in a comment',
    server('<!-- <% Response.Write(1) %> -->'),
    ['Element', 'Where', 'HoldsScript'],
    [['inlineCode', 'comment', 'true']],
  ],
  [
    'script behind the configuration',
    `${server('')}<% eval(request("a")) %>`,
    ['Element', 'Where', 'HoldsScript'],
    [['inlineCode', 'behind the configuration', 'true']],
  ],
  [
    'libraries from elsewhere',
    page(
      '<runtime><assemblyBinding><dependentAssembly><codeBase version="1.0.0.0" href="file:///C:\\Program Files\\Microsoft\\Exchange Server\\V15\\bin\\a.dll"/></dependentAssembly><dependentAssembly><codeBase version="1.0.0.0" href="file:///C:\\Temp\\b.dll"/></dependentAssembly></assemblyBinding></runtime><system.web/>',
    ),
    ['Element', 'Href', 'KnownPlace'],
    [['codeBase', 'file:///C:\\Temp\\b.dll', 'false']],
  ],
] as const) {
  test(what, async () => {
    for (const encoding of ['utf8', 'utf16le'] as const) {
      const bytes = Buffer.from(encoding === 'utf8' ? text : `\ufeff${text}`, encoding)
      const { parser, events } = await readWith(FRONT, bytes)
      assert.equal(parser, 'web-config')
      assert.deepEqual(shown(events, names), expected)
      for (const { fields } of events) assert.equal(fields.VirtualDirectory, 'Default Web Site/owa')
    }
  })
}

test('keys and passwords are in neither fields nor text, equal keys have one digest', async () => {
  const [key, other] = [
    '0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF',
    'FEDCBA9876543210FEDCBA9876543210FEDCBA9876543210',
  ]
  const text = (validation: string): string =>
    page(
      `<connectionStrings><add name="db" connectionString="Server=x;User=sa;Password=hunter2;"/></connectionStrings>` +
        `<appSettings><add key="ApiKey" value="hunter2"/><add key="Mode" value="On"/></appSettings>` +
        `<system.web><machineKey validationKey="${validation}" decryptionKey="${other}" validation="SHA1"/>` +
        `<identity impersonate="true" userName="a" password="hunter2"/></system.web>`,
    )
  const [a, b, c] = await Promise.all(
    [key, key.toLowerCase(), 'AutoGenerate,IsolateApps'].map((k) => readWith(FRONT, text(k))),
  )
  for (const { events } of [a!, b!, c!]) {
    const all = JSON.stringify(events)
    for (const secret of ['hunter2', key, key.toLowerCase(), other]) assert.ok(!all.includes(secret), secret)
  }
  const digest = ({ events }: typeof a & object): unknown =>
    events.find((e) => e.fields.Element === 'machineKey')?.fields.KeyDigest
  assert.match(String(digest(a!)), /^[0-9a-f]{16}$/)
  assert.equal(digest(a!), digest(b!))
  assert.equal(digest(c!), null)
  assert.deepEqual(
    a!.events.filter((e) => e.fields.Element === 'appSetting').map((e) => [e.fields.Key, e.fields.Value]),
    [
      ['ApiKey', '***'],
      ['Mode', 'On'],
    ],
  )
})

test('no entity is used: a document type is a gap, what follows is read', async () => {
  const lol = `<!DOCTYPE configuration [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY x SYSTEM "file:///c:/x">]>`
  const text = `<?xml version="1.0"?>${lol}<configuration><system.web><trust level="&b;"/></system.web></configuration>`
  const { parser, events, gaps } = await readWith(FRONT, text)
  assert.equal(parser, 'web-config')
  assert.deepEqual(
    gaps.map(({ offset, length, reason }) => [offset, length, reason]),
    [[21, lol.length, 'policy']],
  )
  assert.deepEqual(shown(events, ['Element', 'External', 'TrustLevel']), [
    ['documentType', 'true', null],
    ['trust', null, '&b;'],
  ])
})

const before = '<configuration><system.web><trust level="Full"/>'
for (const [what, bytes, reason] of [
  [
    'an attribute of 10 MB',
    Buffer.from(`${before}<pages a="${'x'.repeat(10_000_000)}"/></system.web></configuration>`),
    'corrupt',
  ],
  ['10,000 elements deep', Buffer.from(before + '<a>'.repeat(10_000)), 'corrupt'],
  ['cut off', Buffer.from(`${before}<pages val`), 'truncated'],
  ['zeros at the end', Buffer.from(`${before}</system.web></configuration>\0\0\0\0`), 'nul-tail'],
  [
    'half a letter of UTF-16',
    Buffer.concat([Buffer.from(`\ufeff${before}</system.web></configuration>`, 'utf16le'), Buffer.from('<')]),
    'corrupt',
  ],
  ['a comment without an end', Buffer.from(`${before}<!-- ${'y'.repeat(200_000)}`), 'corrupt'],
  ['other tags', Buffer.from(`${before}<system.web></location></configuration>`), 'corrupt'],
] as const) {
  test(`${what}: what stands before is read, the rest is a gap`, async () => {
    const { events, gaps } = await readWith(FRONT, bytes, 65_536)
    assert.deepEqual(
      events.map((e) => e.fields.Element),
      ['trust'],
    )
    assert.deepEqual(
      gaps.map((gap) => gap.reason),
      [reason],
    )
  })
}

for (const [path, expected] of [
  [FRONT, 'Default Web Site/owa'],
  ['D:\\Exchange\\FrontEnd\\HttpProxy\\sync\\web.config', 'Default Web Site/Microsoft-Server-ActiveSync'],
  ['C:\\Program Files\\Microsoft\\Exchange Server\\V15\\ClientAccess\\ecp\\web.config', 'Exchange Back End/ecp'],
  ['C:\\x\\V15\\ClientAccess\\exchweb\\EWS\\web.config', 'Exchange Back End/EWS'],
  ['C:\\x\\V15\\ClientAccess\\web.config', 'Exchange Back End/'],
  ['C:\\inetpub\\wwwroot\\web.config', 'Default Web Site/'],
  ['C:\\inetpub\\wwwroot\\aspnet_client\\web.config', 'Default Web Site/aspnet_client'],
  ['out/DefaultWebSite-EAS_web.config', 'Default Web Site/Microsoft-Server-ActiveSync'],
  ['ExchangeBackEnd-MapiNspi_web.config', 'Exchange Back End/mapi/nspi'],
  ['DefaultWebSite_SharedWebConfig.config', 'Default Web Site/'],
  ['D:\\app\\web.config', null],
] as const) {
  test(`${path} is of ${expected}`, () => assert.equal(virtualDirectoryOf(path), expected))
}

test('the configuration of a real server holds nothing foreign', {
  skip: data === undefined && 'POSTERN_DATA is not set',
}, async () => {
  let files = 0
  for (const [path, bytes] of filesBelow(join(data!, 'exchange/healthchecker-e16/Exchange/IIS'))) {
    if (!/(?:SharedWebConfig|_web)\.config$/i.test(path)) continue
    files++
    const { parser, events, gaps } = await readWith(path, bytes, 65_536)
    assert.deepEqual([parser, gaps], ['web-config', []], path)
    assert.ok(events.length > 5 || path.includes('Shared'), path)
    const foreign = events.filter(({ fields }) =>
      [fields.Known, fields.KnownPlace, fields.KnownHandler].includes('false'),
    )
    assert.deepEqual(
      foreign.map((e) => e.target),
      [],
    )
    assert.ok(events.every((e) => e.fields.HoldsScript === undefined))
  }
  assert.equal(files, 25)
})
