import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { decodeText } from '../../src/lib/text.ts'
import type { Event } from '../../src/model/event.ts'
import type { Gap } from '../../src/model/evidence.ts'
import { choose } from '../../src/parsers/index.ts'
import type { Head } from '../../src/parsers/parser.ts'

type Reading = { parser: string; parsed: number; events: Event[]; gaps: Omit<Gap, 'path'>[] }

async function read(path: string, bytes: Buffer): Promise<Reading> {
  const first = bytes.subarray(0, 65_536)
  const head: Head = { path, windowsPath: null, size: bytes.length, bytes: first, text: decodeText(first) }
  const parser = choose(head)
  const [events, gaps]: [Event[], Omit<Gap, 'path'>[]] = [[], []]
  async function* chunks(): AsyncGenerator<Uint8Array> {
    for (let i = 0; i < bytes.length; i += 97) yield bytes.subarray(i, i + 97)
  }
  const sink = { event: (e: Event) => events.push(e), gap: (g: Omit<Gap, 'path'>) => gaps.push(g), fact: () => {} }
  const parsed = await parser.read({ ...head, modified: null, chunks }, sink)
  const inGaps = gaps.reduce((sum, gap) => sum + gap.length, 0)
  assert.equal(parsed + inGaps, bytes.length, 'every byte is read or reported')
  for (const e of events) {
    const raw = decodeText(bytes.subarray(e.at.offset, e.at.offset + e.at.length))
    if (bytes[0] !== 0xff) assert.equal(raw, e.raw)
  }
  return { parser: parser.name, parsed, events, gaps }
}

const host = (modules: string, managed = ''): string =>
  `<?xml version="1.0"?>\n<configuration>\n<system.applicationHost />\n<system.webServer><globalModules>\n${modules}\n</globalModules></system.webServer>\n` +
  `<location path="Grüße/owa"><system.webServer><modules><clear /><add name="Static" />${managed}</modules></system.webServer></location>\n</configuration>\n`

const known = async (modules: string, managed = ''): Promise<unknown[]> =>
  (await read('applicationHost.config', Buffer.from(host(modules, managed)))).events.map((e) => e.fields.Known)

const image = (path: string): string => `<add name="m" image="${path}" />`

test('a module is one event with its place', async () => {
  const text = host(image('C:\\Temp\\a&amp;b.dll'), '<add type="Acme.Module, Acme" name="Acme" />')
  const { parser, events, gaps } = await read('x/applicationHost.config', Buffer.from(text))
  assert.equal(parser, 'iis-config')
  assert.deepEqual(gaps, [])
  assert.deepEqual(
    events.map((e) => [e.log, e.time, e.at.line, e.target, { ...e.fields }]),
    [
      [
        'iis-config',
        null,
        5,
        'm: C:\\Temp\\a&b.dll',
        {
          Element: 'globalModule',
          Module: 'm',
          Image: 'C:\\Temp\\a&b.dll',
          PreCondition: null,
          Known: 'false',
          Location: null,
        },
      ],
      [
        'iis-config',
        null,
        7,
        'Acme: Acme.Module, Acme',
        {
          Element: 'module',
          Module: 'Acme',
          Type: 'Acme.Module, Acme',
          PreCondition: null,
          Known: 'false',
          Location: 'Grüße/owa',
        },
      ],
    ],
  )
})

test('a module that passes itself off as one of Microsoft says as which', async () => {
  const images: Readonly<Record<string, string | undefined>> = {
    'C:\\Windows\\System32\\inetsrv\\authbas.dll': undefined,
    '%windir%\\System32\\inetsrv\\authmd4.dll': 'authmd5',
    '%windir%\\System32\\inetsrv\\autehbas.dll': 'authbas',
    '%windir%\\System32\\inetsrv\\stati.dll': 'static',
    '%windir%\\System32\\inetsrv\\LOGHTPT.DLL': 'loghttp',
    '%windir%\\System32\\inetsrv\\cgj.dll': undefined,
    '%windir%\\System32\\inetsrv\\ModSecurityIIS.dll': undefined,
    'C:\\inetpub\\wwwroot\\cachhttp.dll': 'cachhttp',
    'D:\\Vendor\\filter.dll': undefined,
    'D:\\Vendor\\cachhtp.dll': undefined,
    '%IIS_BIN%\\cachhttp.dll': undefined,
  }
  const text = host(Object.keys(images).map(image).join('\n'))
  const { events } = await read('applicationHost.config', Buffer.from(text))
  assert.deepEqual(
    Object.fromEntries(events.flatMap((e) => (e.fields.Image ? [[e.fields.Image, e.fields.Resembles]] : []))),
    images,
  )
})

test('the same in UTF-16', async () => {
  const text = host(image('C:\\Temp\\a.dll'))
  const { events, gaps } = await read('a.config', Buffer.from(`\ufeff${text}`, 'utf16le'))
  assert.deepEqual([events.length, gaps], [1, []])
  assert.equal(events[0]?.raw, image('C:\\Temp\\a.dll'))
})

for (const [path, expected] of [
  ['%windir%\\System32\\inetsrv\\static.dll', 'true'],
  ['%SystemRoot%\\system32\\rpcproxy\\rpcproxy.dll', 'true'],
  ['C:\\Windows\\system32\\wsmsvc.dll', 'true'],
  ['%windir%\\Microsoft.NET\\Framework64\\v4.0.30319\\webengine4.dll', 'true'],
  ['%ProgramFiles%\\IIS\\Application Request Routing\\requestRouter.dll', 'true'],
  ['D:\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\bin\\exppw.dll', 'true'],
  ['D:\\Exchange Server\\V15\\ClientAccess\\Owa\\auth\\exppw.dll', 'true'],
  ['D:\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\owa\\auth\\cache.dll', 'false'],
  ['%windir%\\System32\\inetsrv\\..\\..\\Temp\\x.dll', 'false'],
  ['%windir%/System32/inetsrv/../../Temp/x.dll', 'false'],
  ['%windir%\\System32\\spool\\drivers\\color\\x.dll', 'false'],
  ['C:\\Temp\\Windows\\System32\\inetsrv\\x.dll', 'false'],
  ['\\\\10.0.0.1\\c\\Windows\\System32\\x.dll', 'false'],
  ['C:\\Windows\\Temp\\x.dll', 'false'],
] as const) {
  test(`${path} is known: ${expected}`, async () => assert.deepEqual(await known(image(path)), [expected]))
}

for (const [type, expected] of [
  ['System.Web.Security.FileAuthorizationModule', 'true'],
  [
    'Microsoft.Exchange.HttpProxy.ProxyModule,Microsoft.Exchange.FrontEndHttpProxy,PublicKeyToken=31bf3856ad364e35',
    'true',
  ],
  ['Microsoft.Exchange.Cache.Module, Cache, PublicKeyToken=0123456789abcdef', 'false'],
  ['SystemX.Module', 'false'],
  ['Module', 'false'],
] as const) {
  test(`${type} is known: ${expected}`, async () =>
    assert.deepEqual(await known('', `<add name="m" type="${type}" />`), [expected]))
}

test('a comment holds no module', async () => {
  assert.deepEqual(await known(`<!-- ${image('C:\\a.dll')} --><![CDATA[${image('C:\\a.dll')}]]>`), [])
})

const whole = host(image('C:\\Temp\\a.dll'))
const middle = whole.indexOf('</globalModules>')
for (const [name, text, reason, at] of [
  ['another tag ends', `${whole.slice(0, middle)}</x>${whole.slice(middle)}`, 'corrupt', middle],
  ['an attribute without quotes', `${whole.slice(0, middle)}<add a=b/>${whole.slice(middle)}`, 'corrupt', middle],
  ['zeros in the middle', `${whole.slice(0, middle)}\0\0${whole.slice(middle)}`, 'corrupt', middle],
  ['zeros to the end', `${whole.slice(0, middle)}\0\0\0\0`, 'nul-tail', middle],
  ['cut in a tag', whole.slice(0, middle + 5), 'truncated', middle],
  ['cut between tags', whole.slice(0, middle), 'truncated', middle],
  ['a second root', `${whole}<add />`, 'corrupt', Buffer.byteLength(whole)],
  ['too deep', `${whole.slice(0, middle)}${'<a>'.repeat(100)}`, 'corrupt', null],
  ['a huge tag', `${whole.slice(0, middle)}<add ${'x'.repeat(70_000)} />`, 'corrupt', middle],
] as const) {
  test(`${name}: what stands before is read`, async () => {
    const { parser, events, gaps } = await read('applicationHost.config', Buffer.from(text))
    assert.deepEqual([parser, events.length, gaps.length], ['iis-config', 1, 1])
    assert.equal(gaps[0]?.reason, reason)
    if (at !== null) assert.equal(gaps[0]?.offset, at)
  })
}

test('web.config is another', async () => {
  const text = '<?xml version="1.0"?><configuration><system.webServer><modules /></system.webServer></configuration>'
  assert.equal((await read('web.config', Buffer.from(text))).parser, 'web-config')
})

const V15 = 'C:\\Program Files\\Microsoft\\Exchange Server\\V15'
const hygiene = 'Microsoft.Exchange.Transport.Agent'
const filter = `${hygiene}.ContentFilter.ContentFilterAgentFactory`

const agent = (factory: string, assembly: string, enabled: string): string =>
  `<agent name="A" baseType="B" classFactory="${factory}" assemblyPath="${assembly}" enabled="${enabled}" />`

test('a transport agent is one event', async () => {
  const text = `<configuration><mexRuntime><monitoring /><agentList>${[
    agent(filter, `${V15}\\TransportRoles\\agents\\Hygiene\\${hygiene}.Hygiene.dll`, 'true'),
    agent(filter, 'C:\\Temp\\a.dll', 'true'),
    agent('Acme.Factory', `${V15}\\TransportRoles\\agents\\a.dll`, 'False'),
  ].join('\r\n')}</agentList></mexRuntime></configuration>`
  const { parser, events, gaps } = await read('fetagents.config', Buffer.from(text))
  assert.deepEqual([parser, gaps], ['transport-agents', []])
  assert.deepEqual(
    events.map((e) => [e.fields.Known, e.fields.Enabled, e.at.line]),
    [
      ['true', 'true', 1],
      ['false', 'true', 2],
      ['false', 'false', 3],
    ],
  )
})

const DATA = process.env.POSTERN_DATA

test('the configuration of a real server holds no foreign module', { skip: DATA === undefined }, async () => {
  const path = join(DATA ?? '.', 'exchange/healthchecker-e16/Exchange/IIS/applicationHost.config')
  const { parser, events, gaps } = await read(path, readFileSync(path))
  assert.deepEqual([parser, gaps], ['iis-config', []])
  assert.ok(events.filter((e) => e.fields.Image ?? e.fields.FilterPath).length > 30)
  assert.ok(events.filter((e) => e.fields.Type).length > 10)
  assert.deepEqual(
    events
      .filter((e) => e.fields.Known === 'false' || e.fields.KnownPlace === 'false' || e.fields.KnownHandler === 'false')
      .map((e) => e.target),
    [],
  )
})
