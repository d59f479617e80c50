import { KeptTrails, trailed } from '../findings/correlations.ts'
import type { Devices } from '../activity/devices.ts'
import type { Logons } from '../activity/logons.ts'
import { PosternError } from '../lib/errors.ts'
import type { Member } from '../evidence/container.ts'
import type { ListedEvidence } from '../evidence/index.ts'
import { isJoinable, KeptHits, sharesOf } from '../scan/hit-retention.ts'
import { orderFiles } from '../model/file-order.ts'
import { counted } from '../lib/amounts.ts'
import { type MailUse, NO_MAIL } from '../activity/mailbox-use.ts'
import type { SentMail } from '../activity/sent-mail.ts'
import { CountedLogs } from './counted-logs.ts'
import type { Pool, Scan } from '../model/scan.ts'
import type { Gap } from '../model/evidence.ts'
import type { Knowledge } from '../knowledge/load-packs.ts'
import { askAll } from '../rules/match.ts'
import { scanUnlisted } from '../scan/scan.ts'
import { NO_REQUESTS, type RequestTables } from '../activity/requests.ts'
import { type ReadingOptions, listAll, totalSize } from '../evidence/list-all.ts'

/** What every file gives, and what was asked of the front end and of mailboxes in all of them. */
export type ReadEvidence = {
  readonly scans: Scan[]
  readonly requests: RequestTables
  /** Those of logs that explain nothing. */
  readonly requestsBeside: RequestTables
  readonly mail: MailUse
  readonly sent: SentMail
  readonly devices: Devices
  readonly logons: Logons
  /** Logs of requests to the front end, by their paths, to be read again where an intrusion needs it. */
  readonly requestLogs: ReadonlyMap<string, Member>
  /** Logs of EWS and of MAPI over HTTP, by their paths; and those of message tracking. */
  readonly mailLogs: ReadonlyMap<string, Member>
  readonly trackingLogs: ReadonlyMap<string, Member>
  /** Files that are there and are not among the scans. */
  readonly counted: ListedEvidence['counted']
}

/** Lists every file, reads each once, and asks every rule of what it holds. The list itself, which is large, is not needed any more then. */
export async function readEvidence(
  evidence: readonly string[],
  pool: Pool,
  { infos, rules }: Pick<Knowledge, 'infos' | 'rules'>,
  options: ReadingOptions,
): Promise<ReadEvidence> {
  const listed = await listAll(evidence, options.passwords ?? [], options)
  const { members, refused, counted } = options.exclude?.removeFrom(listed) ?? listed
  const ofTrails = trailed(rules)
  const joins = (rule: string): boolean => isJoinable(infos.get(rule)) || ofTrails.has(rule)
  const weighs = (rule: string): boolean => {
    const info = infos.get(rule)
    return info !== undefined && sharesOf(info).length > 1
  }
  const read = await scanAll(members, pool, new KeptHits(joins, undefined, undefined, weighs), options)
  const settings = { rules, ask: askAll(rules.events) }
  for (const gap of refused) read.scans.push(scanUnlisted(gap, settings))
  checkOpened(read.scans, options.passwords ?? [])
  return { ...read, counted }
}

/**
 * Was anything opened? Passwords were given for something: where they open nothing, and nothing else is a log or page of a
 * server (a note, the collector's own description of the archive), there is nothing to assess either.
 */
function checkOpened(scans: readonly Scan[], passwords: readonly string[]): void {
  if (scans.length === 0)
    throw new PosternError(
      'nothing-opened',
      'The evidence contains no file. Name the folder or archive with the files that were copied from the server.',
    )
  const locked = scans.filter(({ artifact, gaps }) => artifact.sha256 === '' && gaps.some(isLocked))
  const isWrong = passwords.length > 0 && locked.length > 0 && !scans.some(isRecognized)
  if (isWrong) {
    const [{ artifact }] = locked as [Scan, ...Scan[]]
    throw new PosternError('nothing-opened', wrongPassword(passwords.length, locked.length, artifact.path))
  }
  const opened = scans.some((scan) => scan.artifact.sha256 !== '')
  if (!opened) {
    // Many files, one reason: it is said once.
    const reasons = new Map<string, { readonly path: string; more: number }>()
    for (const { path, detail } of scans.flatMap((scan) => scan.gaps)) {
      const known = reasons.get(detail)
      if (known) known.more++
      else reasons.set(detail, { path, more: 0 })
    }
    const why = [...reasons]
      .slice(0, 3)
      .map(([detail, { path, more }]) => `${path}${more > 0 ? ` and ${counted(more, 'more file')}` : ''}: ${detail}`)
    throw new PosternError('nothing-opened', `Nothing in the evidence could be opened. ${why.join('; ')}`)
  }
}

function wrongPassword(passwords: number, files: number, first: string): string {
  const isOne = passwords === 1
  const given = isOne ? 'The password given opens' : `None of the ${passwords} passwords given opens`
  const which =
    files === 1
      ? `${isOne ? 'nothing of ' : ''}the encrypted ${first}`
      : `${isOne ? 'none' : 'one'} of the ${files} encrypted files (${first} and ${counted(files - 1, 'more file')})`
  return `${given} ${which}, and nothing else in the evidence is a log or page of a server.`
}

function isLocked({ reason }: Gap): boolean {
  return reason === 'encrypted'
}

/** Is it a log, a state or a page, or something that a rule matches, and not just any file? */
function isRecognized({ artifact: { parser, kinds }, hits }: Scan): boolean {
  return hits.length > 0 || (parser !== null && parser !== 'scan') || kinds.some((kind) => kind !== 'files')
}

/** What is said of files that were counted and not listed. */
export function countedNote({ path, empty }: ListedEvidence['counted'][number]): string {
  return `${path}: ${counted(empty, 'more file')} without content, with a name that says nothing, counted and not listed`
}

async function scanAll(
  members: readonly Member[],
  pool: Pool,
  kept: KeptHits,
  options: ReadingOptions,
): Promise<Omit<ReadEvidence, 'counted'>> {
  const scans: Scan[] = []
  const logs = new CountedLogs(members)
  const bytes = totalSize(members)
  const matched = new Set<string>()
  const trails = new KeptTrails()
  let [filesDone, bytesDone, hits] = [0, 0, 0]
  await pool.run<Member, Scan>('scan', members, (scan, index) => {
    scans[index] = small(scan)
    logs.add(scan, members[index]!)
    kept.came(scans, index)
    trails.came(scans, index)
    filesDone++
    bytesDone += scan.artifact.size
    hits += scan.hits.length
    for (const { rule } of scan.hits) matched.add(rule)
    options.onProgress?.({ files: members.length, filesDone, bytes, bytesDone, hits, rules: matched.size })
  })
  kept.finish(scans)
  trails.finish(scans)
  logs.finish(scans)
  const { requests, requestsBeside, mail, sent, devices, logons, requestLogs, mailLogs, trackingLogs } = logs
  return {
    scans: orderFiles(scans),
    requests,
    requestsBeside,
    mail,
    sent,
    devices,
    logons,
    requestLogs,
    mailLogs,
    trackingLogs,
  }
}

/**
 * Of most files nothing is said but that they are there: those share what is the same in all of them. What was asked of
 * the front end is counted once for all files.
 */
function small(scan: Scan): Scan {
  const { kinds } = scan.artifact
  const isPlain =
    kinds.length === 1 && kinds[0] === 'files' && scan.hours.length === 1 && scan.hours[0]![1].length === 0
  const or = <T>(list: readonly T[]): readonly T[] => (list.length === 0 ? NOTHING : list)
  return {
    artifact: isPlain ? { ...scan.artifact, kinds: PLAIN.kinds } : scan.artifact,
    gaps: or(scan.gaps),
    hits: or(scan.hits),
    more: or(scan.more),
    trails: or(scan.trails),
    facts: or(scan.facts),
    hours: isPlain ? PLAIN.hours : scan.hours,
    requests: NO_REQUESTS,
    mail: NO_MAIL,
    ...(scan.cloud ? { cloud: scan.cloud } : {}),
    hosts: or(scan.hosts),
    recorded: or(scan.recorded),
    said: or(scan.said),
    saidMore: scan.saidMore,
    ...(scan.slow ? { slow: scan.slow } : {}),
    ...(scan.seed ? { seed: scan.seed } : {}),
  }
}

const NOTHING: readonly never[] = []
const PLAIN: Pick<Scan, 'hours'> & Pick<Scan['artifact'], 'kinds'> = { kinds: ['files'], hours: [['files', []]] }
