import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { CloudRun, type CountedSignIn } from '../../src/activity/cloud-audit.ts'
import { Identities } from '../../src/activity/identities.ts'
import { TenantPlaces } from '../../src/activity/tenant-places.ts'
import { signInsWithoutToken } from '../../src/findings/tenant-federation.ts'
import { tenantActivity, type ComputedFinding } from '../../src/findings/tenant-findings.ts'
import { guessedPasswords } from '../../src/findings/tenant-guessing.ts'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import { actsAfterConsent } from '../../src/findings/tenant-consents.ts'
import { reachOfOthers } from '../../src/findings/tenant-reading.ts'
import { mailWithoutSignIn } from '../../src/findings/tenant-tokens.ts'
import { guessingByScript, mailByTools, signInsByScript } from '../../src/findings/tenant-scripts.ts'
import { deviceCodeReading, stolenSessions } from '../../src/findings/tenant-sessions.ts'
import { membersOf } from '../../src/parsers/microsoft-365/record.ts'
import { CloudUse } from '../../src/parsers/microsoft-365/use.ts'
import { tenantRecords } from '../../tools/simulator/tenant.ts'

const facts = {
  applications: new Map([
    ['d3590ed6-52b3-4102-aeff-aad2292ab01c', 'mail-client' as const],
    ['14d82eec-204b-4c2f-b7e8-296a70dab67e', 'tool' as const],
  ]),
  networks: ['2603:10a6::/32'],
}
const office = '2026-03-01T08:00:00Z*20 office - 198.51.100.20'
const S = 'session=aaaaaaaa-1111-4000-8000-000000000001'

function computed(lines: string, of: (activity: ReturnType<typeof tenantActivity>) => ComputedFinding[]): string[] {
  const use = new CloudUse()
  for (const [i, line] of tenantRecords(`${office}\n${lines}`, 'contoso.example').trim().split('\n').entries()) {
    const record = JSON.parse(line) as Record<string, unknown>
    const members = membersOf(record)
    const session =
      (record.SessionId as string | undefined) ??
      (record.DeviceProperties as { Name: string; Value: string }[] | undefined)?.find(
        ({ Name }) => Name === 'SessionId',
      )?.Value ??
      null
    const time = Date.parse(`${record.CreationTime as string}Z`)
    const recordOrigin = {
      time,
      user: record.UserId as string,
      client: record.ClientIP as string,
      session,
      offset: i,
      length: 1,
      line: i + 1,
    }
    use.unified(members, String(i), recordOrigin)
    use.signIn(members, recordOrigin, false)
  }
  const cloud = new CloudRun([{ path: 'audit.jsonl', sha256: 'a', tally: use.tally()! }])
  return of(tenantActivity(cloud, facts)).map(
    ({ by, events }) => `${by} ${events[0]!.event.user} ${events[0]!.event.client}`,
  )
}

void describe('mail that an application reads within the hour of a consent', () => {
  const app = '5a95e683-0000-4000-8000-00000000a005'
  const consent = (time: string, user: string, id: string | null): FindingWithHits =>
    ({
      hits: [
        {
          event: {
            log: 'm365-entra',
            time: Date.parse(time),
            user: `${user}@contoso.example`,
            fields: { Operation: 'Consent to application.', Target: id === null ? [] : [id] },
          },
        },
      ],
    }) as unknown as FindingWithHits
  const of = (...consents: FindingWithHits[]): string[] =>
    computed(`2026-03-10T02:26:00Z mail k.berg 203.0.113.9 app=${app}`, (activity) =>
      actsAfterConsent(activity, consents),
    ).map((line) => line.split(' ')[0]!)
  const named = consent('2026-03-10T02:20:00Z', 'k.berg', app)
  const nameless = consent('2026-03-10T02:20:00Z', 'k.berg', null)

  void it('is found however often the application is let in, before or after', () => {
    const more = ['2026-03-10T01:20:00Z', '2026-03-10T03:30:00Z'].map((time) => consent(time, 'a.diaz', app))
    for (const one of [named, nameless])
      assert.deepEqual(
        [of(one), ...more.map((other) => of(one, other))].map(([by]) => by),
        Array(3).fill('consent-then-reading'),
      )
    for (const other of more) assert.deepEqual(of(other), [])
  })

  void it('is found where the application reads other mailboxes, too, or did once before, and not where it did on three days', () => {
    const also = (consents: FindingWithHits, ...lines: string[]): number =>
      computed([...lines, `2026-03-10T02:26:00Z mail k.berg 203.0.113.9 app=${app}`].join('\n'), (activity) =>
        actsAfterConsent(activity, [consents]),
      ).length
    const mail = (day: string, user: string): string => `2026-03-${day}T02:40:00Z mail ${user} 203.0.113.9 app=${app}`
    for (const one of [named, nameless]) {
      assert.equal(also(one, mail('10', 'a.diaz')), 1)
      assert.equal(also(one, mail('04', 'a.diaz'), mail('04', 'k.berg')), 1)
      assert.equal(also(one, ...['04', '05', '06'].map((day) => mail(day, 'a.diaz'))), 0)
    }
    // A consent of one user that names nothing lets no application into the mailbox of another.
    assert.equal(also(consent('2026-03-10T02:20:00Z', 'a.diaz', null)), 0)
  })
})

void describe('places of an account', () => {
  void it('are no place of it where one record says so, on whatever day the logs begin then', () => {
    const use = (...lines: string[]): boolean[] => {
      const seen: boolean[] = []
      computed(lines.join('\n'), ({ places }) => {
        for (const day of ['01', '10'])
          seen.push(places.isNew('k.berg@contoso.example', '203.0.113.9', Date.parse(`2026-03-${day}T12:00:00Z`)))
        return []
      })
      return seen
    }
    const at = (day: string): string => `${day}T09:00:00Z signin k.berg 203.0.113.9`
    assert.deepEqual(use(at('2026-03-10')), [false, true])
    assert.deepEqual(use(at('2001-01-02'), at('2026-03-10'))[1], true)
    assert.deepEqual(use(at('2026-03-01'), at('2026-03-10')), [false, true])
    assert.deepEqual(use(...['01', '02', '03', '04', '05', '10'].map((day) => at(`2026-03-${day}`))), [false, false])
  })
})

void describe('one session on two systems', () => {
  const of = (...lines: string[]): string[] => computed(lines.join('\n'), stolenSessions)
  const own = `2026-03-10T09:00:00Z signin k.berg 198.51.100.20 ${S} os=windows`
  const stolen = 'session-on-two-systems k.berg@contoso.example 203.0.113.9'

  void it('is found by sign-ins, and by mail alone', () => {
    assert.deepEqual(of(own, `2026-03-10T09:30:00Z signin k.berg 203.0.113.9 ${S} os=linux`), [stolen])
    assert.deepEqual(of(own, `2026-03-10T09:30:00Z mail k.berg 203.0.113.9 ${S} info=linux`), [stolen])
    assert.deepEqual(of(own, `2026-03-10T09:30:00Z signin k.berg 203.0.113.9 ${S} agent=axios/1.7.9`), [stolen])
  })

  const ordinary: readonly (readonly [string, string])[] = [
    ['one system that changes its network', `2026-03-10T09:30:00Z signin k.berg 203.0.113.9 ${S} os=windows`],
    ['two systems in one network', `2026-03-10T09:30:00Z signin k.berg 198.51.100.99 ${S} os=linux`],
    ['a system that is not known', `2026-03-10T09:30:00Z mail k.berg 203.0.113.9 ${S}`],
    ['an address of Exchange Online', `2026-03-10T09:30:00Z mail k.berg 2603:10a6::7 ${S} info=linux`],
    ['an inside address', `2026-03-10T09:30:00Z mail k.berg 10.1.2.3 ${S} info=linux`],
    ['a command line beside the browser', `2026-03-10T09:30:00Z signin k.berg 203.0.113.9 ${S} os=python`],
    ['another session', '2026-03-10T09:30:00Z signin k.berg 203.0.113.9 session=bbbbbbbb-1 os=linux'],
    ['a refused sign-in', `2026-03-10T09:30:00Z signin k.berg 203.0.113.9 ${S} os=linux error=50126`],
  ]
  for (const [what, line] of ordinary)
    void it(`is not ${what}`, () => {
      assert.deepEqual(of(own, line), [])
    })

  void it('is not a tablet that calls itself a computer, nor a telephone that shows a desktop site', () => {
    const at = (os: string, client: string): string => `2026-03-10T09:30:00Z signin k.berg ${client} ${S} os=${os}`
    assert.deepEqual(of(at('ios', '203.0.113.9'), at('mac', '192.0.2.9')), [])
    assert.deepEqual(of(at('android', '203.0.113.9'), at('linux', '192.0.2.9')), [])
  })
})

void describe('guessed passwords', () => {
  const of = (...lines: string[]): string[] => computed(lines.join('\n'), guessedPasswords)
  const spray = (accounts: number, error = '50126'): string =>
    `2026-03-12T02:00:00Z signinx${accounts} user{n} 203.0.113.50 error=${error}`
  const served = '2026-03-12T03:00:00Z signin l.novak 203.0.113.50'

  void it('are ten accounts and no fewer', () => {
    assert.deepEqual(of(spray(9)), [])
    assert.equal(of(spray(10)).length, 1)
  })

  void it('are decisive where the network served no account before, and at most a third after', () => {
    assert.ok(of(spray(10), served).includes('guessing-then-served l.novak@contoso.example 203.0.113.50'))
    const many = `2026-03-12T03:00:00Z signinx4 user{n} 203.0.113.50`
    assert.ok(of(spray(10), many).some((text) => text.startsWith('guessing-then-success user1@')))
  })

  void it('are found though a second factor stops the sign-in', () => {
    for (const error of ['50076', '50055', '53003'])
      assert.ok(
        of(spray(10), `${served} error=${error}`).includes('password-found l.novak@contoso.example 203.0.113.50'),
        error,
      )
    assert.ok(!of(spray(10), `${served} error=50140`).some((text) => text.startsWith('password-found')))
  })

  void it('by one tool from many networks may go on for days', () => {
    const day = (of: number, tries = 1): string =>
      Array.from({ length: 12 }, (_, i) => {
        const at = `2026-03-${String(of).padStart(2, '0')}T02:${10 + i}:00Z`
        return `${at} signinx${tries} user${i} 203.0.${10 + i}.${of} agent=sprayer/1.0 error=50126`
      }).join('\n')
    const guessed = (...lines: string[]): boolean => of(...lines).some((text) => text.startsWith('password-guessing'))
    assert.ok(guessed(day(12)))
    assert.ok(guessed(day(12), day(13)))
    assert.ok(guessed(day(12), day(13), day(14), day(15)))
    // Programs with an old password try it all the time, and on the first days, too.
    assert.ok(!guessed(day(12, 9), day(13, 9), day(14, 9)))
    assert.ok(!guessed(...[1, 2, 3, 4, 5].map((one) => day(one))))
  })

  void it('are fifty refusals of one account, without a success in between', () => {
    const one = (times: number): string => `2026-03-12T02:00:00Z signinx${times} l.novak 203.0.113.50 error=50126`
    assert.deepEqual(of(one(49), served), [])
    assert.deepEqual(of(one(50), served), ['guessing-then-success l.novak@contoso.example 203.0.113.50'])
  })

  void it('are no refusals of the right password, nor at the place where people work', () => {
    assert.deepEqual(of(spray(20, '50055')), [])
    assert.deepEqual(of(`2026-03-12T09:00:00Z signinx12 user{n} 198.51.100.20 error=50126`), [])
  })

  void it('are near a success from a new network within a day', () => {
    const elsewhere = (at: string): string => `${at} signin l.novak 192.0.2.77`
    const tries = `${spray(10)}\n2026-03-12T02:30:00Z signin l.novak 203.0.113.50 error=50126`
    const near = 'success-near-guessing l.novak@contoso.example 192.0.2.77'
    assert.ok(of(tries, elsewhere('2026-03-12T20:00:00Z')).includes(near))
    assert.ok(!of(tries, elsewhere('2026-03-14T20:00:00Z')).includes(near))
    assert.ok(!of(spray(10), elsewhere('2026-03-12T20:00:00Z')).includes(near))
  })
})

void describe('device codes', () => {
  const of = (...lines: string[]): string[] => computed(lines.join('\n'), deviceCodeReading)
  const code = `2026-03-10T09:00:00Z signin k.berg 198.51.100.20 flow=device app=29d9ed98-a469-4536-ade2-f981bc1d605e ${S}`

  void it('by which mail is read elsewhere are signs of origin and manner', () => {
    const read = `2026-03-10T09:10:00Z mail k.berg 203.0.113.9 ${S} app=29d9ed98-a469-4536-ade2-f981bc1d605e`
    assert.deepEqual(of(code, read), [
      'device-code-reading k.berg@contoso.example 203.0.113.9',
      'device-code-elsewhere k.berg@contoso.example 203.0.113.9',
    ])
  })

  void it('say nothing where no mail is read, where a mail client reads it, and where it was read before', () => {
    assert.deepEqual(of(code), [])
    const client = 'app=d3590ed6-52b3-4102-aeff-aad2292ab01c'
    assert.deepEqual(of(code, `2026-03-10T09:10:00Z mail k.berg 198.51.100.20 ${S} ${client}`), [])
    assert.deepEqual(of(code, `2026-03-09T09:10:00Z mail k.berg 203.0.113.9 ${client}`), [])
  })
})

void describe('mailboxes of others', () => {
  const of = (...lines: string[]): string[] =>
    computed(lines.join('\n'), (activity) => reachOfOthers(activity, new Map()))
  const open = (owner: string, at = '203.0.113.9', user = 'k.berg'): string =>
    `2026-03-10T20:00:00Z mail ${user} ${at} owner=${owner}`

  void it('are a strong sign from three on, and none from a known place', () => {
    assert.deepEqual(of(open('a.diaz')), ['reach-of-account-few k.berg@contoso.example 203.0.113.9'])
    assert.deepEqual(of(open('a.diaz'), open('m.osei'), open('l.novak')), [
      'reach-of-account k.berg@contoso.example 203.0.113.9',
    ])
    assert.deepEqual(of(open('a.diaz', '198.51.100.20'), open('m.osei', '198.51.100.20')), [])
  })

  void it('are a sign at a network where the account was on fewer than five days before, unless it has no other place', () => {
    const three = ['a.diaz', 'm.osei', 'l.novak']
    const after = (days: number, user = 'k.berg'): string[] =>
      of(
        ...Array.from({ length: days }, (_, i) => `2026-03-0${9 - i}T20:00:00Z signin ${user} 203.0.113.9`),
        ...three.map((owner) => open(owner, '203.0.113.9', user)),
      )
    const found = ['reach-of-account k.berg@contoso.example 203.0.113.9']
    assert.deepEqual([after(0), after(1), after(4), after(5)], [found, found, found, []])
    assert.deepEqual(after(1, 'new.one'), [])
  })

  void it('are work where the account opened them from its own places before, and not where another place is new as well', () => {
    const atDesk = (time: string): string => `2026-03-10T${time}:00Z mail k.berg 198.51.100.20 owner=a.diaz`
    assert.deepEqual(of(open('a.diaz'), atDesk('19:00')), [])
    // A mailbox that a right adds is opened at the desk by itself.
    assert.equal(of(open('a.diaz'), atDesk('21:00')).length, 1)
    const three = ['a.diaz', 'm.osei', 'l.novak']
    assert.deepEqual(of(...three.map((owner) => open(owner)), ...three.map((owner) => open(owner, '192.0.2.31'))), [
      'reach-of-account k.berg@contoso.example 203.0.113.9',
      'reach-of-account k.berg@contoso.example 192.0.2.31',
    ])
  })

  void it('are work of an application that does it from the first day on', () => {
    const by = (at: string, owner: string): string =>
      `${at} mail ServicePrincipal_1 192.0.2.50 owner=${owner} app=9f0c2d1e-0000-4000-8000-00000000feed`
    const night = ['a.diaz', 'm.osei', 'l.novak'].map((owner) => by('2026-03-01T01:00:00Z*9', owner))
    assert.deepEqual(of(...night), [])
    const late = ['a.diaz', 'm.osei', 'l.novak'].map((owner) => by('2026-03-12T01:00:00Z', owner))
    assert.deepEqual(of(...late), ['reach-of-application ServicePrincipal_1 192.0.2.50'])
  })
})

void describe('an application in the network of who let it in', () => {
  const app = '9f0c2d1e-0000-4000-8000-00000000feed'
  const lines = [
    '2026-03-10T04:00:00Z signin helper 192.0.2.51',
    ...['a.diaz', 'm.osei', 'l.novak'].map(
      (owner) => `2026-03-12T01:00:00Z mail ServicePrincipal_1 192.0.2.50 owner=${owner} app=${app}`,
    ),
  ].join('\n')

  void it('is at a new network where that account alone was there before', () => {
    const granters = new Map([[app, new Set(['helper@contoso.example'])]])
    assert.deepEqual(
      computed(lines, (activity) => reachOfOthers(activity, granters)),
      ['reach-of-application ServicePrincipal_1 192.0.2.50'],
    )
    assert.deepEqual(
      computed(lines, (activity) => reachOfOthers(activity, new Map())),
      [],
    )
  })
})

void describe('mail without a sign-in', () => {
  const open = (user: string, more = '', at = '203.0.113.92'): string =>
    `2026-03-17T02:10:00Z mail ${user} ${at} info=linux ${more}`

  void it('of three accounts at a new network by a new system is a sign', () => {
    assert.deepEqual(computed([open('a.diaz'), open('k.berg'), open('m.osei')].join('\n'), mailWithoutSignIn), [
      'mail-without-sign-in a.diaz@contoso.example 203.0.113.92',
      'mail-without-sign-in k.berg@contoso.example 203.0.113.92',
      'mail-without-sign-in m.osei@contoso.example 203.0.113.92',
    ])
  })

  void it('is mail of three in all networks that begin with it, and in none that goes on from another', () => {
    const of = (...lines: string[]): string[] => computed(lines.join('\n'), mailWithoutSignIn)
    const three = ['a.diaz', 'k.berg', 'm.osei'].map((user) => open(user))
    const elsewhere = three.map((one) => one.replace('203.0.113.92', '192.0.2.31'))
    assert.equal(of(...three, ...elsewhere).length, 6)
    // Days before from another network: the program of the owner.
    const before = three.map((one) => one.replace('203.0.113.92', '192.0.2.31').replace('2026-03-17', '2026-03-12'))
    assert.ok(!of(...three, ...before).some((text) => text.endsWith('203.0.113.92')))
  })

  void it('where the records name no system, it is an application that is new for each', () => {
    const of = (...lines: string[]): string[] => computed(lines.join('\n'), mailWithoutSignIn)
    const by = (app: string): string[] =>
      ['a.diaz', 'k.berg', 'm.osei'].map((user) => `2026-03-17T02:10:00Z mail ${user} 203.0.113.92 ${app}`)
    const other = 'app=9f0c2d1e-0000-4000-8000-00000000b00b'
    assert.equal(of(...by(other)).length, 3)
    assert.deepEqual(of(...by('')), [])
    // The program with which each of them opens it at the office.
    const office = by(other).map((one) =>
      one.replace('203.0.113.92', '198.51.100.20').replace('2026-03-17', '2026-03-05'),
    )
    assert.deepEqual(of(...by(other), ...office), [])
  })

  void it('is none of two, by their own systems, in their sessions, or where someone signed in', () => {
    const of = (...lines: string[]): number => computed(lines.join('\n'), mailWithoutSignIn).length
    assert.equal(of(open('a.diaz'), open('k.berg')), 0)
    const own = ['a.diaz', 'k.berg', 'm.osei'].map((user) => open(user).replace('linux', 'windows'))
    assert.equal(of(...own), 0)
    const three = [open('a.diaz'), open('k.berg'), open('m.osei')]
    assert.equal(of(...three, '2026-03-16T02:10:00Z signin l.novak 203.0.113.90'), 0)
    // Anyone can be refused.
    assert.equal(of(...three, '2026-03-16T02:10:00Z signin l.novak 203.0.113.90 error=50126'), 3)
    const sessions = ['a.diaz', 'k.berg', 'm.osei'].map(
      (user, i) => `session=0000000${i}-0f0f-4000-8000-000000000003 ${user}`,
    )
    const moved = sessions.map((one) => open(one.split(' ')[1]!, one.split(' ')[0]))
    const before = sessions.map(
      (one) => `2026-03-05T08:00:00Z mail ${one.split(' ')[1]} 198.51.100.20 info=windows ${one.split(' ')[0]}`,
    )
    assert.equal(of(...moved, ...before), 0)
  })
})

void describe('sign-ins by programs that no person signs in with', () => {
  const of = (...lines: string[]): string[] => computed(lines.join('\n'), signInsByScript)
  const at = (client: string, agent: string, more = ''): string =>
    `2026-03-16T04:10:00Z signin k.berg ${client} agent=${agent} ${more}`
  const outlook = 'app=d3590ed6-52b3-4102-aeff-aad2292ab01c'
  const sign = 'sign-in-by-script k.berg@contoso.example 203.0.113.9'

  void it('are a sign from a network that is new for the account', () => {
    for (const agent of ['axios/1.7.9', 'fasthttp', 'node', 'BAV2ROPC'])
      assert.deepEqual(of(at('203.0.113.9', agent)), [sign], agent)
    assert.deepEqual(of(at('203.0.113.9', 'python-requests/2.32.3', outlook)), [sign])
    const teams =
      '"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Teams/1.3.00.30866 Chrome/80.0.3987.165"'
    assert.deepEqual(of(at('203.0.113.9', teams)), [sign])
  })

  void it('are none at a place of the account, with a tool for the command line, when refused, or where the account has used it', () => {
    assert.deepEqual(of(at('198.51.100.20', 'axios/1.7.9')), [])
    assert.deepEqual(of(at('203.0.113.9', 'python-requests/2.32.3', 'app=04b07795-8ddb-461a-bbee-02f9e1bf7b46')), [])
    assert.deepEqual(of(at('203.0.113.9', 'axios/1.7.9', 'error=50126')), [])
    const habit = '2026-03-03T07:00:00Z signin k.berg 198.51.100.20 agent=BAV2ROPC'
    assert.deepEqual(of(habit, at('203.0.113.9', 'BAV2ROPC')), [])
  })

  void it('read mail with a client for administrators at a new network, and not where it is in use', () => {
    const read = (...lines: string[]): string[] => computed(lines.join('\n'), mailByTools)
    const tool = (day: string, client: string, app = '14d82eec-204b-4c2f-b7e8-296a70dab67e'): string =>
      `2026-03-${day}T20:10:00Z mail k.berg ${client} app=${app}`
    assert.deepEqual(read(tool('16', '203.0.113.9')), ['mail-by-tool k.berg@contoso.example 203.0.113.9'])
    assert.deepEqual(read(tool('10', '198.51.100.20'), tool('16', '203.0.113.9')), [])
    // On the first day of the logs no network is new.
    assert.equal(read(tool('01', '203.0.113.9'), tool('16', '203.0.113.9')).length, 1)
    assert.deepEqual(read(tool('16', '203.0.113.9', 'd3590ed6-52b3-4102-aeff-aad2292ab01c')), [])
  })

  void it('are guessing where five accounts are refused, and none of them signs in with it at its own place', () => {
    const guessed = (...lines: string[]): string[] => computed(lines.join('\n'), guessingByScript)
    const tries = ['a.diaz', 'k.berg', 'm.osei', 'l.novak', 'p.holm'].map(
      (user, i) => `2026-03-14T01:10:00Z signin ${user} 203.0.113.${10 + i} agent=fasthttp error=50126`,
    )
    assert.deepEqual(guessed(...tries), ['password-guessing a.diaz@contoso.example 203.0.113.10'])
    assert.deepEqual(guessed(...tries.slice(1)), [])
    // One sign-in says nothing of whose program it is.
    const used = ['10', '11'].map((day) => `2026-03-${day}T08:00:00Z signin j.reyes 198.51.100.20 agent=fasthttp`)
    assert.equal(guessed(...tries, used[0]!).length, 1)
    assert.deepEqual(guessed(...tries, ...used), [])
    const own = tries.map((line) => line.replace(/203\.0\.113\.\d+/, '198.51.100.20'))
    assert.deepEqual(guessed(...own), [])
  })
})

void describe('federated sign-ins without a token of AD FS', () => {
  const first = Date.parse('2026-03-01T08:00:00Z') / 86_400_000
  const people = ['ann', 'bea', 'cem', 'admin']
  const signIn = (user: string, day: number, client = '198.51.100.20'): CountedSignIn =>
    ({
      user: `${user}@contoso.example`,
      client,
      session: `${user}-${day}`,
      issuer: 'federated',
      result: 'success',
      rows: 1,
      key: '',
      day: String(Math.floor(first) + day),
      first: (first + day) * 86_400_000,
      last: (first + day) * 86_400_000,
    }) as CountedSignIn
  const of = (tokens: readonly (readonly [string, number])[], more: readonly CountedSignIn[]): string[] => {
    const days = new Map<string, Set<number>>()
    for (const [user, day] of tokens)
      days.set(`contoso\\${user}`, (days.get(`contoso\\${user}`) ?? new Set()).add(Math.floor(first) + day))
    const signIns = [...tokens.map(([user, day]) => signIn(user, day)), ...more]
    const cloud = new CloudRun([])
    const activity = { cloud, signIns, facts, places: new TenantPlaces(cloud, signIns, []) }
    return signInsWithoutToken(activity, { tokens: days, identities: new Identities() }).map(({ key }) => key)
  }
  const week = [0, 1, 2, 3, 4].flatMap((day) => people.map((user) => [user, day] as const))
  const others = week.filter(([user, day]) => user !== 'admin' || day < 2)
  const forged = signIn('admin', 4, '203.0.113.9')

  void it('are found where AD FS issued tokens to others', () => {
    assert.deepEqual(of(others, [forged]), ['admin@contoso.example'])
  })

  void it('are not where it issued one, at a known place, and where the logs cannot tell', () => {
    assert.deepEqual(of(week, [forged]), [])
    assert.deepEqual(of(others, [signIn('admin', 4)]), [], 'from the office')
    assert.deepEqual(of(others, [{ ...forged, session: 'admin-1' }]), [], 'a session that AD FS issued a token for')
    assert.deepEqual(of(others, [{ ...forged, session: '' }]), [], 'perhaps an older session')
    assert.deepEqual(of(others, [signIn('dan', 4, '203.0.113.9')]), [], 'an account that AD FS does not know')
    assert.deepEqual(of(others, [signIn('admin', 9, '203.0.113.9')]), [], 'after the end of its logs')
    const elsewhere = [3, 4].map((day) => signIn('admin', day, '203.0.113.9'))
    assert.deepEqual(of(others, elsewhere), [], 'a second server of AD FS issues tokens')
  })
})
