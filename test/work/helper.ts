// A thread that helps with a file: see ahead.test.ts.
import { parentPort, workerData } from 'node:worker_threads'
import type { Member } from '../../src/evidence/index.ts'
import { help, type Shared, type Sizes } from '../../src/run/shared-file.ts'
import { bothWays } from '../kernel/both-ways.ts'

const { member, shared, sizes } = workerData as {
  readonly member: Member
  readonly shared: Shared
  readonly sizes: Sizes
}
const [, , settings] = await bothWays({ all: false })
await help(member, shared, settings, sizes)
parentPort!.postMessage('left')
