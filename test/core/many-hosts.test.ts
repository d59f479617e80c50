import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { listEvidence } from '../../src/evidence/index.ts'
import type { Scan } from '../../src/model/scan.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { askAll } from '../../src/rules/match.ts'
import { scanMember } from '../../src/scan/scan.ts'
import { DAY, dayOf } from '../../src/lib/time.ts'
import { ValueCaches } from '../../src/prefilter/row-rules.ts'
import { large } from '../tenth.ts'

// Of the hits of a rule some are kept of every host that they name, and of every day: rows of another host, which prove
// nothing about this server, must not be the only ones that are kept, nor those of the first day of a log of many days.
const { rules } = await loadKnowledge({
  packs: [fileURLToPath(new URL('../../packs', import.meta.url))],
  rules: [],
  iocs: [],
})

async function scanned(name: string, text: string, isFast: boolean): Promise<Scan> {
  const folder = await mkdtemp(join(tmpdir(), 'postern-hosts-'))
  try {
    await writeFile(join(folder, name), text)
    const [member] = (await listEvidence(folder, {})).members
    const lexicons = isFast ? { lexicons: new ValueCaches(rules.events) } : {}
    return await scanMember(member!, { rules, ask: askAll(rules.events), zone: null, ...lexicons })
  } finally {
    await rm(folder, { recursive: true })
  }
}

const process = (host: string, record: number): string =>
  `${JSON.stringify({
    Event: {
      System: {
        Provider: { '#attributes': { Name: 'Microsoft-Windows-Sysmon' } },
        EventID: 1,
        TimeCreated: { '#attributes': { SystemTime: '2021-03-04T02:12:31.000000Z' } },
        EventRecordID: record,
        Channel: 'Microsoft-Windows-Sysmon/Operational',
        Computer: `${host}.contoso.example`,
      },
      EventData: {
        Image: 'C:\\Windows\\System32\\cmd.exe',
        CommandLine: 'cmd.exe /c whoami',
        ParentImage: 'C:\\Windows\\System32\\inetsrv\\w3wp.exe',
        ParentCommandLine: 'w3wp.exe -ap "MSExchangeOWAAppPool"',
      },
    },
  })}\n`

const header = `#Software: Microsoft Exchange Server
#Version: 15.01.2176.002
#Log-type: HttpProxy Logs
#Fields: DateTime,RequestId,Protocol,UrlHost,UrlStem,AuthenticatedUser,UserAgent,ClientIpAddress,ServerHostName,HttpStatus,BackEndStatus,Method,TargetServer,AnchorMailbox,BackEndCookie
`
const request = (host: string, at: number, client = '203.0.113.7'): string =>
  `2021-03-03T04:${String(Math.floor(at / 60) % 60).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}.000Z,,Ecp,mail.contoso.example,/ecp/y.js,,python-requests/2.25.1,${client},${host},241,200,POST,mail01.contoso.example,,Server~mail01.contoso.example/autodiscover/autodiscover.xml?a=~1942062522\n`

const many = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at))

describe('hits of many hosts in one file', () => {
  const events = [...many(1_200, (at) => process('WS99', at)), process('MAIL01', 5_000)].join('')
  it('Windows events', async () => {
    const { hits } = await scanned('Sysmon.jsonl', events, false)
    assert.ok(hits.some(({ event }) => event.host?.startsWith('WS99')))
    assert.ok(hits.some(({ event }) => event.host?.startsWith('MAIL01')))
  })

  for (const [what, client] of [
    ['one client', () => '203.0.113.7'],
    ['many clients', (at: number) => `203.0.113.${at % 250}`],
  ] as const) {
    const rows = [...many(1_200, (at) => request('WS99', at, client(at))), request('MAIL01', 30)]
    it(`rows of HttpProxy from ${what}, in whichever way they are read`, async () => {
      const text = header + rows.join('')
      const [whole, fast] = [await scanned('HttpProxy.LOG', text, false), await scanned('HttpProxy.LOG', text, true)]
      assert.ok(whole.hits.some(({ event }) => event.host === 'WS99'))
      assert.ok(whole.hits.some(({ event }) => event.host === 'MAIL01'))
      assert.deepEqual(fast.hits, whole.hits)
      assert.deepEqual(fast.more, whole.more)
    })
  }

  void large(
    'a request that was fulfilled, behind more refused ones than are kept, in whichever way they are read',
    async () => {
      const refused = many(21_000, (at) => request('MAIL01', at).replace(',200,POST', ',503,POST'))
      const text = header + refused.join('') + request('MAIL01', 30)
      const [whole, fast] = [await scanned('HttpProxy.LOG', text, false), await scanned('HttpProxy.LOG', text, true)]
      const alone = await scanned('HttpProxy.LOG', header + request('MAIL01', 30), false)
      assert.ok(alone.hits.length > 0)
      for (const { hits, more } of [whole, fast]) {
        assert.ok(more.length > 0)
        for (const { rule } of alone.hits.filter((hit) => !hit.rule.startsWith('ioc-'))) {
          const own = hits.filter((hit) => hit.rule === rule)
          assert.ok(
            own.some(({ event }) => Number(event.fields.BackEndStatus) === 200),
            rule,
          )
        }
      }
      assert.deepEqual(fast.hits, whole.hits)
      assert.deepEqual(fast.more, whole.more)
    },
  )

  it('more hosts than are kept apart make a gap', async () => {
    const hosts = many(300, (at) => many(5, (n) => request(`WS${at}`, n)).join(''))
    const { gaps } = await scanned('HttpProxy.LOG', header + hosts.join('') + request('MAIL01', 30), true)
    const crowded = gaps.find(({ reason, detail }) => reason === 'too-long' && /hosts match the rule/.test(detail))
    // Entries follow, and what they would have shown is not known either.
    assert.ok(crowded!.after !== undefined && crowded!.before === undefined)
  })
})

describe('hits of many days in one file', () => {
  const days = ['2021-03-03', '2021-03-04', '2021-03-05']
  const onDay = (day: string, at: number, client?: string): string =>
    request('MAIL01', at, client).replace('2021-03-03', day)
  const alternating = (at: number): string => onDay(days[at % days.length]!, at)
  for (const [what, rows] of [
    ['one client', days.flatMap((day) => many(1_200, (at) => onDay(day, at)))],
    ['many clients', days.flatMap((day) => many(1_200, (at) => onDay(day, at, `203.0.113.${at % 250}`)))],
    ['days in turns', many(3_000, alternating)],
  ] as const) {
    it(`rows of HttpProxy, ${what}, in whichever way they are read`, async () => {
      const text = header + rows.join('')
      const [whole, fast] = [await scanned('HttpProxy.LOG', text, false), await scanned('HttpProxy.LOG', text, true)]
      assert.ok(whole.more.length > 0)
      for (const { rule } of whole.more) {
        const kept = whole.hits.filter((hit) => hit.rule === rule)
        for (const day of days)
          assert.ok(kept.filter(({ event }) => dayOf(event.time!) === day).length >= 10, `${rule} on ${day}`)
      }
      assert.deepEqual(fast.hits, whole.hits)
      assert.deepEqual(fast.more, whole.more)
    })
  }

  it('more days than are kept apart make a gap', async () => {
    const start = Date.parse('2019-01-01T00:00:00Z')
    const rows = many(450, (at) => many(5, (n) => onDay(dayOf(start + at * DAY), n)).join(''))
    const { gaps } = await scanned('HttpProxy.LOG', header + rows.join(''), true)
    assert.ok(gaps.some(({ reason, detail }) => reason === 'too-long' && /days match the rule/.test(detail)))
  })
})
