import { utcTime } from '../../lib/time.ts'
import type { Place } from '../../model/event.ts'
import { buildOf } from './build-sightings.ts'
import type { Head, Parser, Sink, Source } from '../parser.ts'
import { hostName, readLines } from '../common/lines.ts'
import { isMostlyRecords } from '../common/other-records.ts'

/**
 * ExchangeSetup.log: what setup.exe did on this server, session after session, in one file that only grows.
 *
 * A line is `[MM/dd/yyyy HH:mm:ss.mmmm] [level] message`, as `TaskLogger.LogMessageString` of
 * Microsoft.Exchange.Configuration.Tasks writes it: `DateTime.UtcNow`, so UTC whatever the zone of the server; month
 * first always, while the separators are those of the server's culture (`11.14.2022`, `04-17-2021`); milliseconds in
 * four digits (`.0412` is 412 ms). The messages are English on every server. A message may go on over more lines.
 * https://learn.microsoft.com/exchange/plan-and-deploy/post-installation-tasks/verify-installation
 *
 * Not seen here: security updates (.msp) and interim updates. They are installed by Windows Installer and leave this
 * file alone, so a build of this log names the cumulative update only.
 */
export const exchangeSetup: Parser = {
  name: 'exchange-setup',
  title: 'Exchange setup log',
  product: 'exchange',
  recognize,
  read,
}

const SOURCE = 'ExchangeSetup.log'
const STAMPED = /^\[(\d\d)[/.\-\s](\d\d)[/.\-\s](\d{4}) (\d\d)[:.](\d\d)[:.](\d\d)\.(\d{4})\] \[\d{1,2}\] (.*)$/s
const BEGINS = /^Starting Microsoft Exchange Server .{0,60}Setup$/
/** Sessions without success that are told; those beyond are counted. */
const TOLD = 20

function recognize(head: Head): number {
  if (!head.text.includes('] [')) return 0
  const lines = head.text.slice(0, 32_768).split(/\r\n|\n|\r/, 400)
  const messages = lines.flatMap((line) => STAMPED.exec(line)?.[8]?.trim() ?? [])
  if (messages.length === 0 || isMostlyRecords(head.text)) return 0
  if (messages.some((message) => BEGINS.test(message) || /^Setup version: \d/.test(message))) return 92
  return /(?:^|[\\/!])ExchangeSetup\.log$/i.test(head.path) ? 80 : 0
}

async function read(source: Source, sink: Sink): Promise<number> {
  const sessions = new Sessions(sink)
  const parsed = await readLines(source, sink, (line, unread) => {
    const stamped = STAMPED.exec(line.text)
    // What has no stamp goes on with the message before it: stack traces, lists.
    if (!stamped) return
    const time = timeOf(stamped)
    if (time === null) unread(line, 'corrupt', 'date or time is not one')
    else
      sessions.take(stamped[8]!.trim(), time, {
        path: source.path,
        offset: line.offset,
        length: line.length,
        line: line.number,
      })
  })
  sessions.finish()
  return parsed
}

function timeOf(stamped: RegExpExecArray): number | null {
  const [month, day, year, hour, minute, second, millisecond] = stamped.slice(1, 8).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  return millisecond > 999 ? null : utcTime(year, month, day, hour, minute, second, millisecond)
}

type Mode = 'install' | 'upgrade' | 'uninstall' | 'recover'

const MODES: ReadonlyMap<string, Mode> = new Map([
  ['install', 'install'],
  ['upgrade', 'upgrade'],
  ['buildtobuildupgrade', 'upgrade'],
  ['uninstall', 'uninstall'],
  ['recoverserver', 'recover'],
  ['disasterrecovery', 'recover'],
])

/** One run of setup.exe, as far as its lines have come. */
type Session = {
  began: number
  last: number
  place: Place
  version: string | null
  /** As the command line asked, and as setup decided; what it decided counts. */
  asked: Mode | null
  decided: Mode | null
  /** Only schema, organization or domain were prepared: no server was changed. */
  prepares: boolean
  before: string | null
  /** The build that an earlier, unfinished setup replaced in part. */
  backup: string | null
  rolesBefore: boolean
  completed: boolean
  failed: boolean
  postSetup: boolean
  result: string | null
}

/** Follows the sessions of one log and says what each of them proves. */
class Sessions {
  readonly #sink: Sink
  #session: Session | null = null
  #host: string | null = null
  #zone: { minutes: number; at: Place } | null = null
  /** Was Exchange here before what this log knows? Then no session is the first installation. */
  #existed = false
  /** An installation on a server without roles was begun, so all that follows is younger. */
  #fresh = false
  #installed = false
  #builds = 0
  #first: Place | null = null
  #unsuccessful = 0

  constructor(sink: Sink) {
    this.#sink = sink
  }

  take(message: string, time: number, at: Place): void {
    if (BEGINS.test(message) || (this.#session === null && message.startsWith('Setup version: '))) this.#begin(time, at)
    const session = this.#session
    if (!session) return
    session.last = time
    session.place = at
    if (message === 'End of Setup') this.#end()
    else this.#note(session, message, at)
  }

  finish(): void {
    this.#end()
    if (this.#zone) this.#sink.fact({ fact: 'zone', minutes: this.#zone.minutes, source: SOURCE, at: this.#zone.at })
    if (this.#host) this.#sink.fact({ fact: 'host', host: this.#host, source: SOURCE, rows: 1 })
    if (this.#unsuccessful > TOLD && this.#first)
      this.#tell(`${this.#unsuccessful - TOLD} more setup sessions without success`, this.#first)
    if (this.#builds > 0 && this.#first)
      this.#tell('security updates are not written to it, so its builds name the cumulative update only', this.#first)
  }

  #begin(time: number, at: Place): void {
    this.#end()
    this.#first ??= at
    this.#session = {
      began: time,
      last: time,
      place: at,
      version: null,
      asked: null,
      decided: null,
      prepares: false,
      before: null,
      backup: null,
      rolesBefore: false,
      completed: false,
      failed: false,
      postSetup: false,
      result: null,
    }
  }

  #note(session: Session, message: string, at: Place): void {
    const zone = /^Local time zone: \((?:UTC|GMT)(?:([+-])(\d\d):(\d\d))?\)/.exec(message)
    const version = /^Setup version: ([\d.]{7,24}?)\.?$/.exec(message)
    const parameter = /^Command Line Parameter Name='(\w{1,40})', Value='([^']{0,60})'/.exec(message)
    const decided = /^The installation mode is set to: '(\w{1,40})'/.exec(message)
    const backup = /^The backup copy of the previously installed version is '?([\d.]{7,24}?)'?\.?$/.exec(message)
    const before = /^The locally installed version is ([\d.]{7,24}?)\.?$/.exec(message)
    const roles = /^The following roles are installed:(.*)$/.exec(message)
    const server = /^Server Name=([\w-]{1,63})$/.exec(message)
    const result = /^CurrentResult setupbase\.maincore:\d{1,6}: (-?\d{1,9})$/.exec(message)
    if (zone) this.#zone = { minutes: minutesOf(zone), at }
    else if (version) session.version = buildOf(version[1]!)
    else if (parameter) {
      const name = parameter[1]!.toLowerCase()
      if (name === 'mode' || name === 'm') session.asked = MODES.get(parameter[2]!.toLowerCase()) ?? null
      if (/^prepare(?:ad|schema|domain|alldomains)$/.test(name)) session.prepares = true
    } else if (decided) session.decided = MODES.get(decided[1]!.toLowerCase()) ?? null
    else if (before) session.before = buildOf(before[1]!)
    // An earlier setup did not finish. That build ran until some earlier time, and is no installation now.
    else if (backup) session.backup = buildOf(backup[1]!)
    // Management tools alone make no server.
    else if (roles)
      session.rolesBefore = roles[1]!.split(/\s+/).some((role) => role !== '' && role !== 'AdminToolsRole')
    else if (server) this.#host = hostName(server[1]!)
    else if (result) session.result = result[1]!
    else if (message === 'The Exchange Server setup operation completed successfully.') session.completed = true
    else if (/^The Exchange Server setup operation didn't complete\b/.test(message)) session.failed = true
    else if (/^Setup is stopping now because of one or more critical errors\b/.test(message)) session.failed = true
    else if (message === 'Ending processing Start-PostSetup') session.postSetup = true
  }

  #end(): void {
    const session = this.#session
    this.#session = null
    if (!session) return
    this.#before(session)
    const mode = session.prepares && session.asked === null ? null : (session.decided ?? session.asked)
    if (mode === null) return
    if (mode === 'install' && !session.rolesBefore && !this.#existed) this.#fresh = true
    if (!this.#fresh) this.#existed = true
    if (succeeded(session)) this.#success(session, mode)
    else if (this.#unsuccessful++ < TOLD)
      this.#tell(
        `setup of ${session.version ?? 'an unknown version'} (${mode}) began on ${dayTime(session.began)} and did not succeed`,
        session.place,
      )
  }

  /** What ran here when setup began is known whatever came of it: also an update that failed, or one of the directory. */
  #before({ version, before, backup, rolesBefore, began, place }: Session): void {
    if (backup !== null)
      this.#tell(
        `before ${dayTime(began)} a setup over ${backup} did not finish: that build was installed before it, and since when is not written`,
        place,
      )
    // What setup takes for installed is then what the unfinished setup brought, or the copy that it made.
    if (backup !== null) return
    // After half an installation, setup takes what it brings itself for what is installed.
    if (!rolesBefore || before === null || before === version) return
    this.#builds++
    const build = { fact: 'build', precision: 'cu', source: SOURCE, host: this.#host, at: place } as const
    this.#sink.fact({ ...build, build: before, from: began, to: began })
  }

  #success(session: Session, mode: Mode): void {
    const { version, began, last, place } = session
    this.#sink.fact({ fact: 'update', from: began, to: last, source: SOURCE, host: this.#host, at: place })
    if (mode === 'uninstall') {
      this.#tell(`Exchange was uninstalled on ${dayTime(last)}`, place)
      return
    }
    if (mode === 'recover') this.#tell(`the server was set up anew on ${dayTime(last)} with /Mode:RecoverServer`, place)
    const build = { fact: 'build', precision: 'cu', source: SOURCE, host: this.#host, at: place } as const
    if (version) {
      this.#builds++
      // Without an end: it runs until something else is seen.
      this.#sink.fact({ ...build, build: version, from: last, to: null })
    }
    if (mode === 'install' && this.#fresh && !this.#installed) {
      this.#installed = true
      this.#sink.fact({ fact: 'installed', time: last, source: SOURCE, host: this.#host, at: place })
    }
  }

  #tell(what: string, at: Place): void {
    this.#sink.fact({ fact: 'note', note: `${SOURCE}: ${what}`, at })
  }
}

// Run from a window, setup writes no sentence of success, and result 0 even after critical errors: then it must have
// come to its last step.
function succeeded(session: Session): boolean {
  if (session.failed) return false
  return session.completed || (session.postSetup && session.result === '0')
}

function minutesOf(zone: RegExpExecArray): number {
  return (Number(zone[2] ?? 0) * 60 + Number(zone[3] ?? 0)) * (zone[1] === '-' ? -1 : 1)
}

function dayTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16)}Z`
}
