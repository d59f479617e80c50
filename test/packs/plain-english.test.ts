import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parseAllDocuments } from 'yaml'
import { REFUSED } from '../refused-words.ts'

// Texts of packs name who acts (attacker, user, administrator), and what a log contains or shows: readers must not guess.

const packs = join(import.meta.dirname, '../../packs')

/** Keys whose values are names and no text, or a text in another language. */
const NO_TEXT = new Set(['id', 'de', 'fr', 'ja', 'detection', 'when', 'references', 'needs', 'tags'])

test('texts of packs and rules have no word that leaves open who acts', () => {
  const files = globSync('**/*.yml', { cwd: packs }).filter((file) => !file.includes('samples'))
  assert.ok(files.length > 300)
  const found = files.flatMap((file) => {
    const documents = parseAllDocuments(readFileSync(join(packs, file), 'utf8'))
    return documents.flatMap((document) => {
      assert.deepEqual(document.errors, [], file)
      return refusedIn(file, textsIn(document.toJS()))
    })
  })
  assert.deepEqual(found, [])
})

test('texts of YARA rules have none, either', () => {
  const files = globSync('**/*.yar', { cwd: packs }).filter((file) => !file.includes('samples'))
  assert.ok(files.length >= 5)
  const found = files.flatMap((file) => {
    const lines = readFileSync(join(packs, file), 'utf8').split('\n')
    return refusedIn(
      file,
      lines.filter((line) => /^\s+(?:title|description)\s*=/.test(line)),
    )
  })
  assert.deepEqual(found, [])
})

function refusedIn(file: string, texts: readonly string[]): string[] {
  return texts.filter((text) => REFUSED.test(text)).map((text) => `${file}: ${text}`)
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.includes(' ') ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inside]) => (NO_TEXT.has(key) ? [] : textsIn(inside)))
}
