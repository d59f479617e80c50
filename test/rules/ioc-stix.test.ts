import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readIndicatorList } from '../../src/rules/indicators/read-list.ts'
import { PatternProblem, readPattern } from '../../src/rules/indicators/stix-pattern.ts'
import { ask, CALL, event, FILE, load, WEB } from './list.ts'

const SHA256 = '0123456789abcdef'.repeat(4)
const SHA1 = SHA256.slice(0, 40)
const MD5 = SHA256.slice(0, 32)

type Fields = Readonly<Record<string, unknown>>
let number = 0
const indicator = (pattern: unknown, more: Fields = {}): Fields => ({
  type: 'indicator',
  spec_version: '2.1',
  id: `indicator--00000000-0000-4000-8000-${String(++number).padStart(12, '0')}`,
  created: '2021-03-05T00:00:00.000Z',
  modified: '2021-03-05T00:00:00.000Z',
  pattern_type: 'stix',
  pattern,
  ...more,
})
const bundle = (...objects: readonly unknown[]): string =>
  JSON.stringify({ type: 'bundle', id: 'bundle--00000000-0000-4000-8000-000000000000', objects })
const read = (...objects: readonly unknown[]): ReturnType<typeof readIndicatorList> =>
  readIndicatorList('a.json', bundle(...objects))
/** `type value` of each entry, and what each that is none says. */
const of = (pattern: string): { entries: string[]; bad: string[] } => {
  const { indicators, bad } = read(indicator(pattern, { id: 'indicator--x' }))
  return {
    entries: indicators.map(({ type, value, fileName }) => `${type} ${value}${fileName ? ` (${fileName})` : ''}`),
    bad: bad.map(({ reason, detail }) => `${reason} ${detail}`),
  }
}

describe('patterns', () => {
  const taken: readonly (readonly [pattern: string, ...entries: string[]])[] = [
    ["[ipv4-addr:value = '192.0.2.7']", 'ip 192.0.2.7'],
    ["[ipv6-addr:value = '2001:DB8::1']", 'ip 2001:db8::1'],
    ["[ipv4-addr:value = '198.51.100.0/24']", 'cidr 198.51.100.0/24'],
    ["[ipv4-addr:value ISSUBSET '198.51.100.0/24']", 'cidr 198.51.100.0/24'],
    ["[domain-name:value = 'evil.example']", 'domain evil.example'],
    ["[url:value = 'http://evil.example/a?b']", 'url evil.example/a?b'],
    ["[file:name = 'odd.aspx']", 'name odd.aspx'],
    [`[file:hashes.'SHA-256' = '${SHA256}']`, `sha256 ${SHA256}`],
    [`[file:hashes.SHA256 = '${SHA256.toUpperCase()}']`, `sha256 ${SHA256}`],
    [`[file:hashes.'SHA-1' = '${SHA1}' OR file:hashes.MD5 = '${MD5}']`, `sha1 ${SHA1}`, `md5 ${MD5}`],
    ["[file:name IN ('a.aspx', 'b.aspx')]", 'name a.aspx', 'name b.aspx'],
    ["[file:name = 'a.aspx'] OR [file:name = 'b.aspx']", 'name a.aspx', 'name b.aspx'],
    ["([file:name = 'a.aspx'] OR [file:name = 'b.aspx']) WITHIN 300 SECONDS", 'name a.aspx', 'name b.aspx'],
    ["[file:name = 'a.aspx'] REPEATS 1 TIMES", 'name a.aspx'],
    ["[directory:path = 'C:\\\\ProgramData\\\\Tool']", 'path /programdata/tool'],
    ["[file:name = 'a.dll' AND file:parent_directory_ref.path = 'C:\\\\Windows\\\\Temp']", 'path /windows/temp/a.dll'],
    ["[network-traffic:dst_ref.type = 'ipv4-addr' AND network-traffic:dst_ref.value = '192.0.2.7']", 'ip 192.0.2.7'],
    ["[network-traffic:dst_ref.value = 'evil.example']", 'domain evil.example'],
    [
      "[network-traffic:extensions.'http-request-ext'.request_header.'User-Agent' = 'Bot/1.0 (it\\'s)']",
      "agent Bot/1.0 (it's)",
    ],
    ["[process:extensions.'windows-service-ext'.service_name = 'OddSvc']", 'service oddsvc'],
    [`[file:hashes.MD5 = '${MD5}' AND file:hashes.'SHA-256' = '${SHA256}']`, `sha256 ${SHA256}`],
    [`[file:hashes.MD5 = '${MD5}' AND file:name = 'Odd.aspx']`, `md5 ${MD5} (odd.aspx)`],
    [
      `[(file:name = 'a.aspx' OR file:name = 'b.aspx') AND file:hashes.MD5 = '${MD5}']`,
      `md5 ${MD5} (a.aspx)`,
      `md5 ${MD5} (b.aspx)`,
    ],
    ["/* by hand */ [ipv4-addr:value == '192.0.2.7' // here\n ]", 'ip 192.0.2.7'],
    ["[file:name = 'a.aspx' or file:name = 'b.aspx']", 'name a.aspx', 'name b.aspx'],
  ]
  for (const [pattern, ...entries] of taken) it(pattern, () => assert.deepEqual(of(pattern), { entries, bad: [] }))

  const refused: readonly (readonly [pattern: string, why: RegExp])[] = [
    ["[windows-registry-key:key = 'HKEY_LOCAL_MACHINE\\\\a']", /windows-registry-key:key is not looked up/],
    ["[email-addr:value = 'a@b.example']", /email-addr:value is not looked up/],
    [`[file:hashes.'SHA-512' = '${SHA256}${SHA256}']`, /file:hashes\.SHA-512 is not looked up/],
    ["[file:name = 'a.aspx' AND file:size = 3]", /is compared with no text/],
    ["[file:name = 'a.aspx' AND file:mime_type = 'x']", /file:name and file:mime_type must hold together/],
    ["[ipv4-addr:value = '192.0.2.7' AND domain-name:value = 'evil.example']", /must hold together/],
    ["[ipv4-addr:value = '192.0.2.7' AND ipv4-addr:value = '192.0.2.8']", /must hold together/],
    [
      "[domain-name:value = 'evil.example' AND domain-name:resolves_to_refs[*].value = '192.0.2.7']",
      /domain-name:resolves_to_refs\[\*\]\.value must hold together/,
    ],
    [
      "[network-traffic:dst_ref.value = '192.0.2.7' AND network-traffic:dst_ref.type = 'ipv6-addr']",
      /must hold together/,
    ],
    ["[network-traffic:dst_ref.value = '192.0.2.7' AND network-traffic:dst_port = '443']", /must hold together/],
    ["[ipv4-addr:value = '192.0.2.7'] AND [file:name = 'a.aspx']", /belong together \(AND\)/],
    ["[ipv4-addr:value = '192.0.2.7'] FOLLOWEDBY [file:name = 'a.aspx']", /belong together \(FOLLOWEDBY\)/],
    ["[ipv4-addr:value = '192.0.2.7'] REPEATS 5 TIMES", /REPEATS is not looked up/],
    [
      "[ipv4-addr:value = '192.0.2.7'] START t'2021-03-01T00:00:00Z' STOP t'2021-03-02T00:00:00Z'",
      /START and STOP is not looked up/,
    ],
    ["[file:name LIKE '%.aspx']", /file:name with LIKE is not looked up/],
    ["[file:name MATCHES '^[a-z]{8}\\\\.aspx$']", /file:name with MATCHES is not looked up/],
    ["[file:name != 'a.aspx']", /What file:name is not/],
    ["[file:name NOT = 'a.aspx']", /What file:name is not/],
    ["[ipv4-addr:value NOT IN ('192.0.2.7', '192.0.2.8')]", /What ipv4-addr:value is not/],
    ['[EXISTS file:name]', /file:name with EXISTS/],
    ['[NOT EXISTS file:name]', /What file:name is not/],
    ['[file:size > 7]', /file:size with > is not/],
    ["[ipv4-addr:value ISSUPERSET '192.0.2.0/24']", /ISSUPERSET is not looked up/],
    ["[file:name ISSUBSET '192.0.2.0/24']", /for networks only/],
  ]
  for (const [pattern, why] of refused)
    it(`not looked up: ${pattern}`, () => {
      const { entries, bad } = of(pattern)
      assert.deepEqual([entries, bad.length], [[], 1], bad.join('\n'))
      assert.match(bad[0]!, /^unsupported indicator--x: /)
      assert.match(bad[0]!, why)
    })

  it('alternatives that can be looked up are taken, and the others named', () => {
    const { entries, bad } = of(
      "[file:name = 'a.aspx' OR windows-registry-key:key = 'HKLM\\\\a'] OR ([url:value = 'x'] AND [file:name = 'b.aspx'])",
    )
    assert.deepEqual(entries, ['name a.aspx'])
    assert.equal(bad.length, 2)
  })

  const damaged: readonly (readonly [pattern: string, at: number])[] = [
    ["file:name = 'a'", 1],
    ["[file:name = 'a.aspx'", 22],
    ['[file:name = a.aspx]', 14],
    ["[file.name = 'a']", 6],
    ["[file:name = 'a.aspx'] x", 24],
    ["[file:name = 'C:\\a.aspx']", 17],
    ["[file:name = 'a", 14],
    ["[file:name =? 'a']", 13],
    ['[file:name MATCHES 3]', 21],
    ['[file:name LIKE ]', 17],
    ["[file:name IN ('a',)]", 20],
    ["[x:a = t'2457-73-22T32:81:84.1Z']", 8],
    ["[x:a = h'abc']", 8],
    ["[x:a = b'====']", 8],
    ['[x:a = 1] WITHIN -5 SECONDS', 18],
    ['[x:a = 1] WITHIN 5 HOURS', 20],
    ['[x:a = 1] WITHIN 5 SECONDS WITHIN 6 SECONDS', 44],
    ['[x:a[b] = 1]', 6],
    ['[/* x:a = 1]', 2],
    ['[]', 2],
    [`${'('.repeat(40)}[x:a = 1]${')'.repeat(40)}`, 34],
    [`[${'('.repeat(100_000)}`, 35],
  ]
  for (const [pattern, at] of damaged)
    it(`damaged: ${pattern.slice(0, 60)}`, () => {
      assert.throws(
        () => readPattern(pattern),
        (error) => error instanceof PatternProblem && error.at === at,
      )
      assert.match(
        of(pattern).bad[0]!,
        new RegExp(`^broken indicator--x: Its pattern cannot be read at character ${at}: `),
      )
    })

  it('what the grammar has besides is read', () => {
    for (const pattern of [
      '[file:size IN (1024, -2048, .5, true)]',
      "[file:extensions.'windows-pebinary-ext'.sections[*].entropy > 7.0]",
      '[file:extended_properties.ntfs-ext.sid = "x"]'.replace('"x"', "'x'"),
      '[file:hashes."SHA-256" = \'x\']',
      '( [(network-traffic:dst_port IN(443,6443) AND network-traffic:src_packets != 0) ])',
      "([x:a = 1] REPEATS 2 TIMES) WITHIN 1.5 SECONDS AND [x:b[0].c[-1] <> h'ffd8']",
      "[x:start = t'2018-03-22T12:11:14.1Z' AND x:in = b'dGVzdA==']",
      "[a:b=1] FOLLOWEDBY [a:b=2] OR [a:b=3] START '2016-06-01T00:00:00Z' STOP '2016-07-01T00:00:00Z'",
    ])
      assert.ok(readPattern(pattern), pattern)
  })

  it('AND binds before OR, and OR before FOLLOWEDBY', () => {
    const pattern = readPattern('[a:b = 1] FOLLOWEDBY [a:b = 2] OR [a:b = 3] AND [a:b = 4 OR a:c = 5 AND a:d = 6]')
    assert.ok(pattern.is === 'followedBy')
    const [, second] = pattern.of
    assert.ok(second?.is === 'or' && second.of[1]?.is === 'and')
    const last = second.of[1].of[1]
    assert.ok(last?.is === 'one' && last.expression.is === 'or')
    assert.deepEqual(
      last.expression.of.map(({ is }) => is),
      ['comparison', 'and'],
    )
  })
})

describe('a bundle', () => {
  it('gives entries with id, name and description', () => {
    const { indicators, bad } = read(
      { type: 'malware', id: 'malware--1', name: 'x' },
      indicator("[ipv4-addr:value = '192.0.2.7']", {
        id: 'indicator--a',
        name: 'Scanner',
        description: 'Seen\u001b[2J twice',
      }),
    )
    assert.deepEqual(bad, [])
    assert.deepEqual(
      indicators.map(({ id, type, value, shown, context }) => ({ id, type, value, shown, context })),
      [{ id: 'indicator--a', type: 'ip', value: '192.0.2.7', shown: '192.0.2.7', context: 'Scanner, Seen [2J twice' }],
    )
  })

  it('takes no object that was only observed', () => {
    const { indicators, bad } = read(
      { type: 'ipv4-addr', id: 'ipv4-addr--1', value: '192.0.2.8' },
      { type: 'observed-data', id: 'observed-data--1', objects: { 0: { type: 'ipv4-addr', value: '192.0.2.9' } } },
      indicator("[ipv4-addr:value = '192.0.2.7']"),
    )
    assert.deepEqual([indicators.map(({ value }) => value), bad], [['192.0.2.7'], []])
  })

  it('leaves out what is revoked, benign or an older version, and counts it', () => {
    const version = (modified: string, pattern: string, more: Fields = {}): Fields =>
      indicator(pattern, { id: 'indicator--v', modified, ...more })
    const { indicators, bad } = read(
      version('2021-03-05T00:00:00.000Z', "[ipv4-addr:value = '192.0.2.2']"),
      version('2021-03-05T00:00:00.5Z', "[ipv4-addr:value = '192.0.2.3']"),
      version('2021-03-04T00:00:00Z', "[ipv4-addr:value = '192.0.2.1']"),
      indicator("[ipv4-addr:value = '192.0.2.4']", { revoked: true }),
      indicator("[ipv4-addr:value = '192.0.2.5']", { id: 'indicator--r' }),
      indicator("[ipv4-addr:value = '192.0.2.5']", { id: 'indicator--r', revoked: true }),
      indicator("[ipv4-addr:value = '192.0.2.6']", { indicator_types: ['benign'] }),
      indicator("[ipv4-addr:value = '192.0.2.7']", { revoked: false, indicator_types: ['malicious-activity'] }),
    )
    assert.deepEqual(
      indicators.map(({ value }) => value),
      ['192.0.2.3', '192.0.2.7'],
    )
    assert.deepEqual(bad, [
      { reason: 'unsupported', detail: 'Indicators left out: 2 revoked, 1 called benign, 3 older versions of others.' },
    ])
  })

  it('2.0 has no pattern_type; another language is named', () => {
    const { indicators, bad } = read(
      indicator("[ipv4-addr:value = '192.0.2.7']", {
        pattern_type: undefined,
        spec_version: undefined,
        labels: ['malicious-activity'],
      }),
      indicator('rule a { condition: true }', { id: 'indicator--y', pattern_type: 'yara' }),
    )
    assert.equal(indicators.length, 1)
    assert.deepEqual(
      bad.map(({ detail }) => detail),
      ['indicator--y: Its pattern is of type "yara"; only those of STIX are read.'],
    )
  })

  it('a broken object is named with its id, and the others are read', () => {
    const { indicators, bad } = read(
      null,
      [],
      indicator(3, { id: 'indicator--1' }),
      indicator("[ipv4-addr:value = '999.0.2.7']", { id: 'indicator--2' }),
      indicator("[ipv4-addr:value = '192.0.2.6']", { id: 'indicator--3', valid_until: 'soon' }),
      indicator("[ipv4-addr:value = '192.0.2.6']", { id: 'indicator--4', valid_from: '2021-03-05T00:00:00' }),
      indicator("[ipv4-addr:value = '192.0.2.6']", {
        id: 'indicator--5',
        valid_from: '2021-03-05T00:00:00Z',
        valid_until: '2021-03-04T00:00:00Z',
      }),
      indicator("[ipv4-addr:value = '0.0.0.0/0']", { id: 'indicator--6' }),
      indicator("[ipv4-addr:value = '192.0.2.7']", { id: undefined }),
    )
    assert.deepEqual(
      indicators.map(({ id, value }) => [id, value]),
      [['object 9', '192.0.2.7']],
    )
    assert.deepEqual(
      bad.map(({ reason, detail }) => `${reason} ${detail}`),
      [
        'broken indicator--1: It has no pattern.',
        'broken indicator--2: "999.0.2.7" is no address.',
        'broken indicator--3: valid_until is not a time.',
        'broken indicator--4: valid_from is not a time.',
        'broken indicator--5: It ends to be valid before it begins.',
        'broken indicator--6: "0.0.0.0/0" is so large a network that it says nothing.',
      ],
    )
  })

  it('one indicator, a list of objects and the answer of a TAXII server will do', () => {
    const one = indicator("[ipv4-addr:value = '192.0.2.7']")
    for (const json of [one, [one], { more: false, objects: [one] }])
      assert.equal(readIndicatorList('a', `\uFEFF ${JSON.stringify(json, null, 2)}`).indicators.length, 1)
  })

  it('without an indicator it is named', () => {
    for (const text of [bundle(), bundle({ type: 'malware' }), '{"type":"bundle"}'])
      assert.equal(readIndicatorList('a', text).bad.length, 1, text)
  })

  it('what is cut off is named with its place', () => {
    const text = JSON.stringify({ type: 'bundle', objects: [indicator("[ipv4-addr:value = '192.0.2.7']")] }, null, 1)
    const { indicators, bad } = readIndicatorList('a', text.slice(0, -30))
    assert.deepEqual([indicators.length, bad.length, bad[0]!.reason], [0, 1, 'broken'])
    assert.match(bad[0]!.detail, /not valid JSON/)
    assert.deepEqual(readIndicatorList('a', '{"a":1,\n "b" 2}').bad[0], {
      line: 2,
      column: 6,
      reason: 'broken',
      detail: 'This is not valid JSON; the file may have been cut off.',
    })
  })
})

describe('what is found by a bundle', () => {
  const at = (text: string): number => Date.parse(text)

  it('holds up to valid_until, also of one value that is listed twice', async () => {
    const { events } = await load(
      bundle(
        indicator("[ipv4-addr:value = '192.0.2.7']", { id: 'indicator--a', valid_until: '2021-03-10T00:00:00Z' }),
        indicator("[ipv4-addr:value = '192.0.2.7']", { id: 'indicator--b', valid_until: '2021-03-12T00:00:00.0Z' }),
        indicator("[ipv4-addr:value = '198.51.100.0/24']", { id: 'indicator--c', valid_until: '2021-03-10T00:00:00Z' }),
        indicator("[ipv4-addr:value = '198.51.0.0/16']", { id: 'indicator--d' }),
        indicator("[domain-name:value = 'a.evil.example']", {
          id: 'indicator--e',
          valid_until: '2021-03-10T00:00:00Z',
        }),
        indicator("[domain-name:value = 'evil.example']", { id: 'indicator--f' }),
      ),
    )
    const said = (ip: string, time: number | null): string[] => ask(events, event({}, WEB, ip, time))
    assert.deepEqual(said('192.0.2.7', at('2021-03-11T23:59:59Z')), ['client=192.0.2.7 (indicator--b)'])
    assert.deepEqual(said('192.0.2.7', at('2021-03-12T00:00:00Z')), [])
    assert.deepEqual(said('192.0.2.7', null), ['client=192.0.2.7 (indicator--b)'])
    assert.deepEqual(said('198.51.100.9', at('2021-03-09T00:00:00Z')), [
      'client=198.51.100.9 (indicator--c 198.51.100.0/24)',
    ])
    assert.deepEqual(said('198.51.100.9', at('2021-03-11T00:00:00Z')), [
      'client=198.51.100.9 (indicator--d 198.51.0.0/16)',
    ])
    const host = (time: string): string[] => ask(events, event({ SsrfHost: 'a.evil.example' }, WEB, null, at(time)))
    assert.deepEqual(host('2021-03-09T00:00:00Z'), ['SsrfHost=a.evil.example (indicator--e)'])
    assert.deepEqual(host('2021-03-11T00:00:00Z'), ['SsrfHost=evil.example (indicator--f)'])
    const ending = events.filter(({ asksTime }) => asksTime === true)
    assert.ok(
      ending.length > 0 && ending.every(({ info }) => /until a time that the list names/.test(info.description)),
    )
  })

  it('an event before valid_from is a hit that says so', async () => {
    const { events } = await load(
      bundle(indicator("[ipv4-addr:value = '192.0.2.7']", { id: 'indicator--a', valid_from: '2021-03-10T12:00:00Z' })),
    )
    assert.deepEqual(ask(events, event({}, WEB, '192.0.2.7', at('2021-03-03T00:00:00Z'))), [
      'client=192.0.2.7 (indicator--a; listed as valid from 2021-03-10T12:00:00.000Z)',
    ])
    assert.deepEqual(ask(events, event({}, WEB, '192.0.2.7', at('2021-03-10T12:00:00Z'))), [
      'client=192.0.2.7 (indicator--a)',
    ])
    assert.ok(
      events.every(({ asksTime, info }) => asksTime === undefined && /valid from a time/.test(info.falsePositives[0]!)),
    )
  })

  it('an end of a connection is that end only', async () => {
    const { events } = await load(
      bundle(
        indicator("[network-traffic:src_ref.value = '192.0.2.1']"),
        indicator("[network-traffic:dst_ref.value = '192.0.2.2']"),
        indicator("[ipv4-addr:value = '192.0.2.3']"),
      ),
    )
    const clients = ['192.0.2.1', '192.0.2.2', '192.0.2.3'].map((ip) => ask(events, event({ 'c-ip': ip })).length)
    const called = ['192.0.2.1', '192.0.2.2', '192.0.2.3'].map(
      (ip) => ask(events, event({ DestinationIp: ip }, CALL)).length,
    )
    assert.deepEqual(
      [clients, called],
      [
        [1, 0, 1],
        [0, 1, 1],
      ],
    )
  })

  it('a name and a digest that belong together are found together only', async () => {
    const { events } = await load(
      bundle(
        indicator(`[file:name = 'Odd.aspx' AND file:hashes.'SHA-256' = '${SHA256}']`, { id: 'indicator--a' }),
        indicator(`[file:name = 'other.aspx' AND file:hashes.'SHA-256' = '${SHA256}']`, { id: 'indicator--b' }),
      ),
    )
    const said = (name: string, sha256: string): string[] =>
      ask(
        events,
        event({ TargetFilename: `C:\\x\\${name}`, sha256, Hashes: `SHA256=${sha256}`, Image: 'C:\\odd.aspx' }, FILE),
      )
    assert.deepEqual(said('ODD.aspx', SHA256), [`sha256=${SHA256} (indicator--a)`])
    assert.deepEqual(said('other.aspx', SHA256), [`sha256=${SHA256} (indicator--b)`])
    assert.deepEqual(said('third.aspx', SHA256), [])
    assert.deepEqual(said('odd.aspx', SHA256.replace('0', '1')), [])
    assert.deepEqual(ask(events, event({ 'cs-uri-stem': '/odd.aspx' })), [])
    assert.ok(events.every(({ alone }) => alone === undefined))
  })
})

describe('hostile bundles', () => {
  it('JSON nested a million deep', () => {
    const deep = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`
    for (const text of [
      deep,
      `{"type":"bundle","objects":${deep}}`,
      `{"response":${deep}}`,
      '{"Event":'.repeat(500_000),
    ])
      assert.equal(readIndicatorList('a', text).bad.length, 1)
  })

  it('more objects than are read', () => {
    const { indicators, bad } = readIndicatorList('a', `{"type":"bundle","objects":[${'{},'.repeat(4_100_000)}{}]}`)
    assert.equal(indicators.length, 0)
    assert.match(bad[0]!.detail, /4000000 objects and lists is not read/)
  })

  it('one id a hundred thousand times', () => {
    const same = (_: unknown, i: number): Fields =>
      indicator(`[ipv4-addr:value = '10.0.${(i >> 8) & 255}.${i & 255}']`, { id: 'indicator--x' })
    const { indicators, bad } = readIndicatorList('a', JSON.stringify(Array.from({ length: 100_000 }, same)))
    assert.deepEqual(
      [indicators.length, bad.map(({ detail }) => detail)],
      [1, ['Indicators left out: 99999 older versions of others.']],
    )
  })

  it('names of fields that every object has', () => {
    const text = bundle(indicator("[ipv4-addr:value = '192.0.2.7']")).replace(
      '"pattern"',
      '"__proto__":{"revoked":true,"pattern_type":"yara"},"constructor":3,"toString":null,"pattern"',
    )
    const { indicators, bad } = readIndicatorList('a', text)
    assert.deepEqual([indicators.length, bad], [1, []])
    assert.equal(({} as Fields).revoked, undefined)
    for (const name of ['__proto__', 'constructor', 'toString'])
      assert.match(of(`[${name}:${name} = 'x']`).bad[0]!, /is not looked up/)
  })

  it('patterns that stand for more cases than anybody wrote', () => {
    const or = (property: string): string =>
      `(${Array.from({ length: 50 }, (_, i) => `file:${property} = 'a${i}.aspx'`).join(' OR ')})`
    const { entries, bad } = of(`[${['name', 'a', 'b', 'c', 'd'].map(or).join(' AND ')}]`)
    assert.deepEqual([entries, bad.length], [[], 1])
    assert.match(bad[0]!, /more than 16 cases/)
  })

  it('many patterns of many cases', () => {
    const set = `IN (${Array.from({ length: 200 }, (_, i) => `'${i}'`).join(',')})`
    const all = Array.from({ length: 11 }, (_, i) => `file:x${i} = 'a'`).join(' AND ')
    const objects = Array.from({ length: 500 }, () => indicator(`[file:name ${set} AND ${all}]`))
    const { indicators, bad } = readIndicatorList('a', JSON.stringify(objects))
    assert.deepEqual([indicators.length, bad.length], [0, 101])
    assert.equal(bad[100]!.detail, '400 more entries could not be used.')
  })

  it('long patterns', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `ipv4-addr:value = '10.1.${i >> 8}.${i & 255}'`)
    assert.equal(of(`[${many.join(' OR ')}]`).entries.length, 20_000)
    assert.equal(of(`[${many.join('] OR [')}]`).entries.length, 20_000)
    assert.equal(of(`[${many.join(' AND ')}]`).bad.length, 1)
    assert.match(of(`[file:name = '${'x'.repeat(2_000_000)}']`).bad[0]!, /longer than/)
    for (const text of [' ', '\\', "'", '(', '[', '/*', '//', 'NOT ', '0', '.', "''"])
      assert.equal(of(`[file:name = '${text.repeat(100_000)}`).bad.length, 1)
  })
})
