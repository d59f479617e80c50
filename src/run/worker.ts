import { readCompiled } from '../knowledge/rule-cache.ts'
import type { Scan } from '../model/scan.ts'
import { TookOtherRows } from '../prefilter/read-ahead.ts'
import type { Member } from '../evidence/container.ts'
import { headOf } from '../evidence/index.ts'
import { decodeText } from '../lib/text.ts'
import { loadKnowledge } from '../knowledge/load-packs.ts'
import { choose } from '../parsers/index.ts'
import { askAll } from '../rules/match.ts'
import { TRAITS } from '../activity/requests.ts'
import { scanMember, type ScanSettings } from '../scan/scan.ts'
import { ValueCaches } from '../prefilter/row-rules.ts'
import { help, Leader } from './shared-file.ts'
import { abandonedFor, type WorkerAnswer, failureOf, isOutOfMemory, stackOf } from './handle.ts'
import { type ListErrand, listFor, type ListMessage } from './list.ts'
import type { ReadTask } from './pool.ts'
import { portOf } from './port.ts'
import { serve } from './message-loop.ts'
import type { Settings } from './thread.ts'

// One worker, a thread or a process: loads the rules once and scans the members that it is handed, one at a time.
const port = portOf()
// Where nobody has said yet which rules there are: what is known of those that ship is read meanwhile.
const built = readCompiled()
const { paths, zone, passwords, isLater = false } = port.settings ?? ((await port.first()) as Settings)
let settings: Promise<ScanSettings> | null = isLater ? null : load()

async function load(): Promise<ScanSettings> {
  const { rules } = await loadKnowledge(paths, built, { now: () => performance.now() })
  return { rules, ask: askAll(rules.events), zone, passwords, lexicons: new ValueCaches(rules.events) }
}

/** No rules are needed for a list. */
async function act(errand: ReadTask | ListErrand): Promise<WorkerAnswer | ListMessage | undefined> {
  return 'list' in errand ? listFor(port, errand.list) : read(errand)
}

async function read({ member, shared, isHelp, ifLog }: ReadTask): Promise<WorkerAnswer | undefined> {
  const known = await (settings ??= load())
  if (isHelp) {
    await help(member, shared!, known)
    return undefined
  }
  port.begin()
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
function largeOf(answer: WorkerAnswer | ListMessage): ArrayBuffer[] {
  if (!('scan' in answer)) return []
  const { trails, cloud, requests, devices }: Scan = answer.scan
  const lists = [
    ...trails.flatMap(({ rows }) => (rows instanceof Float64Array ? [rows] : [])),
    ...(cloud ? [cloud.cells, cloud.acts, cloud.records] : []),
    ...TRAITS.map((trait) => requests[trait].counts),
    ...(devices ? [devices.counts] : []),
  ]
  return lists.flatMap((list) => (list.byteLength < LARGE ? [] : [list.buffer]))
}

const LARGE = 4_096

serve(port, act, largeOf)
