import { TRAITS } from '../activity/requests.ts'
import type { Member } from '../evidence/container.ts'
import { headOf } from '../evidence/index.ts'
import { loadKnowledge } from '../knowledge/load-packs.ts'
import { readCompiled } from '../knowledge/rule-cache.ts'
import { decodeText } from '../lib/text.ts'
import type { Scan } from '../model/scan.ts'
import { choose } from '../parsers/index.ts'
import { TookOtherRows } from '../prefilter/read-ahead.ts'
import { ValueCaches } from '../prefilter/row-rules.ts'
import { askAll } from '../rules/match.ts'
import { scanMember, type ScanSettings } from '../scan/scan.ts'
import { abandonedFor, failureOf, isOutOfMemory, stackOf, type WorkerAnswer } from './handle.ts'
import type { ReadTask } from './pool.ts'
import type { Port } from './port.ts'
import { help, Leader } from './shared-file.ts'
import type { Settings } from './thread.ts'

// What a worker that reads loads besides what it lists with: the parsers and the rules.

// Which rules there are may not be known yet: what is known of those that ship is read meanwhile.
const built = readCompiled()

/** Reads members, one at a time, with rules that are loaded once, at once. */
export type WorkerReader = (task: ReadTask) => Promise<WorkerAnswer | undefined>

export function memberReader(port: Port, { paths, zone, passwords }: Settings, now: () => number): WorkerReader {
  const settings = load()
  return async (task) => read(port, task, await settings)

  async function load(): Promise<ScanSettings> {
    const { rules } = await loadKnowledge(paths, built, { now })
    return { rules, ask: askAll(rules.events), zone, passwords, lexicons: new ValueCaches(rules.events) }
  }
}

async function read(
  port: Port,
  { member, shared, isHelp, ifLog, isCounted }: ReadTask,
  known: ScanSettings,
): Promise<WorkerAnswer | undefined> {
  if (isHelp) {
    await help(member, shared!, known)
    return undefined
  }
  port.begin(isCounted)
  try {
    if (ifLog && !(await isLog(member))) return { elsewhere: true }
    return { scan: await scanMember(member, known, shared && new Leader(shared)) }
  } catch (error) {
    return again(member, error, known)
  }
}

/**
 * Reads a file again after an exception: without what another thread took of it, or by the plain reader where WebAssembly got no
 * memory. Any other is a mistake of the program, which costs the content of the file; rules still match its name and location.
 */
async function again(member: Member, error: unknown, known: ScanSettings, isPlain = false): Promise<WorkerAnswer> {
  // What was known of values may be half written.
  const { events } = known.rules
  Object.assign(known, { lexicons: new ValueCaches(events) })
  if (error instanceof TookOtherRows || (isOutOfMemory(error) && !isPlain)) {
    const fast = error instanceof TookOtherRows
    try {
      return { scan: await scanMember(member, { ...known, lexicons: new ValueCaches(events, { fast }) }) }
    } catch (other) {
      return again(member, other, known, !fast)
    }
  }
  const mistake = failureOf(error)
  if (isOutOfMemory(error))
    return {
      scan: await scanMember({ ...member, refused: { reason: 'memory', detail: abandonedFor.memory() } }, known),
    }
  return {
    scan: await scanMember({ ...member, refused: { reason: 'failed', detail: abandonedFor.failed(mistake) } }, known),
    mistake,
    stack: stackOf(error),
  }
}

/** Is it a log of rows? These are read in a thread: their parsers take text alone, in pieces. */
async function isLog({ path, windowsPath, size, ref }: Member): Promise<boolean> {
  const bytes = await headOf(ref)
  return choose({ path, windowsPath, size, bytes, text: decodeText(bytes) }).again !== undefined
}

/** The long lists of numbers of a scan; a short one is copied sooner than handed over. */
export function largeNumberLists(scan: Scan): ArrayBuffer[] {
  const { trails, cloud, requests, devices, logons } = scan
  const lists = [
    ...trails.flatMap(({ rows }) => (rows instanceof Float64Array ? [rows] : [])),
    ...(cloud ? [cloud.cells, cloud.acts, cloud.signIns.numbers, cloud.records] : []),
    ...TRAITS.map((trait) => requests[trait].counts),
    ...(devices ? [devices.counts] : []),
    ...(logons ? [logons.counts] : []),
  ]
  return lists.flatMap((list) => (list.byteLength < LARGE ? [] : [list.buffer]))
}

const LARGE = 4_096
