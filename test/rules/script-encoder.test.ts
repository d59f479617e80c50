import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pageFlow } from '../../src/rules/web-shells/data-flow.ts'
import { layersOf } from '../../src/rules/web-shells/decode.ts'
import { withoutScriptEncoder } from '../../src/rules/web-shells/script-encoder.ts'

const decoded = (text: string): string | undefined =>
  withoutScriptEncoder(Buffer.from(text, 'latin1'))?.toString('latin1')
const wrapped = (code: string): string => `<%@ Language="VBScript.Encode" %><%#@~^AAAAAA==${code}AAAAAA==^#~@%>`

/** Letter by letter, the one that the decoder reads as it at this place. */
function encoded(plain: string): string {
  const escapes: Record<string, string> = { '\n': '@&', '\r': '@#', '>': '@*', '<': '@!', '@': '@$' }
  const candidates = Array.from({ length: 119 }, (_, i) => String.fromCharCode(i + 9)).filter(
    (one) => !/[<>@\n\r]/.test(one),
  )
  let made = ''
  for (const [place, letter] of [...plain].entries()) {
    const pad = 'v'.repeat(place)
    made +=
      escapes[letter] ??
      candidates.find((one) => decoded(`#@~^AAAAAA==${pad}${one}AAAAAA==^#~@`)?.slice(place) === letter) ??
      letter
  }
  return made
}

describe('Script Encoder', () => {
  it('a word whose sum of letters is known is read', () => {
    // 425, in base64 `qQEAAA==`: e, l, s, e.
    assert.equal(decoded('<%#@~^BAAAAA==n^/nqQEAAA==^#~@%>'), '<%else%>')
  })

  it('what is not encoded stays as it is', () => {
    assert.equal(decoded('<% a = 1 %>'), undefined)
    assert.equal(decoded('a#@~^BAAAAA==n^/nqQEAAA==^#~@b#@~^BAAAAA==n^/nqQEAAA==^#~@c'), 'aelsebelsec')
  })

  it('code without its end is read as far as it goes', () => {
    assert.equal(decoded('<%#@~^BAAAAA==n^/n'), '<%else')
  })

  it('the check sum says whether the second of two bytes is a letter or half of a character', () => {
    const sumOf = (plain: string): string => {
      const sum = Buffer.alloc(4)
      sum.writeUInt32LE([...plain].reduce((all, letter) => all + (letter < '\x80' ? letter.charCodeAt(0) : 0), 0))
      return sum.toString('base64')
    }
    const block = (code: string, sum: string): string => `#@~^AAAAAA==${code}${sum}^#~@`
    const code = encoded('abc = 1')
    const chinese = `${code[0]}\x81@\xd2^${code.slice(1)}`
    assert.equal(decoded(block(chinese, sumOf('abc = 1'))), 'a\x81@\xd2^bc = 1')
    // Latin letters: what is behind each is encoded as everything is.
    const latin = `${encoded('ab').slice(0, 1)}\xe9${encoded('ab').slice(1)}`
    assert.equal(decoded(block(latin, sumOf('ab'))), 'a\xe9b')
    // A sum that fits neither changes nothing.
    assert.equal(decoded(block(latin, 'AAAAAA==')), 'a\xe9b')
  })

  it('a page is judged by what it holds', () => {
    const bad = wrapped(encoded(`${['Exec', 'ute'].join('')} ${['Req', 'uest'].join('')}("a")`))
    const good = wrapped(encoded('Response.Write Now() & "<br>"'))
    const rules = (page: string): string[] => pageFlow.scan(Buffer.from(page, 'latin1')).map(({ rule }) => rule)
    assert.deepEqual(rules(bad), ['flow-evaluates'])
    assert.deepEqual(rules(good), [])
    assert.equal(layersOf(Buffer.from(good, 'latin1'))[0]?.name, 'Script Encoder')
  })
})
