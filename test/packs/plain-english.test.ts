import assert from 'node:assert/strict'
import { test } from 'node:test'
import { knowledgeTexts, MOST_WORDS, packTexts, problemsIn } from '../texts.ts'

// Texts of packs name who acts (attacker, user, administrator), and what a log contains or shows: readers must not guess.

test('no text of packs, rules, YARA rules and knowledge has a refused word or a long sentence', () => {
  const texts = [...packTexts(), ...knowledgeTexts()]
  const filesOf = (ending: string): number =>
    new Set(texts.map(({ file }) => file).filter((f) => f.endsWith(ending))).size
  assert.ok(filesOf('.yml') > 300)
  assert.ok(filesOf('.yar') >= 5)
  const problems = texts.flatMap(({ file, line, text }) =>
    problemsIn(text, MOST_WORDS.docs).map((problem) => `${file}:${line}: ${problem}`),
  )
  assert.deepEqual(problems, [])
})
