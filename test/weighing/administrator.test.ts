import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { administrationIn } from '../../src/activity/administration.ts'
import { administrator } from '../../src/assessment/weighing/explanations/administrator.ts'
import { grantedRight } from '../../src/assessment/weighing/explanations/granted-right.ts'
import { mailForEveryone } from '../../src/assessment/weighing/explanations/mail-for-everyone.ts'
import { ownShare } from '../../src/assessment/weighing/explanations/own-share.ts'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import type { Event } from '../../src/model/event.ts'
import { found } from './made.ts'
import { contextOf } from './made-context.ts'

const admin = 'contoso.example/Users/Admin'
const order = (what: string, cmdlet: string, parameters: string, more: object = {}): FindingWithHits =>
  found(what, {
    log: 'msexchange-management',
    user: admin,
    fields: { Cmdlet: cmdlet, Parameters: parameters },
    ...more,
  })
const subject = { kind: 'export', key: 'export\0x', name: 'x' } as const
const exported = order(
  'collection export weak effect',
  'New-MailboxExportRequest',
  '-Mailbox "ann" -FilePath "D:\\x.pst"',
)

describe('an account that administers', () => {
  const of = (own: FindingWithHits, others: readonly FindingWithHits[] = [], days?: readonly number[]) =>
    administrator({ subject, found: [own] }, contextOf([own, ...others], days))

  it('explains what it ordered: with two days before well, with one weakly, without any not', () => {
    assert.equal(of(exported)?.strength, 'strong')
    assert.deepEqual(of(exported)?.answers, ['provenance', 'reach', 'effect', 'change'])
    assert.equal(of(exported, [], [5])?.strength, 'weak')
    assert.equal(of(exported, [], []), null)
    assert.equal(of(exported, [], [80, 81]), null)
  })

  it('is not explained by its own days, and never where the act serves itself', () => {
    assert.equal(
      of(order('persistence grant weak content', 'Add-MailboxPermission', '-Identity "ann" -User "admin"')),
      null,
    )
    assert.ok(of(order('persistence grant weak content', 'Add-MailboxPermission', '-Identity "ann" -User "bob"')))
    assert.equal(
      of(
        order(
          'persistence grant weak content',
          'Set-Mailbox',
          '-Identity "ann" -ForwardingSmtpAddress "smtp:Admin@contoso.example"',
        ),
      ),
      null,
    )
  })

  it('explains nothing while it has a sign, or after a hostile act on the server', () => {
    const guessed = found('access account strong guessing', { user: 'CONTOSO\\admin', times: ['2026-03-02T00:00:00Z'] })
    assert.equal(of(exported, [guessed]), null)
    const shell = found('execution program strong effect', {
      time: '2026-03-01T00:00:00Z',
      first: '2026-03-01T00:00:00Z',
    })
    assert.equal(of(exported, [shell]), null)
    const later = { time: '2026-03-09T00:00:00Z', first: '2026-03-09T00:00:00Z', last: '2026-03-09T00:00:00Z' }
    assert.ok(of(exported, [found('execution program strong effect', later)]))
  })

  it('is no explanation of mail that an account reads', () => {
    const read = found('collection account weak reach', { user: admin, log: 'ews' })
    assert.equal(of(read), null)
  })
})

describe('days of administration', () => {
  const event = (cmdlet: string, parameters = '', more: object = {}): Event =>
    ({
      log: 'msexchange-management',
      user: admin,
      time: 86_400_000,
      fields: { Cmdlet: cmdlet, Parameters: parameters, Succeeded: true },
      ...more,
    }) as unknown as Event

  it('are those of cmdlets that change something of others', () => {
    assert.equal(administrationIn(event('Set-Mailbox', '-Identity "ann"')), 'administered/1/admin')
    for (const other of ['Get-Mailbox', 'New-MailboxExportRequest', 'New-InboxRule', 'New-ManagementRoleAssignment'])
      assert.equal(administrationIn(event(other)), null, other)
    assert.equal(administrationIn(event('Set-Mailbox', '-Identity "admin" -Languages "de"')), null)
    assert.equal(administrationIn(event('New-Mailbox', '', { user: 'MAIL01$' })), null)
    assert.equal(
      administrationIn(event('New-Mailbox', '', { fields: { Cmdlet: 'New-Mailbox', Succeeded: false } })),
      null,
    )
  })
})

describe('a right that another account gave before', () => {
  const read = (mailbox: string, more: object = {}): FindingWithHits =>
    found('collection account weak reach', {
      user: 'CONTOSO\\bob',
      log: 'ews',
      fields: { ActAsUser: mailbox },
      ...more,
    })
  const grant = (by: string, to: string, time: string): FindingWithHits =>
    order('context grant context content', 'Add-MailboxPermission', `-Identity "ann" -User "${to}"`, {
      user: by,
      times: [time],
    })
  const account = { kind: 'account', key: 'account\0bob', name: 'bob' } as const
  const of = (own: FindingWithHits, others: readonly FindingWithHits[]) =>
    grantedRight({ subject: account, found: [own] }, contextOf([own, ...others]))

  it('explains reach: by an administrator well, by another weakly', () => {
    assert.equal(of(read('ann@contoso.example'), [grant(admin, 'bob', '2026-02-01T00:00:00Z')])?.strength, 'strong')
    assert.equal(of(read('ann'), [grant('contoso.example/Users/Eve', 'bob', '2026-02-01T00:00:00Z')])?.strength, 'weak')
  })

  it('does not where it came later, is for another mailbox, or was given by its own account', () => {
    assert.equal(of(read('ann'), [grant(admin, 'bob', '2026-03-05T00:00:00Z')]), null)
    assert.equal(of(read('director'), [grant(admin, 'bob', '2026-02-01T00:00:00Z')]), null)
    assert.equal(of(read('ann'), [grant('contoso.example/Users/bob', 'bob', '2026-02-01T00:00:00Z')]), null)
  })
})

describe('a share of the organization', () => {
  const of = (path: string, others: readonly FindingWithHits[] = []) => {
    const own = order('collection export weak effect', 'New-MailboxExportRequest', `-Mailbox "ann" -FilePath "${path}"`)
    return ownShare({ subject, found: [own] }, contextOf([own, ...others]))
  }

  it('explains an export to it', () => {
    for (const path of [
      '\\\\fs01\\exports\\ann.pst',
      '\\\\10.0.0.7\\x\\ann.pst',
      '\\\\fs01.contoso.example\\x\\ann.pst',
    ])
      assert.equal(of(path)?.strength, 'strong', path)
  })

  it('is no administrative share, no web root, not the server itself, nothing outside, and nothing after an intruder', () => {
    for (const path of [
      '\\\\fs01\\C$\\x\\ann.pst',
      '\\\\localhost\\exports\\ann.pst',
      '\\\\127.0.0.1\\exports\\ann.pst',
      '\\\\MAIL01\\exports\\ann.pst',
      '\\\\fs01\\inetpub\\wwwroot\\ann.pst',
      '\\\\fs01\\exports\\ann.aspx',
      '\\\\203.0.113.9\\x\\ann.pst',
      '\\\\files.example.org\\x\\ann.pst',
      'D:\\exports\\ann.pst',
    ])
      assert.equal(of(path), null, path)
    const shell = found('execution program strong effect', {
      time: '2026-03-01T00:00:00Z',
      first: '2026-03-01T00:00:00Z',
    })
    assert.equal(of('\\\\fs01\\exports\\ann.pst', [shell]), null)
  })
})

describe('mail of everyone', () => {
  const of = (own: FindingWithHits, days?: readonly number[]) =>
    mailForEveryone({ subject: { kind: 'inbox-rule', key: 'x', name: 'x' }, found: [own] }, contextOf([own], days))
  const journal = order(
    'persistence inbox-rule weak content',
    'New-JournalRule',
    '-JournalEmailAddress "archive@contoso.example"',
  )

  it('is explained by an administrator who sets its rule, and by no other account', () => {
    assert.equal(of(journal)?.strength, 'strong')
    assert.equal(of(journal, []), null)
    assert.equal(of(order('persistence inbox-rule weak content', 'New-InboxRule', '-Mailbox "ann"')), null)
    assert.equal(
      of(
        order('persistence inbox-rule weak content', 'New-JournalRule', '-JournalEmailAddress "admin@contoso.example"'),
      ),
      null,
    )
  })
})
