import { join } from 'node:path'
import { before, describe, it } from 'node:test'
import { place } from '../cli/command.ts'
import { hostileCases, whyNot } from './case.ts'
import { plainFindings, runCase } from './run.ts'

// The hostile cases at full size.

const folder = place()

void describe('hostile cases at full size', { concurrency: 1 }, () => {
  let plain: readonly string[] = []
  before(async () => {
    plain = await plainFindings(join(folder, 'plain'))
  })
  for (const one of hostileCases())
    void it(`${one.name}: ${one.expected.title}`, { skip: whyNot(one), timeout: 1_200_000 }, () =>
      runCase(one, join(folder, one.name), plain, true),
    )
})
