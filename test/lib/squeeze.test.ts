import assert from 'node:assert/strict'
import { test } from 'node:test'
import { squeezed } from '../../src/lib/squeeze.ts'

test('a text that is short enough stays as it is', () => {
  for (const text of ['', 'a', `a${' '.repeat(90)}b`]) assert.equal(squeezed(text, 100), text)
})

test('blanks of any kind hide nothing', () => {
  for (const blank of [' ', '\t', '\r\n', '\u00a0', '\u200b', '\u3000'])
    for (const at of [0, 50, 5_000]) {
      const text = `${'a'.repeat(at)}${blank.repeat(100_000)}evil()${blank.repeat(100_000)}`
      assert.ok(squeezed(text, 8_192).includes('evil()'), JSON.stringify(blank))
    }
})

test('of what is too long the beginning and the end stay, and it is not longer than asked for', () => {
  const text = squeezed(`first${'x y'.repeat(10_000)}last`, 1_000)
  assert.ok(text.startsWith('first') && text.endsWith('last') && text.length <= 1_003)
})

test('all blanks are as many as stay of a run', () => {
  assert.equal(squeezed(' '.repeat(1_000), 100), ' '.repeat(16))
  assert.equal(
    squeezed(`${' '.repeat(1_000)}a${' '.repeat(17)}b${' '.repeat(16)}c`, 100).replace(/ +/g, (r) => `<${r.length}>`),
    '<16>a<16>b<16>c',
  )
})
