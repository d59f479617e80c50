import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event, Fields } from '../../src/model/event.ts'
import { registry } from '../../src/parsers/registry/index.ts'
import { settingsOf } from '../../src/parsers/exchange/settings.ts'
import { data, filesBelow, readWith } from './config/reading.ts'
import { reading } from './hostile.ts'
import { hiveFile, type HiveTree } from '../../tools/writers/regf.ts'

const lsa = 'ControlSet001\\Control\\Lsa'

/** What a hive sets: `Lsa\DisableLoopbackCheck = 1 DWORD (0x00000001)`. */
async function setIn(tree: HiveTree, path = 'SYSTEM'): Promise<string[]> {
  const system = path === 'SYSTEM' ? { Select: { values: { Current: 1 } }, ControlSet001: {} } : {}
  const hive = hiveFile({ ...system, ...tree }, {})
  const { events } = await reading(registry, hive, path)
  return events.flatMap((event) => settingsOf(event).map(({ about, value }) => `${about} = ${value}`)).sort()
}

test('the registry: the values that matter, of the control set in use', async () => {
  assert.deepEqual(
    await setIn({ [lsa]: { values: { DisableLoopbackCheck: 1, SuppressExtendedProtection: 0, forceguest: 0 } } }),
    [
      'Lsa\\DisableLoopbackCheck = 1 DWORD (0x00000001)',
      'Lsa\\SuppressExtendedProtection = 0 DWORD (0x00000000)',
      'Lsa\\forceguest = 0 DWORD (0x00000000)',
    ],
  )
  assert.deepEqual(
    await setIn({
      'ControlSet002\\Control\\Lsa': { values: { DisableLoopbackCheck: 1 } },
      'ControlSet001\\Services\\Tcpip\\Parameters': { values: { Hostname: 'mail01' } },
    }),
    [],
  )
  assert.deepEqual(
    await setIn(
      {
        'Microsoft\\Windows NT\\CurrentVersion': {},
        'Microsoft\\ExchangeServer\\v15\\Diagnostics': { values: { EnableSerializationDataSigning: 1 } },
      },
      'C/Windows/System32/config/SOFTWARE',
    ),
    ['Diagnostics\\EnableSerializationDataSigning = 1 DWORD (0x00000001)'],
  )
})

const file = (path: string, fields: Fields): Event => ({
  log: 'files',
  sources: [],
  time: null,
  timeBasis: 'file',
  fields,
  raw: '',
  at: { path, offset: 0, length: 0 },
  host: null,
  client: null,
  user: null,
  target: path,
  request: null,
  session: null,
})
for (const [path, fields, expected] of [
  [
    'C:\\Windows\\System32\\inetsrv\\cachtokn.dll',
    { FileVersion: '10.0.14393.6343 (rs1)' },
    ['cachtokn.dll 10.0.14393.6343'],
  ],
  [
    'C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\System.Data.dll',
    { FileVersion: '4.8.4515.0 built by: x' },
    ['System.Data.dll 4.8.4515.0'],
  ],
  ['C:\\Windows\\Microsoft.NET\\Framework64\\v2.0.50727\\System.Data.dll', { FileVersion: '2.0.50727.9031' }, []],
  ['C:\\inetpub\\wwwroot\\bin\\other.dll', { FileVersion: '10.0.14393.0' }, []],
  ['C:\\Windows\\System32\\inetsrv\\cachtokn.dll', { FileVersion: 'none' }, []],
  ['C:\\Windows\\System32\\inetsrv\\cachtokn.dll', { FileVersion: '10.0.14393.0', Deleted: true }, []],
] as const) {
  test(`${path} ${JSON.stringify(fields)}`, () => {
    assert.deepEqual(
      settingsOf(file(path, fields)).map(({ about, value }) => `${about} ${value}`),
      expected,
    )
  })
}

test('the filter’s Configuration.xml: modules and kinds of file, with the override where it is', async () => {
  const { parser, events, gaps } = await readWith(
    'Configuration.xml',
    Buffer.concat([
      Buffer.from([0xff, 0xfe]),
      Buffer.from(
        '<?xml version="1.0" encoding="utf-16"?>\n<Configuration xmlns="http://schemas.microsoft.com/forefront/2010/1/fs-configuration"><ModuleLists><ModuleList TypeList="Text"><Module Enabled="true">TextConversionModule.dll</Module></ModuleList></ModuleLists><TypeLists><TypeList Name="OutsideInOnly"><Type Name="Jpeg|NO"/><Type Name="Notes"/></TypeList></TypeLists><Other><Module>x|NO</Module></Other></Configuration>',
        'utf16le',
      ),
    ]),
  )
  assert.deepEqual([parser, gaps], ['fip-fs-config', []])
  assert.deepEqual(
    events.flatMap((event) => settingsOf(event).map(({ about, value }) => `${about} ${value}`)),
    ['TextConversionModule.dll false', 'Jpeg|NO true', 'Notes false'],
  )
})

test('another Configuration.xml is not the filter’s', async () => {
  const { parser } = await readWith(
    'Configuration.xml',
    '<?xml version="1.0"?>\n<Configuration><Module>x</Module></Configuration>',
  )
  assert.notEqual(parser, 'fip-fs-config')
})

test('the Configuration.xml of a real server is read whole, and has no override', {
  skip: data === undefined && 'POSTERN_DATA is not set',
}, async () => {
  for (const [path, bytes] of filesBelow(`${data!}/exchange/healthchecker-e16/Exchange`)) {
    if (!path.endsWith('Configuration.xml') || path.includes('Variant')) continue
    const { parser, events, gaps } = await readWith(path, bytes, 65_536)
    if (parser !== 'fip-fs-config') continue
    assert.deepEqual(gaps, [])
    assert.equal(events.length, 40)
    assert.ok(events.every(({ fields }) => fields.Override === 'false'))
    return
  }
  assert.fail('it is not among the files')
})
