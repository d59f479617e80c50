import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeFiles, MOST_WORDS, problemsIn, textsIn, textsOf } from './texts.ts'

// Texts that the program shows name who acts, use the terms of the field, and have short sentences.

test('no text of the program has a refused word or a long sentence', () => {
  const files = codeFiles()
  assert.ok(files.length > 500)
  const problems = files
    .flatMap(textsOf)
    .flatMap(({ file, line, text }) =>
      problemsIn(text, MOST_WORDS.program).map((problem) => `${file}:${line}: ${problem}`),
    )
  assert.deepEqual(problems, [])
})

test('strings, templates, sums of them and texts of pages are all read', () => {
  const source = `const a = 'Somebody came' + \` in \${x('and somebody told it')}\`; const b = <p>Nobody   knows it.</p>`
  assert.deepEqual(
    textsIn('sample.tsx', source).map(({ text }) => text),
    ['Somebody came in X', 'and somebody told it', 'Nobody knows it.'],
  )
})

test('refused words and long sentences are found, and each sentence is counted by itself', () => {
  assert.equal(problemsIn('Somebody came.', 20).length, 1)
  assert.equal(problemsIn(`${'word '.repeat(21)}.`, 20).length, 1)
  assert.deepEqual(problemsIn(`${'word '.repeat(20).trim()}. ${'word '.repeat(20).trim()}.`, 20), [])
})
