import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { assess } from '../../src/assessment/assess.ts'
import { loadExposureFacts } from '../../src/knowledge/exposure-tables.ts'
import type { Finding } from '../../src/model/finding.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { inlinePool } from '../../src/run/pool.ts'

// What an administrator saved of a virtual directory shows that the directory was poisoned, and is no web shell itself.
const root = join(import.meta.dirname, '..', '..')
const knowledge = await loadKnowledge({ packs: [join(root, 'packs')], rules: [], iocs: [] })
const facts = loadExposureFacts(join(root, 'knowledge'))
const pool = inlinePool(knowledge, null)
const folder = mkdtempSync(join(tmpdir(), 'postern-exports-'))
after(() => rmSync(folder, { recursive: true }))

async function findingsOf(path: string, text: string): Promise<readonly Finding[]> {
  const place = join(folder, `${Math.abs(text.length)}-${path.length}`, path)
  mkdirSync(dirname(place), { recursive: true })
  writeFileSync(place, text)
  const options = { fallbackName: 'X', tool: 'test' }
  const evidence = place.slice(0, place.length - path.length - 1)
  return (await assess([evidence], knowledge, facts, pool, options)).findings
}

// In pieces: the file of a test is no sample for antivirus.
const code = [
  '<scr',
  'ipt language="JScript" runat="server">function Page_Load(){ev',
  'al(Request["x"],"unsafe");}</scr',
  'ipt>',
].join('')
const url = `http://f/${code}`
const list = (external: string, more: readonly string[] = []): string =>
  [
    '',
    'Name                          : OAB (Default Web Site)',
    'PollInterval                  : 480',
    'OfflineAddressBooks           : {\\Default Offline Address Book}',
    'MetabasePath                  : IIS://MAIL01.contoso.example/W3SVC/1/ROOT/OAB',
    'Server                        : MAIL01',
    'InternalUrl                   : https://mail01.contoso.example/OAB',
    'InternalAuthenticationMethods : {WindowsIntegrated}',
    'ExternalAuthenticationMethods : {WindowsIntegrated}',
    'AdminDisplayVersion           : Version 15.1 (Build 2106.2)',
    `ExternalUrl                   : ${external}`,
    ...more,
    '',
  ].join('\r\n')
const clean = 'https://mail.contoso.example/OAB'

for (const [name, path, text] of [
  ['Format-List of an OAB directory', 'oab.txt', list(url)],
  ['the second of two directories', 'vdirs.txt', list(clean) + list(url)],
  [
    'Format-List of two properties',
    'owa.log',
    `\r\nIdentity    : MAIL01\\owa (Default Web Site)\r\nExternalUrl : ${url}\r\n\r\n`,
  ],
  [
    'Format-Table',
    'ecp.txt',
    `\r\nName                   ExternalUrl\r\n----                   -----------\r\necp (Default Web Site) ${url}\r\n`,
  ],
  ['below a web root', 'C/inetpub/wwwroot/oab.txt', list(url)],
] as const)
  test(`${name}: the directory is poisoned, and the file no web shell`, async () => {
    const findings = await findingsOf(path, text)
    const serious = findings.filter(({ level }) => level === 'critical' || level === 'high')
    assert.deepEqual(
      serious.map(({ title, persistence }) => [title, persistence]),
      [['Script in the URL of an Exchange Virtual Directory', 'vdir']],
    )
  })

test('a note that quotes script keeps no rule of files from settings as a page served them', async () => {
  const note = `# as the tool wrote it: ${url}\r\n`
  for (const text of [list('http://ooo/#'), note + list('http://ooo/#'), list('http://ooo/#', [note])]) {
    const titles = (await findingsOf('response.txt', text)).map(({ title }) => title)
    assert.ok(titles.includes('OAB Virtual Directory Settings with an Invented URL'), titles.join())
  }
})

for (const [name, path] of [
  ['a page', 'C/inetpub/wwwroot/aspnet_client/x.aspx'],
  ['a copy of a page', 'x.aspx.txt'],
  ['a file without an ending', '0f3a99c1d2e4'],
] as const)
  test(`${name} with the same content is a web shell`, async () => {
    const findings = await findingsOf(path, list(url))
    assert.ok(findings.some(({ stage, persistence }) => stage === 'shell' && persistence === 'web-shell'))
  })

test('script that stands in no address is none of a directory', async () => {
  const findings = await findingsOf('shell.txt', `${code}\r\n${url}\r\n`)
  assert.ok(findings.some(({ persistence }) => persistence === 'web-shell'))
})

test('an ordinary export has no finding', async () => {
  assert.deepEqual(await findingsOf('oab.txt', list(clean) + list(clean)), [])
})
