import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import { root } from '../cli/command.ts'
import { hostileCases } from './case.ts'
import { testCases } from './run.ts'

const cases = hostileCases()

void it('each hostile case has a number of its own, a generator and a page that names its origin', () => {
  assert.ok(cases.length > 0)
  const numbers = cases.map(({ name }) => /^(H\d\d[a-z]?)-[a-z0-9-]+$/.exec(name)?.[1])
  assert.ok(numbers.every((number) => number !== undefined))
  assert.equal(new Set(numbers).size, numbers.length)
  for (const { folder: own, name, expected } of cases) {
    assert.ok(existsSync(join(own, 'make.ts')), name)
    const page = readFileSync(join(own, 'README.md'), 'utf8')
    assert.equal(page.split('\n', 1)[0], `# ${name.split('-', 1)[0]}: ${expected.title}`)
    assert.match(page, /^Origin: \S/m, name)
  }
})

void it('docs/internals/assurance-results.md lists each case as it is', () => {
  const entries = cases.flatMap(({ name, expected: { title, promise, mechanism } }) => [
    `- [${name.split('-', 1)[0]}](../../test/hostile/${name}/README.md), ${promise}`,
    `  - case: ${title}`,
    `  - mechanism: ${mechanism}`,
  ])
  const page = readFileSync(join(root, 'docs/internals/assurance-results.md'), 'utf8')
  const lines = page.split('\n')
  const listed = lines.flatMap((line, i) => (/^- \[H\d/.test(line) ? lines.slice(i, i + 3) : []))
  assert.deepEqual(listed, entries)
})

testCases(cases, false)
