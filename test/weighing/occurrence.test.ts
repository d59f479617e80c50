import assert from 'node:assert/strict'
import { it } from 'node:test'
import { isShown } from '../../src/assessment/weighing/occurrence.ts'
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
