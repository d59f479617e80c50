import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answeredByBackEnd, joinBackEnd } from '../../src/findings/back-end-join.ts'
import type { Located } from '../../src/findings/located.ts'

type Row = {
  readonly log: string
  readonly campaign: string
  readonly time: number
  readonly client: string | null
  readonly request?: string
  readonly path?: string
  readonly user?: string
  readonly agent?: string
}

function hitOf({ log, campaign, time, client, request, path = '/ecp/a.js', user, agent }: Row): Located {
  const at = { path: `${log}.log`, offset: time, length: 1 }
  const event = {
    log,
    time,
    timeBasis: 'format',
    fields: { 'cs-uri-stem': path, 'cs-user-agent': agent ?? '' },
    at,
    host: null,
    client,
  }
  return {
    event: {
      ...event,
      request: request ?? null,
      user: user ?? null,
      target: null,
      session: null,
      raw: '',
      sources: [],
    },
    info: { id: log, campaign, stage: 'access', sign: { subject: 'request', kind: 'use', strength: 'strong' } },
    joined: [],
  } as unknown as Located
}

const back = (request?: string): Row => ({
  log: 'iis-backend',
  campaign: 'one',
  time: 2_000,
  client: null,
  ...(request === undefined ? {} : { request }),
})
const front = (campaign: string, time: number, request?: string): Row => ({
  log: 'iis-frontend',
  campaign,
  time,
  client: campaign === 'one' ? '203.0.113.5' : '203.0.113.9',
  ...(request === undefined ? {} : { request }),
})

for (const [what, rows] of [
  ['nearer in time', [front('other', 2_000), front('one', 1_000), back()]],
  ['of the same request, found first', [front('other', 1_000, 'a'), front('one', 1_000, 'a'), back('a')]],
] as const)
  test(`a row of another campaign ${what} takes no row of the back end away`, () => {
    const joined = joinBackEnd(rows.map(hitOf)).at(-1)!
    assert.equal(joined.event.client, '203.0.113.5')
    assert.equal(joined.joined.length, 1)
  })

test('a row of another campaign alone joins nothing', () => {
  assert.deepEqual(joinBackEnd([front('other', 2_000), back()].map(hitOf)).at(-1)!.joined, [])
})

const actor = { user: 'CONTOSO\\m.osei', agent: 'Mozilla/5.0' }
for (const [what, one, isJoined] of [
  ['of the same account and user agent', actor, true],
  ['of another account', { ...actor, user: 'CONTOSO\\k.berg' }, false],
  ['of another user agent', { ...actor, agent: 'Mozilla/4.0' }, false],
  ['of a machine account', { ...actor, user: 'CONTOSO\\MAIL01$' }, false],
] as const)
  test(`a row of the back end ${what} ${isJoined ? 'joins' : 'does not join'} a request to another path`, () => {
    const rows = [
      { ...front('one', 1_000), path: '/owa/x@y.example/powershell', ...(what.includes('machine') ? one : actor) },
      { ...back(), path: '/powershell', ...one },
    ]
    assert.equal(joinBackEnd(rows.map(hitOf)).at(-1)!.joined.length, isJoined ? 1 : 0)
  })

const collects = hitOf({ ...front('one', 1_000, 'a'), log: 'httpproxy-ews' })
const asked = { ...collects, info: { ...collects.info, stage: 'collection' } } as Located
const looked = (time: number, more: Partial<Located> = {}): Located => ({
  ...hitOf({ ...back('a'), log: 'ews', time }),
  ...more,
})

for (const [what, answer, question, isTakenBack] of [
  ['of the same request', looked(2_000), asked, true],
  ['of the same request that took long', looked(6_000), asked, true],
  ['of another time', looked(3_600_000), asked, false],
  ['in a folder of one’s own', looked(2_000, { custom: true }), asked, false],
  ['in a folder of one’s own, as all logs are', looked(2_000, { custom: true }), { ...asked, custom: true }, true],
  ['of a log below a web root', looked(2_000, { misplaced: true }), asked, false],
] as const)
  test(`a look-up ${what} ${isTakenBack ? 'says' : 'does not say'} that nothing was collected`, () => {
    assert.equal(answeredByBackEnd([question, answer]).includes(question), !isTakenBack)
  })
