import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isWebContent } from '../../src/parsers/fallback/web-content.ts'

const root = 'C:\\inetpub\\wwwroot\\aspnet_client\\'
for (const [path, text, expected] of [
  [`${root}a.js`, '/* a */ var b', true],
  [`${root}a.js`, '\ufeff(function () {})', true],
  [`${root}a.css`, '.a { color: red }', true],
  [`${root}a.aspx`, '<%@ Page %>', true],
  [`${root}a.aspx`, '\r\nName                            : OAB (Default Web Site)', false],
  [`${root}a.htm`, '<!DOCTYPE html>', true],
  [`${root}a.gif`, 'GIF89a', true],
  [`${root}a.gif`, 'MDMP', false],
  [`${root}a.js`, '#Fields: date time', false],
  [`${root}a.js`, '2021-03-03 04:23:00 GET /', false],
  [`${root}a.js`, '{"EventID": 4688}', false],
  [`${root}a.js`, 'DateTime,RequestId,MajorVersion,MinorVersion,BuildVersion', false],
  [`${root}a.js`, 'MZ\u0090', false],
  [`${root}a.txt`, 'text', false],
  ['C:\\Temp\\a.js', '/* a */', false],
] as const) {
  describe('web content', () => {
    it(`${path} ${JSON.stringify(text.slice(0, 20))}: ${expected}`, () =>
      assert.equal(isWebContent({ path, windowsPath: path, bytes: Buffer.from(text) }), expected))
  })
}
