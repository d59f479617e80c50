import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { place, write } from './command.ts'
import { runHere } from './in-process.ts'

const folder = place()

type Summary = {
  readonly servers: readonly {
    readonly name: string
    readonly path: string
    readonly answers: Record<string, string>
  }[]
}

const record = (more: Record<string, unknown>): string =>
  `${JSON.stringify({
    CreationTime: '2025-08-20T02:55:41',
    RecordType: 1,
    Workload: 'Exchange',
    ResultStatus: 'True',
    UserId: 'm.lind@contoso.example',
    OrganizationName: 'contoso.onmicrosoft.com',
    ClientIP: '203.0.113.9',
    ...more,
  })}\n`

const hides = [
  { Name: 'Name', Value: '..' },
  { Name: 'ForwardTo', Value: 'drop@mail.example' },
  { Name: 'DeleteMessage', Value: 'True' },
]

async function assessed(
  name: string,
  text: string,
  more: readonly string[] = [],
): Promise<[number | null, Summary, string]> {
  const evidence = write(join(folder, name), { 'audit.jsonl': text })
  const out = join(folder, `${name}-out`)
  const done = await runHere(['assess', evidence, '--out', out, ...more])
  return [done.status, JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as Summary, done.out]
}

test('a tenant alone has its name, its product and an answer', async () => {
  const text = record({ Id: '1', Operation: 'New-InboxRule', Parameters: hides })
  const [status, { servers }, said] = await assessed('tenant', text)
  assert.equal(status, 5)
  assert.equal(servers[0]!.name, 'CONTOSO.ONMICROSOFT.COM')
  assert.match(said, /Exchange Online/)
  assert.equal(servers[0]!.answers['mail-taken'], 'likely')
  assert.equal(servers[0]!.answers.exposed, 'not-asked')
})

test('what a tenant is told to do is what can be done in a tenant', async () => {
  const text = record({ Id: '1', Operation: 'New-InboxRule', Parameters: hides })
  const [, { servers }] = await assessed('to-do', text)
  const written = readFileSync(join(folder, 'to-do-out', servers[0]!.path, 'assessment.json'), 'utf8')
  const ids = (JSON.parse(written) as { actions: { id: string }[] }).actions.map(({ id }) => id)
  assert.equal(ids[0], 'preserve-tenant')
  for (const id of ['contain', 'rebuild', 'patch', 'patch-march-2021', 'harden']) assert.ok(!ids.includes(id), id)
})

test('a tenant with ordinary rows cannot tell, and is not called free of anything', async () => {
  const text = record({ Id: '1', Operation: 'MailItemsAccessed', MailboxOwnerUPN: 'm.lind@contoso.example' })
  const [status, { servers }] = await assessed('ordinary', text)
  assert.equal(status, 3)
  assert.equal(servers[0]!.answers['mail-taken'], 'cannot-tell')
})

test('what a search did not give stands in the report', async () => {
  const row = JSON.stringify({
    CreationDate: '2025-08-20T02:55:41Z',
    ResultIndex: 5_000,
    ResultCount: 61_204,
    AuditData: record({ Id: '1', Operation: 'Send' }),
  })
  const [, , said] = await assessed('cut', `[${row}]`)
  assert.match(said.replace(/\s+/g, ' '), /a search found 61204 records, of which 5000 were fetched/)
})

// In the form of public rules for these log sources: the names that they ask by, and nothing of ours.
const rules: Readonly<Record<string, string>> = {
  domain: `product: m365
  service: exchange
detection:
  selection: { eventSource: Exchange, eventName: Add-FederatedDomain, status: success }`,
  alert: `product: m365
  service: threat_management
detection:
  selection: { eventSource: SecurityComplianceCenter, eventName: Suspicious inbox forwarding, status: success }`,
  forwarding: `product: m365
  service: audit
detection:
  selection: { 'Operation|contains': [New-InboxRule], 'Parameters|contains': [ForwardTo] }`,
  consent: `product: azure
  service: auditlogs
detection:
  selection: { properties.message: Consent to application }`,
  logon: `product: azure
  service: signinlogs
detection:
  selection: { ResultType: 50126, AuthenticationRequirement: singleFactorAuthentication, DeviceDetail.isCompliant: false }`,
}

test('public rules for Microsoft 365 and Azure run as they are', async () => {
  const own = write(
    join(folder, 'rules'),
    Object.fromEntries(
      Object.entries(rules).map(([name, text], i) => [
        `${name}.yml`,
        `title: Public ${name}\nid: 0f0f0f0f-0000-4000-8000-00000000000${i}\nlogsource:\n  ${text}\n  condition: selection\nlevel: medium\n`,
      ]),
    ),
  )
  const text = [
    record({ Id: '1', Operation: 'Add-FederatedDomain' }),
    record({
      Id: '2',
      Operation: 'AlertTriggered',
      Name: 'Suspicious inbox forwarding',
      Workload: 'SecurityComplianceCenter',
      ResultStatus: 'Succeeded',
    }),
    record({ Id: '3', Operation: 'New-InboxRule', Parameters: hides }),
    record({ Id: '4', Operation: 'Consent to application.', Workload: 'AzureActiveDirectory', RecordType: 8 }),
    `${JSON.stringify({ createdDateTime: '2025-08-20T03:00:00Z', userPrincipalName: 'm.lind@contoso.example', appDisplayName: 'x', ipAddress: '203.0.113.9', authenticationRequirement: 'singleFactorAuthentication', status: { errorCode: 50126 }, deviceDetail: { isCompliant: false } })}\n`,
  ].join('')
  const [, { servers }] = await assessed('public', text, ['--rules', own])
  const findings = readFileSync(join(folder, 'public-out', servers[0]!.path, 'findings.jsonl'), 'utf8')
  for (const name of Object.keys(rules)) assert.ok(findings.includes(`"Public ${name}"`), name)
})
