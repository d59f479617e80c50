import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { combine } from '../../src/assessment/weighing/combine.ts'
import { announced } from '../../src/assessment/weighing/explanations/announced.ts'
import { exchangeAgent } from '../../src/assessment/weighing/explanations/exchange-agent.ts'
import { knownHash } from '../../src/assessment/weighing/explanations/known-hash.ts'
import { knownProduct } from '../../src/assessment/weighing/explanations/known-product.ts'
import { knownTool } from '../../src/assessment/weighing/explanations/known-tool.ts'
import { older } from '../../src/assessment/weighing/explanations/older.ts'
import { signed } from '../../src/assessment/weighing/explanations/signed.ts'
import { updateHour } from '../../src/assessment/weighing/explanations/update-hour.ts'
import { knownProducts } from '../../src/model/known.ts'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import type { SubjectKind } from '../../src/model/sign.ts'
import { found } from './made.ts'
import { contextOf } from './made-context.ts'

const about = (kind: SubjectKind, name: string, own: readonly FindingWithHits[]) => ({
  subject: { kind, key: `${kind}\0${name.toLowerCase()}`, name },
  found: own,
})
const service = (
  name: string,
  fields: Readonly<Record<string, unknown>>,
  more: object = {},
): ReturnType<typeof about> =>
  about('service', name, [
    found('persistence service strong content', { log: 'services', fields: { ServiceName: name, ...fields }, ...more }),
  ])
const veeam = { ImagePath: '"C:\\Program Files\\Veeam\\Backup\\Agent.exe" --run', ObjectName: 'LocalSystem' }

describe('a known product', () => {
  it('by name and folder is explained weakly: an intruder can choose both', () => {
    const one = knownProduct(service('VeeamHelper', veeam), contextOf([]))
    assert.equal(one?.strength, 'weak')
    assert.deepEqual(one?.answers, ['name', 'provenance', 'content'])
    // A strong sign becomes a weak one, and stays a lead; with a second one it is open.
    const shown = { corroborated: true, canStay: true }
    assert.equal(combine([{ kind: 'content', strength: 'strong' }], [one], shown), 'lead')
    const signs = [
      { kind: 'content', strength: 'strong' },
      { kind: 'effect', strength: 'weak' },
    ] as const
    assert.equal(combine(signs, [one], shown), 'open-lead')
    assert.equal(combine([{ kind: 'content', strength: 'decisive' }], [one], shown), 'yes')
  })

  it('needs both, in the folder itself, and for each program that starts', () => {
    for (const [name, fields] of [
      ['VeeamHelper', { ImagePath: 'C:\\Users\\Public\\Veeam\\Agent.exe' }],
      ['VeeamHelper', { ImagePath: 'C:\\Program Files\\Veeam\\..\\..\\Users\\Public\\a.exe' }],
      ['VeeamHelper', { ImagePath: 'C:\\Program Files\\VeeamX\\a.exe' }],
      ['Helper', veeam],
      ['VeeamHelper', { ...veeam, ServiceDll: 'C:\\ProgramData\\x.dll' }],
      ['VeeamHelper', { ...veeam, FailureCommand: 'C:\\Windows\\Temp\\x.exe' }],
      ['VeeamHelper', { ImagePath: 'cmd.exe /c "C:\\Program Files\\Veeam\\a.exe"' }],
      ['VeeamHelper', {}],
    ] as const)
      assert.equal(knownProduct(service(name, fields), contextOf([])), null, JSON.stringify([name, fields]))
  })

  it('with its account, and at work since the first days of the logs, is explained', () => {
    const days = ['2026-01-02T01:00:00Z', '2026-01-03T01:00:00Z', '2026-01-10T01:00:00Z']
    const one = knownProduct(service('VeeamHelper', veeam, { times: days }), contextOf([]))
    assert.equal(one?.strength, 'strong')
    assert.deepEqual(one?.answers, ['provenance', 'use', 'effect', 'content'])
    const other = { ...veeam, ObjectName: 'CONTOSO\\jane' }
    assert.equal(knownProduct(service('VeeamHelper', other, { times: days }), contextOf([]))?.strength, 'weak')
    assert.equal(knownProduct(service('VeeamHelper', veeam, { times: days.slice(1) }), contextOf([]))?.strength, 'weak')
  })

  it('starts programs: by the program and folder of the parent', () => {
    const child = (parent: string) =>
      about('program', 'whoami', [
        found('execution program weak effect', { fields: { ParentImage: parent, User: 'NT AUTHORITY\\SYSTEM' } }),
      ])
    const agent = 'C:\\Program Files\\ATERA Networks\\AteraAgent\\AteraAgent.exe'
    assert.equal(knownProduct(child(agent), contextOf([]))?.strength, 'weak')
    assert.equal(knownProduct(child('C:\\Windows\\System32\\inetsrv\\w3wp.exe'), contextOf([])), null)
    assert.equal(knownProduct(child('C:\\ProgramData\\AteraAgent.exe'), contextOf([])), null)
  })

  it('has a source and a day in the table', () => {
    for (const { product, source, date } of knownProducts) {
      assert.match(source, /^https:\/\/\S/, product)
      assert.match(date, /^20\d\d-\d\d-\d\d$/, product)
    }
  })
})

describe('other explanations of things', () => {
  it('a library whose bytes a baseline knows: not how it is used', () => {
    const path = 'C:\\Program Files\\Mail Filter\\filter.dll'
    const agent = about('agent', 'Mail Filter', [
      found('persistence agent strong content', { log: 'transport-agents', fields: { AssemblyPath: path } }),
    ])
    const context = contextOf([], [], { isKnownLibrary: (name) => name === path })
    const one = knownHash(agent, context)!
    const shown = { corroborated: true, canStay: true }
    assert.equal(combine([{ kind: 'content', strength: 'decisive' }], [one], shown), 'nothing')
    assert.equal(combine([{ kind: 'effect', strength: 'decisive' }], [one], shown), 'yes')
    assert.equal(knownHash(agent, contextOf([], [], { isKnownLibrary: () => false })), null)
    assert.equal(knownHash(service('Filter', { ImagePath: path }), context), null)
  })

  it('the exact triple of an agent of Exchange', () => {
    const library =
      'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\TransportRoles\\agents\\Journaling\\Microsoft.Exchange.MessagingPolicies.JournalAgent.dll'
    const install = (path: string) =>
      about('agent', 'Journaling Agent', [
        found('persistence agent weak provenance', {
          log: 'msexchange-management',
          fields: {
            Cmdlet: 'Install-TransportAgent',
            Parameters: `-Name "Journaling Agent" -TransportAgentFactory "Microsoft.Exchange.MessagingPolicies.Journaling.JournalAgentFactory" -AssemblyPath "${path}"`,
          },
        }),
      ])
    assert.equal(exchangeAgent(install(library), contextOf([]))?.strength, 'strong')
    assert.equal(
      exchangeAgent(install('C:\\Users\\Public\\Microsoft.Exchange.MessagingPolicies.JournalAgent.dll'), contextOf([])),
      null,
    )
  })

  it('a signature that Windows checked explains, one that only the file has in part', () => {
    const module = (fields: Readonly<Record<string, unknown>>) =>
      about('module', 'x', [found('persistence module weak name', { log: 'iis-config', fields })])
    const signer = 'CN=Veeam Software Group GmbH, O=Veeam Software Group GmbH, C=CH'
    assert.equal(signed(module({ Signer: signer, SignatureStatus: 'Valid' }), contextOf([]))?.strength, 'strong')
    assert.equal(signed(module({ Signer: signer, SignatureHash: 'matches' }), contextOf([]))?.strength, 'weak')
    assert.equal(signed(module({ Signer: signer }), contextOf([])), null)
    assert.equal(signed(module({ Signer: 'CN=Unknown Vendor', SignatureStatus: 'Valid' }), contextOf([])), null)
  })

  it('what is older than the first known use of an open vulnerability', () => {
    const exposedSince = Date.parse('2026-03-01T00:00:00Z')
    const page = (more: object) =>
      about('page', 'x.aspx', [found('shell page weak name', { time: '2026-02-01T00:00:00Z', ...more })])
    const of = (more: object, since: number | null = exposedSince) =>
      older(page(more), contextOf([], [], { exposedSince: since }))?.strength
    assert.equal(of({ log: 'web-roots' }), 'weak')
    assert.equal(of({ log: 'ntfs-usn' }), 'strong')
    assert.equal(of({ log: 'iis-frontend' }), 'strong')
    assert.equal(of({ log: 'iis-frontend', times: ['2026-02-01T00:00:00Z', '2026-03-04T00:00:00Z'] }), undefined)
    assert.equal(of({ log: 'web-roots' }, null), undefined)
  })

  it('tools of responders after the last act of an intruder', () => {
    const shell = found('execution program strong effect')
    const run = (image: string, more: object = {}) =>
      found('execution program strong name', {
        log: 'windows-security',
        time: '2026-03-05T00:00:00Z',
        user: 'CONTOSO\\ada',
        fields: { Image: image, ParentImage: 'C:\\Windows\\explorer.exe' },
        ...more,
      })
    const of = (own: FindingWithHits) => knownTool(about('program', 'x', [own]), contextOf([own, shell]))?.answers
    assert.deepEqual(of(run('E:\\KAPE\\kape.exe')), ['name'])
    assert.equal(of(run('E:\\KAPE\\kape.exe', { time: '2026-03-02T00:00:00Z' })), undefined)
    assert.equal(
      of(run('E:\\KAPE\\kape.exe', { fields: { Image: 'E:\\kape.exe', ParentImage: 'C:\\x\\w3wp.exe' } })),
      undefined,
    )
    assert.equal(of(run('E:\\x\\mimikatz.exe')), undefined)
    assert.equal(of(run('E:\\KAPE\\kape.exe', { user: 'MAIL01$' })), undefined)
  })

  it('setup that took two hours explains what it changed, and nothing of the next day', () => {
    const [from, to] = [Date.parse('2026-03-03T03:00:00Z'), Date.parse('2026-03-03T05:00:00Z')]
    const context = contextOf([], [], { server: { builds: [], updates: [{ from, to }] } })
    const of = (day: string) =>
      updateHour(about('page', 'x', [found('write page weak provenance', { first: day, last: day })]), context)
        ?.strength
    assert.equal(of('2026-03-03T04:00:00Z'), 'strong')
    assert.equal(of('2026-03-04T04:00:00Z'), undefined)
  })
})

describe('announced work', () => {
  const [from, to] = [Date.parse('2026-03-02T00:00:00Z'), Date.parse('2026-03-04T00:00:00Z')]
  const own = { subject: '203.0.113.0/24', act: null, from, to, reason: 'test of the red team', by: 'J. Doe' }
  const of = (one: FindingWithHits, more: object = {}) =>
    announced(
      about('request', '203.0.113.9', [one]),
      contextOf([one], [], { known: { scanners: [], accepted: [], announced: [{ ...own, ...more }] } }),
    )?.strength

  it('answers all, by address, account or name, at that time', () => {
    const request = found('access request decisive use', { client: '203.0.113.9' })
    assert.equal(of(request), 'decisive')
    assert.equal(of(request, { act: 'access' }), 'decisive')
    assert.equal(of(request, { act: 'shell' }), undefined)
    assert.equal(of(request, { subject: '198.51.100.1' }), undefined)
    assert.equal(of(request, { to: from + 1000 }), undefined)
    assert.equal(
      of(found('access account strong guessing', { user: 'CONTOSO\\tester' }), { subject: 'tester' }),
      'decisive',
    )
  })

  it('leaves persistence what it is', () => {
    assert.equal(of(found('shell page decisive content', { log: 'web-roots', client: '203.0.113.9' })), undefined)
  })
})
