import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { bothWays, scansOf } from './both-ways.ts'
import { Chance } from './logs.ts'

const folder = mkdtempSync(join(tmpdir(), 'postern-mail-'))
after(() => rmSync(folder, { recursive: true }))

const forms = {
  Ews: 'DateTime,RequestId,AuthenticatedUser,UserAgent,ClientIpAddress,ServerHostName,SoapAction,HttpStatus,ResponseSize,ImpersonatedUser,ActAsUser,GenericInfo',
  MapiHttp:
    'DateTime,RequestId,MapiRequestId,RequestType,HttpStatusCode,MailboxId,ActAsUserEmail,ClientIP,ClientSoftware,AuthenticatedUser,RopIds,ResponseSize',
} as const

for (const [form, columns] of Object.entries(forms))
  for (let seed = 1; seed <= 4; seed++)
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
