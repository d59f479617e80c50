import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import type { Scan } from '../../src/model/scan.ts'
import type { ScanSettings } from '../../src/scan/scan.ts'
import { bothWays, keepFor, scansOf } from './both-ways.ts'
import { Chance, exchangeLog, httperrLog, iisLog, written } from './logs.ts'
import { isTenth, seedsOf } from '../tenth.ts'

const folder = mkdtempSync(join(tmpdir(), 'postern-rows-'))
after(() => rmSync(folder, { recursive: true }))
const most = await bothWays({ all: false })
const common = await bothWays({ all: false, isCommon: true })
const all = await bothWays({ all: true })

const iisPath = 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log'
const forms = {
  [iisPath]: iisLog,
  'C/Windows/System32/LogFiles/HTTPERR/httperr1.log': httperrLog,
  'C/Program Files/Microsoft/Exchange Server/V15/Logging/HttpProxy/Owa/HttpProxy_2021030300-1.LOG': exchangeLog,
}

let asked = 0
const counting = [most[0], { ...most[1], ask: counted(most[1].ask) }, { ...most[2], ask: counted(most[2].ask) }]

function counted(ask: ScanSettings['ask']): ScanSettings['ask'] {
  return (event) => {
    asked++
    return ask(event)
  }
}

/** Reads a log in all ways, with one rule where it is given, and holds them to the same. */
async function sameInAllWays(path: string, log: Buffer, source = '', detection = ''): Promise<Scan> {
  const rule = `title: One\nid: one\nlogsource: { ${source} }\ndetection:\n    ${detection}\n    condition: a\n`
  const ways = await bothWays(null, detection === '' ? [] : [rule])
  const [whole, plain, fast] = await scansOf(folder, path, log, ways)
  assert.deepEqual(plain, whole, detection)
  assert.deepEqual(fast, whole, detection)
  return whole!
}

/** Some logs are larger than what is read in one piece; these take longest. */
const rowsOf = (seed: number): number => (seed % 20 === 0 && !isTenth ? 3000 : 120)

// Many more of them: npm run long.
void describe('rows that become no event are accounted for as if they did', () => {
  for (const [path, make] of Object.entries(forms)) {
    let [rows, before, devices] = [0, 0, 0]
    const seeds = seedsOf(1, 60)
    for (const seed of seeds) {
      void it(`${path.split('/').at(-1)!}, seed ${seed}`, async () => {
        if (seed === seeds[0]) before = asked
        const log = written(make(new Chance(seed), rowsOf(seed)), seed)
        const [whole, plain, fast] = await scansOf(folder, path, log, counting.map(keepFor(seed)))
        assert.deepEqual(plain, whole)
        assert.deepEqual(fast, whole)
        rows += 2 * whole!.artifact.events
        devices += whole!.devices?.values.length ?? 0
      })
    }

    for (const seed of seedsOf(61, isTenth ? 80 : 120))
      void it(`${path.split('/').at(-1)!}, seed ${seed}, rules that many rows match`, async () => {
        const log = written(make(new Chance(seed), rowsOf(seed)), seed)
        const [whole, plain, fast] = await scansOf(folder, path, log, common.map(keepFor(seed)))
        assert.deepEqual(plain, whole)
        assert.deepEqual(fast, whole)
      })

    if (make !== httperrLog)
      void it(`in rows of ${path.split('/').at(-1)!} are devices`, { skip: isTenth }, () => {
        assert.ok(devices > 3 * seeds.length, `${devices}`)
      })

    void it(`of rows of ${path.split('/').at(-1)!} as chance has them many become none`, { skip: isTenth }, () => {
      // Of every host that they name some hits are kept, and these rows name many: only in larger logs most are counted alone.
      assert.ok((asked - before) * 12 < rows * 11, `${asked - before} of ${rows} became events`)
    })

    void it(`${path.split('/').at(-1)!}, with rules that no single column can rule out`, async () => {
      const [whole, plain, fast] = await scansOf(folder, path, make(new Chance(99), 300), all.map(keepFor(99)))
      assert.deepEqual(plain, whole)
      assert.deepEqual(fast, whole)
    })
  }

  // It takes longer than a tenth of the seeds.
  void it('rows with more values than are remembered, twice', { skip: isTenth }, async () => {
    const [path] = Object.keys(forms)
    const log = manyValues(150_000)
    const [, plain, fast] = most.map(keepFor(1))
    const [expected, first, then] = await scansOf(folder, path!, log, [plain!, fast!, fast!])
    assert.deepEqual(first, expected)
    assert.deepEqual(then, expected)
  })
})

void it('texts of an address that is written in another way are found', async () => {
  const asked = ["a: ['2001:db8::5']", "a: { RemoteIP: '203.0.113.77' }", "a: ['2001:?b8::5*']"]
  const rows = [
    '#Software: Microsoft Exchange Server',
    '#Log-type: SMTP Send Protocol Log',
    '#Fields: date-time,connector-id,session-id,sequence-number,local-endpoint,remote-endpoint,event,data,context',
    '2021-03-03T00:00:10.000Z,Out,1,0,192.0.2.9:1,[2001:DB8:0::5]:25,>,x,',
    '2021-03-03T00:00:11.000Z,Out,1,1,192.0.2.9:1,[::ffff:cb00:714d]:25,>,x,',
    '2021-03-03T00:00:12.000Z,Out,1,2,192.0.2.9:1,192.0.2.8:25,>,x,',
  ]
  const log = Buffer.from(`${rows.join('\r\n')}\r\n`)
  for (const one of asked) {
    const whole = await sameInAllWays('V15/Logging/SmtpSend/SEND20210303-1.LOG', log, 'product: exchange', one)
    assert.equal(whole.hits.length, 1, one)
  }
})

void it('a number is what stands in the row', async () => {
  const rows = [
    '#Fields: date time cs-method cs-uri-stem c-ip sc-status time-taken',
    '2021-03-03 00:00:10 GET /owa/ 192.0.2.9 200 1e6',
    '2021-03-03 00:00:11 GET /owa/ 192.0.2.9 200 0.99999999999999999999',
    '2021-03-03 00:00:12 GET /owa/ 192.0.2.9 200 1000000',
  ]
  const log = Buffer.from(`${rows.join('\r\n')}\r\n`)
  const whole = await sameInAllWays(iisPath, log, 'category: webserver', "a: ['1000000']")
  assert.equal(whole.hits.length, 1)
})

void describe('of a row whose time is written in another way a rule that matches tells nothing of the others', () => {
  for (const [name, path, rows, more] of [
    [
      'a text in the time',
      'V15/Logging/HttpProxy/Owa/HttpProxy_2021030300-1.LOG',
      [
        '#Software: Microsoft Exchange Server',
        '#Log-type: HttpProxy Logs',
        '#Fields: DateTime,Protocol,UrlStem,ClientIpAddress,ServerHostName,HttpStatus,Method,UrlQuery',
        '2021-03-03T00:00:10.000Z,Owa,/owa/,192.0.2.9,MAIL01,200,GET,?a=b',
        '2021-03-03T00:00:11.000+01:00,Owa,/owa/,192.0.2.9,MAIL01,200,PUT,?a=b',
      ],
      ['a: { Method: PUT }\n    condition: a', "a: ['0+01:00']\n    condition: a"],
    ],
    [
      'other columns',
      'C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log',
      [
        '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken',
        '2021-03-03 00:00:10 192.0.2.1 GET /owa/ - 443 - 192.0.2.9 x - 200 0 0 1',
        '192.0.2.9, -, 3/3/21, 04:05:06, W3SVC1, MAIL01, 192.0.2.1, 1, 2, 3, 200, 0, GET, /owa/other.aspx, -,',
      ],
      ["a: { cs-method|startswith: '04:' }\n    condition: a", 'a: { cs-uri-stem: /owa/other.aspx }\n    condition: a'],
    ],
  ] as const)
    void it(name, async () => {
      const rules = more.map(
        (rule, i) => `title: More ${i}\nid: more-${i}\nlogsource: { category: webserver }\ndetection:\n    ${rule}\n`,
      )
      const ways = await bothWays(null, rules)
      const [whole, plain, fast] = await scansOf(folder, path, Buffer.from(`${rows.join('\r\n')}\r\n`), ways)
      assert.ok(whole!.hits.some(({ rule }) => rule === 'more-1'))
      assert.deepEqual(plain, whole)
      assert.deepEqual(fast, whole)
    })
})

/** IIS rows of which each has a user of its own. */
function manyValues(rows: number): Buffer {
  const stems = ['/owa/', '/owa/15.1.2106.2/scripts/boot.js', '/ecp/y.js', '/owa/15.1.2242.4/scripts/boot.js']
  const lines = Array.from({ length: rows }, (_, i) => {
    const clock = new Date(Date.UTC(2021, 2, 3) + i * 200).toISOString().slice(11, 19)
    return `2021-03-03 ${clock} ${i % 3 ? 'GET' : 'POST'} ${stems[i % 4]} x=${i % 7} 443 user${i}$ 192.0.2.${i % 200} - ${i % 9 ? 200 : 404}`
  })
  const header =
    '#Fields: date time cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status'
  return Buffer.from(`${[header, ...lines].join('\r\n')}\r\n`, 'latin1')
}

void it('a value that was beyond the limit of one file is one value in the next, whoever reads its rows', async () => {
  const settings = await bothWays(null)
  const fields =
    '#Software: Microsoft Internet Information Services 10.0\n#Fields: date time cs-method cs-uri-stem c-ip sc-status\n'
  const row = (i: number, status: number, more = ''): string =>
    `2021-03-03 ${new Date(i * 1000).toISOString().slice(11, 19)} GET /owa/${more} 198.51.100.7 ${status}\n`
  const many = fields + Array.from({ length: 1_200 }, (_, i) => row(i, 1_000 + i)).join('')
  const few = [fields, row(1, 2_190), row(2, 2_190, '\xff'), row(3, 2_190)].join('')
  const scans = []
  for (const log of [many, few]) scans.push(await scansOf(folder, iisPath, Buffer.from(log, 'latin1'), settings))
  for (const of of scans) assert.deepEqual([of[1], of[2]], [of[0], of[0]])
  const { values, counts } = scans[1]![2]!.requests.status
  assert.deepEqual([values, counts[0]], [['2190'], 3])
})

void it('a byte order mark is no part of the first value of a row', async () => {
  const row = (second: number): string => `2021-03-03 00:00:${second} GET /evil.aspx 198.51.100.7 200`
  const fields = '#Fields: date time cs-method cs-uri-stem c-ip sc-status'
  const log = Buffer.from(`\ufeff${[row(10), fields, row(11), row(12)].join('\n')}\n`)
  // Of a server that is older than IIS 7, whose logs have no order of columns.
  const path = iisPath.replace('u_ex', 'ex')
  const whole = await sameInAllWays(path, log, 'category: webserver', "a: { cs-uri-stem: '/evil.aspx' }")
  assert.equal(whole.hits.length, 3)
})

void it('devices are counted in logs that have no column of clients', async () => {
  const row = (i: number): string =>
    `2021-03-03 00:00:1${i} POST /Microsoft-Server-ActiveSync/default.eas Cmd=Sync&DeviceId=A${i % 2} ann 200`
  const fields = '#Fields: date time cs-method cs-uri-stem cs-uri-query cs-username sc-status'
  const log = Buffer.from(`${[fields, row(1), row(2), row(3)].join('\n')}\n`)
  const whole = await sameInAllWays(iisPath, log)
  assert.equal(whole.devices?.values.length, 2)
})
