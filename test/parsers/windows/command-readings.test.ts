import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addCommandReadings } from '../../../src/parsers/windows-events/command-readings.ts'
import type { FieldValue } from '../../../src/model/event.ts'

function readingsOf(
  fields: Record<string, FieldValue>,
  computer = 'MAIL01.contoso.example',
): Record<string, FieldValue> {
  const own = { ...fields }
  addCommandReadings(own, computer)
  return Object.fromEntries(Object.entries(own).filter(([name]) => !(name in fields)))
}

const order = (target: string): Record<string, FieldValue> => ({
  ScriptBlockText: `New-MailboxExportRequest -Mailbox ann -FilePath "${target}"`,
})

void test('an export to an administrative share of the server itself, by its name', () => {
  assert.deepEqual(readingsOf(order('\\\\MAIL01\\C$\\Temp\\a.pst')), { ExportToItself: true })
  assert.deepEqual(readingsOf(order('\\\\mail01.contoso.example\\d$\\a.pst')), { ExportToItself: true })
  assert.deepEqual(readingsOf({ Parameters: '-FilePath "\\\\MAIL01\\C$\\a.pst"' }), { ExportToItself: true })
  assert.deepEqual(readingsOf(order('\\\\MAIL010\\C$\\a.pst')), {})
  assert.deepEqual(readingsOf(order('\\\\fs01\\C$\\a.pst')), {})
  assert.deepEqual(readingsOf(order('\\\\MAIL01\\exports\\a.pst')), {})
  assert.deepEqual(readingsOf(order('\\\\MAIL01\\exports$\\a.pst')), {})
})

const reg = (service: string, library: string): Record<string, FieldValue> => ({
  CommandLine: `reg add "HKLM\\SYSTEM\\CurrentControlSet\\Services\\${service}\\Parameters" /v ServiceDll /t REG_EXPAND_SZ /d ${library} /f`,
})

void test('the library that a command sets for a service of Windows is the one that Windows has there, or another', () => {
  assert.deepEqual(readingsOf(reg('SharedAccess', '"C:\\Windows\\System32\\ipnathlps.dll"')), {
    LibraryOfWindows: false,
  })
  assert.deepEqual(readingsOf(reg('SharedAccess', '%SystemRoot%\\System32\\ipnathlp.dll')), { LibraryOfWindows: true })
  assert.deepEqual(readingsOf(reg('wuauserv', 'C:\\ProgramData\\wuaueng.dll')), { LibraryOfWindows: false })
  assert.deepEqual(readingsOf(reg('ExampleService', 'C:\\Windows\\System32\\example.dll')), {})
  assert.deepEqual(readingsOf({ CommandLine: 'reg query HKLM\\SYSTEM\\CurrentControlSet\\Services /v ServiceDll' }), {})
})
