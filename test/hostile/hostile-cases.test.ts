import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, describe, it } from 'node:test'
import { place, root } from '../cli/command.ts'
import { hostileCases, whyNot } from './case.ts'
import { plainFindings, runCase } from './run.ts'

const cases = hostileCases()
const folder = place()

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

void describe('hostile cases', { concurrency: 2 }, () => {
  let plain: readonly string[] = []
  before(async () => {
    plain = await plainFindings(join(folder, 'plain'))
  })
  for (const one of cases)
    void it(`${one.name}: ${one.expected.title}`, { skip: whyNot(one) }, () =>
      runCase(one, join(folder, one.name), plain, false),
    )
})
