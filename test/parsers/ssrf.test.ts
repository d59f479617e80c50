import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ssrfOfAnchor } from '../../src/parsers/exchange/ssrf.ts'

const to = (host: string, urlHost: string): string | undefined =>
  ssrfOfAnchor(`ServerInfo~${host}/EWS/Exchange.asmx?a=`, { server: 'EXCH01', targetServer: host, urlHost })?.to

test('a host beside the one that was called lies inside', () => {
  assert.equal(to('exch02.contoso.com', 'mail.contoso.com'), 'internal')
  assert.equal(to('mail.contoso.com', 'MAIL.contoso.com:443'), 'internal')
  assert.equal(to('exch02.contoso.co.uk', 'mail.contoso.co.uk'), 'internal')
  assert.equal(to('exch02.ibm.com', 'mail.ibm.com'), 'internal')
})

test('a host elsewhere lies outside, whatever the name that was called', () => {
  assert.equal(to('x.oast.fun', 'mail.contoso.com'), 'outside')
  assert.equal(to('evilcontoso.com', 'mail.contoso.com'), 'outside')
  assert.equal(to('collector.example', 'contoso.example'), 'outside')
  assert.equal(to('collector.co.uk', 'contoso.co.uk'), 'outside')
  assert.equal(to('collector.example', '203.0.113.5'), 'outside')
})
