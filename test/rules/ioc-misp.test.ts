import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readIndicatorList } from '../../src/rules/indicators/read-list.ts'
import { ask, event, FILE, load, WEB } from './list.ts'

const SHA256 = '0123456789abcdef'.repeat(4)
const SHA1 = SHA256.slice(0, 40)
const MD5 = SHA256.slice(0, 32)

type Fields = Readonly<Record<string, unknown>>
let number = 0
const attribute = (type: string, value: unknown, more: Fields = {}): Fields => ({
  id: String(++number),
  uuid: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
  type,
  category: 'Network activity',
  to_ids: true,
  deleted: false,
  timestamp: '1615000000',
  comment: '',
  value,
  ShadowAttribute: [],
  ...more,
})
const event_ = (Attribute: readonly unknown[], Object: readonly unknown[] = [], more: Fields = {}): Fields => ({
  Event: {
    uuid: '00000000-0000-4000-9000-000000000000',
    info: 'Mail servers',
    date: '2021-03-05',
    Attribute,
    Object,
    ...more,
  },
})
const object = (Attribute: readonly unknown[], more: Fields = {}): Fields => ({
  name: 'file',
  'meta-category': 'file',
  deleted: false,
  comment: '',
  Attribute,
  ...more,
})
const read = (json: unknown): ReturnType<typeof readIndicatorList> => readIndicatorList('a.json', JSON.stringify(json))

describe('attributes', () => {
  const taken: readonly (readonly [type: string, value: string, entry: string, context?: string])[] = [
    ['ip-src', '192.0.2.7', 'ip 192.0.2.7'],
    ['ip-dst', '2001:DB8::1', 'ip 2001:db8::1'],
    ['ip-dst', '198.51.100.0/24', 'cidr 198.51.100.0/24'],
    ['ip-src|port', '192.0.2.7|4444', 'ip 192.0.2.7', 'port 4444'],
    ['ip-dst|port', '2001:db8::1|443', 'ip 2001:db8::1', 'port 443'],
    ['domain', 'evil.example', 'domain evil.example'],
    ['hostname', 'a.evil.example', 'domain a.evil.example'],
    ['hostname|port', 'a.evil.example|8443', 'domain a.evil.example', 'port 8443'],
    ['domain|ip', 'evil.example|192.0.2.7', 'domain evil.example', 'was at 192.0.2.7'],
    ['url', 'https://evil.example/a?b', 'url evil.example/a?b'],
    ['uri', '/owa/auth/odd.aspx', 'path /owa/auth/odd.aspx'],
    ['uri', 'http://evil.example/a', 'url evil.example/a'],
    ['user-agent', 'ExampleBot/1.0', 'agent ExampleBot/1.0'],
    ['md5', MD5, `md5 ${MD5}`],
    ['sha1', SHA1, `sha1 ${SHA1}`],
    ['sha256', SHA256.toUpperCase(), `sha256 ${SHA256}`],
    ['filename', 'odd.aspx', 'name odd.aspx'],
    ['filename', 'C:\\inetpub\\wwwroot\\aspnet_client\\odd.aspx', 'path /inetpub/wwwroot/aspnet_client/odd.aspx'],
    ['filename|md5', `odd.aspx|${MD5}`, `md5 ${MD5}`, 'was named odd.aspx'],
    ['filename|sha1', `odd.aspx|${SHA1}`, `sha1 ${SHA1}`, 'was named odd.aspx'],
    ['filename|sha256', `a|b.aspx|${SHA256}`, `sha256 ${SHA256}`, 'was named a|b.aspx'],
    ['malware-sample', `odd.aspx|${MD5}`, `md5 ${MD5}`, 'was named odd.aspx'],
    ['windows-scheduled-task', '\\Microsoft\\Odd', 'task microsoft\\odd'],
    ['windows-service-name', 'OddSvc', 'service oddsvc'],
    ['stix2-pattern', "[ipv4-addr:value = '192.0.2.7']", 'ip 192.0.2.7'],
  ]
  for (const [type, value, entry, context] of taken)
    it(`${type} ${value}`, () => {
      const { indicators, bad } = read(event_([attribute(type, value, { comment: 'seen' })]))
      assert.deepEqual(bad, [])
      assert.deepEqual(
        indicators.map((one) => [`${one.type} ${one.value}`, one.context]),
        [[entry, ['seen', 'Mail servers', ...(context ? [context] : [])].join(', ')]],
      )
    })

  it('a port is named beside the address, and a hit says that it was not compared', async () => {
    const { events } = await load(JSON.stringify(event_([attribute('ip-dst|port', '192.0.2.7|443', { uuid: 'u1' })])))
    assert.deepEqual(ask(events, event({ 'c-ip': '192.0.2.7' })), ['c-ip=192.0.2.7 (u1: Mail servers, port 443)'])
    for (const { info } of events) assert.match(info.falsePositives[0]!, /names a port, too, which is not compared/)
  })

  for (const type of [
    'email-src',
    'email-subject',
    'email-attachment',
    'regkey|value',
    'mutex',
    'sha512',
    'filename|ssdeep',
    'yara',
    'link',
    'text',
    '__proto__',
    'constructor',
  ])
    it(`${type} is not looked up`, () => {
      const { indicators, bad } = read(event_([attribute(type, 'x.example|y', { uuid: 'u1' })]))
      assert.deepEqual(indicators, [])
      assert.deepEqual(bad, [{ reason: 'unsupported', detail: `u1: Attributes of type "${type}" are not looked up.` }])
    })

  it('what is not for detection, and what is deleted, is left out and counted', () => {
    const { indicators, bad } = read(
      event_(
        [
          attribute('ip-src', '192.0.2.1', { to_ids: false }),
          attribute('ip-src', '192.0.2.2', { to_ids: undefined }),
          attribute('ip-src', '192.0.2.3', { deleted: true }),
          attribute('ip-src', '192.0.2.4', { to_ids: '1', deleted: '0' }),
          attribute('ip-src', '192.0.2.5', { ShadowAttribute: [attribute('ip-src', '192.0.2.6')] }),
        ],
        [
          object([attribute('sha256', SHA256)]),
          object([attribute('md5', MD5), attribute('sha1', SHA1)], { deleted: true }),
        ],
        {
          ShadowAttribute: [attribute('ip-src', '192.0.2.8')],
          RelatedEvent: [event_([attribute('ip-src', '192.0.2.9')])],
        },
      ),
    )
    assert.deepEqual(
      indicators.map(({ value, context }) => [value, context]),
      [
        ['192.0.2.4', 'Mail servers'],
        ['192.0.2.5', 'Mail servers'],
        [SHA256, 'file, Mail servers'],
      ],
    )
    assert.deepEqual(bad, [
      { reason: 'unsupported', detail: 'Attributes left out: 2 not marked for detection (to_ids), 3 deleted.' },
    ])
  })

  it('a broken one is named with its id, and the others are read', () => {
    const { indicators, bad } = read(
      event_([
        null,
        'x',
        attribute('ip-src', 'not an address', { uuid: 'u1' }),
        attribute('ip-src', 3, { uuid: 'u2' }),
        attribute('', 'x', { uuid: undefined }),
        attribute('filename|md5', MD5, { uuid: 'u4' }),
        attribute('stix2-pattern', "[ipv4-addr:value = '192.0.2.7'", { uuid: 'u5' }),
        attribute('sha256', 'd41d8cd98f00b204e9800998ecf8427e', { uuid: 'u6\u001b[31m' }),
        attribute('ip-src', '192.0.2.7'),
      ]),
    )
    assert.deepEqual(
      indicators.map(({ value }) => value),
      ['192.0.2.7'],
    )
    assert.deepEqual(
      bad.map(({ reason, detail }) => `${reason} ${detail}`),
      [
        'broken u1: "not an address" is no address.',
        'broken u2: It has no value.',
        'broken attribute 3: It has no type.',
        `broken u4: "${MD5}" is no pair.`,
        'broken u5: Its pattern cannot be read at character 31: ] was expected, and there is the end.',
        'broken u6 [31m: "d41d8cd98f00b204e9800998ecf8427e" is not 64 hexadecimal digits.',
      ],
    )
  })
})

describe('events', () => {
  const one = event_([attribute('ip-src', '192.0.2.7')])
  const forms: readonly (readonly [name: string, json: unknown])[] = [
    ['an export', one],
    ['the answer of a search for events', { response: [one] }],
    ['the answer of a search for one event', { response: one }],
    ['the answer of a search for attributes', { response: { Attribute: [attribute('ip-src', '192.0.2.7')] } }],
    ['a list of events', [one]],
    ['an event without its wrapper', one.Event],
    ['an attribute that is no list', { Event: { Attribute: attribute('ip-src', '192.0.2.7') } }],
  ]
  for (const [name, json] of forms)
    it(name, () => {
      const { indicators, bad } = read(json)
      assert.deepEqual([indicators.map(({ value }) => value), bad], [['192.0.2.7'], []])
    })

  it('several events, with what each is about', () => {
    const { indicators } = read({
      response: [one, event_([attribute('ip-src', '192.0.2.8')], [], { info: 'Another' })],
    })
    assert.deepEqual(
      indicators.map(({ context }) => context),
      ['Mail servers', 'Another'],
    )
    const searched = { response: { Attribute: [attribute('ip-src', '192.0.2.7', { Event: { info: 'Found' } })] } }
    assert.equal(read(searched).indicators[0]!.context, 'Found')
  })

  it('what is none is named', () => {
    for (const [json, why] of [
      [{ response: [] }, /holds no event/],
      [event_([]), /holds no indicator/],
      [{ Event: {} }, /holds no indicator/],
      [{ Event: null }, /neither a STIX bundle nor a MISP event/],
      [{ 'a-b': { info: 'of a manifest', Orgc: {} } }, /neither a STIX bundle nor a MISP event/],
      [[], /neither/],
      [[{ a: 1 }, null], /holds no indicator/],
    ] as const) {
      const { indicators, bad } = read(json)
      assert.deepEqual([indicators.length, bad.length], [0, 1], JSON.stringify(json))
      assert.match(bad[0]!.detail, why)
    }
  })

  it('are found in evidence', async () => {
    const { events } = await load(
      JSON.stringify(
        event_(
          [attribute('ip-dst', '192.0.2.7', { uuid: 'u1', comment: 'scanner' })],
          [object([attribute('filename', 'odd.aspx', { to_ids: false }), attribute('sha256', SHA256, { uuid: 'u2' })])],
        ),
      ),
      'event.json',
    )
    assert.deepEqual(ask(events, event({ 'c-ip': '192.0.2.7', 'cs-uri-stem': '/odd.aspx' }, WEB)), [
      'c-ip=192.0.2.7 (u1: scanner, Mail servers)',
    ])
    assert.deepEqual(ask(events, event({ TargetFilename: 'C:\\odd.aspx', sha256: SHA256 }, FILE)), [
      `sha256=${SHA256} (u2: file, Mail servers)`,
    ])
    assert.deepEqual(
      events.map(({ info }) => info.id),
      ['ioc-test-event-client', 'ioc-test-event-named-in-request', 'ioc-test-event-outbound', 'ioc-test-event-hash'],
    )
  })

  it('more attributes than a list may hold', () => {
    const text = JSON.stringify(
      event_([attribute('ip-src', '192.0.2.7', { category: undefined, ShadowAttribute: undefined })]),
    )
    const [, own] = /"Attribute":\[(.*?)\]/.exec(text)!
    const { indicators, bad } = readIndicatorList(
      'a',
      text.replace(own!, Array(500_150).fill('{"type":"ip-src","to_ids":true,"value":"192.0.2.7"}').join(',')),
    )
    assert.deepEqual([indicators.length, bad.length], [500_000, 101])
    assert.deepEqual(
      [bad[0]!.detail, bad[100]],
      [
        'A list holds at most 500000 indicators.',
        { reason: 'unsupported', detail: '50 more entries could not be used.' },
      ],
    )
  })
})
