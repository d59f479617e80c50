import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { accountInToken } from '../../src/model/access-token.ts'

const text = (tag: string, value: string): string => `${tag}${String.fromCharCode(value.length)}${value}`
const token = (...parts: string[]): string => Buffer.from(`V\x01\x00${parts.join('')}`, 'latin1').toString('base64')
const account = [text('T', 'Windows'), 'C\x00', text('A', 'Kerberos'), text('L', 'k.berg@contoso.example')]

describe('the account that an access token names', () => {
  const cases: [what: string, query: string, account: string | null][] = [
    ['the logon name', `X-Rps-CAT=${token(...account, text('U', 'S-1-5-21-1'))}&Email=x`, 'k.berg@contoso.example'],
    [
      'in a path behind an address',
      `a=b@c.example/powershell/?X-Rps-CAT=${token(...account)}`,
      'k.berg@contoso.example',
    ],
    ['percent-encoded', `x-rps-cat=${encodeURIComponent(token(...account))}`, 'k.berg@contoso.example'],
    [
      'cut off behind the name',
      `X-Rps-CAT=${token(...account)
        .replaceAll('=', '')
        .slice(0, -1)}`,
      null,
    ],
    ['no token', 'X-Rps-CAT=aGVsbG8gdGhlcmUgaGVsbG8gdGhlcmU=', null],
    ['no text where the name stands', `X-Rps-CAT=${token(text('T', 'Windows'), text('L', '\x00\x01\x02'))}`, null],
    ['another parameter', `token=${token(...account)}`, null],
  ]
  for (const [what, query, expected] of cases) it(what, () => assert.equal(accountInToken(query), expected))
})
