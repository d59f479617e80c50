import assert from 'node:assert/strict'
import { test } from 'node:test'
import { columns, cut, pad, paint, visible, wrap } from '../../src/lib/terminal.ts'

const seen: readonly (readonly [string, string, string])[] = [
  ['plain text stays', 'GET /owa/ ünï', 'GET /owa/ ünï'],
  ['escape and C0', '\u001b[31m\u0000\u0007\t\r\n', '␛[31m␀␇␉␍␊'],
  ['delete and C1', '\u007f\u009b2J\u0085', '␡⟨U+009B⟩2J⟨U+0085⟩'],
  ['bidirectional overrides and isolates', 'a\u202Eb\u2066c\u200F\u061C', 'a⟨U+202E⟩b⟨U+2066⟩c⟨U+200F⟩⟨U+061C⟩'],
  ['no width', '\u200B\u200D\uFEFF\u00AD\u2060', '⟨U+200B⟩⟨U+200D⟩⟨U+FEFF⟩⟨U+00AD⟩⟨U+2060⟩'],
  ['separators', '\u2028\u2029', '⟨U+2028⟩⟨U+2029⟩'],
  ['tags and fillers', '\u{E0041}\u3164', '⟨U+E0041⟩⟨U+3164⟩'],
  ['half a pair', 'a\ud83d!', 'a⟨U+D83D⟩!'],
  ['a whole pair stays', 'a\u{1F512}', 'a\u{1F512}'],
  ['marks piled up', `e${'\u0301'.repeat(50)}`, `e${'\u0301'.repeat(4)}⟨…⟩`],
]
for (const [name, text, expected] of seen) {
  test(`made visible: ${name}`, () => {
    assert.equal(visible(text), expected)
  })
}

test('columns: marks take none, wide characters two', () => {
  assert.equal(columns('abc'), 3)
  assert.equal(columns('e\u0301'), 1)
  assert.equal(columns('漢字'), 4)
  assert.equal(columns('ﾒｰﾙ'), 3)
  assert.equal(columns('メール'), 6)
  // Hangul as it is typed, and in its parts.
  assert.equal(columns('메일'), 4)
  assert.equal(columns('메일'.normalize('NFD')), 4)
  for (const emoji of ['🔒', '🚀', '🟢', '🪤', '✅', '⌚']) assert.equal(columns(emoji), 2, emoji)
})

test('cut and pad keep to the width', () => {
  assert.equal(cut('abcdef', 4), 'abc…')
  assert.equal(cut('漢字漢字', 5), '漢字…')
  assert.equal(pad('ab', 4), 'ab  ')
  assert.equal(columns(pad('漢字漢字', 4)), 4)
  assert.equal(cut('abc', 0), '')
})

test('lines are broken at blanks, long words where the line ends', () => {
  assert.deepEqual(wrap('one two three', 7), ['one two', 'three'])
  assert.deepEqual(wrap(`x ${'y'.repeat(9)}`, 4), ['x', 'yyyy', 'yyyy', 'y'])
  assert.deepEqual(wrap('', 10), [''])
})

test('color only when asked for', () => {
  assert.equal(paint('x', 'red', false), 'x')
  assert.equal(paint('x', 'red', true), '\u001b[31mx\u001b[39m')
})
