import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { place, postern, root, write } from '../cli/command.ts'

// The worked example of docs/extend/pack.md, done as it stands there: its files, its commands, its output.
const text = readFileSync(join(root, 'docs/extend/pack.md'), 'utf8')
const files = Object.fromEntries(
  [...text.matchAll(/<!-- file: (\S+) -->\n```\w*\n([\s\S]*?)```/g)].map(([, path, content]) => [path!, content!]),
)
const run = /<!-- run -->\n```\n([\s\S]*?)```/.exec(text)![1]!

void test('the worked example of docs/extend/pack.md does what it says', async () => {
  assert.equal(Object.keys(files).length, 5)
  const folder = write(place(), files)
  const commands = run.split(/^postern /m).slice(1)
  assert.equal(commands.length, 3)
  for (const command of commands) {
    const [line, ...wanted] = command.trimEnd().split('\n')
    const { status, out, err } = await postern(line!.split(' '), { cwd: folder })
    assert.equal(status, line!.startsWith('assess') ? 5 : 0, `${line}: ${out}${err}`)
    assert.ok(wanted.length > 0)
    for (const words of wanted) assert.ok(out.includes(words.trim()), `${line} does not say “${words.trim()}”: ${out}`)
  }
})
