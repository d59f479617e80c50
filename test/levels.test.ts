import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { casesOf } from './tenth.ts'

const levels: string = pathToFileURL(join(import.meta.dirname, '..', 'scripts', 'levels.mjs')).href
const { inTenths, long } = (await import(levels)) as {
  readonly inTenths: readonly string[]
  readonly long: Readonly<Record<string, string>>
}
const files = (readdirSync(import.meta.dirname, { recursive: true }) as string[])
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.test.ts') && file !== 'levels.test.ts')
const holds = (file: string, pattern: RegExp): boolean =>
  pattern.test(readFileSync(join(import.meta.dirname, file), 'utf8'))

// A test file that is not listed runs in `npm test`: none can run in neither level.
void it('every test file that is listed as long is there', () => {
  assert.deepEqual(
    Object.keys(long).filter((file) => !existsSync(join(import.meta.dirname, file))),
    [],
  )
})

void it('a test that starts a browser, or assesses all miniature servers of a part, is listed as long', () => {
  const slow = files.filter((file) => holds(file, /\bplaywright-core\b|\/browser\.ts'|testServers\('rest/))
  assert.ok(slow.length >= 2)
  assert.deepEqual(
    slow.filter((file) => !(file in long)),
    [],
  )
})

// Else what it leaves out would run in neither level.
void it('a quick test that leaves out cases runs in `npm run test:all`, too', () => {
  assert.deepEqual(files.filter((file) => !(file in long) && holds(file, /\/tenth\.ts'/)).sort(), [...inTenths])
  assert.deepEqual(casesOf([1, 2, 3], false), [1, 2, 3])
  assert.deepEqual(casesOf([1, 2, 3], true), [3])
  assert.deepEqual(casesOf([...Array(30).keys()], true), [29, 18, 7])
})
