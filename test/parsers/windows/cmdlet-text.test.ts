import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cmdletOfMessage } from '../../../src/parsers/windows-events/message-text.ts'
import { reading } from './reading.ts'

const parameters = '-ExternalUrl "https://mail.contoso.com/OAB" -Identity "EXCH01\\OAB (Default Web Site)"'

const sentences = [
  `Cmdlet suceeded. Cmdlet Set-OabVirtualDirectory, parameters ${parameters}`,
  `Cmdlet erfolgreich. Cmdlet Set-OabVirtualDirectory, Parameter ${parameters}`,
  `L’applet de commande a réussi. Set-OabVirtualDirectory, paramètres ${parameters}`,
  `Cmdlet 成功。Cmdlet Set-OabVirtualDirectory，参数${parameters}`,
]

for (const sentence of sentences) {
  test(`the cmdlet in: ${sentence.slice(0, 40)}…`, () => {
    assert.deepEqual(cmdletOfMessage(sentence), { cmdlet: 'Set-OabVirtualDirectory', parameters })
  })
}

test('parameters in braces are read as the older text has them', () => {
  assert.deepEqual(
    cmdletOfMessage('Cmdlet suceeded. Cmdlet New-Mailbox, parameters {Name=x-y, Database=DB1}.')?.parameters,
    '{Name=x-y, Database=DB1}.',
  )
})

test('a sentence with hyphens and without a cmdlet has none', () => {
  assert.equal(cmdletOfMessage('Die Exchange-Verwaltungsshell meldet: Neu-Start nötig, set- nichts.'), null)
})

test('an event that came as text alone has the cmdlet; its data come first where they are', async () => {
  const row = {
    EventTime: '2021-03-03 07:00:00',
    Hostname: 'EXCH01.contoso.local',
    EventID: 1,
    SourceName: 'MSExchange CmdletLogs',
    Channel: 'MSExchange Management',
    RecordNumber: 4,
    Message: sentences[1],
  }
  const { events } = await reading(Buffer.from(`${JSON.stringify(row)}\n`), { path: 'events.json' })
  assert.equal(events[0]?.fields.Cmdlet, 'Set-OabVirtualDirectory')
  assert.equal(events[0]?.fields.Parameters, parameters)
  assert.equal(events[0]?.fields.Succeeded, true)
})
