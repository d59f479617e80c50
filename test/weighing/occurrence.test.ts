import assert from 'node:assert/strict'
import { it } from 'node:test'
import { isShown, witnesses } from '../../src/assessment/weighing/occurrence.ts'
import type { FindingWithHits } from '../../src/findings/findings.ts'
import { found } from './made.ts'

it('a request that was sent is shown by its entry', () => {
  assert.equal(isShown([found('attempt request decisive content')]), true)
  assert.equal(isShown([found('recon request weak content')]), true)
})

it('what a request did is shown by what it cannot forge', () => {
  const access = 'access request strong use'
  assert.equal(isShown([found(access)]), false)
  assert.equal(isShown([found(access, { fields: { 'sc-status': 200 } })]), false)
  assert.equal(isShown([found(access, { fields: { Succeeded: true } })]), true)
  assert.equal(isShown([found(access, { fields: { BackEndStatus: 200 } })]), true)
  assert.equal(isShown([found(access, { fields: { BackEndStatus: 299 } })]), true)
  assert.equal(isShown([found(access, { fields: { BackEndStatus: 199 } })]), false)
  assert.equal(isShown([found(access, { fields: { BackEndStatus: 300 } })]), false)
  assert.equal(isShown([found(access, { fields: { BackEndStatus: 401 } })]), false)
  assert.equal(isShown([found(access, { joined: ['joined by request id to x'] })]), true)
  assert.equal(isShown([found(access, { log: 'iis-backend' })]), true)
})

it('the front end serves its own pages itself', () => {
  const page = 'shell page strong use'
  assert.equal(isShown([found(page, { fields: { 'sc-status': 200 } })]), true)
  assert.equal(isShown([found(page, { fields: { 'sc-status': 404 } })]), false)
})

it('two vantages show it; two logs of one vantage, and results of other tools, do not', () => {
  const access = 'access request strong use'
  assert.equal(isShown([found(access), found(access, { log: 'httpproxy-ecp' })]), false)
  assert.equal(isShown([found(access), found(access, { log: 'windows-security' })]), true)
  assert.equal(isShown([found('shell page strong name', { log: 'tool-result' })]), false)
})

it('results of other tools confirm nothing, also beside one vantage', () => {
  const access = 'access request strong use'
  assert.equal(isShown([found(access), found(access, { log: 'tool-results' })]), false)
  assert.equal(isShown([found(access, { log: 'tool-results' }), found(access, { log: 'unknown' })]), false)
})

it('a file that was fetched from the front end was served by it, what a back end makes was not', () => {
  const fetched = (stem: string | undefined, status: number): boolean =>
    isShown([
      found('exfiltration request strong use', {
        fields: { ...(stem === undefined ? {} : { 'cs-uri-stem': stem }), 'sc-status': status },
      }),
    ])
  assert.equal(fetched('/owa/auth/mail.pst', 200), true)
  assert.equal(fetched('/owa/auth/mail.7z.001', 206), true)
  assert.equal(fetched('/owa/auth/mail.pst', 404), false)
  assert.equal(fetched('/owa/auth/mail.aspx', 200), false)
  assert.equal(fetched(undefined, 200), false)
  // Only of what was fetched.
  const asked = { fields: { 'cs-uri-stem': '/owa/auth/mail.pst', 'sc-status': 200 } }
  assert.equal(isShown([found('access request strong use', asked)]), false)
})

/** A finding whose hits stand at these places. */
function at(name: string, ...places: readonly ('own' | 'custom' | 'misplaced')[]): FindingWithHits {
  const one = found('access request strong use', { id: name, clients: places.map((_, i) => `192.0.2.${i}`) })
  const hits = one.hits.map((hit, i) => ({
    ...hit,
    ...(places[i] === 'own' ? {} : places[i] === 'custom' ? { custom: true } : { misplaced: true }),
  }))
  return { ...one, hits } as FindingWithHits
}

it('of what logs at their own places show, others explain nothing', () => {
  const idsOf = (all: readonly FindingWithHits[]): unknown =>
    witnesses(all).map(({ finding, hits }) => [finding.id, ...hits.map(({ event }) => event.client)])
  const own = at('a', 'own', 'own')
  assert.equal(witnesses([own])[0], own)
  assert.deepEqual(idsOf([own, at('b', 'custom'), at('c', 'misplaced')]), [['a', '192.0.2.0', '192.0.2.1']])
  assert.deepEqual(idsOf([at('a', 'misplaced', 'own', 'custom')]), [['a', '192.0.2.1']])
  // Folders of one's own count where no log lies at its own place, and others where no log does better.
  assert.deepEqual(idsOf([at('b', 'custom', 'misplaced'), at('c', 'misplaced')]), [['b', '192.0.2.0']])
  assert.deepEqual(idsOf([at('c', 'misplaced', 'misplaced')]), [['c', '192.0.2.0', '192.0.2.1']])
  assert.deepEqual(witnesses([]), [])
})
