import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event } from '../../src/model/event.ts'
import type { Gap } from '../../src/model/evidence.ts'
import { folderListing } from '../../src/parsers/common/folder-listing.ts'
import { choose } from '../../src/parsers/index.ts'

const AUTH = 'C:\\Program Files\\Microsoft\\Exchange Server\\V15\\FrontEnd\\HttpProxy\\owa\\auth'

async function reading(text: string): Promise<{ name: string; events: Event[]; gaps: Omit<Gap, 'path'>[] }> {
  const bytes = Buffer.from(text)
  const head = { path: 'listing.txt', windowsPath: null, size: bytes.length, bytes, text }
  const events: Event[] = []
  const gaps: Omit<Gap, 'path'>[] = []
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield bytes
  }
  await folderListing.read(
    { ...head, modified: null, chunks },
    { event: (event) => void events.push(event), gap: (gap) => void gaps.push(gap), fact() {} },
  )
  return { name: choose(head).name, events, gaps }
}

for (const [language, above, rows, below] of [
  [
    'English',
    ` Directory of ${AUTH}`,
    ['03/03/2021  04:12 AM             2,301 a b.aspx'],
    '               1 File(s)          2,301 bytes',
  ],
  [
    'German',
    ` Verzeichnis von ${AUTH}`,
    ['03.03.2021  04:12             2.301 a b.aspx'],
    '               1 Datei(en),          2.301 Bytes',
  ],
  [
    'French',
    ` R\u00e9pertoire de ${AUTH}`,
    ['03/03/2021  04:12             2\u00a0301 a b.aspx'],
    '               1 fichier(s)            2\u00a0301 octets',
  ],
  [
    'Japanese',
    ` ${AUTH} \u306e\u30c7\u30a3\u30ec\u30af\u30c8\u30ea`,
    ['2021/03/03  04:12             2,301 a b.aspx'],
    '               1 \u500b\u306e\u30d5\u30a1\u30a4\u30eb',
  ],
  [
    'PowerShell',
    `    Directory: ${AUTH}`,
    [
      'Mode                 LastWriteTime         Length Name',
      '----                 -------------         ------ ----',
      '-a----          3/3/2021   4:12 AM           2301 a b.aspx',
    ],
    '',
  ],
] as const)
  test(`folder as printed: ${language}`, async () => {
    const folder =
      language === 'PowerShell'
        ? 'd-----          3/3/2021   4:12 AM                old'
        : '03/03/2021  04:12    <DIR>          old'
    const { name, events, gaps } = await reading([above, '', ...rows, folder, below, ''].join('\r\n'))
    assert.equal(name, 'folder-listing')
    assert.deepEqual(
      events.map(({ fields, time, log, snippet }) => [fields.TargetFilename, fields.Size, time, log, snippet]),
      [[`${AUTH}\\a b.aspx`, 2301, null, 'web-roots', true]],
    )
    assert.deepEqual(gaps, [])
  })

test('folder as printed: text around it is told of, and a time with a path is no folder', async () => {
  const { events, gaps } = await reading(
    ' Directory of C:\\Temp\r\n\r\n03/03/2021  04:12 AM             2,301 a.txt\r\nThis is what we found.\r\n',
  )
  assert.equal(events.length, 1)
  assert.deepEqual(
    gaps.map(({ reason, detail }) => [reason, detail]),
    [['unsupported', 'text that is no line of a folder']],
  )
  assert.notEqual(
    (await reading('2021-03-03 04:12:01 started in C:\\Temp\r\n2021-03-03 04:12 10 x\r\n')).name,
    'folder-listing',
  )
})

test('paths one a line, and names with a tab before their folders, are listed files', async () => {
  const { name, events, gaps } = await reading(
    `Web shells:\n* ${AUTH}\\a.aspx\n\`C:\\inetpub\\wwwroot\\aspnet_client\\b.ashx\`\nc.aspx\t${AUTH}\n`,
  )
  assert.equal(name, 'folder-listing')
  assert.deepEqual(
    events.map(({ target }) => target),
    [`${AUTH}\\a.aspx`, 'C:\\inetpub\\wwwroot\\aspnet_client\\b.ashx', `${AUTH}\\c.aspx`],
  )
  assert.equal(gaps.length, 1)
})

test('one path in a text is no list of files', async () => {
  const { name } = await reading(`The page was found in\n${AUTH}\\a.aspx\nand was removed on Monday.\n`)
  assert.equal(name, 'scan')
})
