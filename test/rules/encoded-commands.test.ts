import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventValues } from '../../src/rules/field-values.ts'
import { reading } from '../parsers/windows/reading.ts'

const hidden = Buffer.from('Invoke-Example -Run', 'utf16le').toString('base64')

async function fieldOf(eventId: number, channel: string, data: Record<string, string>, name: string) {
  const { events } = await reading(
    Buffer.from(
      JSON.stringify({
        Event: {
          System: {
            Provider: { '#attributes': { Name: 'Example' } },
            EventID: eventId,
            Channel: channel,
            Computer: 'MAIL01',
            TimeCreated: { '#attributes': { SystemTime: '2026-03-03T07:00:00Z' } },
          },
          EventData: data,
        },
      }),
    ),
  )
  return eventValues(events[0]!).get(name)
}

// What a rule looks for in a command is found where PowerShell was given it in Base64.
const rows = [
  ['a process', 1, 'Microsoft-Windows-Sysmon/Operational', 'CommandLine'],
  ['a script', 4104, 'Microsoft-Windows-PowerShell/Operational', 'ScriptBlockText'],
] as const
for (const [what, eventId, channel, name] of rows)
  test(`the command of ${what} is also what it decodes to`, async () => {
    const line = `powershell.exe -NoP -enc ${hidden}`
    const field = await fieldOf(eventId, channel, { [name]: line }, name.toLowerCase())
    assert.deepEqual(field.texts, [line, 'Invoke-Example -Run'])
    assert.equal(field.own, 1)
  })

test('a command without Base64 is only itself', async () => {
  const field = await fieldOf(1, 'Microsoft-Windows-Sysmon/Operational', { CommandLine: 'whoami' }, 'commandline')
  assert.deepEqual(field.texts, ['whoami'])
})
