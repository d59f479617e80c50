import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CountedSignIn } from '../../src/activity/cloud-audit.ts'
import { KnownDevices } from '../../src/activity/known-devices.ts'

// A device that an account used on five days vouches for a network to which the account takes it.

const DAY = 86_400_000
const [OFFICE, HOME, OTHER] = ['198.51.100.20', '203.0.113.50', '192.0.2.7']

function signIn(day: number, client: string, more: Partial<CountedSignIn> = {}): CountedSignIn {
  const time = day * DAY + DAY / 2
  return {
    user: 'Ann@contoso.example',
    client,
    device: 'd1',
    system: 'windows',
    session: `${day}`,
    result: 'success',
    first: time,
    last: time,
    ...more,
  } as CountedSignIn
}
const atOffice = (days: number, more?: Partial<CountedSignIn>): CountedSignIn[] =>
  Array.from({ length: days }, (_, i) => signIn(100 + i, OFFICE, more))
const isAt = (signIns: readonly CountedSignIn[], client = HOME, day = 121): boolean =>
  new KnownDevices(signIns, (user) => user.toLowerCase()).isAt('ann@CONTOSO.example', client, day * DAY)

test('A device of five days vouches for the network where it is then, and from then on', () => {
  assert.equal(isAt([...atOffice(5), signIn(120, HOME)]), true)
  assert.equal(isAt([signIn(120, HOME), ...atOffice(5)]), true)
  assert.equal(isAt([...atOffice(5), signIn(120, HOME)], HOME, 119), false)
  assert.equal(isAt([...atOffice(5), signIn(120, HOME)], OTHER), false)
  assert.equal(isAt([...atOffice(4), signIn(120, HOME)]), false)
  // Days at the new network itself do not count.
  assert.equal(isAt([...atOffice(4), signIn(119, HOME), signIn(120, HOME)]), false)
  // Nor does the day itself.
  assert.equal(isAt([...atOffice(4), signIn(120, OFFICE, { first: 120 * DAY }), signIn(120, HOME)]), false)
})

test('Another device, another system, no device and a refused sign-in vouch for nothing', () => {
  for (const more of [{ device: 'd2' }, { system: 'linux' }, { device: '' }, { result: 'failure' }])
    assert.equal(isAt([...atOffice(9), signIn(120, HOME, more as Partial<CountedSignIn>)]), false)
})

test('A session that goes on at the old network beside the new one may be stolen', () => {
  const session = 's'
  const home = signIn(120, HOME, { session })
  assert.equal(isAt([...atOffice(9, { session }), home]), true)
  assert.equal(isAt([...atOffice(9, { session }), home, signIn(121, OFFICE, { session })]), false)
  assert.equal(isAt([...atOffice(9, { session }), home, signIn(121, HOME, { session })]), true)
  assert.equal(isAt([...atOffice(9), signIn(120, OFFICE, { session, last: 122 * DAY }), home]), false)
})

test('Networks without number cost no more than the sign-ins', () => {
  const many = Array.from({ length: 20_000 }, (_, i) => signIn(100 + i, `203.${i >> 8}.${i & 255}.1`))
  const devices = new KnownDevices(many, (user) => user)
  for (const { client, first } of many) devices.isAt('Ann@contoso.example', client, first)
  assert.equal(devices.isAt('Ann@contoso.example', many[5]!.client, many[5]!.first), true)
  assert.equal(devices.isAt('Ann@contoso.example', many[4]!.client, many[4]!.first), false)
})
