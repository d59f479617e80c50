import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { it } from 'node:test'
import type { Case } from '../../src/model/case.ts'
import { materialise } from '../../tools/simulator/build.ts'
import { caseSpecs } from '../cases/case-spec.ts'
import { place, postern, root } from './command.ts'
import { runHere } from './in-process.ts'
import { start } from './interrupted.ts'

// Servers of a case whose run is ended by force and resumed.

const windows = process.platform === 'win32'
const folder = place()
const at = (name: string): string => join(folder, name)

void it('servers of a case, interrupted by kill -9 again and again and resumed, are the same case', {
  skip: windows,
}, async () => {
  const spec = caseSpecs().find(({ name }) => name === 'address-of-an-intrusion-at-a-second-server')!
  const evidence: string[] = []
  for (const [name, server] of Object.entries(spec.members)) {
    evidence.push(at(`joined/${name}`))
    await materialise(server!, evidence.at(-1)!)
  }
  await runHere(['assess', ...evidence, '--out', at('whole'), '--quiet'])
  const whole = JSON.parse(readFileSync(join(at('whole'), 'case.json'), 'utf8')) as Case
  assert.ok(whole.servers.some((server) => server.with.length > 0))
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
