import assert from 'node:assert/strict'
import { test } from 'node:test'
import { entered } from '../core/ablation.ts'
import { damaged } from '../core/damage.ts'
import { casesOf } from '../tenth.ts'
import { weakerThan } from './changed-evidence.ts'
import {
  actBefore,
  forgedCounts,
  forgedExplanations,
  imapBefore,
  placeBefore,
  proxyAfter,
  secondSeries,
} from './forged-evidence.ts'
import { proxyRows, rowsBefore } from './forged-rows.ts'

// An intruder adds files that would explain his acts: other people who use his page, earlier days of the same, a harmless
// page of the same name, a copy of what a page was compiled to. Only what the server wrote itself explains.

for (const name of casesOf([
  'any-intrusion/compromised/sprayed-over-imap',
  'any-intrusion/compromised/forward-and-nameless-rule',
  'any-intrusion/compromised/export-to-its-own-share',
  'any-intrusion/compromised/right-given-to-itself',
  'any-intrusion/compromised/encoded-command-below-the-worker',
  'any-intrusion/compromised/guessed-at-the-form',
])) {
  test(`${name}: nothing that is added makes the intruder one of the organization's people`, async () => {
    const server = entered.find((one) => one.name === name)!
    const weaker: string[] = []
    const runs = await damaged(
      server,
      (files, whole) => forgedCounts(whole, files),
      (damage, result, whole) => {
        if (result.verdict.is !== whole.verdict.is) weaker.push(`${damage.name}: ${result.verdict.is}`)
      },
    )
    assert.ok(runs > 2)
    assert.deepEqual(weaker, [])
  })
}

for (const name of casesOf([
  'any-intrusion/compromised/mail-sent-to-many-from-a-new-network',
  'any-intrusion/compromised/script-from-a-new-network',
])) {
  test(`${name}: a place stays new, whatever days and series are added`, async () => {
    const server = entered.find((one) => one.name === name)!
    const cleared: string[] = []
    await damaged(
      server,
      (files, whole) => [...secondSeries(files), ...placeBefore(files, whole)],
      (damage, result) => {
        if (result.verdict.is === 'no-evidence') cleared.push(damage.name)
      },
    )
    assert.deepEqual(cleared, [])
  })
}

for (const name of casesOf([
  'post-exploitation/compromised/commands-to-a-page-elsewhere',
  'any-intrusion/compromised/sprayed-over-ews',
  'any-intrusion/compromised/attachments-opened-from-a-guessed-session',
  'any-intrusion/compromised/forward-set-in-a-guessed-session',
])) {
  test(`${name}: people who read their mail over IMAP at his address make it none of the organization's`, async () => {
    const server = entered.find((one) => one.name === name)!
    const weaker: string[] = []
    const runs = await damaged(
      server,
      (_, whole) => imapBefore(whole),
      (damage, result, whole) => {
        if (result.verdict.is !== whole.verdict.is) weaker.push(`${damage.name}: ${result.verdict.is}`)
      },
    )
    assert.equal(runs, 1)
    assert.deepEqual(weaker, [])
  })
}

for (const name of casesOf([
  'any-intrusion/compromised/sprayed-exchange-2010',
  'any-intrusion/compromised/mail-sent-to-many-from-a-new-network',
])) {
  test(`${name}: days around those of the server explain no act`, async () => {
    const server = entered.find((one) => one.name === name)!
    const cleared: string[] = []
    const runs = await damaged(
      server,
      (files, whole) => [...proxyAfter(whole), ...actBefore(files, whole)],
      (damage, result) => {
        if (result.verdict.is === 'no-evidence') cleared.push(damage.name)
      },
    )
    assert.equal(runs, 2)
    assert.deepEqual(cleared, [])
  })
}

for (const name of casesOf([
  'any-intrusion/compromised/sprayed-over-ews',
  'any-intrusion/compromised/attachments-opened-from-a-guessed-session',
  'any-intrusion/compromised/forward-set-in-a-guessed-session',
  'any-intrusion/compromised/impersonated-from-a-new-network',
  'any-intrusion/compromised/sprayed-exchange-2013',
  'any-intrusion/compromised/one-account-guessed',
  'any-intrusion/compromised/mail-protocols-after-an-intrusion',
])) {
  test(`${name}: rows that only the logs of IIS have make no history`, async () => {
    const server = entered.find((one) => one.name === name)!
    const weaker: string[] = []
    const runs = await damaged(
      server,
      (files, whole) => [
        ...rowsBefore(files, whole, '/owa/'),
        ...rowsBefore(files, whole, '/ews/exchange.asmx', true),
        ...rowsBefore(files, whole, '/autodiscover/autodiscover.xml'),
      ],
      (damage, result, whole) => {
        if (result.verdict.is !== whole.verdict.is) weaker.push(`${damage.name}: ${result.verdict.is}`)
        if (!result.evidence.notes.some((note) => note.includes('HttpProxy logs of the same hours lack')))
          weaker.push(`${damage.name}: not reported`)
      },
    )
    assert.equal(runs, 3)
    assert.deepEqual(weaker, [])
  })

  test(`${name}: rows of which HttpProxy has no record, or that make a proxy of the intruder, change nothing`, async () => {
    const server = entered.find((one) => one.name === name)!
    const weaker: string[] = []
    const runs = await damaged(
      server,
      (files, whole) => [
        ...rowsBefore(files, whole, '/rpc/rpcproxy.dll'),
        ...rowsBefore(files, whole, '/owa/auth/logon.aspx'),
        ...rowsBefore(files, whole, '/helpdesk/', true),
        ...proxyRows(files, whole, true),
        ...proxyRows(files, whole, false),
      ],
      (damage, result, whole) => {
        if (result.verdict.is !== whole.verdict.is) weaker.push(`${damage.name}: ${result.verdict.is}`)
      },
    )
    assert.equal(runs, 5)
    assert.deepEqual(weaker, [])
  })
}

for (const name of casesOf([
  'proxylogon-2021/compromised/only-the-compiled-page',
  'proxyshell-2021/compromised/certificate-page',
  'any-intrusion/compromised/page-of-one-client',
])) {
  test(`${name}: nothing that is added explains what happened`, async () => {
    const server = entered.find((one) => one.name === name)!
    const weaker: string[] = []
    const runs = await damaged(
      server,
      (files, whole) => {
        const known = new Map(files.map(({ path, bytes }) => [path.replace(/\.enc$/, ''), bytes]))
        return forgedExplanations(whole, (path) => known.get(path))
      },
      (damage, result, whole) => {
        if (result.verdict.is !== whole.verdict.is) weaker.push(`${damage.name}: ${result.verdict.is}`)
        weaker.push(...weakerThan(whole.answers, result.answers, damage.name))
      },
    )
    assert.ok(runs > 10)
    assert.deepEqual(weaker, [])
  })
}
