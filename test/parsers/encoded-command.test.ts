import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodedCommand } from '../../src/parsers/powershell/encoded-command.ts'

const wide = (text: string): string => Buffer.from(text, 'utf16le').toString('base64')
const hello = wide('Write-Output "a sample"')

for (const [what, line, text] of [
  ['the whole name', `powershell.exe -NoProfile -EncodedCommand ${hello}`, 'Write-Output "a sample"'],
  ['a short name', `powershell -w hidden -enc ${hello}`, 'Write-Output "a sample"'],
  ['one letter', `powershell -e ${hello}`, 'Write-Output "a sample"'],
  ['another name', `pwsh -ec "${hello}"`, 'Write-Output "a sample"'],
  ['a slash', `powershell /en ${hello}`, 'Write-Output "a sample"'],
  ['a long dash', `powershell \u2013enc ${hello}`, 'Write-Output "a sample"'],
  ['carets', `cmd /c p^o^w^e^r^s^h^e^l^l -e^n^c ${hello}`, 'Write-Output "a sample"'],
  ['arguments alone, as a task keeps them', `-NoP -enc ${hello}`, 'Write-Output "a sample"'],
  [
    'a call',
    `powershell -c "IEX ([Text.Encoding]::ASCII.GetString([Convert]::FromBase64String('R2V0LURhdGUgLUY=')))"`,
    'Get-Date -F',
  ],
  ['a password', `powershell -enc ${wide('net user helper Secret123 /add')}`, 'net user helper Secret123 /add'],
  ['nothing', 'powershell -File C:\\Scripts\\Backup.ps1 -Encoding utf8', null],
  ['the policy', 'powershell -ExecutionPolicy Bypass -File C:\\Scripts\\Backup.ps1', null],
  ['a digest', 'powershell -e 0123456789abcdef0123456789abcdef', null],
  ['bytes', `powershell -enc ${Buffer.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 200, 201, 202, 203]).toString('base64')}`, null],
] as const) {
  void test(`what is hidden behind ${what}`, () => {
    assert.equal(decodedCommand(line), text)
  })
}

void test('of several lines, all; of none, none', () => {
  assert.equal(decodedCommand([`powershell -enc ${hello}`, 'notepad']), 'Write-Output "a sample"')
  assert.equal(decodedCommand(null), null)
})
