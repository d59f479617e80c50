import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { inSources } from '../../src/cli/crash.ts'
import { main, place, root, write } from './command.ts'

// A mistake of the program, wherever it happens: one sentence, no code of the program on the terminal, and a stack in a file.

const folder = place()
const evidence = write(join(folder, 'evidence'), { 'notes.txt': 'nothing of a mail server' })
const temporary = write(join(folder, 'tmp'), { keep: '' })

/** Makes a function of the system fail as a mistake would, in the main thread or in that of the run. */
function stub(name: string, isInThread: boolean, change: string): string {
  const file = join(folder, `${name}.cjs`)
  writeFileSync(
    file,
    `const fs = require('node:fs'), { isMainThread } = require('node:worker_threads')
const oops = () => { throw new TypeError('mistake of the program') }
if (isMainThread !== ${isInThread} && !process.send) { ${change} }
require('node:module').syncBuiltinESMExports()
`,
  )
  return file
}

function run(
  file: string,
  args: readonly string[],
  program = [main],
): { status: number | null; err: string; out: string } {
  const env = { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary }
  const { status, stderr, stdout } = spawnSync(process.execPath, ['--require', file, ...program, ...args], {
    encoding: 'utf8',
    env,
  })
  return { status, err: stderr, out: stdout }
}

/** The file that the sentence names. */
function reported(err: string): string {
  const found =
    /^postern: Internal error in Postern \S+ \(TypeError: mistake of the program\)\. Please report it as an issue of the project, with (.+)\. Read that file first: an error may quote the evidence\.\n$/.exec(
      err,
    )
  assert.ok(found, err)
  return found[1]!
}

describe('a mistake of the program', () => {
  it('in the thread of a run is reported in OUT, and the same command goes on afterwards', () => {
    const out = join(folder, 'out')
    const thread = stub('thread', true, 'fs.renameSync = oops')
    const args = ['assess', evidence, '--quiet', '--out', out]
    const { status, err } = run(thread, args)
    const file = reported(err)
    assert.equal(status, 1)
    assert.equal(file, join(out, 'unfinished', 'crash.txt'))
    const text = readFileSync(file, 'utf8')
    assert.match(
      text,
      /^Postern \S+, Node \S+, \w+ \w+\ncommand: assess --quiet --out\n\nTypeError: mistake of the program\n/,
    )
    // The run is in one file of code without line breaks; this is the place in the source.
    assert.match(text, /at writeOver \(src\/cli\/write-output\.ts:\d+:\d+\)/)
    assert.match(text, /\(src\/cli\/commands\/assess\.ts:\d+:\d+\)/)
    assert.ok(!text.includes(evidence))
    const again = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' })
    assert.equal(again.status, 3, again.stderr)
    assert.ok(!existsSync(join(out, 'unfinished')))
  })

  it('at one server of many costs that server, and not the others', () => {
    const out = join(folder, 'many')
    const each = write(join(folder, 'each'), { 'BAD/a.txt': 'one server', 'GOOD/a.txt': 'another' })
    const change = 'const move = fs.renameSync; fs.renameSync = (a, b) => /[\\/]BAD[\\/]/.test(a) ? oops() : move(a, b)'
    const { status, err } = run(stub('server', true, change), ['assess', '--each', each, '--quiet', '--out', out])
    assert.equal(status, 1)
    assert.match(err, /BAD: Internal error in Postern \S+ \(TypeError: mistake of the program\)\n/)
    assert.match(err, /Internal error in Postern \S+ at one server, not assessed\. .* with .*crash\.txt/)
    assert.deepEqual(readdirSync(out).sort(), ['GOOD', 'crash.txt', 'summary.json'])
    const { servers, failed } = JSON.parse(readFileSync(join(out, 'summary.json'), 'utf8')) as {
      readonly servers: readonly { readonly name: string }[]
      readonly failed: readonly { readonly evidence: string; readonly reason: string }[]
    }
    assert.deepEqual(
      servers.map(({ name }) => name),
      ['GOOD'],
    )
    assert.deepEqual(
      failed.map(({ evidence: name }) => name),
      ['BAD'],
    )
    assert.match(readFileSync(join(out, 'crash.txt'), 'utf8'), /TypeError: mistake of the program/)
  })

  it('in a command without OUT, or in the main thread, is reported in a temporary folder', () => {
    const command = stub(
      'command',
      false,
      "const read = fs.readFileSync; fs.readFileSync = (file, ...more) => String(file).endsWith('products.csv') ? oops() : read(file, ...more)",
    )
    const event = stub('event', false, 'setTimeout(oops, 0)')
    const rejection = stub(
      'rejection',
      false,
      "setTimeout(() => Promise.reject(new TypeError('mistake of the program')), 0)",
    )
    const empty = write(join(folder, 'packs/test-2021'), { 'pack.yml': 'id: test-2021\nname: T\nsummary: T.\n' })
    for (const file of [command, event, rejection]) {
      const { status, err } = run(file, ['packs', 'check', '--packs', empty])
      const place_ = reported(err)
      assert.equal(status, 1)
      assert.ok(place_.startsWith(temporary), place_)
      assert.match(readFileSync(place_, 'utf8'), /TypeError: mistake of the program/)
    }
  })

  it('is shown in places of the source', () => {
    const url = new URL(`file://${join(root, 'dist/cli/process/exit-status.js')}`).href
    assert.match(
      inSources(`    at outcome (${url}:7:22)`),
      /^ {4}at outcome \(src\/cli\/process\/exit-status\.ts:\d+:\d+\)$/,
    )
    assert.equal(inSources(`TypeError: x\n${'let a='.repeat(100)}\n  ^`), 'TypeError: x\n  ^')
  })
})

describe('the build', () => {
  it('has a map beside every file of code', () => {
    const files = readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' })
    const code = files.filter((file) => file.endsWith('.js') && !file.startsWith('web'))
    assert.ok(code.length > 100)
    assert.deepEqual(
      code.filter((file) => !existsSync(join(root, 'dist', `${file}.map`))),
      [],
    )
  })
})
