import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Progress } from '../../src/model/progress.ts'
import { progressText } from '../../src/cli/progress.ts'
import { terminalOf } from '../../src/cli/terminal.ts'

// What a terminal is asked for and what it is shown of the work.

const tty = { isTTY: true, columns: 72 }
const pipe = {}
type Env = Readonly<Record<string, string>>
const seen = (stream: object, env: Env) => terminalOf({ stdout: stream, stderr: stream, env })

const colors: readonly (readonly [name: string, stream: object, env: Env, color: boolean])[] = [
  ['a terminal', tty, {}, true],
  ['a pipe', pipe, {}, false],
  ['a terminal, NO_COLOR', tty, { NO_COLOR: '1' }, false],
  ['a terminal, an empty NO_COLOR', tty, { NO_COLOR: '' }, true],
  ['a terminal, TERM=dumb', tty, { TERM: 'dumb' }, false],
  ['a terminal, CLICOLOR=0', tty, { CLICOLOR: '0' }, false],
  ['a terminal, CLICOLOR=1', tty, { CLICOLOR: '1' }, true],
  ['a terminal, FORCE_COLOR=0', tty, { FORCE_COLOR: '0' }, false],
  ['a terminal in CI', tty, { CI: 'true' }, true],
  ['a pipe, FORCE_COLOR', pipe, { FORCE_COLOR: '1' }, true],
  ['a pipe, an empty FORCE_COLOR', pipe, { FORCE_COLOR: '' }, true],
  ['a pipe, FORCE_COLOR=false', pipe, { FORCE_COLOR: 'false' }, false],
  ['a pipe, CLICOLOR_FORCE', pipe, { CLICOLOR_FORCE: '1' }, true],
  ['a pipe, CLICOLOR_FORCE=0', pipe, { CLICOLOR_FORCE: '0' }, false],
  ['a pipe, CLICOLOR=1', pipe, { CLICOLOR: '1' }, false],
  ['NO_COLOR before those that ask for it', tty, { NO_COLOR: '1', FORCE_COLOR: '1', CLICOLOR_FORCE: '1' }, false],
]
for (const [name, stream, env, color] of colors)
  test(`color: ${name}`, () => assert.equal(seen(stream, env).color, color))

test('a line of progress: on a terminal, and neither in a pipe, nor in CI, nor on a dumb one', () => {
  assert.deepEqual([seen(tty, {}).live, seen(tty, {}).line], [72, '\r\u001b[K'])
  for (const [stream, env] of [
    [pipe, {}],
    [pipe, { FORCE_COLOR: '1' }],
    [tty, { CI: '1' }],
    [tty, { TERM: 'dumb' }],
  ] as const)
    assert.deepEqual([seen(stream, env).live, seen(stream, env).line], [null, ''])
  assert.equal(seen(tty, { CI: 'false' }).live, 72)
  assert.equal(seen({ isTTY: true }, {}).live, 80)
})

const work = { files: 1200, filesDone: 300, bytes: 4_000_000_000, bytesDone: 1_000_000_000, hits: 1234, rules: 17 }
const line = (width: number, more: Partial<Progress> = {}, seconds = 10): string => {
  const { bar, words } = progressText({ ...work, ...more }, seconds, width)
  return bar + words
}

test('what the line says, with as much as there is room for', () => {
  const most = '25 %  300 of 1,200 files  1.0 GB of 4.0 GB  100.0 MB/s  1,234 hits'
  assert.equal(line(140), `[#######---------------------]  ${most} of 17 rules  30 s left`)
  assert.equal(line(100), `[###-------]  ${most}  30 s left`)
  assert.equal(line(80), ` ${most}  30 s left`)
  assert.equal(line(60), ' 25 %  300 of 1,200 files  1,234 hits  30 s left')
  assert.equal(line(40), ' 25 %  300 of 1,200 files  30 s left')
  assert.equal(line(12), ' 25 %')
  assert.equal(line(3), '…')
})

test('at every width the line leaves a column, and its beginning stays', () => {
  for (let width = 7; width <= 200; width++)
    for (const more of [{}, { bytes: null }, { filesDone: 1200 }, { hits: 0 }, { files: 0, filesDone: 0, bytes: 0 }]) {
      const text = line(width, more)
      assert.ok(text.length < width, `${width}: ${text}`)
      assert.match(text, /%/)
    }
})

test('the share of the work: by bytes where all are known, else by files; never done before it is', () => {
  assert.match(line(120, { bytes: null, filesDone: 600 }), / 50 %  600 of 1,200 files  1\.0 GB  .*10 s left$/)
  assert.match(line(120, { bytesDone: 5_000_000_000 }), / 99 %  300 of 1,200 files  5\.0 GB  /)
  assert.match(line(120, { filesDone: 1200, bytesDone: 4e9 }), /100 %.*judging …$/)
  // A first moment says nothing about the rest, and what was not found is not told.
  assert.doesNotMatch(line(120, {}, 1.5), /left/)
  assert.doesNotMatch(line(120, { hits: 0 }), /hit/)
  assert.match(line(140, { hits: 1, rules: 1 }), /1 hit of 1 rule {2}/)
  assert.match(line(120, { bytesDone: 100_000_000 }, 1000), /10 h 50 min left/)
})
