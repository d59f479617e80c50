import { Devices } from '../activity/devices.ts'
import { Logons } from '../activity/logons.ts'
import { MailUse } from '../activity/mailbox-use.ts'
import { RequestTables } from '../activity/requests.ts'
import { SentMail } from '../activity/sent-mail.ts'
import type { Member } from '../evidence/container.ts'
import { isOfAnotherTime, logsOfOneSeries, logsThatExplainNothing } from '../findings/second-series.ts'
import { hasOwnPlace, isMisplaced, standingOf } from '../model/own-places.ts'
import type { Scan } from '../model/scan.ts'

/** Values of files that may wait until all files are read: with more, none of these explains anything. */
const WAITING = 1_500_000

/**
 * What logs count: who requested what, and who logged on from where. It explains what people do, so that a log that an attacker
 * may have added must not count. Which those are is known when all files are read: until then what was counted of a file waits,
 * but for logs of which names and places alone say that there is no other series.
 */
export class CountedLogs {
  readonly requests = new RequestTables()
  /** Requests in logs that explain nothing: only searched for files that an attacker fetched. */
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
  readonly #certain: ReadonlySet<string>
  #waiting: Scan[] = []
  /** Values of all files that had to wait: not in the order in which they were read. */
  #values = 0

  constructor(members: readonly Pick<Member, 'path' | 'windowsPath'>[], most = WAITING) {
    this.#certain = logsOfOneSeries(members)
    this.#most = most
  }

  /** The next file, with its counts: the list of all files need not have these any more. */
  add(scan: Scan, member: Member): void {
    const values = valuesIn(scan)
    if (values === 0) return
    const { path } = scan.artifact
    if (scan.requests.path.values.length > 0) this.requestLogs.set(path, member)
    if (scan.mail.cells.length > 0) this.mailLogs.set(path, member)
    if (scan.sent !== undefined) this.trackingLogs.set(path, member)
    if (this.#certain.has(path) && !isOfAnotherTime(scan.artifact)) return this.#countFile(scan)
    this.#waiting.push(scan)
    this.#values += values
    if (this.#isTooMuch) for (const each of this.#waiting.splice(0)) this.#countBeside(each)
  }

  get #isTooMuch(): boolean {
    return this.#values > this.#most
  }

  /** All files are read. */
  finish(scans: readonly Scan[]): void {
    const doubted = new Set([...logsThatExplainNothing(scans)].map(({ path }) => path))
    // Who asks most, and whose client or device is known of old, the server's own logs say.
    const isBeside = (scan: Scan): boolean => isMisplaced(scan) || doubted.has(scan.artifact.path)
    const waiting = this.#waiting.splice(0)
    // Of two copies of a file the one at its own place counts.
    for (const scan of waiting) if (!isBeside(scan)) this.#countFile(scan)
    for (const scan of waiting) if (isBeside(scan)) this.#countBeside(scan)
    const users = new Set(this.logons.explaining().map(({ user }) => user))
    for (const user of users) this.mail.identities.addLogon(user)
  }

  #countFile(scan: Scan): void {
    const { path, sha256, kinds } = scan.artifact
    this.requests.addFile(scan)
    // Who is who, an export says that the user gives; one on a drive of the server may be an attacker's.
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
    this.sent.addFile(scan.sent, path, sha256, true)
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
