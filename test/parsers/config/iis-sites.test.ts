import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readWith } from './reading.ts'

const host = (inner: string): string =>
  `<?xml version="1.0"?><configuration><system.applicationHost>${inner}</system.applicationHost></configuration>`
const site = (inner: string): string => host(`<sites><site name="Default Web Site" id="1">${inner}</site></sites>`)

for (const [what, text, names, expected] of [
  [
    'a virtual directory with its whole path',
    site(
      '<application path="/owa" applicationPool="P"><virtualDirectory path="/auth/x" physicalPath="C:\\Users\\Public\\x" userName="u" password="[enc:AesProvider:hunter2:enc]"/></application>',
    ),
    ['Element', 'Site', 'Path', 'PhysicalPath', 'ApplicationPool', 'UserName', 'ExchangePath', 'KnownPlace'],
    [
      ['site', 'Default Web Site', null, null, null, null, null, null],
      ['application', 'Default Web Site', '/owa', null, 'P', null, null, null],
      ['virtualDirectory', 'Default Web Site', '/owa/auth/x', 'C:\\Users\\Public\\x', 'P', 'u', 'true', 'false'],
    ],
  ],
  [
    'bindings and logs',
    site(
      '<bindings><binding protocol="https" bindingInformation="[::1]:8443:"/></bindings><logFile enabled="false" directory="D:\\l" logExtFileFlags="Date, Time"><customFields><add logFieldName="X"/></customFields></logFile><traceFailedRequestsLogging enabled="true" directory="D:\\f"/>',
    ),
    ['Element', 'Port', 'Enabled', 'Directory', 'LogFields', 'CustomFields'],
    [
      ['site', null, null, null, null, null],
      ['binding', 8443, null, null, null, null],
      ['logFile', null, 'false', 'D:\\l', ['Date', 'Time'], ['X']],
      ['traceFailedRequests', null, 'true', 'D:\\f', null, null],
    ],
  ],
  [
    'application pools',
    host(
      '<applicationPools><add name="P" managedRuntimeVersion="v4.0"><processModel identityType="SpecificUser" userName="LAB\\svc" password="hunter2"/><environmentVariables><add name="COR_PROFILER_PATH" value="C:\\x.dll"/><add name="DB_PASSWORD" value="hunter2"/></environmentVariables></add></applicationPools>',
    ),
    ['Element', 'ApplicationPool', 'IdentityType', 'UserName', 'EnvironmentVariables'],
    [['applicationPool', 'P', 'SpecificUser', 'LAB\\svc', ['COR_PROFILER_PATH=C:\\x.dll', 'DB_PASSWORD=***']]],
  ],
  [
    'filters, restrictions, request filtering and logging of a path',
    '<configuration><system.applicationHost/><location path="Default Web Site/owa"><system.webServer><isapiFilters><filter name="f" path="C:\\Temp\\f.dll"/></isapiFilters><security><isapiCgiRestriction><add path="C:\\php\\php-cgi.exe" allowed="true"/></isapiCgiRestriction><requestFiltering allowDoubleEscaping="true"><fileExtensions><add fileExtension=".cs" allowed="false"/><remove fileExtension=".config"/></fileExtensions><hiddenSegments><clear/></hiddenSegments></requestFiltering></security><httpLogging dontLog="true"/></system.webServer></location></configuration>',
    [
      'Element',
      'FilterPath',
      'Known',
      'IsapiPath',
      'KnownPlace',
      'DeniedExtensions',
      'RemovedExtensions',
      'RemovedSegments',
      'DontLog',
      'Location',
    ],
    [
      ['isapiFilter', 'C:\\Temp\\f.dll', 'false', null, null, null, null, null, null, 'Default Web Site/owa'],
      [
        'isapiCgiRestriction',
        null,
        null,
        'C:\\php\\php-cgi.exe',
        'false',
        null,
        null,
        null,
        null,
        'Default Web Site/owa',
      ],
      ['requestFiltering', null, null, null, null, ['.cs'], ['.config'], ['*'], null, 'Default Web Site/owa'],
      ['httpLogging', null, null, null, null, null, null, null, 'true', 'Default Web Site/owa'],
    ],
  ],
] as const) {
  test(what, async () => {
    const { parser, events, gaps } = await readWith('applicationHost.config', text)
    assert.deepEqual([parser, gaps], ['iis-config', []])
    assert.deepEqual(
      events.map(({ fields }) => names.map((name) => fields[name] ?? null)),
      expected,
    )
    assert.ok(!JSON.stringify(events).includes('hunter2'), 'no password in fields or text')
  })
}

test('an earlier state is told apart', async () => {
  const path = 'C:\\inetpub\\history\\CFGHISTORY_0000000007\\applicationHost.config'
  const { events } = await readWith(path, site(''))
  assert.deepEqual(
    events.map((e) => [e.fields.Historical, e.snippet]),
    [['true', true]],
  )
})

for (const [path, known] of [
  ['%SystemDrive%\\inetpub\\wwwroot', 'true'],
  ['C:\\Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\owa', 'true'],
  ['F:\\Exchange\\ClientAccess\\ecp', 'true'],
  ['%windir%\\System32\\RpcProxy', 'true'],
  ['C:\\inetpub\\temp\\x', 'false'],
  ['C:\\Windows\\Temp', 'false'],
  ['C:\\Program Files\\Microsoft\\Exchange Server\\V15\\Logging', 'false'],
  ['\\\\host\\c$\\inetpub\\wwwroot', 'false'],
  ['C:\\inetpub\\wwwroot\\..\\..\\Users', 'false'],
] as const) {
  test(`${path} is a folder for pages: ${known}`, async () => {
    const text = site(`<application path="/x"><virtualDirectory path="/" physicalPath="${path}"/></application>`)
    const { events } = await readWith('applicationHost.config', text)
    assert.equal(events.at(-1)!.fields.KnownPlace, known)
  })
}
