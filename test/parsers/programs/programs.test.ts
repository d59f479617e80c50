import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { xpressHuffman, xpressPlain } from '../../../src/lib/xpress-huffman.ts'
import { prefetch } from '../../../src/parsers/programs/prefetch.ts'
import { shortcut } from '../../../src/parsers/programs/shortcut.ts'
import { notYetRead } from '../../../src/parsers/fallback/unsupported.ts'
import { reading, survivesDamage } from '../hostile.ts'
import { compressedPrefetch, prefetchFile, shortcutFile, shortcutList } from '../../../tools/writers/programs.ts'

const RUNS = ['2021-03-03T04:23:22.3701234Z', '2021-03-02T23:00:00.0000001Z']
const FILES = [
  '\\VOLUME{01d6f1a2b3c4d5e6-8c9d0e1f}\\WINDOWS\\SYSTEM32\\NTDLL.DLL',
  '\\VOLUME{01d6f1a2b3c4d5e6-8c9d0e1f}\\WINDOWS\\SYSTEM32\\CMD.EXE',
  '\\VOLUME{01d6f1a2b3c4d5e6-8c9d0e1f}\\INETPUB\\WWWROOT\\ASPNET_CLIENT\\PAGE.ASPX',
]

suite('prefetch files', () => {
  for (const version of [17, 23, 26, 30, 31] as const) {
    test(`version ${version}: image, count, times, volume and loaded files`, async () => {
      const most = version < 26 ? 1 : 2
      const bytes = prefetchFile({ version, name: 'CMD.EXE', count: 7, runs: RUNS, files: FILES })
      const { events, gaps } = await reading(prefetch, bytes, 'CMD.EXE-4A81B364.pf', { piece: 100 })
      assert.deepEqual(gaps, [])
      assert.equal(events.length, most)
      assert.deepEqual(
        events.map(({ fields }) => fields.RunTime),
        RUNS.slice(0, most),
      )
      const { fields, time, target } = events[0]!
      assert.equal(time, Date.parse('2021-03-03T04:23:22.370Z'))
      assert.equal(target, 'C:\\WINDOWS\\SYSTEM32\\CMD.EXE')
      assert.deepEqual(
        [fields.Image, fields.RunCount, fields.PrefetchHash, fields.VolumeSerial, fields.LoadedFileCount],
        [target, 7, '4A81B364', ['8C9D-0E1F'], 3],
      )
      // The page comes before the libraries.
      assert.equal((fields.LoadedFiles as string[])[0], 'C:\\INETPUB\\WWWROOT\\ASPNET_CLIENT\\PAGE.ASPX')
    })
  }

  test('compressed as Windows 10 has it, with a checksum and without', async () => {
    const bytes = prefetchFile({ version: 30, name: 'CMD.EXE', count: 7, runs: RUNS, files: FILES })
    for (const checked of [false, true]) {
      const packed = compressedPrefetch(bytes, checked)
      assert.equal(prefetch.recognize({ path: '', windowsPath: null, size: null, bytes: packed, text: '' }), 95)
      const { events, gaps } = await reading(prefetch, packed)
      assert.deepEqual(gaps, [])
      assert.deepEqual(
        events.map(({ at }) => at.length),
        [packed.length, packed.length],
      )
      assert.equal(events[0]!.fields.Image, 'C:\\WINDOWS\\SYSTEM32\\CMD.EXE')
    }
    const other = compressedPrefetch(bytes, true)
    other[8]! ^= 1
    assert.match((await reading(prefetch, other)).gaps[0]!.detail, /checksum/)
  })

  test('a name that is cut at 29 letters finds its file; a volume without the system keeps its name', async () => {
    const long = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.EXE'
    const bytes = prefetchFile({
      version: 30,
      name: long.slice(0, 29),
      count: 1,
      runs: [],
      files: [`\\VOLUME{01d6f1a2b3c4d5e6-8c9d0e1f}\\TEMP\\${long}`],
    })
    const { events } = await reading(prefetch, bytes)
    assert.equal(events.length, 1)
    assert.equal(events[0]!.time, null)
    assert.equal(events[0]!.fields.Image, `\\VOLUME{01d6f1a2b3c4d5e6-8c9d0e1f}\\TEMP\\${long}`)
  })

  test('an unknown version is a gap; other compressed files are not taken', async () => {
    const bytes = prefetchFile({ version: 30, name: 'CMD.EXE', count: 7, runs: RUNS, files: FILES })
    bytes.writeUInt32LE(47)
    const { events, gaps } = await reading(prefetch, bytes)
    assert.deepEqual([events.length, gaps[0]!.reason, gaps[0]!.length], [0, 'unsupported', bytes.length])
    const database = compressedPrefetch(Buffer.alloc(400, 'superfetch'), false)
    assert.equal(prefetch.recognize({ path: '', windowsPath: null, size: null, bytes: database, text: '' }), 0)
    assert.match(notYetRead(database, 'AgGlGlobalHistory.db') ?? '', /compressed/)
  })

  const sample = prefetchFile({ version: 30, name: 'CMD.EXE', count: 7, runs: RUNS, files: FILES })
  survivesDamage('prefetch', prefetch, sample)
  survivesDamage('compressed prefetch', prefetch, compressedPrefetch(sample, true))
})

suite('shortcuts', () => {
  const parts = {
    created: '2021-03-03T04:23:22.3701234Z',
    modified: '2021-03-03T04:24:00.0000000Z',
    accessed: null,
    local: 'C:\\Windows\\System32\\cmd.exe',
    arguments: '/c whoami > C:\\inetpub\\wwwroot\\aspnet_client\\a.txt',
    folder: 'C:\\Windows',
    machine: 'mail01',
    mac: '005056aabbcc',
  }

  test('target, arguments, times, volume, machine and network card', async () => {
    const bytes = shortcutFile(parts)
    assert.equal(shortcut.recognize({ path: 'a.lnk', windowsPath: null, size: null, bytes, text: '' }), 95)
    const { events, gaps } = await reading(shortcut, bytes, 'a.lnk', { piece: 7 })
    assert.deepEqual(gaps, [])
    assert.deepEqual(
      events.map(({ fields, time }) => [fields.TimeMeaning, time]),
      [
        ['target created', Date.parse('2021-03-03T04:23:22.370Z')],
        ['target modified', Date.parse('2021-03-03T04:24:00Z')],
      ],
    )
    const { fields, at } = events[0]!
    assert.deepEqual([at.offset, at.length], [0, bytes.length])
    assert.equal(fields.Image, parts.local)
    assert.equal(fields.CommandLine, `${parts.local} ${parts.arguments}`)
    assert.deepEqual(
      [fields.CurrentDirectory, fields.VolumeSerial, fields.DriveType, fields.MachineId, fields.MacAddress],
      ['C:\\Windows', '8C9D-0E1F', 'fixed', 'mail01', '00:50:56:aa:bb:cc'],
    )
    assert.deepEqual(fields.Properties, ['46588ae2-4cbc-4338-bbfc-139326986dce/4=S-1-5-21-1-2-3-500'])
  })

  test('a target that only the list of shell items spells', async () => {
    const { events } = await reading(
      shortcut,
      shortcutFile({ ...parts, local: null, items: ['C:\\', 'Temp', 'long name.exe'] }),
    )
    assert.equal(events[0]!.fields.Image, 'C:\\Temp\\long name.exe')
  })

  test('bytes behind the end of a shortcut are a gap', async () => {
    const bytes = shortcutFile(parts)
    const { events, gaps } = await reading(shortcut, Buffer.concat([bytes, Buffer.alloc(9000, 0x41)]))
    assert.equal(events.length, 2)
    assert.deepEqual([gaps[0]!.offset, gaps[0]!.length, gaps[0]!.reason], [bytes.length, 9000, 'unsupported'])
  })

  test('a list of shortcuts (.customDestinations-ms) gives each of them', async () => {
    const one = shortcutFile(parts)
    const bytes = shortcutList([one, shortcutFile({ ...parts, local: 'D:\\tools\\procdump.exe' })])
    assert.equal(shortcut.recognize({ path: 'x', windowsPath: null, size: null, bytes, text: '' }), 90)
    const { events, gaps } = await reading(shortcut, bytes)
    assert.deepEqual(gaps, [])
    assert.deepEqual(
      events.map(({ fields, at }) => [fields.Image, at.record]),
      [
        ['C:\\Windows\\System32\\cmd.exe', 1],
        ['C:\\Windows\\System32\\cmd.exe', 1],
        ['D:\\tools\\procdump.exe', 2],
        ['D:\\tools\\procdump.exe', 2],
      ],
    )
  })

  survivesDamage('shortcut', shortcut, shortcutFile({ ...parts, items: ['C:\\', 'Temp', 'long name.exe'] }))
  survivesDamage('list of shortcuts', shortcut, shortcutList([shortcutFile(parts), shortcutFile(parts)]))
})

suite('Xpress', () => {
  // [MS-XCA] 3.1 and 3.2, the examples of the specification.
  test('plain LZ77: letters, and a pattern that repeats', () => {
    const letters = Buffer.from('3f000000' + Buffer.from('abcdefghijklmnopqrstuvwxyz').toString('hex'), 'hex')
    assert.equal(xpressPlain(letters, 26).toString(), 'abcdefghijklmnopqrstuvwxyz')
    const pattern = Buffer.from('ffffff1f61626317000fff2601', 'hex')
    assert.equal(xpressPlain(pattern, 300).toString(), 'abc'.repeat(100))
  })

  test('Huffman: a pattern that repeats', () => {
    const table = Buffer.alloc(256)
    table.set([0x30, 0x23], 0x30)
    table[0x80] = 0x02
    table[0x8f] = 0x20
    const bytes = Buffer.concat([table, Buffer.from('a8dc0000ff2601', 'hex')])
    assert.equal(xpressHuffman(bytes, 300).toString(), 'abc'.repeat(100))
    assert.equal(xpressHuffman(bytes.subarray(0, 258), 300).length < 4, true)
  })

  test('no stated size is believed', () => {
    assert.equal(xpressHuffman(Buffer.alloc(300), 1 << 30).length, 0)
    assert.equal(xpressPlain(Buffer.alloc(300), 1 << 30).length > 250, true)
  })
})
