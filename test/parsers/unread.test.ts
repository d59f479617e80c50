import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { isTextInName, notYetRead } from '../../src/parsers/fallback/unsupported.ts'

/** Zeros with texts (Latin-1) and numbers (32 bits) at some places. */
function bytesOf(size: number, at: Readonly<Record<number, string | number>>): Buffer {
  const bytes = Buffer.alloc(size)
  for (const [place, value] of Object.entries(at)) {
    if (typeof value === 'number') bytes.writeUInt32LE(value, Number(place))
    else bytes.write(value, Number(place), 'latin1')
  }
  return bytes
}

for (const [path, bytes, expected] of [
  ['SecEvent.Evt', bytesOf(48, { 0: 0x30, 4: 'LfLe', 44: 0x30 }), /\.evt\)/],
  ['Mailbox Database.edb', bytesOf(4096, { 0: 0x12345678, 4: 0x89abcdef }), /ESE database/],
  ['export.pst', bytesOf(512, { 0: '!BDN' }), /Outlook/],
  ['lsass.dmp', bytesOf(512, { 0: 'MDMP\x93\xa7' }), /memory dump of a process/],
  ['MEMORY.DMP', bytesOf(512, { 0: 'PAGEDU64' }), /memory dump of the machine/],
  ['a.msi', bytesOf(512, { 0: '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' }), /OLE/],
] as const) {
  test(`${path}: ${expected.source}`, () => assert.match(notYetRead(bytes, path) ?? 'null', expected))
}

for (const [name, path, bytes] of [
  ['an empty file', '$J', Buffer.alloc(0)],
  ['zeros', 'a.log', Buffer.alloc(65_536)],
  ['a text that begins like one', '$MFT', Buffer.from('FILE0001 was found')],
  ['the name alone', 'Security.evtx', Buffer.from('Event log, exported as text')],
  ['a text about dumps', 'MDMP.txt', Buffer.from('MDMP is the magic of minidumps')],
] as const) {
  test(`${name} is none`, () => assert.equal(notYetRead(bytes, path), null))
}

test('cut anywhere, nothing is read past the end', () => {
  for (const whole of [bytesOf(256, { 0: '!BDN' })]) {
    for (let length = 0; length < 256; length++) notYetRead(whole.subarray(0, length), '$J')
  }
})

test('no sample of the formats that are read is taken for one', () => {
  const golden = join(import.meta.dirname, 'golden')
  for (const file of globSync('**/*.*', { cwd: golden }))
    assert.equal(notYetRead(readFileSync(join(golden, file)).subarray(0, 65_536), file), null, file)
})

test('a file named like text that holds none is told from text in any encoding', () => {
  const random = Buffer.from(Array.from({ length: 256 }, (_, i) => (i * 73) % 256))
  const text = '{"Name": "Grüße", "Value": 1}\r\n'
  const rows: readonly (readonly [name: string, bytes: Buffer, is: boolean])[] = [
    ['tasks.json', random, true],
    ['tasks.json', Buffer.alloc(64), true],
    ['a.ps1.enc', random, true],
    ['a.bin', random, false],
    ['tasks.json', Buffer.from(text), false],
    ['tasks.csv', Buffer.from(text, 'latin1'), false],
    ['tasks.xml', Buffer.from(text, 'utf16le'), false],
    ['tasks.xml', Buffer.from(`\ufeff${text}`, 'utf16le'), false],
    ['empty.csv', Buffer.alloc(0), false],
  ]
  for (const [name, bytes, is] of rows) assert.equal(isTextInName(bytes, name), is, name)
})
