import { Devices } from '../activity/devices.ts'
import { Logons } from '../activity/logons.ts'
import { MailUse } from '../activity/mailbox-use.ts'
import { RequestTables } from '../activity/requests.ts'
import { SentMail } from '../activity/sent-mail.ts'
import type { Member } from '../evidence/container.ts'
import { logsThatExplainNothing } from '../findings/second-series.ts'
import { hasOwnPlace, isMisplaced, standingOf } from '../model/own-places.ts'
import type { Scan } from '../model/scan.ts'

/** Values of files that may wait until all files are read: with more, the files that nothing speaks against are counted. */
const WAITING = 400_000

/**
 * What logs count: who requested what, and who logged on from where. It explains what people do, so that a log that an intruder
 * may have added must not count. Which those are is known when all files are read: until then, what was counted of each file
 * waits.
 */
export class CountedLogs {
  readonly requests = new RequestTables()
  /** Requests in logs that explain nothing: only searched for files that an intruder fetched. */
  readonly requestsBeside = new RequestTables()
  readonly mail = new MailUse('run')
  readonly sent = new SentMail()
  readonly devices = new Devices()
  readonly logons = new Logons()
  /** Logs of requests to the front end, by their paths, to be read again where an intrusion needs it. */
  readonly requestLogs = new Map<string, Member>()
  /** Logs of EWS and of MAPI over HTTP, by their paths. */
  readonly mailLogs = new Map<string, Member>()
  /** Logs of messages, by their paths. */
  readonly trackingLogs = new Map<string, Member>()
  readonly #most: number
  #waiting: Scan[] = []
  #values = 0

  constructor(most = WAITING) {
    this.#most = most
  }

  /** The next file, with its counts; `scans`: those so far, which need not have theirs any more. */
  add(scan: Scan, member: Member, scans: readonly Scan[]): void {
    const values = valuesIn(scan)
    // Who asks most, and whose client or device is known of old, the server's own logs say.
    if (values === 0 || isMisplaced(scan)) return
    const { path } = scan.artifact
    if (scan.requests.path.values.length > 0) this.requestLogs.set(path, member)
    if (scan.mail.cells.length > 0) this.mailLogs.set(path, member)
    if (scan.sent !== undefined) this.trackingLogs.set(path, member)
    this.#waiting.push(scan)
    this.#values += values
    if (this.#values > this.#most) this.#count(scans, true)
  }

  /** All files are read. */
  finish(scans: readonly Scan[]): void {
    this.#count(scans, false)
    for (const { user } of this.logons.explaining()) this.mail.identities.addLogon(user)
  }

  /** Counts what waits; `goesOn`: files that may be doubted wait on while there is room. */
  #count(scans: readonly Scan[], goesOn: boolean): void {
    const doubted = new Set([...logsThatExplainNothing(scans)].map(({ path }) => path))
    const isDoubted = ({ artifact }: Scan): boolean => doubted.has(artifact.path)
    for (const scan of this.#waiting) if (!isDoubted(scan)) this.#countFile(scan)
    const rest = this.#waiting.filter(isDoubted)
    this.#values = rest.reduce((sum, scan) => sum + valuesIn(scan), 0)
    const canWait = goesOn && this.#values <= this.#most / 2
    this.#waiting = canWait ? rest : []
    if (!canWait) for (const scan of rest) this.#countBeside(scan)
  }

  #countFile(scan: Scan): void {
    const { path, sha256, kinds } = scan.artifact
    this.requests.addFile(scan)
    // Who is who, an export says that the user gives; one on a drive of the server may be an intruder's.
    const isGiven = hasOwnPlace(scan.artifact) || /^(?:own|loose)$/.test(standingOf(scan.artifact))
    this.mail.addFile(isGiven ? scan.mail : { ...scan.mail, together: [] }, sha256, path)
    this.sent.addFile(scan.sent, path, sha256)
    this.devices.addFile(scan.devices, path, sha256)
    this.logons.addFile(scan.logons, path, sha256, kinds)
  }

  /** What it shows is found; it explains nothing. */
  #countBeside(scan: Scan): void {
    const { path, sha256, kinds } = scan.artifact
    this.requestsBeside.addFile(scan)
    this.devices.addFile(scan.devices, path, sha256, true)
    this.logons.addFile(scan.logons, path, sha256, kinds, true)
  }
}

function valuesIn({ requests, mail, sent, devices, logons }: Scan): number {
  const { client, agent, path, status } = requests
  const tables = [client, agent, path, status].reduce((sum, { values }) => sum + values.length, 0)
  return (
    tables +
    mail.cells.length +
    mail.together.length +
    (mail.beyond > 0 ? 1 : 0) +
    (sent === undefined ? 0 : sent.cells.length + 1) +
    (devices?.values.length ?? 0) +
    (logons?.values.length ?? 0) +
    ((devices?.beyond ?? 0) + (logons?.beyond ?? 0) > 0 ? 1 : 0)
  )
}
