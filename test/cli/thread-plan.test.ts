import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { firstWorkers, isForOne } from '../../src/cli/process/thread-plan.ts'
import { place, write } from './command.ts'

const large = 'x'.repeat(5_000_000)

/** Files of the evidence, and whether one process reads them. */
const kinds: Readonly<Record<string, readonly [Readonly<Record<string, string>>, 'one' | 'processes' | 'threads']>> = {
  'a few small logs': [{ 'u_ex210303.log': 'x', 'a/page.aspx': 'x' }, 'one'],
  'a large log alone': [{ 'u_ex210303.log': large }, 'one'],
  'large logs': [{ 'a/u_ex210303.log': large, 'b/u_ex210304.log': large }, 'threads'],
  'large files that are no logs': [{ 'Security.evtx': large, 'System.evtx': large }, 'processes'],
  'a large log behind other large files': [{ 'a.evtx': large, 'b.evtx': large, 'c.log': large }, 'threads'],
  'thousands of small logs': [
    Object.fromEntries(Array.from({ length: 2_000 }, (_, i) => [`HttpProxy_${i}.log`, 'x'])),
    'processes',
  ],
}

for (const [name, [files, wanted]] of Object.entries(kinds))
  test(`workers are started before all else for what they will read: ${name}`, () => {
    const evidence = write(join(place(), name), files)
    const started = firstWorkers([evidence, '--out', 'unused', '--jobs', '2'])
    assert.equal(isForOne([evidence], undefined), wanted === 'one')
    const alone = firstWorkers([evidence, '--out', 'unused'])
    assert.deepEqual(alone, wanted === 'threads' ? ['process', 'thread'] : ['process'])
    // More than one job was asked for: large logs go to threads then, however few.
    assert.deepEqual(
      started.includes('thread'),
      Object.keys(files).some((file) => file.endsWith('.log') && files[file] === large),
    )
  })
