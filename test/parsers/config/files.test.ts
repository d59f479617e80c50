import assert from 'node:assert/strict'
import { test } from 'node:test'
import { certificateRequest } from '../../../src/parsers/common/certificate-request.ts'
import { clixml } from '../../../src/parsers/config/clixml.ts'
import { powershellHistory } from '../../../src/parsers/powershell/history.ts'
import { powershellTranscript } from '../../../src/parsers/powershell/transcript.ts'
import { taskXml } from '../../../src/parsers/config/scheduled-task-xml.ts'
import { webConfig } from '../../../src/parsers/config/web-config.ts'
import { survivesDamage } from '../hostile.ts'
import { certificateRequestFor as request, der, pem } from '../../../tools/writers/certificate.ts'
import { readWith } from './reading.ts'

// ---- certificate requests

const script = '<script language="JScript" runat="server">x</script>'
const wide = Buffer.from(script, 'utf16le').swap16()
for (const [what, path, bytes, expected] of [
  [
    'a plain one as PEM',
    'a.req',
    Buffer.from(pem(request(der(12, 'mail.example')))),
    ['PEM', 'CN=mail.example', 'false'],
  ],
  ['a plain one as DER', 'a.req', request(der(19, 'mail.example')), ['DER', 'CN=mail.example', 'false']],
  [
    'script in a page',
    'C:\\inetpub\\wwwroot\\aspnet_client\\a.aspx',
    request(der(12, script)),
    ['DER', `CN=${script}`, 'true'],
  ],
  ['script in two bytes a letter', 'a.aspx.req', request(der(0x1e, wide)), ['DER', `CN=${script}`, 'true']],
  [
    'script below the base64',
    'a.aspx.req',
    Buffer.from(pem(request(der(12, script)))),
    ['PEM', `CN=${script}`, 'true'],
  ],
  ['script behind the request', 'a.aspx', Buffer.from(`${pem(request(der(12, 'x')))}<%=1%>`), ['PEM', 'CN=x', 'true']],
] as const) {
  test(`a certificate request: ${what}`, async () => {
    const { parser, events, gaps } = await readWith(path, bytes)
    assert.deepEqual([parser, gaps, events.length], ['certificate-request', [], 1])
    const { fields } = events[0]!
    assert.deepEqual([fields.Encoding, fields.Subject, fields.HoldsScript], expected)
    assert.deepEqual(
      [fields.RequestComputer, fields.RequestUser, fields.RequestProcess],
      ['mail01.lab.example', 'LAB\\alice', 'w3wp.exe'],
    )
    assert.equal(fields.TargetFilename, path)
  })
}

test('bytes behind a request are a gap', async () => {
  const whole = request(der(12, 'x'))
  const { gaps } = await readWith('a.req', Buffer.concat([whole, Buffer.from('more')]))
  assert.deepEqual(
    gaps.map(({ offset, length }) => [offset, length]),
    [[whole.length, 4]],
  )
})

survivesDamage('certificate request', certificateRequest, request(der(12, script)))

// ---- damage

const task = `<?xml version="1.0"?>\r\n<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task"><RegistrationInfo><URI>\\A</URI></RegistrationInfo><Actions><Exec><Command>a.exe</Command><Arguments>/p:x</Arguments></Exec></Actions></Task>`
survivesDamage(
  'web.config',
  webConfig,
  Buffer.from(
    `<configuration><!-- c --><system.web><machineKey validationKey="${'AB'.repeat(32)}"/></system.web><system.webServer><rewrite><rules><rule name="a"><match url=".*"/></rule></rules></rewrite></system.webServer></configuration>`,
  ),
)
survivesDamage('task', taskXml, Buffer.from(`\ufeff${task}`, 'utf16le'))
survivesDamage(
  'exported objects',
  clixml,
  Buffer.from(
    `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"><Obj RefId="0"><TN RefId="0"><T>Microsoft.Exchange.Data.X</T></TN><Props><S N="a">b</S><I32 N="c">1</I32></Props></Obj></Objs>`,
  ),
)
survivesDamage(
  'transcript',
  powershellTranscript,
  Buffer.from(
    `${'*'.repeat(22)}\r\nstart\r\nStart time: 20210303042322\r\nUsername: a\r\nRunAs User: a\r\nMachine: M (Microsoft Windows NT 10.0)\r\nHost Application: p.exe\r\n${'*'.repeat(22)}\r\nPS C:\\> whoami\r\na\r\n`,
  ),
)
survivesDamage('history', powershellHistory, Buffer.from('whoami\r\nGet-X |`\r\n fl\r\n'))

test('a file on one line is read in one pass', { timeout: 300_000 }, async () => {
  const text = `<configuration><appSettings>${'<add key="k" value="v"/>'.repeat(200_000)}</appSettings><system.web/></configuration>`
  const { events, gaps } = await readWith('web.config', text, text.length)
  assert.deepEqual([events.length, gaps], [200_000, []])
})

// ---- compiled pages

test('a compiled page names its page, its assembly and its files', async () => {
  const path =
    'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Temporary ASP.NET Files\\owa\\1\\2\\x.aspx.cdcab7d2.compiled'
  const text = `\ufeff<?xml version="1.0" encoding="utf-8"?>\r\n<preserve resultType="3" virtualPath="/owa/auth/x.aspx" hash="1" filehash="2" flags="110000" assembly="App_Web_x1" type="ASP.auth_x_aspx">\r\n  <filedeps>\r\n    <filedep name="/owa/auth/x.aspx" />\r\n  </filedeps>\r\n</preserve>`
  const { parser, events, gaps } = await readWith(path, text)
  assert.deepEqual([parser, gaps, events.length], ['compiled-page', [], 1])
  const { fields, log } = events[0]!
  assert.deepEqual(
    [log, fields.virtualPath, fields.Assembly, fields.Type, fields.FileDeps],
    ['aspnet-temp', '/owa/auth/x.aspx', 'App_Web_x1', 'ASP.auth_x_aspx', ['/owa/auth/x.aspx']],
  )
})

test('the command line of the compiler', async () => {
  const line = `/t:library /utf8output /R:"C:\\a\\System.dll" /out:"C:\\t\\App_Web_x1.dll" /D:DEBUG /debug+  "C:\\t\\App_Web_x1.0.cs" "C:\\t\\App_Web_x1.1.cs"`
  for (const [name, text] of [
    ['x1.cmdline', `\ufeff${line}`],
    [
      'x1.out',
      `\ufeffC:\\windows\\system32\\inetsrv> "C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\csc.exe" ${line}\r\n\r\n\r\nc:\\a.aspx(1,2): error CS0103: x`,
    ],
  ] as const) {
    const { parser, events, gaps } = await readWith(`C:\\t\\${name}`, text)
    assert.deepEqual([parser, gaps, events.length], ['compiler-output', [], 1])
    assert.deepEqual(
      [events[0]!.fields.SourceFiles, events[0]!.fields.Assembly],
      [['C:\\t\\App_Web_x1.0.cs', 'C:\\t\\App_Web_x1.1.cs'], 'C:\\t\\App_Web_x1.dll'],
    )
  }
})
