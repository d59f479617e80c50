import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import { readCompiled } from '../compiled.ts'
import type { Scan } from '../model.ts'
import { TookOtherRows } from '../kernel/ahead.ts'
import { loadKnowledge } from '../packs.ts'
import { askAll } from '../rules/ask.ts'
import { TRAITS } from '../traffic.ts'
import { scan, type ScanSettings } from '../scan.ts'
import { Lexicons } from '../skim.ts'
import { help, Leader } from './ahead.ts'
import type { Errand } from './pool.ts'
import { serve } from './serve.ts'
import type { Settings, ThreadData } from './thread.ts'

// One thread: loads the rules once and scans the members that it is handed, one at a time.
const { settings: given, begun } = workerData as ThreadData
// Where nobody has said yet which rules there are: what is known of those that ship is read meanwhile.
const built = readCompiled()
const { paths, zone, passwords } = given ?? ((await once(parentPort!, 'message'))[0] as Settings)
const settings = loadKnowledge(paths, built, { now: () => performance.now() }).then(
  ({ rules }): ScanSettings => ({
    rules,
    ask: askAll(rules.events),
    zone,
    passwords,
    lexicons: new Lexicons(rules.events),
  }),
)

async function read({ member, shared, isHelp }: Errand): Promise<Scan | undefined> {
  if (isHelp) {
    await help(member, shared!, await settings)
    return undefined
  }
  try {
    return await scan(member, await settings, shared && new Leader(shared))
  } catch (error) {
    if (!(error instanceof TookOtherRows)) throw error
    return scan(member, await settings)
  }
}

/** The long lists of numbers of a scan; a short one is copied sooner than handed over. */
function largeOf({ trails, cloud, requests, devices }: Scan): ArrayBuffer[] {
  const lists = [
    ...trails.flatMap(({ rows }) => (rows instanceof Float64Array ? [rows] : [])),
    ...(cloud ? [cloud.cells, cloud.acts, cloud.records] : []),
    ...TRAITS.map((trait) => requests[trait].counts),
    ...(devices ? [devices.counts] : []),
  ]
  return lists.flatMap((list) => (list.byteLength < LARGE ? [] : [list.buffer]))
}

const LARGE = 4_096

serve(parentPort!, new Int32Array(begun), read, largeOf)
