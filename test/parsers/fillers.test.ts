import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import type { Scan } from '../../src/model/scan.ts'
import { bothWays, scansOf } from '../kernel/both-ways.ts'

// What somebody wrote over an entry, or in front of a log, is told as a gap; and a log stays a log.

const folder = mkdtempSync(join(tmpdir(), 'postern-fillers-'))
after(() => rmSync(folder, { recursive: true }))

const clock = (i: number): string => `00:00:${String(i).padStart(2, '0')}`
type Form = {
  readonly path: string
  readonly head: readonly string[]
  readonly row: (i: number) => string
}

/** A rule that every row of IIS matches when its values stand under their own names. */
const matching = JSON.stringify({
  title: 'Row of the form',
  id: '00000000-0000-4000-8000-000000000001',
  description: 'Detects a row',
  status: 'test',
  level: 'low',
  logsource: { category: 'webserver' },
  detection: {
    selection: {
      'cs-method': 'GET',
      'cs-uri-stem': '/owa/',
      'c-ip': '192.0.2.7',
      's-port': 443,
      'sc-status': 200,
      'cs-user-agent': 'Mozilla/5.0',
    },
    condition: 'selection',
  },
})

const forms: readonly Form[] = [
  {
    path: 'C/inetpub/logs/LogFiles/W3SVC1/u_ex210303.log',
    head: [
      '#Software: Microsoft Internet Information Services 10.0',
      '#Version: 1.0',
      '#Date: 2021-03-03 00:00:00',
      '#Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status',
    ],
    row: (i) => `2021-03-03 ${clock(i)} 10.0.0.1 GET /owa/ a=${i} 443 - 192.0.2.7 Mozilla/5.0 200`,
  },
  {
    path: 'C/Windows/System32/LogFiles/HTTPERR/httperr1.log',
    head: [
      '#Software: Microsoft HTTP API 2.0',
      '#Version: 1.0',
      '#Date: 2021-03-03 00:00:00',
      '#Fields: date time c-ip c-port s-ip s-port cs-version cs-method cs-uri sc-status s-siteid s-reason s-queuename',
    ],
    row: (i) => `2021-03-03 ${clock(i)} 192.0.2.7 5${i} 10.0.0.1 443 HTTP/1.1 GET /x 400 - URL -`,
  },
  {
    path: 'C/Program Files/Microsoft/Exchange Server/V15/Logging/Ews/Ews_2021030300-1.LOG',
    head: [
      '#Software: Microsoft Exchange Server',
      '#Version: 15.01.2106.002',
      '#Log-type: EWS Logs',
      '#Date: 2021-03-03T00:00:00.000Z',
      '#Fields: DateTime,RequestId,AuthenticatedUser,UserAgent,ClientIpAddress,SoapAction,HttpStatus,ErrorCode,GenericErrors',
    ],
    row: (i) => `2021-03-03T${clock(i)}.000Z,,ann,a browser of some kind,192.0.2.7,GetFolder,200,,`,
  },
]

async function read({ path }: Form, text: string): Promise<Scan> {
  const [whole, plain, fast] = await scansOf(folder, path, Buffer.from(text), await bothWays(null))
  assert.deepEqual(plain, whole)
  assert.deepEqual(fast, whole)
  return whole!
}

/** Columns that somebody may exchange so that no rule finds what it looks for. */
const exchanges = [
  ['cs-uri-stem', 'cs-uri-query'],
  ['cs-method', 'cs-uri-stem'],
  ['cs-uri-stem', 'c-ip'],
  ['c-ip', 's-ip'],
  ['c-ip', 'cs-username'],
  ['cs(User-Agent)', 'cs-uri-query'],
  ['sc-status', 's-port'],
] as const

const joined = (...lines: readonly string[]): string => lines.map((line) => `${line}\r\n`).join('')
/** As long as `text`, made of nothing but `piece`. */
const fill = (text: string, piece: string): string => piece.repeat(text.length).slice(0, text.length)

for (const form of forms) {
  void describe(form.path.split('/').at(-1)!, () => {
    const rows = Array.from({ length: 20 }, (_, i) => form.row(i))
    const before = joined(...form.head, ...rows.slice(0, 9))
    const behind = joined(...rows.slice(10))
    const time = (i: number): number => Date.parse(`2021-03-03T${clock(i)}Z`)

    for (const piece of [' ', '\r\n', '\n', '#', '#\r\n', '#Date: x\t\r\n#Note of nothing at all\r\n', ' \r\n'])
      void it(`an entry under ${JSON.stringify(piece)} is a gap between its neighbors`, async () => {
        const { gaps, artifact } = await read(form, before + fill(joined(rows[9]!), piece) + behind)
        assert.ok(artifact.events >= 18, `${artifact.events}`)
        assert.ok(gaps.length > 0)
        const [from, to] = [Math.min(...gaps.map((g) => g.after!)), Math.max(...gaps.map((g) => g.before!))]
        assert.ok(from <= time(8) && to >= time(10), JSON.stringify([from - time(0), to - time(0), gaps]))
      })

    void it('two entries whose line end is gone are a gap, and none is text of the other', async () => {
      for (const between of ['  ', 'xx', ' x', ',x', ',,']) {
        const { gaps, artifact } = await read(form, `${before}${rows[9]}${between}${behind}`)
        assert.equal(artifact.events, 18, between)
        assert.deepEqual([gaps[0]?.after, gaps[0]?.before], [time(8), time(11)])
      }
    })

    void it('a few blank lines, and headers of a restart, are none', async () => {
      const { gaps, artifact } = await read(form, `${before}\r\n\r\n${joined(...form.head)}\r\n${behind}\r\n\r\n`)
      assert.deepEqual(gaps, [])
      assert.equal(artifact.events, 19)
    })

    const again = form.head.map((line) => `${line}\r\n`).join('')
    const bare = form.path.endsWith('.LOG') ? `${form.head.at(-1)!.slice('#Fields: '.length)}\r\n` : ''
    for (const [name, inner] of [
      ['twice', again + again],
      ['with a line of its columns over again', `${again}${bare || again}${bare}`],
      [
        'with far more columns',
        again.replace(/\r\n$/, `${form.head.at(-1)!.includes(',') ? ',x-1' : ' x-1'}`.repeat(100) + '\r\n'),
      ],
      ['of another day', again.replace('2021-03-03', '2021-03-01')],
      ['of a later hour', again.replace(/^(#Date: 2021-03-03.)00/m, '$107')],
    ] as const)
      void it(`a header ${name} over an entry is a gap between its neighbors`, async () => {
        for (const count of [1, 3]) {
          const { gaps, artifact } = await read(form, before + inner.repeat(count) + behind)
          const [from, to] = [Math.min(...gaps.map((g) => g.after!)), Math.max(...gaps.map((g) => g.before!))]
          const isTaken = !/^(?:iis|httperr|exchange-csv)$/.test(artifact.parser ?? '')
          assert.ok(isTaken || (from <= time(8) && to >= time(10)), JSON.stringify(gaps))
        }
      })

    for (const [name, front] of [
      ['a scanner', 'Microsoft Safety Scanner v1.333, (build 1.333.160.0)\r\n'],
      ['a trace of messages', '{"SenderAddress":"a@b","RecipientAddress":"c@d","Received":"2021-03-03T10:00:00Z"}\r\n'],
      [
        'exported objects',
        '<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"></Objs>\r\n',
      ],
      ['a setup', '[03/03/2021 10:00:00.0000] [0] Starting Microsoft Exchange Server 2016 Setup\r\n'],
      ['a mitigation tool', '2021-03-03 10:00:00 Info: Starting EOMT.ps1 version 1\r\n'],
    ] as const)
      void it(`with a line of ${name} in front it stays a log`, async () => {
        const { artifact } = await read(form, front + joined(...form.head, ...rows))
        assert.equal(artifact.events, 20)
      })
  })
}

const [iisForm] = forms as readonly [Form]
void it('a header of IIS whose columns were exchanged or renamed hides no entry: it is a gap, or read as the server writes it', async () => {
  const rows = Array.from({ length: 20 }, (_, i) => iisForm.row(i))
  const settings = await bothWays(null, [matching])
  const header = iisForm.head.at(-1)!
  const words = header.split(' ')
  const exchanged = exchanges.map(([one, other]) =>
    words.map((word) => (word === one ? other : word === other ? one : word)).join(' '),
  )
  const renamed = words.slice(1).map((word) => header.replace(` ${word}`, ' x-of-mine'))
  // All but the first columns have other names, or one is left out and another named at the end.
  const behind = [2, 3, 4].map((kept) => words.map((word, i) => (i > kept ? `x-${i}` : word)).join(' '))
  const shifted = ['cs-method', 'cs-uri-stem'].map((word) => `${header.replace(` ${word}`, '')} time-taken`)
  for (const other of [...exchanged, ...renamed, ...behind, ...shifted]) {
    const bytes = Buffer.from(joined(...iisForm.head.slice(0, -1), other, ...rows))
    for (const { gaps, hits, hours } of await scansOf(folder, iisForm.path, bytes, settings)) {
      const lost = gaps.reduce((sum, { length }) => sum + length, 0)
      const coversNothing = hours.every(([kind]) => !kind.startsWith('iis-'))
      assert.ok(lost >= joined(...rows).length || hits.length === rows.length || coversNothing, other)
    }
  }
})

void it('a log of IIS whose columns stand in another order than IIS has them is read by its header, and covers nothing', async () => {
  const settings = await bothWays(null, [matching])
  const words = iisForm.head.at(-1)!.split(' ').slice(1)
  const moved = (row: readonly string[]): string => [...row.slice(0, 2), ...row.slice(2).reverse()].join(' ')
  const rows = Array.from({ length: 20 }, (_, i) => moved(iisForm.row(i).split(' ')))
  const bytes = Buffer.from(joined(...iisForm.head.slice(0, -1), `#Fields: ${moved(words)}`, ...rows))
  for (const { gaps, hits, hours } of await scansOf(folder, iisForm.path, bytes, settings)) {
    assert.deepEqual([gaps.length, hits.length], [1, rows.length])
    assert.match(gaps[0]!.detail, /in which no server writes them/)
    assert.ok(hours.every(([kind]) => !kind.startsWith('iis-')))
  }
})

void it('values between those of an entry of IIS, or behind them, hide it from no rule without a gap', async () => {
  const rows = Array.from({ length: 20 }, (_, i) => iisForm.row(i))
  const settings = await bothWays(null, [matching])
  const agent = iisForm.head.at(-1)!.split(' ').indexOf('cs(User-Agent)') - 1
  for (const more of [
    ['-', '7'],
    ['1', '2', '3'],
    ['-', '-', '-'],
    ['10.0.0.1', '200'],
  ])
    for (let column = 0; column <= 11; column++) {
      // What stands there may be the agent's: it may hold spaces.
      if (column === agent || column === agent + 1) continue
      const put = (row: string): string =>
        row
          .split(' ')
          .toSpliced(column, 0, ...more)
          .join(' ')
      for (const changed of [rows.map(put), rows.map((row, i) => (i === 9 ? put(row) : row))]) {
        const bytes = Buffer.from(joined(...iisForm.head, ...changed))
        for (const { gaps, hits, artifact } of await scansOf(folder, iisForm.path, bytes, settings)) {
          const isSeen = hits.length === rows.length && hits.every(({ event }) => event.host === null)
          assert.ok(
            isSeen || gaps.length > 0 || artifact.parser !== 'iis',
            `${more.join(' ')} at ${column}: ${hits.length} hits`,
          )
        }
      }
    }
})
