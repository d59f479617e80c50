import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { place, root } from '../cli/command.ts'
import { type Mechanism, mechanisms } from './mechanisms.ts'

// Each mechanism that a promise rests on is switched off in a copy of the program: the test of the promise must pass before and fail
// then. One that passes all the same holds nothing.

const folder = place()

/** Does the test pass in a copy, as that is? */
function passes({ test, named, isOfBuild }: Mechanism, copy: string): boolean {
  if (isOfBuild) {
    const built = spawnSync(process.execPath, [join(copy, 'scripts/build.mjs')], { cwd: copy, encoding: 'utf8' })
    assert.equal(built.status, 0, built.stderr)
  }
  const names = named === undefined ? [] : [`--test-name-pattern=${named}`]
  const run = spawnSync(process.execPath, ['--test', '--test-reporter=tap', ...names, test], {
    cwd: copy,
    encoding: 'utf8',
    timeout: 600_000,
    // Tests of a copy are not tests of this run.
    env: { ...process.env, NODE_TEST_CONTEXT: undefined },
  })
  if (run.status === 0) assert.match(run.stdout, /^# pass [1-9]/m, `no test of ${test} has such a name: ${named}`)
  return run.status === 0
}

void describe('a mechanism that is switched off', () => {
  const copy = join(folder, 'copy')
  mkdirSync(copy)
  const folders = 'bin dist docs knowledge packs samples scripts src test tools web'
  const files = 'package.json package-lock.json tsconfig.json tsconfig.build.json README.md NOTICE'
  for (const name of `${folders} ${files}`.split(' '))
    cpSync(join(root, name), join(copy, name), { recursive: true, preserveTimestamps: true })
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
  // SWITCHED_OFF names some of them: `P5`, `signatures`.
  const wanted = new RegExp(process.env.SWITCHED_OFF ?? '')
  for (const mechanism of mechanisms.filter(({ promise, what }) => wanted.test(`${promise}: ${what}`))) {
    const { promise, what, file, on, off } = mechanism
    void it(`${promise}: ${what}`, () => {
      const path = join(copy, file)
      const text = readFileSync(path, 'utf8')
      assert.equal(text.split(on).length, 2, `${file} does not hold once: ${on}`)
      assert.ok(passes(mechanism, copy), `${mechanism.test} fails before anything is switched off`)
      writeFileSync(
        path,
        text.replace(on, () => off),
      )
      try {
        assert.ok(!passes(mechanism, copy), `${mechanism.test} passes without it`)
      } finally {
        writeFileSync(path, text)
      }
    })
  }
})
