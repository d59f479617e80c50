import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Situation } from '../../src/assessment/response/action-targets.ts'
import { actionsOf } from '../../src/assessment/response/actions.ts'
import { type PackAction } from '../../src/model/response.ts'
import { type Answer, type Is } from '../../src/model/answer.ts'
import { type Finding } from '../../src/model/finding.ts'
import { type Persistence } from '../../src/model/persistence.ts'
import { persistences } from '../../src/model/stages.ts'
import { orderActions, loadKnowledge, ruleName } from '../../src/knowledge/load-packs.ts'
import { root } from '../cli/command.ts'

const NOTHING: Situation = {
  product: 'Exchange2016',
  answers: [],
  byCampaign: new Map(),
  found: [],
  persistence: [],
  mailboxes: [],
  campaigns: [],
  cves: [],
}

const action = (id: string, after?: string): PackAction => ({
  id,
  campaign: null,
  title: id,
  why: '',
  how: [],
  sideEffects: [],
  about: [],
  verify: [],
  when: { questions: ['exploited'] },
  ...(after === undefined ? {} : { after }),
})

for (const [name, given, expected] of [
  ['as they are given', [['a'], ['b']], 'a b'],
  ['behind the one that is named, wherever that stands', [['x', 'b'], ['a'], ['b'], ['c']], 'a b x c'],
  ['several behind one, in their order', [['x', 'a'], ['y', 'a'], ['a'], ['b']], 'a x y b'],
  ['one behind another', [['y', 'x'], ['x', 'a'], ['a'], ['b']], 'a x y b'],
  ['the same of two packs', [['x', 'a'], ['y', 'x'], ['a'], ['x', 'a'], ['y', 'x']], 'a x y y x'],
  ['behind none that is there', [['x', 'z'], ['a']], 'x a'],
  ['behind one another', [['x', 'y'], ['y', 'x'], ['a']], 'a x y'],
] as const) {
  test(`actions stand in order: ${name}`, () => {
    const order = orderActions(given.map(([id, after]) => action(id, after)))
    assert.equal(order.map(({ id }) => id).join(' '), expected)
  })
}

test('an action says nothing of where it stood, and comes once', () => {
  const answers = [{ question: 'exploited', is: 'yes' }] as unknown as Answer[]
  const actions = orderActions([action('x', 'a'), action('a'), action('x', 'a')])
  assert.deepEqual(
    actionsOf(actions, { ...NOTHING, answers }, new Map()).map(({ id, order, ...rest }) => [
      id,
      order,
      'after' in rest,
    ]),
    [
      ['a', 1, false],
      ['x', 2, false],
    ],
  )
})

// A campaign's conditions are evaluated against that campaign: another one's answer calls for nothing.

const answered = (is: Is): Answer[] => [{ question: 'exploited', is }] as unknown as Answer[]
const found = (id: string, rule: string, pack: string, campaign: string): Situation['found'][number] => ({
  finding: { id, rule, pack, campaign, stage: 'shell', client: null, user: null } as unknown as Finding,
  hits: [],
  counts: true,
})
const ids = (list: readonly PackAction[], situation: Partial<Situation>): string =>
  actionsOf(list, { ...NOTHING, ...situation }, new Map())
    .map(({ id }) => id)
    .join(' ')
const [ours, theirs, all] = [
  { ...action('ours'), campaign: 'a-2021' },
  { ...action('theirs'), campaign: 'b-2022' },
  action('all'),
]

for (const [name, byCampaign, expected] of [
  ['of one campaign', [['a-2021', answered('yes')]], 'ours all'],
  [
    'of both',
    [
      ['a-2021', answered('yes')],
      ['b-2022', answered('likely')],
    ],
    'ours theirs all',
  ],
  [
    'of one, where the other has no evidence',
    [
      ['a-2021', answered('no-evidence')],
      ['b-2022', answered('yes')],
    ],
    'theirs all',
  ],
  ['of findings of no campaign', [['unknown', answered('yes')]], 'all'],
] as const) {
  test(`questions of an action are those of its campaign: the answer is yes ${name}`, () => {
    assert.equal(ids([ours, theirs, all], { answers: answered('yes'), byCampaign: new Map(byCampaign) }), expected)
  })
}

test('rules and persistence of an action are those of its campaign', () => {
  const by = (campaign: string | null): PackAction => ({
    ...action(campaign ?? 'all'),
    campaign,
    when: { rules: ['shell'], persistence: ['task'] },
  })
  const list = [by('a-2021'), by('b-2022'), by(null)]
  assert.equal(ids(list, { found: [found('f1', 'shell', 'common', 'a-2021')] }), 'a-2021 all')
  // A rule of the pack itself calls for the pack's action whenever it matches.
  assert.equal(ids(list, { found: [found('f1', 'shell', 'b-2022', 'unknown')] }), 'b-2022 all')
  const task = { kind: 'task', because: ['f2'] } as unknown as Persistence
  const one = { found: [found('f2', 'other', 'common', 'b-2022')], persistence: [task] }
  assert.equal(ids(list, one), 'b-2022 all')
})

test('a sign that counts for nothing calls for no action, unless its rule is context', () => {
  const list = [{ ...action('ours'), campaign: 'a-2021', when: { rules: ['shell'] } }]
  const nothing = (strength: string): Situation['found'][number] => {
    const one = found('f1', 'shell', 'a-2021', 'unknown')
    return { ...one, finding: { ...one.finding, is: 'nothing', sign: { strength } } as unknown as Finding }
  }
  assert.equal(ids(list, { found: [nothing('decisive')] }), '')
  assert.equal(ids(list, { found: [nothing('context')] }), 'ours')
})

for (const [name, finding, expected] of [
  ['an account alone', { sign: { subject: 'account' }, attack: ['T1110.003'] }, 'block all'],
  ['an account at the desktop of the server', { sign: { subject: 'account' }, attack: ['T1021.001'] }, 'rebuild all'],
  ['a process', { sign: { subject: 'process' }, attack: [] }, 'rebuild all'],
  [
    'an account that wrote a page',
    { sign: { subject: 'account' }, attack: [], stage: 'write', persistence: 'web-shell', is: 'likely' },
    'rebuild all',
  ],
] as const) {
  test(`an action on the server or on accounts is called for by what was reached: ${name}`, () => {
    const of = (id: string, reached?: 'server' | 'accounts'): PackAction => ({
      ...action(id),
      when: { questions: ['compromised'], ...(reached === undefined ? {} : { of: reached }) },
    })
    const answers = [{ question: 'compromised', is: 'yes', because: ['f1'] }] as unknown as Answer[]
    const one = found('f1', 'any', 'common', 'unknown')
    assert.equal(
      ids([of('rebuild', 'server'), of('block', 'accounts'), of('all')], {
        answers,
        found: [{ ...one, finding: { ...one.finding, ...finding } as unknown as Finding }],
      }),
      expected,
    )
  })
}

test('an action is for servers, for tenants, or for both', () => {
  const list = [{ ...action('server'), for: 'server' as const }, { ...action('tenant'), for: 'tenant' as const }, all]
  const answers = answered('yes')
  assert.equal(ids(list, { answers }), 'server all')
  assert.equal(ids(list, { answers, product: 'none' }), 'server all')
  assert.equal(ids(list, { answers, product: 'exchange-online' }), 'tenant all')
})

const knowledge = await loadKnowledge({ packs: [`${root}/packs`], rules: [], iocs: [] })

/** All that the packs' own conditions can call for: every question with this answer, every rule, every persistence. */
function utmost(product: string, is: Is): readonly string[] {
  const infos = [...knowledge.infos.values()]
  const answers = ['exposed', 'targeted', 'exploited', 'compromised', 'mail-taken', 'still-there'].map((question) => ({
    question,
    is,
  })) as unknown as Answer[]
  // A tenant has no build that a campaign could come in by: no campaign but those of no build is asked about.
  const asked = product === 'exchange-online' ? [] : knowledge.campaigns.map(({ id }) => id)
  const cloud = new Set(['microsoft-365', 'mail-taken', 'cve-2025-53786'])
  const rules = product === 'exchange-online' ? infos.filter(({ pack }) => cloud.has(pack)) : infos
  const hits = rules.map((info) => found(info.id, info.id, info.pack, 'unknown'))
  const kinds = persistences.map((kind) => ({ kind, because: [hits[0]!.finding.id] }) as unknown as Persistence)
  return actionsOf(
    knowledge.actions,
    {
      ...NOTHING,
      product,
      answers,
      byCampaign: new Map(asked.map((id) => [id, answers])),
      found: is === 'yes' ? hits : [],
      persistence: is === 'yes' ? kinds : [],
    },
    new Map(infos.map((info) => [info.id, ruleName(info)])),
  ).map(({ id, title, how }) => `${id}: ${title} ${how.join(' ')}`)
}

test('no action for a tenant disconnects, rebuilds or patches a server, or preserves its disk', () => {
  for (const is of ['yes', 'likely', 'cannot-tell'] as const) {
    const list = utmost('exchange-online', is)
    assert.ok(list.length > 0)
    assert.deepEqual(
      list.filter((text) =>
        /off the Internet|firewall|robocopy|reg save|wevtutil|RecoverServer|ExSetup|IIS|Build the server|restart/.test(
          text,
        ),
      ),
      [],
    )
  }
})

test('a tenant is told what to preserve, what to stop, what to remove and what to watch', () => {
  const list = utmost('exchange-online', 'yes').map((text) => text.split(':')[0])
  for (const id of [
    'preserve-tenant',
    'contain-tenant',
    'scope-tenant',
    'remove-tenant-persistence',
    'tell',
    'watch-tenant',
  ])
    assert.ok(list.includes(id), id)
  assert.equal(list[0], 'preserve-tenant')
})

test('on a server preserve comes first, and nothing of a tenant alone is asked', () => {
  const list = utmost('Exchange2019', 'yes').map((text) => text.split(':')[0]!)
  assert.equal(list[0], 'preserve')
  assert.deepEqual(
    list.filter((id) => /-tenant|tenant-p/.test(id)),
    [],
  )
})

test('no pack of a campaign that ships calls for an action of all campaigns', () => {
  const general = 'preserve contain collect scope rebuild rotate tell harden watch'.split(' ')
  assert.deepEqual(
    knowledge.actions.filter(({ id, campaign }) => campaign !== null && general.includes(id)).map(({ id }) => id),
    [],
  )
})
