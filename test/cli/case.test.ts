import assert from 'node:assert/strict'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Case } from '../../src/model/case.ts'
import { materialise } from '../../tools/simulator/build.ts'
import { caseSpecs } from '../cases/case-spec.ts'
import { place, postern, root, sample, write } from './command.ts'
import { start } from './interrupted.ts'

// Several servers on the command line: one case, unless they are separate.

const windows = process.platform === 'win32'
const folder = place()
const at = (name: string): string => join(folder, name)
const caseIn = (out: string): Case => JSON.parse(readFileSync(join(at(out), 'case.json'), 'utf8')) as Case
const run = (out: string, ...args: readonly string[]) => postern(['assess', ...args, '--out', at(out)])

describe('several servers', () => {
  before(() => {
    mkdirSync(at('inside'))
    cpSync(sample, at('inside/one'), { recursive: true })
    cpSync(sample, at('inside/two'), { recursive: true })
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

  it('in another order and with another number of workers are the same case', async () => {
    for (const [i, jobs] of ['1', '2'].entries()) {
      const out = `again-${i}`
      await run(out, at('inside/void'), at('inside/two'), at('inside/one'), '--jobs', jobs, '--quiet')
      assert.equal(
        readFileSync(join(at(out), 'case.json'), 'utf8'),
        readFileSync(join(at('case'), 'case.json'), 'utf8'),
      )
      assert.equal(
        readFileSync(join(at(out), 'case.html'), 'utf8'),
        readFileSync(join(at('case'), 'case.html'), 'utf8'),
      )
    }
  })

  it('interrupted by kill -9 again and again, and resumed, are the same case', { skip: windows }, async () => {
    const spec = caseSpecs().find(({ name }) => name === 'address-of-an-intrusion-at-a-second-server')!
    const evidence: string[] = []
    for (const [name, server] of Object.entries(spec.members)) {
      evidence.push(at(`joined/${name}`))
      await materialise(server!, evidence.at(-1)!)
    }
    await run('whole', ...evidence, '--quiet')
    assert.ok(caseIn('whole').servers.some((server) => server.with.length > 0))
    const args = [...evidence, '--out', at('resumed'), '--quiet']
    for (const ms of [2_500, 4_000, 6_000]) {
      const { child, ended } = start(root, args)
      const late = setTimeout(() => child.kill('SIGKILL'), ms)
      await ended
      clearTimeout(late)
      if (existsSync(join(at('resumed'), 'case.json'))) break
    }
    if (!existsSync(join(at('resumed'), 'case.json'))) await postern(['assess', ...args])
    for (const name of ['case.json', 'case.html', 'summary.json'])
      assert.equal(readFileSync(join(at('resumed'), name), 'utf8'), readFileSync(join(at('whole'), name), 'utf8'), name)
    assert.ok(!existsSync(join(at('resumed'), 'unfinished')))
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
    assert.equal((await postern(['seal', '--new-key', key])).status, 0)
    assert.equal((await postern(['seal', at('case'), '--key', key])).status, 0)
    assert.equal((await postern(['verify', at('case'), '--key', `${key}.pub`])).status, 0)
    write(at('case'), { 'case.json': '{}' })
    const { status, out } = await postern(['verify', at('case'), '--key', `${key}.pub`])
    assert.equal(status, 1)
    assert.match(out, /changed {2}case\.json/)
  })
})
