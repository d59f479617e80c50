import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { lostCoverage } from '../../src/assessment/coverage/lost-coverage.ts'
import type { Scan } from '../../src/model/scan.ts'
import { logTypes } from '../../src/parsers/exchange/log-types.ts'
import { bothWays, scansOf } from '../kernel/both-ways.ts'

// The only header of a log, exchanged or renamed: its rows show what they are, or the time of the log is not known.

const folder = mkdtempSync(join(tmpdir(), 'postern-headers-'))
after(() => rmSync(folder, { recursive: true }))

const listOf = (kind: string, at = 0): string => logTypes.find((type) => type.kind === kind)!.defaults[at]!
const V15 = 'C/Program Files/Microsoft/Exchange Server/V15'
const clock = (i: number): string => `04:00:${String(i).padStart(2, '0')}`

type Form = {
  readonly path: string
  readonly head: readonly string[]
  readonly fields: string
  readonly separator: string
  readonly values: Readonly<Record<string, string>>
  /** Columns that say what happened. */
  readonly telling: readonly string[]
  readonly kind: string
}

const exchange = (type: string): string[] => [
  '#Software: Microsoft Exchange Server',
  '#Version: 15.01.2106.002',
  `#Log-type: ${type}`,
  '#Date: 2021-03-03T04:00:00.000Z',
]
const request = {
  UrlStem: '/ecp/y.js',
  HttpStatus: '241',
  Method: 'POST',
  ClientIpAddress: '192.0.2.7',
  AuthenticatedUser: 'CONTOSO\\ann',
  AnchorMailbox: 'ServerInfo~a]@mail01:444/ecp/DDI/DDIService.svc?a=~1942062522',
  BackEndCookie: 'Server~mail01~1942062522',
  UrlQuery: '?a=1',
  UserAgent: 'a browser',
  Protocol: 'Ecp',
  BackEndStatus: '200',
  IsAuthenticated: 'false',
  MajorVersion: '15',
  SoapAction: 'FindItem',
  ActAsUser: 'ben',
  Cmdlet: 'New-MailboxExportRequest',
  Parameters: '-FilePath x.aspx',
  ExecutionResult: 'Success',
  ServerHostName: 'MAIL01',
  ServerName: 'MAIL01',
  EventId: 'ECP.Request',
  EventData: "S:TIME=1;S:CMD=Set-OabVirtualDirectory.ExternalUrl='x'",
}
const proxy = ['UrlStem', 'UrlQuery', 'AnchorMailbox', 'BackEndCookie', 'ClientIpAddress', 'HttpStatus', 'Method']

const forms: readonly Form[] = [
  ...[0, 1, 2, 3].map((at) => ({
    path: `${V15}/Logging/HttpProxy/Ecp/HttpProxy_2021030304-1.LOG`,
    head: exchange('HttpProxy Logs'),
    fields: listOf('httpproxy-unknown', at),
    separator: ',',
    values: request,
    telling: proxy,
    kind: 'httpproxy-ecp',
  })),
  ...[0, 1].map((at) => ({
    path: `${V15}/Logging/Ews/Ews_2021030304-1.LOG`,
    head: exchange('EWS Logs'),
    fields: listOf('ews', at),
    separator: ',',
    values: request,
    telling: ['SoapAction', 'ClientIpAddress', 'HttpStatus', 'AuthenticatedUser', 'ActAsUser'],
    kind: 'ews',
  })),
  {
    path: `${V15}/Logging/ECP/Server/ECPServer20210303-1.LOG`,
    head: exchange('ECP Server Log'),
    fields: listOf('ecp-server'),
    separator: ',',
    values: request,
    telling: ['EventId', 'EventData'],
    kind: 'ecp-server',
  },
  {
    path: `${V15}/Logging/CmdletInfra/Powershell-Proxy/Cmdlet/Rps_Cmdlet_20210303-1.LOG`,
    head: exchange('Rps Cmdlet Logs'),
    fields: listOf('cmdletinfra-cmdlet'),
    separator: ',',
    values: request,
    telling: ['Cmdlet', 'Parameters', 'AuthenticatedUser'],
    kind: 'cmdletinfra-cmdlet',
  },
  {
    path: `${V15}/Logging/CmdletInfra/Powershell-Proxy/Http/Rps_Http_20210303-1.LOG`,
    head: exchange('Rps Http Logs'),
    fields: listOf('cmdletinfra-http'),
    separator: ',',
    values: request,
    telling: ['UrlStem', 'ClientIpAddress', 'HttpStatus', 'AuthenticatedUser'],
    kind: 'cmdletinfra-http',
  },
  {
    path: 'C/Windows/System32/LogFiles/HTTPERR/httperr1.log',
    head: ['#Software: Microsoft HTTP API 2.0', '#Version: 1.0', '#Date: 2021-03-03 04:00:00'],
    fields: 'date time c-ip c-port s-ip s-port cs-version cs-method cs-uri sc-status s-siteid s-reason s-queuename',
    separator: ' ',
    values: {
      'c-ip': '192.0.2.7',
      'c-port': '5001',
      's-ip': '10.0.0.1',
      's-port': '443',
      'cs-version': 'HTTP/1.1',
      'cs-method': 'GET',
      'cs-uri': '/x',
      'sc-status': '400',
      's-siteid': '1',
      's-reason': 'URL',
      's-queuename': 'pool',
    },
    telling: ['c-ip', 'cs-method', 'cs-uri', 'sc-status', 's-reason'],
    kind: 'httperr',
  },
]

function logOf(form: Form, header: string, more = ''): Buffer {
  const rows = Array.from({ length: 20 }, (_, i) => {
    const stamp = `2021-03-03T${clock(i)}.000Z`
    const values = form.fields.split(form.separator).map((name) => {
      if (/^(?:DateTime|TimeStamp|StartTime)$/.test(name)) return stamp
      if (name === 'date') return stamp.slice(0, 10)
      return name === 'time' ? clock(i) : (form.values[name] ?? (form.separator === ' ' ? '-' : ''))
    })
    return values.join(form.separator) + more
  })
  return Buffer.from([...form.head, `#Fields: ${header}`, ...rows].map((line) => `${line}\r\n`).join(''))
}

/** A rule that the rows match when what tells stands under its own name. */
function ruleOf(form: Form): string {
  const selection = Object.fromEntries(
    form.telling
      .filter((name) => form.values[name] !== undefined)
      .map((name) => [
        name,
        /^\d+$/.test(form.values[name]!) && /Status|status/.test(name) ? Number(form.values[name]) : form.values[name]!,
      ]),
  )
  const logsource = form.separator === ' ' ? { category: 'webserver' } : { product: 'exchange' }
  return JSON.stringify({ title: 'x', id: 'x', logsource, detection: { selection, condition: 'selection' } })
}

const isDenied = ({ gaps, hours }: Scan, kind: string): boolean =>
  gaps.some(({ detail, after: from }) => from === undefined && /in which no server writes them/.test(detail)) &&
  hours.every(([of]) => of !== kind)

for (const form of forms)
  void describe(`${form.path.split('/').at(-1)!} of ${form.fields.split(form.separator).length} columns`, () => {
    const words = form.fields.split(form.separator)
    const header = (change: (word: string) => string): string => words.map(change).join(form.separator)

    void it('is read by its own header, and covers its hours', async () => {
      const settings = await bothWays(null, [ruleOf(form)])
      for (const [fields, more] of [
        [form.fields, ''],
        [`${form.fields}${form.separator}x-new`, `${form.separator}1`],
      ] as const)
        for (const { gaps, hits, hours } of await scansOf(folder, form.path, logOf(form, fields, more), settings)) {
          assert.deepEqual([gaps, hits.length], [[], 20])
          assert.ok(hours.some(([kind]) => kind === form.kind))
        }
    })

    void it('covers nothing when columns that tell what happened have other names or places', async () => {
      const settings = await bothWays(null, [ruleOf(form)])
      const exchanged = form.telling.flatMap((one, i) =>
        form.telling
          .slice(i + 1)
          .map((other) => header((word) => (word === one ? other : word === other ? one : word))),
      )
      const neighbors = form.telling.flatMap((one) => {
        const at = words.indexOf(one)
        return at < 0
          ? []
          : [words.toSpliced(at, 1).toSpliced(at + 1, 0, one), words.toSpliced(at, 1).toSpliced(at - 1, 0, one)]
      })
      const renamed = form.telling.map((one) => header((word) => (word === one ? 'x-of-mine' : word)))
      const all = [
        header((word) => (form.telling.includes(word) ? `x-${word}` : word)),
        words.toReversed().join(form.separator),
      ]
      for (const other of [...exchanged, ...neighbors.map((list) => list.join(form.separator)), ...renamed, ...all]) {
        if (other === form.fields) continue
        for (const scan of await scansOf(folder, form.path, logOf(form, other), settings)) {
          assert.ok(
            isDenied(scan, form.kind),
            `${other}: ${JSON.stringify([scan.gaps, scan.hours.map(([kind]) => kind)])}`,
          )
          assert.equal(scan.hits.length, 20, other)
        }
      }
    })
  })

void it('a log that is called another one costs the hours of the log that it is by its place', async () => {
  const form = forms[0]!
  const settings = await bothWays(null, [])
  for (const type of ['Autodiscover Logs', 'OABGenerator Logs', 'Foo'] as const) {
    const other = { ...form, head: exchange(type) }
    const [scan] = await scansOf(folder, form.path, logOf(other, form.fields), settings.slice(0, 1))
    const lost = lostCoverage([scan!]).hours.map(({ kind }) => kind)
    assert.ok(scan!.hours.some(([kind]) => kind === form.kind) || lost.includes(form.kind), `${type} ${lost.join()}`)
  }
})

void it('the hours of a log with such a header, up to its neighbors, are uncovered', async () => {
  const form = forms[0]!
  const settings = await bothWays(null, [])
  const at = (hour: string): string => form.path.replace('0304-1', `03${hour}-1`)
  const scans: Scan[] = []
  for (const hour of ['03', '04', '05']) {
    const fields = hour === '04' ? form.fields.replace('UrlStem', 'x') : form.fields
    const bytes = Buffer.from(logOf(form, fields).toString('latin1').replaceAll('T04:', `T${hour}:`), 'latin1')
    const [scan] = await scansOf(folder, at(hour), bytes, settings.slice(0, 1))
    scans.push(scan!)
  }
  const [lost] = lostCoverage(scans).hours
  const hour = Date.UTC(2021, 2, 3) / 3_600_000
  assert.deepEqual([lost?.kind, lost?.from, lost?.to], [form.kind, hour + 3, hour + 6])
})
