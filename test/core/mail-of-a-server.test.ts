import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { assess } from '../../src/assessment/assess.ts'
import { listEvidence } from '../../src/evidence/index.ts'
import { loadExposureFacts } from '../../src/knowledge/exposure-tables.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import { MailUse } from '../../src/activity/mailbox-use.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { reports, summaryJson, textReport } from '../../src/reports/index.ts'
import { askAll } from '../../src/rules/match.ts'
import { scanMember } from '../../src/scan/scan.ts'
import { inlinePool } from '../../src/run/pool.ts'
import { evidenceFiles } from '../../tools/simulator/build.ts'
import { readSpec } from '../../tools/simulator/spec.ts'

// Whole servers whose mail was read: what is certain with the EWS logs, what is left without them, and what a masked answer
// still says.

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'postern-mail-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const knowledge = await loadKnowledge({ packs: [join(root, 'packs')], rules: [], iocs: [] })
const facts = loadExposureFacts(join(root, 'knowledge'))
const pool = inlinePool(knowledge, null)

async function assessed(sample: string, keep: (path: string) => boolean, mask = false): Promise<Assessment> {
  const place = mkdtempSync(join(folder, 'server-'))
  for (const { path, bytes } of evidenceFiles(readSpec(join(root, 'packs', sample, 'server.yml')), 'ctree')) {
    if (!keep(path)) continue
    const file = join(place, ...path.split('/'))
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, bytes)
  }
  return assess([place], knowledge, facts, pool, { fallbackName: 'X', tool: 'test', mask })
}

const isEws = (path: string): boolean => /\/Logging\/Ews\//i.test(path)
const isMapi = (path: string): boolean => /\/Logging\/MapiHttp\//i.test(path)
const said = ({ mailboxes }: Assessment): string[] => mailboxes.map((m) => `${m.mailbox} ${m.certainty}`)

for (const [sample, mailboxes, where, log, tells] of [
  [
    'proxylogon-2021/samples/exploited/mail-theft',
    ['ceo@contoso.example', 'legal@contoso.example'],
    'ews',
    'EWS',
    isEws,
  ],
  ['proxyshell-2021/samples/exploited/mail-read', ['a.diaz@contoso.example'], 'ews', 'EWS', isEws],
  [
    'proxylogon-2021/samples/exploited/mail-read-by-mapi',
    ['ceo@contoso.example', 'legal@contoso.example'],
    'mapi',
    'MapiHttp',
    isMapi,
  ],
  ['proxyshell-2021/samples/exploited/mail-read-by-mapi', ['a.diaz@contoso.example'], 'mapi', 'MapiHttp', isMapi],
] as const) {
  test(`${sample}: certain with the ${log} logs, possible without them, and certain again`, async () => {
    const whole = await assessed(sample, () => true)
    assert.deepEqual(
      said(whole).filter((line) => !line.startsWith('any mailbox')),
      mailboxes.map((mailbox) => `${mailbox} joined`),
    )
    assert.match(whole.verdict.sentence, new RegExp(`Mail of ${mailboxes.length} mailbox`))
    assert.ok(whole.mailboxes.every(({ ordinary, scope }) => scope === 'server' || (ordinary?.mailboxes ?? 0) > 1))

    const less = await assessed(sample, (path) => !tells(path))
    assert.deepEqual(said(less), ['any mailbox of MAIL01 possible'])
    const [any] = less.mailboxes
    assert.deepEqual([any!.accessMethods, any!.scope], [[where], 'server'])
    assert.ok(any!.first! <= whole.mailboxes[0]!.first! && any!.requests > 0)
    assert.match(
      any!.undetermined.join(' '),
      new RegExp(`the ${log} log of these hours, which would show it, is not in the evidence`),
    )
    const certainty = where === 'mapi' ? '' : 'probably '
    assert.match(
      less.verdict.sentence,
      new RegExp(`Mail was ${certainty}taken; affected mailboxes cannot be determined`),
    )
    assert.deepEqual(JSON.parse(summaryJson([{ assessment: less, path: 'x' }])).servers[0].mailboxes, [])

    // The same logs, handed in after all: the same answer as at first.
    const back = await assessed(sample, () => true)
    assert.deepEqual(back.mailboxes, whole.mailboxes)
    assert.deepEqual(back.verdict, whole.verdict)
  })
}

test('a log that was cut at the hour of the access is a missing one, not one that says nothing was read', async () => {
  const sample = 'proxylogon-2021/samples/exploited/mail-read-by-mapi'
  const less = await assessed(sample, (path) => !/MapiHttp_20210303/i.test(path))
  assert.deepEqual(said(less), ['any mailbox of MAIL01 possible'])
  assert.match(less.mailboxes[0]!.undetermined.join(' '), /the MapiHttp log of these hours/)
  const other = await assessed(sample, (path) => !isEws(path))
  assert.deepEqual(said(other), ['ceo@contoso.example joined', 'legal@contoso.example joined'])
})

test('a list of mailboxes in the evidence makes one person of two names', async () => {
  const list =
    'Name,Alias,primarySmtpAddress,LegacyExchangeDN,ExchangeGuid\r\nCarl,chief,Carl.Eo@contoso.example,/o=C/cn=Recipients/cn=carl,8a1e0f5c-1111-4222-8333-444455556666\r\n'
  const file = join(mkdtempSync(join(folder, 'list-')), 'mailboxes.csv')
  writeFileSync(file, list)
  const [member] = (await listEvidence(file)).members
  const { mail, artifact } = await scanMember(member!, {
    rules: knowledge.rules,
    ask: askAll(knowledge.rules.events),
    zone: null,
  })
  assert.equal(artifact.parser, 'exported-csv')
  const use = new MailUse('run')
  use.addFile(mail, artifact.sha256)
  for (const name of [
    'chief',
    'carl',
    '/o=C/cn=Recipients/cn=CARL',
    '8a1e0f5c-1111-4222-8333-444455556666@contoso.example',
  ])
    assert.equal(use.identities.addressOf(name), 'carl.eo@contoso.example')
})

test('masked: no name of a person in any file, the same pseudonym in all, and the attacker as he is', async () => {
  const sample = 'proxylogon-2021/samples/exploited/mail-theft'
  const [open, hidden] = [await assessed(sample, () => true), await assessed(sample, () => true, true)]
  const files = (a: Assessment): string[] => [
    ...reports.map((report) => [...report.write(a)].join('')),
    summaryJson([{ assessment: a, path: 'x' }]),
    textReport(a, { color: false, width: 100 }),
  ]
  const people = /\b(?:ceo|legal)@contoso/i
  assert.ok(files(open).filter((text) => people.test(text)).length >= 5)
  for (const text of files(hidden)) assert.doesNotMatch(text, people)
  assert.deepEqual(said(hidden), ['person-1@contoso.example joined', 'person-2@contoso.example joined'])
  assert.deepEqual(
    [hidden.verdict, hidden.answers.map(({ is }) => is)],
    [open.verdict, open.answers.map(({ is }) => is)],
  )
  const [client] = open.mailboxes[0]!.clients
  assert.ok(JSON.stringify(hidden.findings).includes(client!))
  assert.deepEqual(hidden.mailboxes[0]!.clients, [client])
  assert.match(hidden.evidence.notes[0]!, /masked/)
  const again = await assessed(sample, () => true, true)
  assert.deepEqual([again.mailboxes, again.intrusions], [hidden.mailboxes, hidden.intrusions], 'the same each time')
})

test('a device that is new after an intrusion and asks from its address is named; others are not', async () => {
  const { mailboxes, findings } = await assessed('mail-taken/samples/compromised/device-of-the-intruder', () => true)
  assert.deepEqual(
    mailboxes.map((m) => `${m.mailbox} ${m.certainty} ${m.requests}`),
    ['director@contoso.example named 3'],
  )
  assert.match(mailboxes[0]!.undetermined.join(' '), /whether the device was allowed or quarantined/)
  const notes = findings.flatMap((finding) => (finding.accessMethod === 'mobile' ? finding.notes : [])).join('\n')
  assert.match(notes, /a device that was not seen before the intrusion \(newd1\); 3 requests/)
  // Each log alone tells the same; without weeks of logs before it nobody knows what is new.
  for (const log of [/\/HttpProxy\/Eas\//i, /\/W3SVC\d+\//i]) {
    const less = await assessed('mail-taken/samples/compromised/device-of-the-intruder', (path) => !log.test(path))
    assert.deepEqual(said(less).slice(0, 1), ['director@contoso.example named'], String(log))
  }
  const late = await assessed(
    'mail-taken/samples/compromised/device-of-the-intruder',
    (path) => !/(?:HttpProxy_2021(?:0[12]|030[12])|HttpProxy_2020|u_ex20|u_ex210[12]|u_ex21030[12])/i.test(path),
  )
  assert.deepEqual(said(late).slice(0, 2), ['director@contoso.example possible', 'legal@contoso.example possible'])
})

test('an address that asked for something before the intrusion makes no device the intruder’s, and a note says so', async () => {
  const { mailboxes, evidence } = await assessed('mail-taken/samples/exploited/device-at-a-shared-address', () => true)
  assert.deepEqual(mailboxes, [])
  assert.match(
    evidence.notes.join('\n'),
    /requests came from 203\.0\.113\.177 more than a day before the intrusion, too/,
  )
})

test('a new device of somebody whose mail was read is a lead where its address is new, too', async () => {
  const { intrusions } = await assessed('mail-taken/samples/exploited/device-after-the-mail-was-read', () => true)
  const lines = intrusions.flatMap(({ attackChain }) => attackChain).filter((line) => /mobile device/.test(line))
  assert.equal(lines.length, 1)
  assert.match(
    lines[0]!,
    /^2021-03-05 07:00:00 UTC, 192\.0\.2\.77: .* \(chief2\) for the mailbox of ceo@contoso\.example.* A lead, and no proof\.$/,
  )
})

for (const sample of [
  'proxylogon-2021/samples/no-evidence/ediscovery',
  'proxylogon-2021/samples/no-evidence/lawful-export',
  'proxylogon-2021/samples/no-evidence/failed-export',
  'proxylogon-2021/samples/no-evidence/mail-services-at-work',
  'mail-taken/samples/no-evidence/mail-at-work',
  'mail-taken/samples/no-evidence/use-at-work',
  'mail-taken/samples/exploited/work-beside-the-intrusion',
  'mail-taken/samples/exploited/use-beside-the-intrusion',
  'mail-taken/samples/exploited/device-at-a-shared-address',
])
  test(`${sample} gives no mailbox, certain, possible or unknown`, async () => {
    assert.deepEqual(said(await assessed(sample, () => true)), [])
  })
