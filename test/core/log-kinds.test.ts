import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event } from '../../src/model/event.ts'
import {
  areIndependent,
  firstTraces,
  knownKinds,
  parsersOfKind,
  type Vantage,
  vantageOf,
  waysBack,
} from '../../src/model/log-kinds.ts'
import { logKindsAt, parsersAt, stateKindsAt } from '../../src/model/log-places.ts'
import { parsers } from '../../src/parsers/index.ts'

/** The vantage of kinds, so that none changes what it confirms unseen. A new kind has what its entry in the table says. */
const vantages: Readonly<Record<Vantage, string>> = {
  'front-end':
    'httperr httpproxy-autodiscover httpproxy-eas httpproxy-ecp httpproxy-ews httpproxy-mapi httpproxy-oab httpproxy-owa httpproxy-owacalendar httpproxy-powershell httpproxy-pushnotifications httpproxy-rest httpproxy-rpchttp httpproxy-unknown iis-frontend',
  'back-end':
    'autodiscover ecp-activity ecp-server ews iis-backend mapihttp oabgenerator owa rpc-client-access rpchttp',
  cmdlet: 'admin-audit cmdletinfra-cmdlet cmdletinfra-http msexchange-management',
  'mailbox-audit': 'cosmosqueue-audit mailbox-audit',
  transport: 'agentlog message-tracking smtp-receive smtp-send transport-connectivity',
  'mail-protocol': 'imap-pop',
  'windows-events':
    'evtx-integrity windows-application windows-defender windows-edr windows-other windows-powershell windows-security windows-sysmon windows-system windows-taskscheduler',
  'user-access': 'user-access',
  'tenant-audit': 'entra-audit m365-entra m365-exchange m365-graph m365-mail-access m365-message-trace m365-other',
  'tenant-sign-in': 'entra-signin m365-signin',
  disk: 'aspnet-temp certificate-requests files ntfs-index ntfs-mft ntfs-usn powershell-history web-roots',
  configuration: 'iis-config transport-agents web-config',
  registry: 'accounts programs registry services startup tasks',
  export: 'exchange-config folder-permissions mailbox-items',
  'other-tool': 'tool-results',
  unknown: 'exchange-other',
}

test('every kind that is listed here has the vantage under which it is listed', () => {
  const listed = new Map(
    Object.entries(vantages).flatMap(([name, kinds]) => kinds.split(' ').map((kind) => [kind, name])),
  )
  for (const [kind, vantage] of listed) assert.equal(vantageOf(kind), vantage, kind)
  const known: ReadonlySet<string> = new Set(knownKinds)
  assert.deepEqual(
    [...listed.keys()].filter((kind) => !known.has(kind)),
    [],
  )
})

test('kinds confirm one another from two vantages that are known', () => {
  const pairs: readonly (readonly [one: string, other: string, independent: boolean])[] = [
    ['ews', 'message-tracking', true],
    ['ews', 'mapihttp', false],
    ['ews', 'iis-backend', false],
    ['mapihttp', 'message-tracking', true],
    ['mapihttp', 'm365-exchange', true],
    ['m365-exchange', 'entra-signin', true],
    ['m365-signin', 'entra-signin', false],
    ['entra-signin', 'web-roots', true],
    ['web-roots', 'tool-results', false],
    ['iis-frontend', 'exchange-other', false],
    ['partial/ews', 'mapihttp', false],
    ['a-kind-of-tomorrow', 'another', false],
  ]
  for (const [one, other, independent] of pairs)
    assert.equal(areIndependent(one, other), independent, `${one} ${other}`)
})

test('a parser cannot give a kind that the table does not have', () => {
  // @ts-expect-error it is no key of the table
  const kind: Event['log'] = 'a-kind-of-tomorrow'
  assert.equal(vantageOf(kind), 'unknown')
})

test('what answers call kinds, in the order in which they say it', () => {
  assert.deepEqual(
    [...firstTraces],
    [
      ['IIS logs', ['iis-frontend']],
      ['HttpProxy logs', ['httpproxy-*']],
      ['ECP Server logs', ['ecp-server']],
      ['EWS logs', ['ews']],
      ['Windows events', ['windows-security', 'windows-sysmon']],
      ['the web roots', ['web-roots']],
    ],
  )
  assert.deepEqual(
    [...waysBack],
    [
      ['the web roots', ['web-roots']],
      ['IIS configuration', ['iis-config']],
      ['transport agents', ['transport-agents']],
      ['tasks', ['tasks']],
      ['services', ['services']],
      ['accounts', ['accounts']],
    ],
  )
})

for (const [path, kinds, parsers] of [
  ['C:\\Windows\\System32\\config\\SOFTWARE', ['tasks', 'startup'], ['task-xml', 'registry']],
  ['C:\\Windows\\System32\\config\\SAM', ['accounts'], ['registry']],
  ['C:\\Windows\\System32\\config\\RegBack\\SAM', [], []],
  ['C:\\Windows\\System32\\Tasks\\Microsoft\\x', ['tasks'], ['task-xml', 'registry']],
  [
    'C:\\Windows\\System32\\inetsrv\\config\\applicationHost.config.locked',
    ['iis-config'],
    ['iis-config', 'web-config'],
  ],
  ['C:\\x\\V15\\TransportRoles\\Shared\\fetagents.config', ['transport-agents'], ['transport-agents']],
] as const)
  test(`${path} defines ${kinds.join(' and ') || 'no state of the end'}`, () => {
    assert.deepEqual(stateKindsAt(path.replaceAll('\\', '/')), kinds)
    assert.deepEqual([...parsersAt(path)], parsers)
  })

for (const [path, kinds, parsers] of [
  ['C:/x/Logging/HttpProxy/Owa/HttpProxy_1.LOG', ['httpproxy-owa'], ['exchange-csv']],
  ['C:/x/Logging/HttpProxy/Unknown/HttpProxy_1.LOG', ['httpproxy-*'], ['exchange-csv']],
  ['C:/inetpub/logs/LogFiles/W3SVC2/u_ex210303.log', ['iis-backend'], ['iis']],
  [
    'C:/Windows/System32/winevt/Logs/MSExchange Management.evtx',
    ['msexchange-management'],
    [
      'evtx',
      'xml-events',
      'json-events',
      'csv-events',
      'search-csv',
      'snare-events',
      'siem-events',
      'copied-events',
      'listed-events',
      'key-value-events',
      'powershell-table',
    ],
  ],
  ['C:/Windows/System32/LogFiles/HTTPERR/httperr1.log', ['httperr'], ['httperr']],
] as const)
  test(`${path} is of the kind ${kinds.join(', ')}`, () => {
    assert.deepEqual(logKindsAt(path), kinds)
    assert.deepEqual([...parsersAt(path)], parsers)
  })

test('parsers that the table names are there', () => {
  const names = new Set(parsers.map(({ name }) => name))
  for (const kind of knownKinds) for (const name of parsersOfKind(kind)) assert.ok(names.has(name), `${kind}: ${name}`)
})
