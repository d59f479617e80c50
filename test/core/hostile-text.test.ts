import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { trim, trimEnd, trimStart } from '../../src/lib/trim.ts'
import { ended } from '../bounded.ts'

// Texts on which a careless expression takes years: each is read in a thread that is ended when it does not return.
const here = new URL('hostile-text.ts', import.meta.url).href

describe('hostile text ends in bounded time', () => {
  it('record headings between XML events', async () => {
    const between = `${'Record 1\n'.repeat(120)}!`
    assert.deepEqual(await ended(here, 'gapsOf', ['xml-events', `${between}<Events></Events>`]), [
      { offset: 0, length: between.length, reason: 'unsupported', detail: 'text between events' },
    ])
    assert.deepEqual(await ended(here, 'gapsOf', ['xml-events', `${'Record 1\n'.repeat(120)}<Events></Events>`]), [])
  })

  it('slashes in the path of a request', async () => {
    assert.equal(await ended(here, 'pathAskedFor', [`/owa${'/'.repeat(4_000_000)}!`]), `/owa${'/'.repeat(4_000_000)}!`)
    assert.equal(await ended(here, 'pathAskedFor', [`/OWA${'/'.repeat(4_000_000)}?a`]), '/owa')
  })
})

describe('characters at the edges of a text', () => {
  for (const [text, characters, expected] of [
    ['//a/b//', '/', ['//a/b', 'a/b//', 'a/b']],
    ['\\/a\\/', '\\/', ['\\/a', 'a\\/', 'a']],
    ['///', '/', ['', '', '']],
    ['', '/', ['', '', '']],
    ['a', '/', ['a', 'a', 'a']],
  ] as const) {
    it(`${JSON.stringify(text)} without ${characters}`, () =>
      assert.deepEqual([trimEnd(text, characters), trimStart(text, characters), trim(text, characters)], expected))
  }
})
