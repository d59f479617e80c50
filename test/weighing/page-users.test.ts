import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withPageUsers } from '../../src/findings/page-users.ts'
import { found as made } from './made.ts'

const stem = '/owa/auth/getprofile.ashx'
const outside = Array.from({ length: 6 }, (_, i) => `198.51.100.${101 + i}`)

const posts = outside.map((client) =>
  made('execution page strong use', { client, clients: [client], fields: { 'cs-uri-stem': stem } }),
)
const collects = made('credentials page strong content', {
  log: 'webroot',
  fields: { Path: 'owa/auth/getprofile.ashx' },
})

function marked(found: typeof posts, accounts: readonly string[], isKnown: boolean): readonly (string | null)[] {
  const served = {
    accountsAt: (client: string) => accounts.slice(outside.indexOf(client)).slice(0, 1),
    isUsedBefore: () => isKnown,
  }
  return withPageUsers(found, served).flatMap((f) => (f.isPerhapsOwners ? [f.finding.client] : []))
}

test('addresses of five accounts that request a page that takes passwords are those of users', () => {
  const five = ['a', 'b', 'c', 'd', 'e']
  assert.deepEqual(marked([...posts, collects], five, false), outside.slice(0, 5))
  assert.deepEqual(marked([...posts, collects], five.slice(1), false), [], 'four are too few')
  assert.deepEqual(marked([...posts, collects], Array(6).fill('a'), false), [], 'one account at many addresses')
})

test('where nothing shows that the page takes passwords, the accounts were served there before', () => {
  const five = ['a', 'b', 'c', 'd', 'e']
  assert.deepEqual(marked(posts, five, true), outside.slice(0, 5))
  assert.deepEqual(marked(posts, five, false), [], 'an intruder with five passwords')
})
