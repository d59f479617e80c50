import assert from 'node:assert/strict'
import { test } from 'node:test'
import { escape, html, inline, jsonBlock } from '../../src/lib/html.ts'

const attack = `"><img src=x onerror='alert(1)'>`

test('a value is escaped in text and in a quoted attribute', () => {
  const page = html`<p title="${attack}">${attack}</p>`.toString()
  assert.equal(page.match(/</g)?.length, 2)
  assert.equal(page.match(/"/g)?.length, 2)
})

test('markup goes in as it is, lists one after the other, null and false leave nothing', () => {
  const items = ['a', 'b'].map((x) => html`<li>${x}</li>`)
  assert.equal(html`<ul>${items}${null}${false}${undefined}${0}</ul>`.toString(), '<ul><li>a</li><li>b</li>0</ul>')
})

test('an object that looks like markup is not markup', () => {
  const forged = { markup: '<b>', toString: () => '<b>' }
  // @ts-expect-error it is not a piece either
  assert.equal(html`<p>${forged}</p>`.toString(), '<p>&lt;b&gt;</p>')
})

test('a link made from a value stays within the page', () => {
  assert.equal(html`<a href="${'javascript:alert'}">x</a>`.toString(), '<a href="#">x</a>')
  assert.equal(html`<a href="${'#f-1'}">x</a>`.toString(), '<a href="#f-1">x</a>')
  assert.equal(html`<a href="#${'f-1"x'}">x</a>`.toString(), '<a href="#f-1&quot;x">x</a>')
})

const refused: readonly (readonly [string, () => unknown])[] = [
  ['an unquoted attribute', () => html`<p title=${attack}>`],
  ['an event handler', () => html`<p onclick="${attack}">`],
  ['a style attribute', () => html`<p style="${attack}">`],
  ['a script', () => html`<script>${attack}</script>`],
  ['a style', () => html`<style>${attack}</style>`],
  ['a comment', () => html`<!-- ${attack} -->`],
  ["a tag's name", () => html`<${attack}>`],
  ["an attribute's name", () => html`<p ${attack}>`],
  ['markup inside an attribute', () => html`<p title="${html`<b>`}">`],
]
for (const [where, make] of refused) {
  test(`a template with a value in ${where} is refused`, () => {
    assert.throws(make, TypeError)
  })
}

test('attributes may be given as markup', () => {
  assert.equal(html`<details${html` open`} id="${'a'}">`.toString(), '<details open id="a">')
})

test('what is not seen is made visible, and brackets are references', () => {
  assert.equal(escape('a\u202Eb\u001b(['), 'a⟨U+202E⟩b␛&#40;&#91;')
})

test('data cannot leave its block', () => {
  const value = { a: '</script><script>x<!-- &amp; \u2028\u2029', ['__proto__x']: ['<'] }
  const block = jsonBlock('d', value).toString()
  const inside = block.slice(block.indexOf('>') + 1, block.lastIndexOf('<'))
  assert.doesNotMatch(inside, /[<>&\u2028\u2029]/)
  assert.deepEqual(JSON.parse(inside), value)
})

test('a style or script that would end itself is refused', () => {
  assert.throws(() => inline('style', 'a</style>'), TypeError)
  assert.throws(() => inline('script', '"<!--"'), TypeError)
})
