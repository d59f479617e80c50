import { parentPort, workerData } from 'node:worker_threads'
import type { Member } from '../evidence/container.ts'
import type { Scan } from '../model.ts'
import { loadKnowledge } from '../packs.ts'
import { askAll } from '../rules/ask.ts'
import { scan, type ScanSettings } from '../scan.ts'
import { Lexicons } from '../skim.ts'
import type { WorkerSettings } from './pool.ts'
import { serve } from './serve.ts'

// One thread: loads the rules once and scans the members that it is handed, one at a time.
const { paths, zone, passwords, begun } = workerData as WorkerSettings
const settings = loadKnowledge(paths).then(
  ({ rules }): ScanSettings => ({
    rules,
    ask: askAll(rules.events),
    zone,
    passwords,
    lexicons: new Lexicons(rules.events),
  }),
)

serve<Member, Scan>(parentPort!, new Int32Array(begun), async (member) => scan(member, await settings))
