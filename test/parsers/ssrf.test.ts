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

test('what names a canary of the control panel was sent to a panel that had answered', () => {
  const forged = (query: string): string | undefined =>
    ssrfOfAnchor(`ServerInfo~a]@mail.contoso.com/ecp/DDI/DDIService.svc/GetObject?${query}#`, {
      server: 'EXCH01',
      targetServer: null,
    })?.to
  assert.equal(forged('msExchEcpCanary=q8Tz0k2W7UmYh3bXn5Vd1RcA.&schema=OABVirtualDirectory'), 'internal')
  assert.equal(forged('schema=OABVirtualDirectory'), 'outside')
  assert.equal(forged('msExchEcpCanary=&schema=OABVirtualDirectory'), 'outside')
})
