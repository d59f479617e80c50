import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameOfSelfStarting } from '../../src/assessment/weighing/setting-names.ts'
import type { Event } from '../../src/model/event.ts'

const of = (fields: Readonly<Record<string, string>>): string | null =>
  nameOfSelfStarting({ fields } as unknown as Event)

test('a command that makes an agent, module, task or service names it as its list does', () => {
  assert.equal(of({ Agent: 'Mail Agent' }), 'Mail Agent')
  assert.equal(of({ Parameters: '-Name "Mail Agent" -AssemblyPath "C:\\Windows\\Temp\\Mail.dll"' }), 'Mail Agent')
  assert.equal(of({ CommandLine: 'appcmd.exe install module /name:Helper /image:C:\\Windows\\x.dll' }), 'Helper')
  assert.equal(of({ CommandLine: 'schtasks /create /sc minute /tn "A task" /tr cmd.exe' }), 'A task')
  assert.equal(of({ CommandLine: '"C:\\Windows\\System32\\sc.exe" \\\\EX02 create Cache binPath= x' }), 'Cache')
  assert.equal(of({ CommandLine: "New-Service -Name 'Cache' -BinaryPathName x" }), 'Cache')
  assert.equal(of({ CommandLine: 'whoami' }), null)
})
