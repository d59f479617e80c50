import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Identities } from '../../src/activity/identities.ts'
import { accountsEndedBy } from '../../src/assessment/scripted-resets.ts'
import { areOfTwoDomains } from '../../src/model/account-names.ts'

// Which names are of one account, and which accounts a script resets.

test('two domains in one form are two accounts', () => {
  assert.ok(areOfTwoDomains('CONTOSO\\ann', 'FABRIKAM\\ann'))
  assert.ok(areOfTwoDomains('ann@contoso.example', 'ann@fabrikam.example'))
  assert.ok(areOfTwoDomains('contoso.example/Users/ann', 'fabrikam.example/Users/ann'))
  assert.ok(!areOfTwoDomains('CONTOSO\\ann', 'ann@fabrikam.example'))
  assert.ok(!areOfTwoDomains('CONTOSO\\ann', 'contoso\\ann'))
  assert.ok(!areOfTwoDomains('ann', 'CONTOSO\\ann'))
})

test('a name without a domain is the only account that begins with it, and none of two', () => {
  const one = new Identities()
  assert.ok(one.isSame('ann', 'CONTOSO\\ann'))
  assert.ok(one.isSame('CONTOSO\\ann', 'ann@contoso.example'))
  assert.ok(!one.isSame('ann', 'CONTOSO\\bob'))
  assert.ok(!one.isSame('CONTOSO\\ann', 'FABRIKAM\\ann'))
  one.addLogon('CONTOSO\\ann')
  one.addLogon('FABRIKAM\\ann')
  assert.ok(!one.isSame('ann', 'CONTOSO\\ann'))
  assert.ok(one.isSame('contoso\\ann', 'CONTOSO\\Ann'))
})

test('a script names the account that it resets, disables or deletes', () => {
  const ended: readonly (readonly [string, readonly string[]])[] = [
    ['Set-ADAccountPassword -Identity ann -Reset -NewPassword $p', ['ann']],
    ['Set-ADAccountPassword "ann b" -Reset', ['ann b']],
    ["Import-Module ActiveDirectory; Disable-ADAccount -Identity 'CN=ann,OU=Sales,DC=contoso,DC=example'", ['ann']],
    ['Get-ADUser ann | Set-ADAccountPassword -Reset -NewPassword $p', ['ann']],
    ['Set-ADUser ann -Enabled $false', ['ann']],
    ['Set-Mailbox -Identity ann@contoso.example -Password $p', ['ann@contoso.example']],
    ['Set-LocalUser -Name ann -Password $p', ['ann']],
    ['Revoke-MgUserSignInSession -UserId ann@contoso.example', ['ann@contoso.example']],
    ['Disable-ADAccount ann\nDisable-ADAccount bob', ['ann', 'bob']],
    ['Set-ADAccountPassword -Identity ann -OldPassword $o -NewPassword $p', []],
    ['foreach ($u in $all) { Set-ADAccountPassword -Identity $u -Reset }', []],
    ['Get-ADUser -Filter * | Disable-ADAccount', []],
    ['Set-ADUser ann -Enabled $true', []],
    ['My-Disable-ADAccount ann', []],
  ]
  for (const [script, accounts] of ended) assert.deepEqual(accountsEndedBy(script), accounts, script)
})

test('the log of modules names the account as a bound parameter', () => {
  const payload = (name: string, ...more: string[]): string =>
    [
      `CommandInvocation(${name}): "${name}"`,
      ...['name="Identity"; value="ann"', ...more].map((text) => `ParameterBinding(${name}): ${text}`),
    ].join('\r\n')
  assert.deepEqual(accountsEndedBy(payload('Set-ADAccountPassword', 'name="Reset"; value="True"')), ['ann'])
  assert.deepEqual(accountsEndedBy(payload('Set-ADAccountPassword', 'name="OldPassword"; value="x"')), [])
  assert.deepEqual(accountsEndedBy(payload('Set-ADUser', 'name="Enabled"; value="False"')), ['ann'])
  assert.deepEqual(accountsEndedBy(payload('Set-ADUser', 'name="City"; value="Bern"')), [])
})
