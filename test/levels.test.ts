import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import { pathToFileURL } from 'node:url'

const levels: string = pathToFileURL(join(import.meta.dirname, '..', 'scripts', 'levels.mjs')).href
const { long } = (await import(levels)) as { readonly long: Readonly<Record<string, string>> }

// A test file that is not listed runs in `npm test`: none can run in neither level.
void it('every test file that is listed as long is there', () => {
  assert.deepEqual(
    Object.keys(long).filter((file) => !existsSync(join(import.meta.dirname, file))),
    [],
  )
})

void it('a test that starts a browser, or assesses all miniature servers of a part, is listed as long', () => {
  const files = (readdirSync(import.meta.dirname, { recursive: true }) as string[])
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.test.ts') && file !== 'levels.test.ts')
  const slow = files.filter((file) =>
    /\bplaywright-core\b|\/browser\.ts'|testServers\('rest/.test(readFileSync(join(import.meta.dirname, file), 'utf8')),
  )
  assert.ok(slow.length >= 2)
  assert.deepEqual(
    slow.filter((file) => !(file in long)),
    [],
  )
})
