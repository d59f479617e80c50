import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { readUnparsed } from '../../src/parsers/fallback/unparsed.ts'
import type { Sink } from '../../src/parsers/parser.ts'

// A page is text in some encoding: bytes that are none are not read, whatever the file is called.

const PAGE = 'C:\\inetpub\\wwwroot\\aspnet_client\\a.aspx'
const text = `<%@ Page Language="C#" %>\r\n<html>\r\n\t<body>${'Welcome. '.repeat(60)}</body>\r\n</html>\r\n`
const noise = Buffer.from(Array.from({ length: 900 }, (_, i) => (Math.imul(i + 1, 2_654_435_761) >>> 11) & 255))

function gapsOf(bytes: Uint8Array, path = PAGE): readonly string[] {
  const gaps: string[] = []
  const sink = { gap: ({ reason }: { readonly reason: string }) => gaps.push(reason) } as unknown as Sink
  const parsed = readUnparsed(bytes, sink, path)
  assert.equal(parsed, gaps.length > 0 ? 0 : bytes.length)
  return gaps
}

const middle = (third: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(text.slice(0, 200)), third, Buffer.from(text.slice(200))])

for (const [what, bytes, path] of [
  ['noise', noise],
  ['a small page that was packed', gzipSync('<%@ Page %>')],
  ['noise in the middle', middle(noise.subarray(0, 200))],
  ['zeros in the middle', middle(Buffer.alloc(40))],
  ['noise under the name of a script', noise, 'C:\\inetpub\\wwwroot\\aspnet_client\\a.js'],
] as const)
  test(`${what} is no page`, () => assert.deepEqual(gapsOf(bytes, path), ['unsupported']))

const chinese = `<%@ Page %>\n<p>${'欢迎使用邮件系统，请登录。'.repeat(30)}</p>`
for (const [what, bytes, path] of [
  ['text', Buffer.from(text)],
  ['text of other scripts', Buffer.from(chinese)],
  ['UTF-16', Buffer.from(text, 'utf16le')],
  ['UTF-16 with a mark, of other scripts', Buffer.from(`\ufeff${chinese}`, 'utf16le')],
  ['UTF-16, big end first', Buffer.from(`\ufeff${chinese}`, 'utf16le').swap16()],
  [
    'EBCDIC',
    Buffer.from(text.replace(/[a-z]/gi, '\x81').replaceAll('\r\n', '\x15').replaceAll('\t', '\x05'), 'latin1'),
  ],
  ['a certificate', Buffer.concat([Buffer.from([0x30, 0x82]), noise]), 'C:\\inetpub\\wwwroot\\a.cer'],
  ['a picture', noise, 'C:\\inetpub\\wwwroot\\a.png'],
  ['a script outside of web roots', noise, 'C:\\Windows\\a.js'],
] as const)
  test(`${what} is read`, () => assert.deepEqual(gapsOf(bytes, path), []))
