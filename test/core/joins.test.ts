import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { SharedClients } from '../../src/activity/shared-clients.ts'
import { joinIntrusions } from '../../src/findings/intrusions.ts'
import { joins } from '../../src/findings/joins.ts'
import { ofOneProcess } from '../../src/findings/processes.ts'
import { ofOneDirectory } from '../../src/findings/virtual-directories.ts'
import { poolOfWorker, poolsOfRequest } from '../../src/findings/application-pools.ts'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Event } from '../../src/model/event.ts'

const T = Date.parse('2023-05-02T10:00:00Z')
const MINUTE = 60_000

type Made = {
  readonly client?: string | null
  readonly user?: string | null
  readonly fields?: Record<string, unknown>
  readonly finding?: Partial<Finding>
}

/** A finding of one row, the given number of minutes after the first. */
function found(id: string, minutes: number, { client = null, user = null, fields = {}, finding = {} }: Made = {}) {
  const time = new Date(T + minutes * MINUTE).toISOString()
  const log = finding.log ?? 'iis-frontend'
  return {
    finding: {
      id,
      rule: id,
      title: id,
      stage: 'access',
      level: 'high',
      sign: { subject: 'request', kind: 'use', strength: 'strong' },
      campaign: 'unknown',
      cves: [],
      facts: {},
      client,
      user,
      target: null,
      host: null,
      time,
      first: time,
      last: time,
      timeBasis: 'stated',
      ...finding,
      log,
    } as unknown as Finding,
    hits: [
      {
        rule: id,
        matched: [],
        event: {
          log,
          time: T + minutes * MINUTE,
          fields,
          client,
          user,
          request: null,
          session: null,
          raw: '',
          at: { path: id, offset: 0 },
        },
      } as unknown as FindingWithHits['hits'][number],
    ],
    counts: true,
  } satisfies FindingWithHits
}

/** The intrusions by the findings that they hold, and the certain ties. */
function joined(all: readonly FindingWithHits[], isShared?: (client: string, time: number) => boolean) {
  const { intrusions, ties } = joinIntrusions(all, undefined, isShared ? { isShared } : {})
  return {
    groups: intrusions.map(({ findings }) => [...findings].sort().join('')).sort(),
    ties: ties.map(({ by, members }) => `${by} ${members.join()}`),
  }
}

describe('client addresses that the organization shares', () => {
  const attack = { client: '198.51.100.7', fields: { 'cs-user-agent': 'python-requests/2.28' } }
  const browser = { client: '198.51.100.7', fields: { 'cs-user-agent': 'Mozilla/5.0 (Windows NT 10.0)' } }

  it('join findings while the address is the intruder’s own', () => {
    assert.deepEqual(joined([found('a', 0, attack), found('b', 600, browser)]).groups, ['ab'])
  })

  it('join nothing where users shared the address before; account and program do, for half an hour', () => {
    const all = [found('a', 0, attack), found('b', 20, attack), found('c', 25, browser), found('d', 600, attack)]
    assert.deepEqual(
      joined(all, () => true),
      { groups: ['ab', 'c', 'd'], ties: ['identity 0,1'] },
    )
  })
})

describe('an access token', () => {
  const finding = { log: 'm365-exchange' as const }
  const audit = { client: '203.0.113.9', fields: { 'AppAccessContext.UniqueTokenId': 'Qd1f-Zk3' }, finding }
  const signIn = (id: string): Made => ({
    client: '198.51.100.7',
    fields: { uniqueTokenIdentifier: id },
    finding: { log: 'entra-signin' },
  })

  it('joins the sign-in that issued it and what was done with it, from any address', () => {
    const { groups, ties } = joined([found('a', 0, signIn('Qd1f-Zk3')), found('b', 50, audit)])
    assert.deepEqual([groups, ties], [['ab'], ['token 0,1']])
  })

  it('joins requests to Microsoft Graph', () => {
    const graph = {
      client: '203.0.113.9',
      fields: { SignInActivityId: 'Qd1f-Zk3' },
      finding: { log: 'm365-graph' },
    } as const
    const { groups, ties } = joined([found('a', 0, signIn('Qd1f-Zk3')), found('b', 50, graph)])
    assert.deepEqual([groups, ties], [['ab'], ['token 0,1']])
  })

  it('of another sign-in, or a value that is too short, joins nothing', () => {
    assert.deepEqual(joined([found('a', 0, signIn('Qd1f-Zk4')), found('b', 50, audit)]).groups, ['a', 'b'])
    const short = { ...audit, fields: { 'AppAccessContext.UniqueTokenId': 'Qd' } }
    assert.deepEqual(joined([found('a', 0, signIn('Qd')), found('b', 50, short)]).groups, ['a', 'b'])
  })
})

describe('requests of logs that hide clients', () => {
  it('of one act are one intrusion', () => {
    const four = ['a', 'b', 'c', 'd'].map((id, i) => found(id, i * 20))
    assert.deepEqual(joined(four), { groups: ['abcd'], ties: ['nameless 0,1,2,3'] })
  })

  it('hours apart, in other logs, or as accounts are several', () => {
    assert.deepEqual(joined([found('a', 0), found('b', 31)]).groups, ['a', 'b'])
    assert.deepEqual(joined([found('a', 0), found('b', 20, { finding: { log: 'httpproxy-ecp' } })]).groups, ['a', 'b'])
    const person = { user: 'CONTOSO\\ann' }
    assert.deepEqual(joined([found('a', 0), found('b', 20, person)]).groups, ['a', 'b'])
    assert.deepEqual(joined([found('a', 0, person), found('b', 20, person)]).groups, ['ab'])
    assert.deepEqual(joined([found('a', 0, person), found('b', 20, { user: 'CONTOSO\\bob' })]).groups, ['a', 'b'])
  })

  it('are joined under none where machine accounts alone are named', () => {
    const machine = { user: 'CONTOSO\\MAIL01$', finding: { log: 'iis-backend' as const } }
    assert.deepEqual(joined([found('a', 0, machine), found('b', 20, machine)]).groups, ['ab'])
  })

  it('are not joined across a finding that names a client', () => {
    assert.deepEqual(joined([found('a', 0), found('b', 10, { client: '203.0.113.9' }), found('c', 20)]).groups, [
      'a',
      'b',
      'c',
    ])
  })
})

describe('a worker process', () => {
  const request = { client: '203.0.113.9', fields: { 'cs-uri-stem': '/owa/auth/x.aspx' } }
  const child = (pool: string | null): Made => ({
    fields: {
      ParentCommandLine: pool === null ? 'w3wp.exe' : `c:\\windows\\system32\\inetsrv\\w3wp.exe -ap "${pool}" -v`,
    },
    finding: {
      log: 'windows-sysmon',
      stage: 'execution',
      facts: { ParentImage: 'C:\\Windows\\System32\\inetsrv\\w3wp.exe' },
    },
  })
  const tiesOf = (minutes: number, made: Made): string[] =>
    joined([found('a', 0, request), found('b', minutes, made)]).ties

  it('serves the requests of its application pool', () => {
    assert.deepEqual(tiesOf(6, child('MSExchangeOWAAppPool')), ['worker 0,1'])
    assert.deepEqual(tiesOf(6, child(null)), ['worker 0,1'])
    assert.deepEqual(tiesOf(6, child('MSExchangeServicesAppPool')), ['time 0,1'])
    assert.deepEqual(tiesOf(6, child('ContosoReports')), ['time 0,1'])
    assert.deepEqual(tiesOf(11, child('MSExchangeOWAAppPool')), ['time 0,1'])
  })

  it('is named by an error of it, too', () => {
    const error = (provider: string): Made => ({
      fields: { Provider_Name: provider },
      finding: { log: 'windows-application', stage: 'access' },
    })
    assert.deepEqual(tiesOf(6, error('MSExchange OWA')), ['worker 0,1'])
    assert.deepEqual(tiesOf(6, error('MSExchange Web Services')), [])
  })

  it('of a forged request is that of its target, too', () => {
    const event = (fields: Record<string, unknown>): Event =>
      ({ fields, log: 'httpproxy-autodiscover' }) as unknown as Event
    const forged = event({ 'cs-uri-stem': '/autodiscover/autodiscover.json', SsrfPath: '/PowerShell/?X=1' })
    assert.deepEqual(poolsOfRequest(forged), [
      'msexchangeautodiscoverapppool',
      'msexchangepowershellfrontendapppool',
      'msexchangepowershellapppool',
    ])
    assert.equal(poolsOfRequest(event({ 'cs-uri-stem': '/aspnet_client/x.aspx' })), null)
    assert.equal(poolOfWorker(event({})), null)
  })
})

describe('an address shared by users', () => {
  const DAY = 86_400_000
  const uses = (...rows: readonly [mailbox: string, client: string, day: number][]) =>
    new SharedClients({
      mail: {
        *uses() {
          for (const [mailbox, client, day] of rows) yield { mailbox, client, agent: '', actor: null, day }
        },
        identities: { addressOf: (name: string) => name } as never,
      },
      devices: { uses: () => [] },
      cloud: { *acts() {} },
    })
  const day = Math.floor(T / DAY)

  it('is one from which two people used their mail on two days before', () => {
    const shared = uses(['ann', '198.51.100.7', day - 2], ['bob', '198.51.100.7', day - 1])
    assert.equal(shared.isSharedBefore('198.51.100.7', T), true)
    assert.equal(shared.isSharedBefore('198.51.100.7', T - DAY), false)
    assert.equal(shared.isSharedBefore('198.51.100.8', T), false)
  })

  it('is none by a log of IMAP alone, on days of which the front end has logons', () => {
    const sharedBy = (isOfFrontEnd: boolean, frontEnd: readonly number[]): boolean =>
      new SharedClients({
        mail: { *uses() {}, identities: { addressOf: (name: string) => name } as never },
        devices: { uses: () => [] },
        cloud: { *acts() {} },
        logons: {
          explaining: () =>
            ['ann', 'bob'].map((user, i) => ({
              user,
              client: '198.51.100.7',
              mailDays: [day - 2 + i],
              otherDays: isOfFrontEnd ? [] : [day - 2 + i],
            })) as never,
          daysOfMailAlone: ({ otherDays }) => new Set(otherDays.filter((one) => frontEnd.includes(one))),
        },
      }).isSharedBefore('198.51.100.7', T)
    assert.equal(sharedBy(false, []), true)
    assert.equal(sharedBy(false, [day - 2, day - 1]), false)
    assert.equal(sharedBy(true, [day - 2, day - 1]), true)
  })

  it('is none by one person, by monitoring, or by what came after', () => {
    assert.equal(
      uses(['ann', '198.51.100.7', day - 2], ['ann', '198.51.100.7', day - 1]).isSharedBefore('198.51.100.7', T),
      false,
    )
    const probes = uses(['HealthMailbox1', '198.51.100.7', day - 2], ['HealthMailbox2', '198.51.100.7', day - 1])
    assert.equal(probes.isSharedBefore('198.51.100.7', T), false)
    assert.equal(
      uses(['ann', '198.51.100.7', day], ['bob', '198.51.100.7', day + 1]).isSharedBefore('198.51.100.7', T),
      false,
    )
  })
})

describe('the table of joins', () => {
  it('is in the documentation as it is in the code', () => {
    const text = readFileSync(new URL('../../docs/use/verdicts.md', import.meta.url), 'utf8').replace(/\s+/g, ' ')
    for (const [name, { shares, prevents }] of Object.entries(joins))
      assert.ok(text.includes(`- ${shares} (`) && text.includes(`prevented by: ${prevents}`), name)
  })
})

describe('processes and virtual directories', () => {
  const step = (id: string, minutes: number, fields: Record<string, unknown>, log = 'windows-sysmon') =>
    found(id, minutes, {
      fields: { Computer: 'MAIL01.contoso.example', ...fields },
      finding: { stage: 'execution', log } as Partial<Finding>,
    })
  const numbered = (...all: FindingWithHits[]) => all.map((f, i) => ({ f, i }))

  it('joins a process with the one that it starts, in two logs', () => {
    const parent = step(
      'a',
      0,
      { NewProcessId: '0x1388', ProcessId: '0x2a5c', ParentImage: 'C:\\a.exe' },
      'windows-security',
    )
    const child = step('b', 1, {
      ProcessId: '6000',
      ParentProcessId: '5000',
      ParentImage: 'C:\\Windows\\System32\\cmd.exe',
    })
    assert.deepEqual(ofOneProcess(numbered(parent, child)), [[0, 1]])
  })

  it('joins no process of another computer, of an hour later, or of a parent that works for many', () => {
    const a = step('a', 0, {
      ProcessId: '6000',
      ParentProcessId: '700',
      ParentImage: 'C:\\Windows\\System32\\services.exe',
    })
    const other = { ProcessId: '6001', ParentProcessId: '700', ParentImage: 'C:\\Windows\\System32\\services.exe' }
    assert.deepEqual(ofOneProcess(numbered(a, step('b', 200, { ProcessId: '6000' }))), [])
    assert.deepEqual(ofOneProcess(numbered(a, step('b', 1, other))), [])
    assert.deepEqual(ofOneProcess(numbered(a, step('b', 1, { ProcessId: '6000', Computer: 'MAIL02' }))), [])
  })

  it('joins cmdlets about one virtual directory, whatever form its name has', () => {
    const cmdlet = (id: string, minutes: number, name: string, parameters: string) =>
      step(id, minutes, { Cmdlet: name, Parameters: parameters }, 'msexchange-management')
    const set = cmdlet('a', 0, 'Set-OabVirtualDirectory', '-Identity "OAB (Default Web Site)"')
    const removed = cmdlet(
      'b',
      5,
      'Remove-OabVirtualDirectory',
      '-Force "True" -Identity "MAIL01\\OAB (Default Web Site)"',
    )
    const made = cmdlet('c', 9, 'New-OabVirtualDirectory', '-WebSiteName "Default Web Site" -Server "MAIL01"')
    assert.deepEqual(ofOneDirectory(numbered(set, removed, made)), [[0, 1, 2]])
    assert.deepEqual(
      ofOneDirectory(numbered(set, cmdlet('b', 5, 'Set-EcpVirtualDirectory', '-Identity "ecp (Default Web Site)"'))),
      [],
    )
  })
})
