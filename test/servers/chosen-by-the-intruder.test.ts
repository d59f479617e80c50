import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Assessment } from '../../src/model/assessment.ts'
import type { EvidenceFile } from '../../tools/simulator/build.ts'
import { entered } from '../core/ablation.ts'
import { type Damage, damaged } from '../core/damage.ts'
import { casesOf } from '../tenth.ts'
import { dateOf, named, textOf } from './changed-evidence.ts'

// What an intruder chooses without changing a file of the server: further attempts that say little, and the name of an account.

const SITE = /\/W3SVC1\/u_ex(\d{6})\.log$/i

for (const name of casesOf([
  'any-intrusion/compromised/sprayed-over-ews',
  'any-intrusion/compromised/sprayed-exchange-2013',
]))
  test(`${name}: hundreds of doubtful logons after guessing do not hide the one that is certain`, async () => {
    const runs = await damaged(
      entered.find((one) => one.name === name)!,
      (files, whole) => doubtfulLogons(files, whole),
      (_, { verdict }, whole) => assert.equal(verdict.is, whole.verdict.is),
    )
    assert.equal(runs, 1)
  })

for (const name of casesOf([
  'any-intrusion/compromised/one-account-guessed',
  'mail-taken/compromised/impersonation-given-to-itself',
]))
  test(`${name}: under the name of an account of Exchange itself it is still an intrusion`, async () => {
    const runs = await damaged(
      entered.find((one) => one.name === name)!,
      (files, whole) => asHealthMailbox(files, whole),
      (_, { verdict }) => assert.notEqual(verdict.is, 'no-evidence'),
    )
    assert.equal(runs, 1)
  })

for (const name of casesOf([
  'any-intrusion/compromised/appliance-impersonates-directors',
  'any-intrusion/compromised/inboxes-opened-to-everyone-from-a-new-network',
  'mail-taken/compromised/impersonated-from-another-machine-inside',
  'mail-taken/compromised/rights-given-by-the-machine-then-read-from-outside',
]))
  test(`${name}: mailboxes with names of those that Exchange has for itself are mailboxes where a person opens them`, async () => {
    const runs = await damaged(
      entered.find((one) => one.name === name)!,
      (files, whole) => mailboxesOfExchange(files, whole),
      (damage, { verdict }) => assert.notEqual(verdict.is, 'no-evidence', damage.name),
    )
    assert.equal(runs, 3)
  })

for (const [name, decoys] of casesOf([
  ['post-exploitation/compromised/commands-to-a-page-elsewhere', requestsOfAnotherPage],
  ['mail-taken/compromised/impersonated-from-another-machine-inside', rightsOfOthers],
  ['any-intrusion/compromised/mail-sent-to-many-from-a-new-network', newsletters],
] as const))
  test(`${name}: what is done hundreds of times leaves room for what is done once`, async () => {
    const runs = await damaged(
      entered.find((one) => one.name === name)!,
      (files, whole) => decoys(files, whole),
      (_, { answers }, whole) =>
        assert.deepEqual(
          answers.map(({ question, is }) => [question, is]),
          whole.answers.map(({ question, is }) => [question, is]),
        ),
    )
    assert.equal(runs, 1)
  })

/** The requests of the intruder two hundred times for a page that others use, too, which takes nothing from them. */
function requestsOfAnotherPage(files: readonly EvidenceFile[], whole: Assessment): Damage[] {
  const [client = ''] = named(whole).clients
  const stem = whole.findings.find((one) => one.client === client)!.target!
  const file = files.find((one) => SITE.test(one.path) && textOf(one).includes(client))!
  const lines = textOf(file).split('\n')
  const at = lines.findIndex((line) => line.includes(client))
  const other = lines[at]!.replace(stem, '/helpdesk/form.aspx')
  const decoys = Array.from({ length: 200 }, (_, i) => (i < 5 ? other.replace(client, `198.51.100.${i + 20}`) : other))
  const page = '<%@ Page Language="C#" %><html><body>Ask us</body></html>\n'
  return [
    {
      name: 'another page',
      files: new Map([
        [file.path, Buffer.from([...lines.slice(0, at), ...decoys, ...lines.slice(at)].join('\n'))],
        ['C/inetpub/wwwroot/helpdesk/form.aspx', Buffer.from(page)],
      ]),
    },
  ]
}

/** Two hundred accounts send a newsletter of a hundred and ten recipients in the hour of the intruder, in front of his mail. */
function newsletters(files: readonly EvidenceFile[], whole: Assessment): Damage[] {
  const [user = ''] = named(whole).users
  const isOfDay = (path: string): boolean =>
    whole.findings.some(
      ({ log, is, locators }) => log === 'message-tracking' && is === 'likely' && locators[0]!.path === path,
    )
  const file = files.find(({ path }) => isOfDay(path))!
  const lines = textOf(file).split('\n')
  const at = lines.findIndex((line) => line.includes(`,${user},`))
  const own = lines.slice(at).filter((line) => line.includes(`,${user},`))
  const sent = Array.from({ length: 200 }, (_, i) =>
    own.slice(0, 110).map((line) => line.replaceAll(user, `news${i}@contoso.example`)),
  ).flat()
  const text = [...lines.slice(0, at), ...sent, ...lines.slice(at)].join('\n')
  return [{ name: 'newsletters', files: new Map([[file.path, Buffer.from(text)]]) }]
}

/** The right that the intruder gave to himself is given by an administrator to two hundred other accounts before. */
function rightsOfOthers(files: readonly EvidenceFile[], whole: Assessment): Damage[] {
  const finding = whole.findings.find(({ log, is }) => log === 'msexchange-management' && is === 'yes')!
  const file = files.find(({ path }) => path === finding.locators[0]!.path)!
  const lines = textOf(file).split('\n')
  const user = finding.user!.replace(/^.*[\\/]|@.*$/g, '')
  const at = lines.findIndex((line) => line.includes(user) && line.includes(finding.target!))
  const by = lines[at]!.replaceAll(finding.user!, 'contoso.example/Users/Administrator')
  const decoys = Array.from({ length: 200 }, (_, i) => by.replaceAll(user, `svc-${i}`))
  const text = [...lines.slice(0, at), ...decoys, ...lines.slice(at)].join('\n')
  return [{ name: 'rights of others', files: new Map([[file.path, Buffer.from(text)]]) }]
}

/** Sixty addresses guess at ten accounts each, and each of these accounts is served once in a network that no account used before. */
function doubtfulLogons(files: readonly EvidenceFile[], whole: Assessment): Damage[] {
  const day = dateOf(Math.min(...named(whole).times))
    .slice(2)
    .replaceAll('-', '')
  const file = files.find(({ path }) => SITE.exec(path)?.[1] === day)!
  const lines = textOf(file).split('\n')
  const head = lines.findIndex((line) => line.startsWith('#Fields:'))
  const columns = lines[head]!.trim().split(' ').slice(1)
  const first = lines
    .slice(head + 1)
    .find((line) => line.trim() !== '')!
    .trimEnd()
    .split(' ')
  const row = (status: string, account: number, client: string): string => {
    const is: Record<string, string> = {
      'cs-method': 'POST',
      'cs-uri-stem': '/ews/exchange.asmx',
      'cs-uri-query': '-',
      'cs-username': `CONTOSO\\aa${account}`,
      'c-ip': client,
      'sc-status': status,
      'sc-substatus': status === '200' ? '0' : '1',
      'sc-win32-status': status === '200' ? '0' : '1326',
    }
    return `${columns.map((column, i) => is[column] ?? first[i]).join(' ')}\r`
  }
  const accounts = Array.from({ length: 10 }, (_, i) => i)
  const guessed = Array.from({ length: 60 }, (_, i) => accounts.map((one) => row('401', one, `192.80.${i}.9`))).flat()
  const served = accounts.map((one) => row('200', one, `192.80.${100 + one}.7`))
  const changed = [...lines.slice(0, head + 1), ...guessed, ...served, ...lines.slice(head + 1)].join('\n')
  return [{ name: 'doubtful logons', files: new Map([[file.path, Buffer.from(changed)]]) }]
}

/** Everything that the account of the intrusion did, under a name that Exchange gives to its health checks. */
function asHealthMailbox(files: readonly EvidenceFile[], whole: Assessment): Damage[] {
  const users = named(whole).users.map((user) => user.replace(/^.*\\|@.*$/g, ''))
  const all = new RegExp(
    `(?<![\\w.-])(?:${users.map((user) => user.replaceAll('.', '\\.')).join('|')})(?![\\w-])`,
    'gi',
  )
  const changed = files.flatMap((file): [string, Buffer][] => {
    const text = textOf(file)
    const other = text.replaceAll(all, 'HealthMailbox0659e34')
    return other === text ? [] : [[file.path, Buffer.from(other)]]
  })
  return [{ name: 'as a health mailbox', files: new Map(changed) }]
}

/** The mailboxes that were opened under names that mailboxes of Exchange have. */
function mailboxesOfExchange(files: readonly EvidenceFile[], { mailboxes }: Assessment): Damage[] {
  const opened = mailboxes.flatMap(({ scope, certainty, mailbox }) =>
    scope === 'mailbox' && certainty !== 'possible' ? [mailbox.replace(/@.*$/, '')] : [],
  )
  return ['HealthMailbox0659e3', 'DiscoverySearchMailbox{D919BA05-46A6-415f-80AD-7E09334BB85', 'Migration.Team'].map(
    (to) => {
      const changed = files.flatMap((file): [string, Buffer][] => {
        const text = textOf(file)
        const other = opened.reduce(
          (all, name, i) =>
            all.replaceAll(
              new RegExp(`(?<![\\w.-])${name.replaceAll('.', '\\.')}(?![\\w.-])`, 'gi'),
              `${to}${i}${to.includes('{') ? '}' : ''}`,
            ),
          text,
        )
        return other === text ? [] : [[file.path, Buffer.from(other)]]
      })
      return { name: to, files: new Map(changed) }
    },
  )
}
