import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import { Identities } from '../../src/activity/identities.ts'
import { type House, masked } from '../../src/assessment/pseudonymize.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import { fixture } from '../reports/fixture.ts'

const together = [['ann.archer@contoso.example', 'aarcher', 'S-1-5-21-1-2-3-1105', '/o=C/cn=Recipients/cn=ann1']]
const identities = new Identities()
for (const names of together) identities.add(names)

function house(users: readonly string[]): House {
  const hits = users.map((user) => ({ event: { user, fields: {} } }))
  return {
    together,
    mailboxes: [],
    identities,
    operators: ['Jane Doe'],
    found: [{ hits }] as unknown as FindingWithHits[],
  }
}

function maskedText(
  raw: string,
  users: readonly string[] = ['CONTOSO\\aarcher'],
  more: Partial<Assessment> = {},
): string {
  const [first] = fixture.findings
  const finding = { ...first!, locators: [{ ...first!.locators[0]!, raw }] }
  const out = masked({ ...fixture, mailboxes: [], findings: [finding], ...more }, house(users))
  return out.findings[0]!.locators[0]!.raw
}

const cases: readonly [raw: string, expected: string][] = [
  ['ann.archer@contoso.example', 'person-1@contoso.example'],
  ['Email=ANN.ARCHER%40Contoso.example&x=1', 'Email=person-1%40Contoso.example&x=1'],
  ['"Smtp~ann.archer@contoso.example"', '"Smtp~person-1@contoso.example"'],
  ['CONTOSO\\aarcher', 'CONTOSO\\person-1'],
  ['contoso\\\\AArcher,x', 'contoso\\\\person-1,x'],
  ['TargetUserName: aarcher', 'TargetUserName: person-1'],
  ['sid=S-1-5-21-1-2-3-1105', 'sid=S-1-5-21-person-1'],
  ['/o=C/cn=Recipients/cn=ann1;', '/o=C/cn=Recipients/cn=person-1;'],
  ['accepted by Jane Doe', 'accepted by person-1'],
  ['C:\\Users\\aarcher\\x.txt', 'C:\\Users\\person-1\\x.txt'],
  ['\\\\FS\\x\\aarcher.pst', '\\\\FS\\x\\person-1.pst'],
  ['aarcher-laptop xaarcher', 'aarcher-laptop xaarcher'],
  ['Bea.Baker@contoso.example and CONTOSO\\ben', 'person-1@contoso.example and CONTOSO\\person-2'],
  // Nobody of the house.
  ['thief@evil.example 203.0.113.5 python-requests/2.25.1', 'thief@evil.example 203.0.113.5 python-requests/2.25.1'],
  ['CONTOSO\\MAIL01$ HealthMailbox4f1c@contoso.example', 'CONTOSO\\MAIL01$ HealthMailbox4f1c@contoso.example'],
  ['S-1-5-18 S-1-5-21-1-2-3-500 NT AUTHORITY\\SYSTEM', 'S-1-5-18 S-1-5-21-1-2-3-500 NT AUTHORITY\\SYSTEM'],
  ['C:\\Users\\Public\\a.exe', 'C:\\Users\\Public\\a.exe'],
  ['/ews/exchange.asmx administrator', '/ews/exchange.asmx administrator'],
]
for (const [raw, expected] of cases)
  test(`masked: ${raw}`, () => {
    assert.equal(maskedText(raw), expected)
  })

test('an account that the intrusion made keeps its name', () => {
  const [first] = fixture.findings
  const made = {
    ...first!,
    persistence: 'account' as const,
    target: 'CONTOSO\\svc_evil',
    locators: [{ ...first!.locators[0]!, raw: 'CONTOSO\\svc_evil added by CONTOSO\\aarcher' }],
  }
  const out = masked({ ...fixture, mailboxes: [], findings: [made] }, house(['CONTOSO\\aarcher', 'CONTOSO\\svc_evil']))
  assert.equal(out.findings[0]!.locators[0]!.raw, 'CONTOSO\\svc_evil added by CONTOSO\\person-1')
})

test('words of ours stay, whatever an account is called', () => {
  const [first] = fixture.findings
  const finding = { ...first!, title: 'Legal notice', locators: [{ ...first!.locators[0]!, raw: 'user=legal' }] }
  const out = masked({ ...fixture, mailboxes: [], findings: [finding] }, house(['CONTOSO\\legal']))
  assert.equal(out.findings[0]!.title, 'Legal notice')
  assert.equal(out.findings[0]!.locators[0]!.raw, 'user=person-1')
})

const cmdlets: readonly [cmdlet: string, parameters: string, expected: string][] = [
  ['Get-App', '-Mailbox "m.osei"', '-Mailbox "person-1"'],
  ['New-MailboxRestoreRequest', '-TargetMailbox m.osei', '-TargetMailbox person-1'],
  ['Set-MailboxAuditBypassAssociation', '-Identity "Mina Osei"', '-Identity "person-1"'],
  ['Add-MailboxPermission', '-User m.osei -AccessRights "FullAccess"', '-User person-1 -AccessRights "FullAccess"'],
  // Names of servers, databases and requests.
  ['Set-TransportService', '-Identity "MAIL01"', '-Identity "MAIL01"'],
  ['Remove-MailboxExportRequest', '-Identity "export 1"', '-Identity "export 1"'],
  ['Set-MailboxDatabase', '-Identity "DB01"', '-Identity "DB01"'],
]
for (const [Cmdlet, Parameters, expected] of cmdlets)
  test(`masked: ${Cmdlet} ${Parameters}`, () => {
    const [first] = fixture.findings
    const finding = { ...first!, locators: [{ ...first!.locators[0]!, raw: Parameters }] }
    const hits = [{ event: { user: null, fields: { Cmdlet, Parameters } } }]
    const found = [{ hits }] as unknown as FindingWithHits[]
    const out = masked({ ...fixture, mailboxes: [], findings: [finding] }, { ...house([]), operators: [], found })
    assert.equal(out.findings[0]!.locators[0]!.raw, expected)
  })

test('names with a hyphen are names, and no pattern', () => {
  const users = ['CONTOSO-AD\\jean-luc', 'Anne-Marie O’Neill', 'a.b+c*(d)']
  assert.equal(maskedText('CONTOSO-AD\\jean-luc came', users), 'CONTOSO-AD\\person-1 came')
  assert.equal(maskedText('seen: Anne-Marie O’Neill.', users), 'seen: person-1.')
})
