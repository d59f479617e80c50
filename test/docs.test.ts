import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'

// Pages are read in a terminal, and as differences of two versions: no long lines. A link leads to a file that is there.
const WIDTH = 120

const root = fileURLToPath(new URL('..', import.meta.url))
const pages = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' })
  .trim()
  .split('\n')
  .filter((file) => !file.startsWith('test/') && existsSync(join(root, file)))

describe('pages of documentation', () => {
  for (const page of pages) {
    const text = readFileSync(join(root, page), 'utf8')
    it(`${page}: no line is longer than ${WIDTH} characters`, () => {
      const long = text.split('\n').flatMap((line, i) => ([...line].length > WIDTH ? [`${page}:${i + 1}`] : []))
      assert.deepEqual(long, [])
    })
    it(`${page}: links lead to files`, () => {
      const links = [...text.matchAll(/\]\(([^)#\s]+)/g)].map(([, link]) => link!)
      const broken = links.filter((link) => !/^[a-z]+:/.test(link) && !existsSync(join(root, dirname(page), link)))
      assert.deepEqual(broken, [])
    })
  }
  it('the pages are found', () => assert.ok(pages.length > 20))
})
