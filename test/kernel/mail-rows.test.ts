import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { bothWays, keepFor, scansOf } from './both-ways.ts'
import { Chance } from './logs.ts'
import { seedsOf } from '../tenth.ts'

const folder = mkdtempSync(join(tmpdir(), 'postern-mail-'))
after(() => rmSync(folder, { recursive: true }))

const forms = {
  Ews: 'DateTime,RequestId,AuthenticatedUser,UserAgent,ClientIpAddress,ServerHostName,SoapAction,HttpStatus,ResponseSize,ImpersonatedUser,ActAsUser,GenericInfo',
  MapiHttp:
    'DateTime,RequestId,MapiRequestId,RequestType,HttpStatusCode,MailboxId,ActAsUserEmail,ClientIP,ClientSoftware,AuthenticatedUser,RopIds,ResponseSize',
} as const

for (const [form, columns] of Object.entries(forms))
  for (const seed of seedsOf(1, 4))
    test(`rows of ${form} are counted by mailbox as their events are, seed ${seed}`, async () => {
      const chance = new Chance(seed)
      const names = columns.split(',')
      const rows = Array.from({ length: 3000 }, (_, i) => names.map((name) => valueOf(chance, name, i)).join(','))
      const end = seed % 2 === 0 ? '\n' : '\r\n'
      const head = ['#Software: Microsoft Exchange Server', `#Log-type: ${form} Logs`, `#Fields: ${columns}`]
      const path = `C/Program Files/Microsoft/Exchange Server/V15/Logging/${form}/${form}_1.LOG`
      const bytes = Buffer.from(`${[...head, ...rows].join(end)}${end}`)
      const [expected, plain, fast] = await scansOf(folder, path, bytes, await bothWays({ all: false }))
      assert.deepEqual(plain, expected)
      assert.deepEqual(fast, expected)
      assert.ok(expected!.mail.cells.length > 300, `${expected!.mail.cells.length}`)
    })

// Rules ask of one column or another, and compare columns; many rows are odd, layouts change, and mailboxes are many.
const columns = {
  short:
    'DateTime,RequestId,RequestType,HttpStatusCode,ResponseCode,StatusCode,AuthenticatedUserEmail,UPN,MailboxId,ActAsUserEmail,ClientIP,ClientSoftware,AuthenticatedUser,ResponseSize',
  long: 'DateTime,RequestId,MapiRequestId,RequestType,HttpStatusCode,ResponseCode,StatusCode,AuthenticatedUserEmail,UPN,MailboxId,ActAsUserEmail,ClientIP,ClientSoftware,AuthenticatedUser,GenericInfo',
} as const
const rules = [
  `title: One field or another
id: 00000000-0000-4000-8000-000000000001
logsource: { product: exchange, service: mapihttp }
detection:
  asked: { RequestType|re|i: '^execute$' }
  machine:
    - AuthenticatedUserEmail|endswith: '$'
    - UPN|re: '\\$@'
    - UPN: system
  mailbox:
    - MailboxId|re: '\\S'
    - ActAsUserEmail|re: '\\S'
  service: { ActAsUserEmail|startswith: HealthMailbox }
  refused:
    - HttpStatusCode|gte: 400
    - ResponseCode|gt: 0
    - StatusCode|gt: 0
  condition: asked and machine and mailbox and not service and not refused
`,
  `title: Columns are compared
id: 00000000-0000-4000-8000-000000000002
logsource: { product: exchange, service: mapihttp }
detection:
  acted:
    ActAsUserEmail|re: '@'
    RequestType|re|i: '^(connect|execute)$'
  self: { ActAsUserEmail|fieldref: AuthenticatedUserEmail }
  same: { ActAsUserEmail|fieldref: UPN }
  begins: { AuthenticatedUser|fieldref|startswith: UPN }
  machine: { AuthenticatedUser|re: '\\$$' }
  inside: { ClientIP|cidr: ['10.0.0.0/8', '::1/128'] }
  condition: acted and not self and not same and not begins and not machine and not inside
`,
  `title: Columns that are the same
id: 00000000-0000-4000-8000-000000000003
logsource: { product: exchange, service: mapihttp }
detection:
  same: { ActAsUserEmail|fieldref: UPN }
  away: { ClientIP|startswith: '203.0.113.' }
  condition: same and away
`,
]

for (const seed of seedsOf(1, 6))
  test(`rules that compare columns of mail logs say of values what they say of events, seed ${seed}`, async () => {
    const chance = new Chance(100 + seed)
    const people = seed === 1 ? 9_000 : 1 + chance.int(40)
    const heads = seed % 3 === 0 ? [columns.short, columns.long] : [columns.long]
    let now = 0
    const lines = Array.from({ length: seed === 1 ? 25_000 : 6_000 }, (_, i) => {
      const isTurn = i % 1_000 === 0
      if (isTurn) now = chance.int(heads.length)
      const names = heads[now]!.split(',')
      const row = names.map((name) => mapiValue(chance, name, i, people)).join(',')
      const odd = chance.once(400) ? `${chance.of(['#x', 'x,y', '', `${row},`, `"${row}`])}\n` : ''
      return `${isTurn ? `#Fields: ${heads[now]}\n` : ''}${row}\n${odd}`
    })
    const path = 'C/Program Files/Microsoft/Exchange Server/V15/Logging/MapiHttp/MapiHttp_1.LOG'
    const zeros = seed % 2 === 0 ? '\0'.repeat(300) : ''
    const bytes = Buffer.from(
      `#Software: Microsoft Exchange Server\n#Log-type: MapiHttp Logs\n${lines.join('')}${zeros}`,
    )
    const settings = (await bothWays({ all: false }, rules)).map(keepFor(seed))
    const [expected, plain, fast] = await scansOf(folder, path, bytes, settings)
    assert.deepEqual(plain, expected)
    assert.deepEqual(fast, expected)
    for (const id of rules.map((text) => /^id: (.*)$/m.exec(text)![1]))
      assert.ok(
        expected!.hits.some(({ rule }) => rule === id),
        id,
      )
    if (seed === 1) assert.ok(expected!.mail.mailboxes.length > 8_000)
  })

function mapiValue(chance: Chance, name: string, i: number, people: number): string {
  const number = chance.once(3) ? chance.int(people) : (i * 31) % people
  const person = `${chance.of(['Person', 'person'])}${number}@contoso.example`
  switch (name) {
    case 'DateTime':
      return new Date(Date.UTC(2021, 2, 1 + (chance.once(50) ? 1 : 0)) + i * 3_000).toISOString()
    case 'RequestType':
      return chance.of(['Execute', 'execute', 'Connect', 'Disconnect', 'NotificationWait'])
    case 'HttpStatusCode':
      return chance.of(['200', '200', '200', '401'])
    case 'ResponseCode':
    case 'StatusCode':
      return chance.of(['', '0', '0', '0', '4'])
    case 'AuthenticatedUserEmail':
      return chance.of([person, person, person, 'MAIL01$', ''])
    case 'UPN':
      return chance.of(['', '', person, 'MAIL01$@contoso.example', 'SYSTEM'])
    case 'ActAsUserEmail':
      return chance.of([person, person, person, '', 'HealthMailbox1@contoso.example'])
    case 'AuthenticatedUser':
      return chance.of([person, person, 'CONTOSO\\MAIL01$'])
    case 'MailboxId':
      return chance.of(['', `mailbox-${chance.int(people)}@contoso.example`])
    case 'ClientIP':
      return chance.of([`10.0.0.${chance.int(9)}`, `203.0.113.${chance.int(200)}`, '::1', '', '2001:db8::7'])
    case 'ClientSoftware':
      return chance.of(['OUTLOOK.EXE', '', '"a, b"'])
    case 'ResponseSize':
      return chance.of(['', String(chance.int(1e6)), '77', ...(chance.once(30) ? ['1e3', '007'] : ['1'])])
    default:
      return chance.of(['', 'x', '1'])
  }
}

function valueOf(chance: Chance, name: string, i: number): string {
  const person = chance.of(['', `Person${chance.int(9)}@contoso.example`, `person${chance.int(9)}@contoso.example`])
  switch (name) {
    case 'DateTime':
      return new Date(Date.UTC(2021, 2, 1 + chance.int(4)) + i * 40_000).toISOString()
    case 'RequestId':
      return `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`
    case 'AuthenticatedUser':
      return chance.of([person, person, 'CONTOSO\\MAIL01$', 'HealthMailbox12', 'Jürgen@contoso.example'])
    case 'ImpersonatedUser':
    case 'ActAsUser':
    case 'ActAsUserEmail':
      return chance.of(['', '', person])
    case 'MailboxId':
      return chance.of(['', `5f0c2d1e-0000-4000-8000-00000000000${chance.int(9)}@contoso.example`])
    case 'UserAgent':
    case 'ClientSoftware':
      return chance.of(['', 'Outlook', '"a, b"', '"a"', 'a""b', 'x'.repeat(400)])
    case 'ClientIpAddress':
    case 'ClientIP':
      return chance.of(['', `192.0.2.${chance.int(9)}`, '::1'])
    case 'HttpStatus':
    case 'HttpStatusCode':
      return chance.of(['200', '200', '401', '', '500', '0200'])
    case 'ResponseSize':
      return chance.of(['', String(chance.int(1e6)), '1e3', '-5', ' 7', '12345678901234567890', 'x'])
    default:
      return chance.of(['', 'x', '1'])
  }
}
