import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Event } from '../../src/model/event.ts'
import type { Gap } from '../../src/model/evidence.ts'
import { fileListing } from '../../src/parsers/common/file-listing.ts'

async function reading(
  text: string,
): Promise<{ sure: number; events: Event[]; gaps: Omit<Gap, 'path'>[]; parsed: number }> {
  const bytes = Buffer.from(text)
  const head = { path: 'files.csv', windowsPath: null, size: bytes.length, bytes, text }
  const events: Event[] = []
  const gaps: Omit<Gap, 'path'>[] = []
  async function* chunks(): AsyncGenerator<Uint8Array> {
    yield bytes
  }
  const parsed = await fileListing.read(
    { ...head, modified: null, chunks },
    { event: (event) => void events.push(event), gap: (gap) => void gaps.push(gap), fact() {} },
  )
  return { sure: fileListing.recognize(head), events, gaps, parsed }
}

test('MFTECmd: folder and name together, with the time the file was made', async () => {
  const { sure, events } = await reading(
    'EntryNumber,InUse,ParentPath,FileName,FileSize,IsDirectory,Created0x10,LastModified0x10\r\n' +
      '7,True,.\\inetpub\\wwwroot\\aspnet_client,a1.aspx,2210,False,2021-03-03 04:12:00.1234567,2021-03-03 04:12:01.1\r\n' +
      '8,True,.\\inetpub\\wwwroot,aspnet_client,0,True,2020-01-01 00:00:00,2020-01-01 00:00:00\r\n' +
      '9,False,.\\inetpub\\wwwroot\\aspnet_client,b2.aspx,2210,False,2021-03-04 04:12:00,2021-03-04 04:12:00\r\n',
  )
  assert.ok(sure > 0)
  assert.deepEqual(
    events.map((event) => [event.fields.TargetFilename, event.time, event.sources[0]?.category]),
    [
      ['C:\\inetpub\\wwwroot\\aspnet_client\\a1.aspx', Date.UTC(2021, 2, 3, 4, 12, 0, 123), 'file_event'],
      ['C:\\inetpub\\wwwroot\\aspnet_client\\b2.aspx', null, 'file_delete'],
    ],
  )
  assert.equal(events[0]?.fields.Size, 2210)
  assert.deepEqual([events[0]?.log, events[0]?.snippet], ['web-roots', true])
  // What is in use lies in the web root; what was freed lies nowhere.
  assert.deepEqual(
    events.map(({ fields }) => fields.WebRoot),
    ['aspnet_client', null],
  )
})

test('MFTECmd: where the file is older than its name, the time is that of the name', async () => {
  const head =
    'InUse,ParentPath,FileName,FileSize,IsDirectory,Created0x10,Created0x30,LastModified0x10,LastRecordChange0x10,LastAccess0x10\r\n'
  const row = (name: string, own: string, named: string, changed: string): string =>
    ['True', '.\\inetpub\\wwwroot', name, '2210', 'False', own, named, own, changed, own].join(',')
  const [name, old] = ['2021-08-21 03:12:44.5552211', '2021-01-10 10:00:01.4711111']
  const { events } = await reading(
    head +
      [
        row('set.aspx', '2021-01-10 10:00:01.0000000', name, name),
        row('record.aspx', old, name, old),
        row('unpacked.aspx', old, name, name),
        row('rounded.aspx', '2021-01-10 10:00:01', name, name),
        row('same.aspx', old, '', old),
      ].join('\r\n'),
  )
  assert.deepEqual(
    events.map(({ time, fields }) => [fields.FileName, time, fields.Timestomped ?? null]),
    [
      ['set.aspx', Date.UTC(2021, 7, 21, 3, 12, 44, 555), 'likely'],
      ['record.aspx', Date.UTC(2021, 7, 21, 3, 12, 44, 555), 'likely'],
      ['unpacked.aspx', Date.UTC(2021, 7, 21, 3, 12, 44, 555), null],
      ['rounded.aspx', Date.UTC(2021, 7, 21, 3, 12, 44, 555), null],
      ['same.aspx', Date.UTC(2021, 0, 10, 10, 0, 1, 471), null],
    ],
  )
})

test('Get-ChildItem and Test-ProxyLogon: what says no UTC says no time', async () => {
  const { events } = await reading(
    '#TYPE System.Management.Automation.PSCustomObject\r\n"Type","Path","Name","LastWrite"\r\n' +
      '"LsassDump","C:\\windows\\temp\\lsass.dmp","lsass.dmp","3/3/2021 4:12:00 AM"\r\n',
  )
  assert.equal(events[0]?.fields.TargetFilename, 'C:\\windows\\temp\\lsass.dmp')
  assert.equal(events[0]?.time, null)
  assert.equal(events[0]?.fields.Modified, '3/3/2021 4:12:00 AM')
})

test('every byte is read or told of; a table of something else is not taken', async () => {
  const text = '"FullName","CreationTimeUtc"\r\n"C:\\a.txt","2021-03-03 04:12:00"\r\n"no path","x"\r\n"open\r\n'
  const { events, gaps, parsed } = await reading(text)
  assert.equal(events.length, 1)
  assert.equal(parsed + gaps.reduce((sum, gap) => sum + gap.length, 0), text.length)
  assert.equal((await reading('Name,Path\r\na,b\r\n')).sure, 0)
  assert.equal((await reading('date,time,user\r\n1,2,3\r\n')).sure, 0)
})
