import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Case } from '../../src/model/case.ts'
import { place, postern, sampleWebFiles, write } from './command.ts'
import { runHere } from './in-process.ts'
import { large } from '../tenth.ts'

// Several servers on the command line: one case, unless they are separate.

const folder = place()
const at = (name: string): string => join(folder, name)
const caseIn = (out: string): Case => JSON.parse(readFileSync(join(at(out), 'case.json'), 'utf8')) as Case
const run = (out: string, ...args: readonly string[]) => runHere(['assess', ...args, '--out', at(out)])

describe('several servers', () => {
  before(() => {
    for (const name of ['one', 'two']) sampleWebFiles(at(`inside/${name}`))
    write(at('inside/two'), { 'C/note.txt': 'another file' })
    mkdirSync(at('inside/void'))
  })
  after(() => assert.ok(existsSync(at('case'))))

  it('are one case, and one that cannot be assessed costs the others nothing', async () => {
    const { status, out, err } = await run('case', at('inside/one'), at('inside/two'), at('inside/void'))
    assert.equal(status, 5, err)
    assert.match(out, /\nCase: 2 servers: 2 compromised, 1 not assessed\.\n/)
    assert.match(out, /case\.html\n$/)
    const names = readdirSync(at('case')).sort()
    assert.equal(names[0], 'MAIL01')
    assert.match(names[1]!, /^MAIL01-[0-9a-f]{8}$/)
    assert.deepEqual(names.slice(2), ['case.html', 'case.json', 'summary.json'])
    const { servers, failed } = caseIn('case')
    assert.deepEqual(servers.map(({ input }) => input.evidence.join()).sort(), ['one', 'two'])
    assert.equal(new Set(servers.map(({ input }) => input.sha256)).size, 2)
    assert.deepEqual(
      failed.map(({ evidence }) => evidence),
      ['void'],
    )
  })

  void large('in another order, read by worker processes, are the same case', async () => {
    const servers = [at('inside/void'), at('inside/two'), at('inside/one')]
    await postern(['assess', ...servers, '--out', at('again'), '--jobs', '2', '--quiet'])
    for (const name of ['case.json', 'case.html'])
      assert.equal(readFileSync(join(at('again'), name), 'utf8'), readFileSync(join(at('case'), name), 'utf8'))
  })

  it('--separate and --each make no case', async () => {
    await run('separate', at('inside/one'), at('inside/two'), '--separate', '--quiet')
    await run('each', at('inside'), '--each', '--quiet')
    for (const out of ['separate', 'each']) {
      const names = readdirSync(at(out))
      assert.ok(names.includes('summary.json') && !names.includes('case.json') && !names.includes('case.html'), out)
    }
    assert.equal((await run('x', at('inside/one'), at('inside/two'), '--join', '--separate')).status, 2)
  })

  it('the seal covers the case', async () => {
    const key = at('key')
    assert.equal((await runHere(['seal', '--new-key', key])).status, 0)
    assert.equal((await runHere(['seal', at('case'), '--key', key])).status, 0)
    assert.equal((await runHere(['verify', at('case'), '--key', `${key}.pub`])).status, 0)
    write(at('case'), { 'case.json': '{}' })
    const { status, out } = await runHere(['verify', at('case'), '--key', `${key}.pub`])
    assert.equal(status, 1)
    assert.match(out, /changed {2}case\.json/)
  })
})
