import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeText } from '../../../src/lib/text.ts'
import type { Event } from '../../../src/model/event.ts'
import type { CloudTally } from '../../../src/model/scan.ts'
import { signInPartNames } from '../../../src/model/sign-ins.ts'
import { choose } from '../../../src/parsers/index.ts'
import { forms, type Json, RECORD } from './shapes.ts'

const SIGN_IN: Json = {
  CreationTime: RECORD.CreationTime,
  Id: '5f0c2d1e-0000-4000-8000-00000000a015',
  Operation: 'UserLoggedIn',
  OrganizationId: RECORD.OrganizationId,
  RecordType: 15,
  ResultStatus: 'Success',
  UserKey: 'k',
  UserType: 0,
  Version: 1,
  Workload: 'AzureActiveDirectory',
  ClientIP: '203.0.113.9',
  UserId: 'k.berg@contoso.example',
  ErrorNumber: '0',
  ApplicationId: '29d9ed98-a469-4536-ade2-f981bc1d605e',
  ExtendedProperties: [
    { Name: 'UserAgent', Value: 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0' },
    { Name: 'RequestType', Value: 'Cmsi:Cmsi' },
  ],
  DeviceProperties: [
    { Name: 'OS', Value: 'Windows 10' },
    { Name: 'SessionId', Value: '0A0B0C0D-0000-4000-8000-00000000cafe' },
  ],
}

async function read(text: string): Promise<{ readonly events: Event[]; readonly parts: Record<string, string>[] }> {
  const bytes = Buffer.from(text)
  const head = { path: 'audit', windowsPath: null, size: bytes.length, bytes, text: decodeText(bytes) }
  const events: Event[] = []
  const tallies: CloudTally[] = []
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield bytes
  }
  await choose(head).read(
    { ...head, modified: null, chunks },
    {
      event: (event) => events.push(event),
      gap: () => {},
      fact: () => {},
      cloud: (tally) => tallies.push(tally),
    },
  )
  const parts = tallies.flatMap(({ signIns }) =>
    signIns.parts.map((text) => {
      const values = text.split('\0')
      return Object.fromEntries(signInPartNames.map((name, i) => [name, values[i]!]))
    }),
  )
  return { events, parts }
}

// The table of Sentinel has no sign-ins.
for (const [name, write] of Object.entries(forms).filter(([form]) => !form.startsWith('Sentinel')))
  test(`${name}: a sign-in has its vantage, session, system and device code`, async () => {
    const { events, parts } = await read(write(SIGN_IN))
    assert.deepEqual(
      events.map(({ log, session }) => `${log} ${session}`),
      ['m365-signin 0a0b0c0d-0000-4000-8000-00000000cafe'],
    )
    const [one] = parts
    assert.equal(one!.client, '203.0.113.9')
    assert.equal(one!.session, '0a0b0c0d-0000-4000-8000-00000000cafe')
    assert.equal(one!.system, 'windows')
    assert.equal(one!.flow, 'device-code')
    assert.equal(one!.result, 'success')
  })

/** What codes of Entra come to, in the audit log and in the sign-in logs. */
const results: Readonly<Record<string, string>> = {
  '0': 'success',
  '50126': 'refused',
  '50053': 'refused',
  '50034': 'refused',
  '50055': 'password-right',
  '50074': 'password-right',
  '50076': 'password-right',
  '50079': 'password-right',
  '53003': 'password-right',
  '50140': 'other',
  '700082': 'other',
}

for (const [code, result] of Object.entries(results))
  test(`error ${code} is ${result}`, async () => {
    const operation = code === '0' ? 'UserLoggedIn' : 'UserLoginFailed'
    const audit = await read(`${JSON.stringify({ ...SIGN_IN, Operation: operation, ErrorNumber: code })}\n`)
    assert.equal(audit.parts[0]!.result, result)
    const graph = {
      id: 's1',
      createdDateTime: '2025-08-21T05:09:00Z',
      userPrincipalName: 'k.berg@contoso.example',
      appId: '29d9ed98-a469-4536-ade2-f981bc1d605e',
      appDisplayName: 'x',
      ipAddress: '203.0.113.9',
      sessionId: '0A0B0C0D-0000-4000-8000-00000000cafe',
      authenticationProtocol: 'deviceCode',
      deviceDetail: { operatingSystem: 'Ios 17.4' },
      status: { errorCode: Number(code) },
    }
    const { events, parts } = await read(JSON.stringify({ value: [graph] }))
    assert.equal(events[0]!.log, 'entra-signin')
    assert.equal(parts[0]!.result, result)
    assert.equal(parts[0]!.system, 'apple')
    assert.equal(parts[0]!.flow, 'device-code')
    assert.equal(parts[0]!.session, '0a0b0c0d-0000-4000-8000-00000000cafe')
  })

test('a sign-in of the portal, and of Azure Monitor, is counted', async () => {
  const portal = `"Date (UTC)","Request ID","User agent","Username","Application","Application ID","IP address","Status","Sign-in error code","Session ID","Operating System"\r\n"2025-08-21T05:09:00Z","r1","Mozilla/5.0 (X11; Linux x86_64)","k.berg@contoso.example","Office","d3590ed6-52b3-4102-aeff-aad2292ab01c","203.0.113.9","Failure","50126","s-12345678","Linux"\r\n`
  const { parts } = await read(portal)
  assert.equal(parts[0]!.result, 'refused')
  assert.equal(parts[0]!.system, 'linux')
  const monitor = {
    time: '2025-08-21T05:09:00Z',
    category: 'SignInLogs',
    operationName: 'Sign-in activity',
    properties: {
      createdDateTime: '2025-08-21T05:09:00Z',
      userPrincipalName: 'k.berg@contoso.example',
      appDisplayName: 'x',
      ipAddress: '203.0.113.9',
      status: { errorCode: 50076 },
    },
  }
  assert.equal((await read(`${JSON.stringify(monitor)}\n`)).parts[0]!.result, 'password-right')
})
