import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { stringify } from 'yaml'
import { assess } from '../../src/assessment/assess.ts'
import { readKnown } from '../../src/cli/known-file.ts'
import { loadExposureFacts } from '../../src/knowledge/exposure-tables.ts'
import { loadKnowledge } from '../../src/knowledge/load-packs.ts'
import { zoneOf } from '../../src/lib/zones.ts'
import type { Question } from '../../src/model/answer.ts'
import type { Assessment } from '../../src/model/assessment.ts'
import type { Pool } from '../../src/model/scan.ts'
import { isAtLeastLikely } from '../../src/model/sign.ts'
import { remembering } from '../remembering.ts'
import { inlinePool } from '../../src/run/pool.ts'
import { type EvidenceFile, evidenceFiles } from '../../tools/simulator/build.ts'
import { readSpec, type ServerSpec, when } from '../../tools/simulator/spec.ts'
import { broken } from './invariants.ts'
import { sourceOf } from './evidence-sources.ts'

// What must hold for every server, whatever its evidence: sources taken away, ordinary evidence of other servers beside
// it, its logs twice.

const root = fileURLToPath(new URL('../../', import.meta.url))
const knowledge = await loadKnowledge({ packs: [join(root, 'packs')], rules: [], iocs: [] })
const facts = loadExposureFacts(join(root, 'knowledge'))

/** The folders of a server's evidence, and how they are assessed as one server. */
type Placed = {
  readonly spec: ServerSpec
  readonly folder: string
  readonly names: readonly string[]
  readonly run: (folders: readonly string[]) => Promise<Assessment>
}

/** Every server.yml of every pack, but those that are only assessed in a form of their own (a layout). */
export const allServers: readonly { readonly name: string; readonly file: string }[] = (
  readdirSync(join(root, 'packs'), { recursive: true }) as string[]
)
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('/server.yml'))
  .sort()
  .map((path) => ({ name: path.replace('/server.yml', '').replace('/samples', ''), file: join(root, 'packs', path) }))

/** Folders with ordinary evidence: of ours, and of the evidence folder where that is given. */
const ordinary: readonly string[] = [
  join(root, 'samples/benign'),
  ...['exchange/benign', 'exchange/healthchecker-e16', 'webroot-benign'].flatMap((set) => {
    const data = process.env['POSTERN_DATA']
    return data === undefined ? [] : [join(data, set)]
  }),
]

const properties = {
  'without a source': withoutEach,
  'beside ordinary evidence': besideOrdinary,
  'logs twice': twice,
  'logs of many days in one file': joined,
}
export type Property = keyof typeof properties
export const propertyNames = Object.keys(properties) as readonly Property[]

/** What of these properties does not hold for a server, one sentence each. */
export async function violations(file: string, of: readonly Property[]): Promise<string[]> {
  const spec = readSpec(file)
  const folder = mkdtempSync(join(tmpdir(), 'postern-properties-'))
  try {
    const names = place(evidenceFiles(spec, 'ctree'), folder, ({ path }) => sourceOf(path))
    const placed = { spec, folder, names, run: runner(spec, folder) }
    const whole = await placed.run(names)
    const wrong = broken(whole)
    for (const name of of) wrong.push(...(await properties[name](placed, whole)))
    return wrong
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Each source taken away. */
async function withoutEach({ names, run }: Placed, whole: Assessment): Promise<string[]> {
  const wrong: string[] = []
  for (const without of names.length > 1 ? names : []) {
    const less = await run(names.filter((name) => name !== without))
    for (const says of [...overclaims(whole, less), ...unnamed(whole, less), ...broken(less)])
      wrong.push(`without ${without}: ${says}`)
  }
  return wrong
}

/**
 * An answer that has less to rest on is never a new yes, and a new probably has a sign of its own, be it that of another question from
 * which it follows.
 */
function overclaims(whole: Assessment, less: Assessment): string[] {
  const signs = new Set<string>(less.subjects.flatMap(({ findings, signs: own }) => (own.length > 0 ? findings : [])))
  return changes(whole, less).flatMap(([question, was, is, because]) => {
    if (question === 'exposed') return []
    const own = because.some((id) => signs.has(id))
    if (is === 'yes' && was !== 'yes') return [`${question} was ${was} and is yes`]
    return isAtLeastLikely(is) && !isAtLeastLikely(was) && !own
      ? [`${question} was ${was} and is ${is}, without a sign of its own`]
      : []
  })
}

/** What became likely because an explanation is gone names the records that would explain it. */
function unnamed(whole: Assessment, less: Assessment): string[] {
  const before = new Map(whole.subjects.map((one) => [`${one.question} ${one.kind} ${one.name}`, one]))
  return less.subjects.flatMap(({ question, kind, name, is, explanations, absent = [] }) => {
    const was = before.get(`${question} ${kind} ${name}`)
    const isMore = isAtLeastLikely(is) && was !== undefined && !isAtLeastLikely(was.is)
    const gone = was?.explanations.filter(({ by }) => !explanations.some((one) => one.by === by)) ?? []
    return isMore && gone.length > 0 && absent.length === 0
      ? [`${kind} ${name} was ${was.is} and is ${is}; what explained it (${gone[0]!.by}) is not named`]
      : []
  })
}

/**
 * Ordinary evidence of others makes no yes and no probably, and none of them less. Where it makes the evidence that of another server, whose
 * entries these are not, the verdict leaves open what they show; where it brings the only web roots, a page that the entries name is gone
 * from these; where its gaps leave nothing of the time covered, nothing explains what is rare, which is then likely at most.
 */
async function besideOrdinary({ names, run }: Placed, whole: Assessment): Promise<string[]> {
  const wrong: string[] = []
  for (const set of ordinary) {
    const more = await run([...names, set])
    const isGone = !hasRemovedPage(whole) && hasRemovedPage(more)
    const isOfOthers = more.server.name !== whole.server.name || (isGoneForSure(whole) && !isGoneForSure(more))
    const isOpen = isOfOthers && more.verdict.is === 'cannot-tell'
    const isUnread = isUncovered(more) && !isUncovered(whole)
    const isWrong = (was: string, is: string): boolean =>
      isAtLeastLikely(is)
        ? (is === 'yes' || was !== 'yes') && !isGone && !(isUnread && is === 'likely')
        : isAtLeastLikely(was) && !isOpen && is === 'no-evidence'
    wrong.push(
      ...changes(whole, more).flatMap(([question, was, is]) =>
        question !== 'exposed' && isWrong(was, is) ? [`beside ${set}: ${question} was ${was} and is ${is}`] : [],
      ),
    )
  }
  return wrong
}

/** Is nothing of the time covered, for any question that logs answer? */
function isUncovered({ answers }: Assessment): boolean {
  return answers.every(
    ({ question, coverage }) => question === 'exposed' || question === 'still-there' || coverage.covered === 0,
  )
}

/** Is a page that ran gone from the web roots? */
function hasRemovedPage({ subjects }: Assessment): boolean {
  return subjects.some(({ signs }) => signs.some(({ computed }) => computed === 'removed'))
}

/** With logs of several hosts a page may be missing since it is of another host. */
function isGoneForSure({ subjects }: Assessment): boolean {
  return subjects.some(({ signs }) =>
    signs.some(({ computed, strength }) => computed === 'removed' && strength !== 'weak'),
  )
}

/** A log that begins no new file each day, or whose files were joined, says the same. */
async function joined({ spec, folder, run }: Placed, whole: Assessment): Promise<string[]> {
  // That the file of an hour, or of a number, is missing only the names of the others show.
  if (spec.hourly === true || spec.rotate !== undefined) return []
  const groups = Map.groupBy(evidenceFiles(spec, 'ctree'), ({ path }) =>
    /\/(?:Logging|LogFiles)\/.*\.log$/i.test(path) ? path.replace(/\d[\d-]*\.log$/i, '') : path,
  )
  if ([...groups.values()].every((files) => files.length === 1)) return []
  const files = [...groups.values()].map((own): EvidenceFile => {
    const inOrder = own.sort((a, b) => (a.path < b.path ? -1 : 1))
    const last = inOrder.at(-1)!
    if (own.length === 1) return last
    // IIS calls a log without an end so; others have only a name of their type.
    const path = last.path.replace(/\d[\d-]*(?=\.log$)/i, /u_ex\d+\.log$/i.test(last.path) ? 'tend1' : 'all')
    // The time of a header is that of the row which was made first, and not of the earliest.
    const parts = inOrder.map(({ bytes }, i) =>
      i === 0 ? bytes : Buffer.from(bytes.toString('latin1').replaceAll(/^#Date: .*\r?\n/gm, ''), 'latin1'),
    )
    return { ...last, path, bytes: Buffer.concat(parts) }
  })
  const name = 'joined'
  const more = await run(place(files, folder, ({ path }) => join(name, sourceOf(path))))
  const differ = [mailboxesOf, intrusionsOf].filter((of) => of(whole) !== of(more))
  return [
    ...changes(whole, more).map(([question, was, is]) => `${name}: ${question} was ${was} and is ${is}`),
    ...differ.map((of) => `${name}: ${of(whole)} became ${of(more)}`),
  ]
}

/** The same logs a second time, and the same events in a second format, change no answer. */
async function twice({ spec, folder, names, run }: Placed, whole: Assessment): Promise<string[]> {
  const logs = evidenceFiles(spec, 'ctree').filter(({ path }) => /\/(?:Logging|LogFiles|winevt|Logs)\//i.test(path))
  const events = evidenceFiles({ ...spec, events: { shape: 'file' } }, 'ctree').filter(({ path }) =>
    path.endsWith('.evtx'),
  )
  const wrong: string[] = []
  for (const [name, files] of [
    ['logs twice', logs],
    ['events in a second format', events],
  ] as const) {
    if (files.length === 0) continue
    place(files, folder, () => name)
    const more = await run([...names, name])
    wrong.push(...changes(whole, more).map(([question, was, is]) => `${name}: ${question} was ${was} and is ${is}`))
    const differ = [mailboxesOf, intrusionsOf].filter((of) => of(whole) !== of(more))
    wrong.push(...differ.map((of) => `${name}: ${of(whole)} became ${of(more)}`))
  }
  return wrong
}

const mailboxesOf = ({ mailboxes }: Assessment): string =>
  `mailboxes ${mailboxes
    .map(({ mailbox, certainty }) => `${mailbox} ${certainty}`)
    .sort()
    .join(', ')}`
const intrusionsOf = ({ intrusions }: Assessment): string => `${intrusions.length} intrusions`

type Change = readonly [question: Question | 'verdict', was: string, is: string, because: readonly string[]]

function changes(before: Assessment, after: Assessment): Change[] {
  const answers = before.answers.flatMap(({ question, is }): Change[] => {
    const now = after.answers.find((answer) => answer.question === question)!
    return now.is === is ? [] : [[question, is, now.is, now.because]]
  })
  return before.verdict.is === after.verdict.is
    ? answers
    : [...answers, ['verdict', before.verdict.is, after.verdict.is, []]]
}

/** Each file into a folder of the name that it gets; the names. */
function place(files: readonly EvidenceFile[], folder: string, nameOf: (file: EvidenceFile) => string): string[] {
  const names = new Set<string>()
  for (const file of files) {
    const name = nameOf(file)
    names.add(name)
    const path = join(folder, name, ...file.path.split('/'))
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, file.bytes)
    utimesSync(path, file.modified / 1000, file.modified / 1000)
  }
  return [...names].sort()
}

const pools = new Map<string | undefined, Pool>()

function runner(spec: ServerSpec, folder: string): Placed['run'] {
  const { campaigns, timezone, window, known, sector } = spec.options ?? {}
  const pool =
    pools.get(timezone) ??
    remembering(inlinePool(knowledge, timezone ? zoneOf(timezone) : null), (key) =>
      ordinary.some((path) => key.includes(JSON.stringify(path).slice(1, -1))),
    )
  pools.set(timezone, pool)
  const once = remembering(pool)
  const file = join(folder, 'known.yml')
  if (known) writeFileSync(file, stringify(known))
  return (names) =>
    assess(
      names.map((name) => resolve(folder, name)),
      knowledge,
      facts,
      once,
      {
        fallbackName: 'X',
        tool: 'test',
        ...(campaigns ? { campaigns } : {}),
        ...(sector ? { sector } : {}),
        ...(known ? { known: readKnown(file) } : {}),
        ...(window ? { window: { from: when(window.from), to: when(window.to) } } : {}),
      },
    )
}
