import { bump } from '../lib/collections.ts'
import type { Member } from '../evidence/container.ts'
import { sha256 as sha256Of } from '../lib/hash.ts'
import { DAY, hourOf } from '../lib/time.ts'
import { decodeText } from '../lib/text.ts'
import type { CloudTally, HourCount, Scan } from '../model/scan.ts'
import type { BrokenRule, Hit } from '../model/rule.ts'
import { configurationRows } from './configuration-rows.ts'
import { powerOf } from './power.ts'
import type { Event, Fact, Fields, FieldValue } from '../model/event.ts'
import type { Artifact, Gap } from '../model/evidence.ts'
import {
  type KnownLogKind,
  type LogKind,
  isFrontEnd,
  isIisLog,
  isOfTenant,
  PARTIAL,
  partsOfKind,
  requiredColumns,
  startedKinds,
  isKnownKind,
  stateKinds,
} from '../model/log-kinds.ts'
import { utcOf, type Zone } from '../lib/zones.ts'
import { HitRoom, type KeepAtMost } from './hit-room.ts'
import { shareOfHit } from './hit-retention.ts'
import { type Ahead, AheadRows, layoutText } from '../prefilter/read-ahead.ts'
import type { PrefilterRule, RowRun, RowSink } from '../prefilter/rows.ts'
import { deviceOf } from '../parsers/exchange/active-sync.ts'
import { countedLogon, isWholeEvent } from '../activity/logon-events.ts'
import { GapMarks } from './gap-marks.ts'
import type { Between, GapFound } from '../parsers/parser.ts'
import type { RecordForm, RecordJudge, RecordScanner, RecordDetails } from '../parsers/record-scanner.ts'
import type { RowLayout, RowTaker } from '../parsers/row-layout.ts'
import { isKnownProgram } from '../parsers/common/known-paths.ts'
import { settingsOf } from '../parsers/exchange/settings.ts'
import { type askAll, askThese } from '../rules/match.ts'
import type { Condensed } from '../evidence/condensed.ts'
import type { EventRule, LoadedRules } from '../rules/rule.ts'
import { unreadFileEvent, withKnownPath } from './file-event.ts'
import { isMark, type ValueCaches } from '../prefilter/row-rules.ts'
import { MailUse } from '../activity/mailbox-use.ts'
import { FileSentMail } from '../activity/sent-mail.ts'
import { administrationIn, isUpdateOfExchange, updateFact } from '../activity/administration.ts'
import { recordIdOf } from '../activity/cloud-audit.ts'
import { FileRequests } from '../activity/requests.ts'
import {
  CorrelationRowTable,
  type CorrelationRow,
  rowOfRecord,
  trailValues,
  trailValue,
  TRAILED,
  numberOfRecord,
  requestNumbers,
} from './correlation-rows.ts'
import type { includesOf } from './page-includes.ts'

/** A file that is searched by file rules is held in memory up to this size; of a larger one the end is, too. */
export const SEARCHED = 16 * 1024 * 1024

const SAID = 2_000

const SETTINGS = 5_000

const FIELD = 64 * 1024

/** So much later or earlier than the entries around it a header may have been written. */
const LATE = 15 * 60_000

/** Parsers whose files are searched by file rules wherever they lie. */
export const searched: ReadonlySet<string> = new Set(['scan', 'oab-dump', 'pe'])

type HourRows = [entries: number, first: number, last: number]

/** What an entry can be without, so that it is not known when it was, or of whom. */
const WITHOUT = { time: 'an entry whose time cannot be read', fields: 'an event without what each of its kind has' }

/** Gathers what one artifact gives. */
export class Collector {
  readonly #member: Member
  readonly #ask: ReturnType<typeof askAll>
  readonly #zone: Zone | null
  readonly #baselines: LoadedRules['baselines']
  readonly #room: HitRoom
  readonly #lexicons: ValueCaches | undefined
  readonly #ahead: Ahead | undefined
  readonly #tied: boolean
  readonly gaps: Gap[] = []
  readonly #hits: Hit[] = []
  readonly #facts: Fact[] = []
  readonly #more = new Map<string, { count: number; first: number | null; last: number | null }>()
  readonly #trails = new Map<string, CorrelationRowTable>()
  #trailed = 0
  readonly #hours = new Map<LogKind, Map<number, HourRows>>()
  #lastHour: { readonly log: LogKind; readonly number: number; readonly hour: HourRows } | null = null
  readonly #requests: FileRequests
  readonly #mail = new MailUse('file')
  readonly #sent = new FileSentMail()
  #cloud: CloudTally | null = null
  readonly #hosts = new Map<string, number>()
  readonly recorded = new Set<string>()
  /** Event ids in `recorded`, by log. */
  readonly #ids = new Map<LogKind, Set<number>>()
  #lastHost: { readonly host: string; readonly log: LogKind; readonly snippet: boolean; readonly key: string } | null =
    null
  readonly #said: Event[] = []
  #saidMore = 0
  #events = 0
  #settings = 0
  #first: number | null = null
  #last: number | null = null
  #latest: number | null = null
  /** The same of the entry before it. */
  #earlier: number | null = null
  /** Rules that match the row there, where it is known before its event is made. */
  #known: { readonly offset: number; readonly rules: readonly PrefilterRule[] } | null = null
  /** When the file itself says that it was written: a dump of settings names the moment of the last change. */
  written: { time: number; timeBasis: 'stated' } | null = null
  /** What the parser says of the file as a whole: fields of the file's own event. */
  described: Fields = {}
  #waiting: number[] = []
  readonly #marks = new GapMarks()
  /** Was the time of the last entries not readable? */
  #isTimeless = false
  /** Was there an event without its fields? */
  #isFieldless = false
  readonly #slow: BrokenRule[] = []
  #seed: string | null = null
  /** A header inside the file that says when it was written, and what stands before it. */
  #dated: { readonly time: number; readonly after: number; readonly offset: number; readonly line: number } | null =
    null
  /** What began to be unreadable, between which two entries, and was not told as a gap yet. */
  #losing: { readonly after: number | null; before: number | null } | null = null

  constructor(
    member: Member,
    ask: ReturnType<typeof askAll>,
    zone: Zone | null,
    keep: KeepAtMost,
    baselines?: LoadedRules['baselines'],
    lexicons?: ValueCaches,
    ahead?: Ahead,
    tied = false,
  ) {
    this.#tied = tied
    // From here on what would have been found is not known.
    this.#room = new HitRoom(keep, (detail) =>
      this.gap({ offset: 0, length: 0, reason: 'too-long', detail, between: { after: this.#latest, before: null } }),
    )
    this.#lexicons = lexicons
    this.#requests = new FileRequests(lexicons?.names)
    this.#ahead = ahead
    this.#member = member
    this.#ask = ask
    this.#zone = zone
    this.#baselines = baselines
  }

  event(read: Event): void {
    const timed =
      this.#zone && read.timeBasis === 'assumed' && read.time !== null
        ? { ...read, time: utcOf(this.#zone, read.time), timeBasis: 'zone' as const }
        : read
    const event = withKnownPath(timed, this.#baselines)
    this.#events++
    this.#count(event)
    if (event.time === null) this.#without(event, 'time')
    else if (!isWholeEvent(event)) this.#without(event, 'fields')
    if (event.log === 'tool-results' && typeof event.fields.Tool === 'string') this.#hear(event)
    if (stateKinds.has(event.log)) this.#set(event)
    this.#asked(event)
    if (event.log === 'files' && event.time !== null) this.written = { time: event.time, timeBasis: 'stated' }
  }

  rows(layout: RowLayout): RowTaker | null {
    const lexicon = this.#lexicons?.for(layout, this.#tied) ?? null
    if (lexicon === null) return null
    const names = new Set(layout.fields)
    const sink: RowSink = {
      run: (run) => this.#run(run, names),
      counts: isFrontEnd,
      names: this.#requests.names,
      met: (id, row, day) => {
        const number = this.#requests.numberOf(id, day)
        if (row) this.#requests.see(id, number, row)
        return number
      },
      rows: (trait, number, counts, at, only) => this.#requests.add(trait, number, counts, at, only),
      device: (request, time, at) => this.#requests.addDevice(request, time, at),
      logon: (logon, time, at) => this.#requests.addLogon(logon, time, at),
      row: (client, time, fields) => this.#requests.addRow(client, fields, time),
      mark: (log) => {
        if (isIisLog(log)) this.recorded.add('exchange-paths')
      },
      // What the time of a row decides, its event is asked for; and a correlation counts each by its values.
      isFull: (rule, client, host, day) =>
        !('asksTime' in rule || 'trail' in rule) && this.#room.isFullFor(rule, { client, host, day }),
      known: (offset, rules) => (this.#known = { offset, rules }),
      more: (rule, rows, first, last) => this.#countMore(rule.info.id, rows, first, last),
    }
    const { path } = this.#member
    const text = this.#ahead ? layoutText(layout) : null
    if (!this.#ahead || text === null) {
      const groups = lexicon.isFast ? (this.#mail.groups(layout) ?? this.#sent.groups(layout)) : undefined
      if (groups) return lexicon.reader(path, layout, { ...sink, groups })
      return this.#beside(lexicon.reader(path, layout, sink), layout)
    }
    const taker = lexicon.reader(path, layout, sink)
    const rows = new AheadRows(path, { layout, text }, taker, sink, this.#ahead, lexicon.judge.rules)
    return this.#beside(rows, layout)
  }

  /** Counts the mail of rows that become no event. */
  #beside(taker: RowTaker, layout: RowLayout): RowTaker {
    return this.#sent.beside(this.#mail.beside(taker, layout), layout)
  }

  records(form: RecordForm): RecordJudge | null {
    const rules = this.#lexicons?.records(form, this.#tied) ?? null
    if (rules === null) return null
    const { log } = form
    const { certain } = rules
    const trailing = certain.filter(({ trail }) => trail)
    return {
      asks: rules.asks,
      could: (tell) => rules.could(tell),
      passes: (record, could) => {
        const { time, client } = record
        const from = { client, host: null, day: Math.floor(time / DAY) }
        for (const rule of certain) if (!this.#room.isFullFor(rule, from)) return false
        if (could ?? rules.could((name) => record.tell(name))) return false
        if (trailing.length > 0 && !this.#trailOf(trailing, record, log)) return false
        this.#events++
        this.#countHour(log, 1, time, time)
        this.#pass(time, time)
        for (const { info } of certain) this.#countMore(info.id, 1, time, time)
        return true
      },
    }
  }

  scanner(): RecordScanner | null {
    return this.#lexicons?.scanner() ?? null
  }

  cloud(tally: CloudTally): void {
    this.#cloud = tally
    const { rows, acts } = tally.beyond
    if (rows + acts + tally.signIns.beyond > 0) this.#notCounted('accounts, addresses and mailboxes')
  }

  /** Whether what was not counted is ordinary is not known, at any time of the file. */
  #notCounted(what: string): void {
    const detail = `more ${what} than are counted one by one`
    this.gap({ offset: 0, length: 0, reason: 'too-long', detail, between: { after: null, before: null } })
  }

  /** The account of rows that became no event: the same as that of their events. */
  #run({ context: { log, host }, rows, first, last, least, greatest }: RowRun, fields: ReadonlySet<string>): void {
    this.#events += rows
    if (host) this.#countHost(host, log, false, rows)
    const whole = requiredColumns(log).every((column) => fields.has(column))
    this.#countHour(whole ? log : PARTIAL + log, rows, least, greatest)
    this.#pass(first, last)
  }

  about(fields: Fields): void {
    this.described = { ...this.described, ...fields }
  }

  gap({ between, ...gap }: GapFound): void {
    if (gap.length === 0 && gap.reason !== 'corrupt' && gap.offset !== 0 && this.gaps.length > 10_000) return
    const { after, before } = between ?? this.#losing ?? { after: this.#latest, before: null }
    if (!between) this.#losing = null
    if (before === null && (!between || this.#marks.isOpen(between))) this.#waiting.push(this.gaps.length)
    const times = { ...(after === null ? {} : { after }), ...(before === null ? {} : { before }) }
    this.gaps.push({ ...gap, path: this.#member.path, ...times })
  }

  mark(isAround: boolean): Between {
    return this.#marks.add(isAround ? this.#earlier : this.#latest)
  }

  losing(): void {
    this.#losing = { after: this.#latest, before: null }
  }

  dated(time: number | null, { offset, number }: { readonly offset: number; readonly number: number }): void {
    if (time !== null && this.#latest !== null) this.#dated = { time, after: this.#latest, offset, line: number }
  }

  /**
   * An entry of a log without a time that can be read, or without what says whose logon or which program it was: one gap for all
   * that follow each other, between the entries around them.
   */
  #without({ log, at, snippet, time }: Event, what: 'time' | 'fields'): void {
    if (snippet || !isKnownKind(log) || stateKinds.has(log)) return
    if (time === null ? this.#isTimeless : this.#isFieldless) return
    if (time === null) this.#isTimeless = true
    else this.#isFieldless = true
    const { offset, line } = at
    // Which of the entries have other fields is not looked at: one costs the time of the file.
    const between = what === 'fields' ? { between: { after: null, before: null } } : {}
    const place = line === undefined ? { offset } : { offset, line }
    this.gap({ ...place, length: 0, reason: 'corrupt', detail: WITHOUT[what], ...between })
  }

  /** A header whose time does not lie between those of entries that are in order was written over some. */
  #endDated(before: number): void {
    const { time, after, offset, line } = this.#dated!
    this.#dated = null
    const isBetween = time >= after - LATE && time <= before + LATE
    if (isBetween || before < after - LATE) return
    const detail = 'a header with a time that does not lie between those of the entries around it'
    this.gap({ offset, length: 0, reason: 'corrupt', detail, line, between: { after, before } })
  }

  fact(fact: Fact): void {
    this.#facts.push(fact)
  }

  /** The event of the file itself: no time of its own, so it counts in no hour. */
  file(event: Event): void {
    this.#known = null
    this.#set(event)
    this.#asked(event)
    this.#recordState(event)
    if (!this.#hours.has(event.log)) this.#hours.set(event.log, new Map())
  }

  /** `placeOf`: where the searched bytes lie in the file, where they are not all of it. */
  fileHit(
    rule: string,
    places: readonly (readonly [number, number])[],
    searched: Uint8Array,
    file: Event,
    placeOf?: Condensed['place'],
  ): void {
    const [offset, length] = places[0] ?? [0, Math.min(searched.length, 4096)]
    // The whole line or neighborhood of the first match is what a person wants to read.
    let from = Math.max(0, offset - 256)
    let to = Math.min(searched.length, offset + Math.max(length, 1) + 1024)
    let inFile = from
    if (placeOf) {
      const place = placeOf(offset, to - offset)
      from = offset
      to = offset + place.length
      inFile = place.offset
    }
    const raw = decodeText(searched.subarray(from, to))
    const at = { path: file.at.path, offset: inFile, length: to - from }
    const matched = inFile + offset - from
    this.#keep({ rule, matched: [`bytes ${matched}–${matched + length}`], event: { ...file, raw, at } })
  }

  /** The scan of a file whose content is not read: a gap, and what the rules match by its name and location. */
  refuse(reason: Gap['reason'], detail: string): Scan {
    const size = this.#member.size ?? 0
    this.gap({ offset: 0, length: size, reason, detail })
    this.#asked(unreadFileEvent(this.#member, this.#baselines))
    return this.finish({ sha256: '', size, parser: null, parsed: 0 })
  }

  /** Only of files of which something is told. */
  seed(make: () => string): void {
    if (this.#hits.length > 0) this.#seed = make()
  }

  /** Files that a page which the server runs includes. */
  includes(files: ReturnType<typeof includesOf>): void {
    for (const { path, isOfSite } of files) this.recorded.add(`${isOfSite ? 'site-includes' : 'includes'}/${path}`)
  }

  /** Rules that were left out from somewhere in this file on: what they would have found is not known. */
  slow(rules: readonly BrokenRule[]): void {
    const { path } = this.#member
    for (const rule of rules) {
      if (this.#slow.some(({ file, detail }) => file === rule.file && detail === rule.detail)) continue
      if (this.#slow.length === 0) {
        const detail = `rules took too long and were left out: ${rule.file}`
        this.gap({ offset: 0, length: 0, reason: 'timeout', detail, between: { after: null, before: null } })
      }
      this.#slow.push(rule)
      this.fact({ fact: 'note', note: `${path}: ${rule.file}: ${rule.detail}`, at: { path, offset: 0, length: 0 } })
    }
  }

  finish(read: { sha256: string; size: number; parser: string | null; parsed: number }): Scan {
    const missing = read.size - read.parsed - this.gaps.reduce((sum, gap) => sum + gap.length, 0)
    // The promise of every run: what was parsed and what was not add up to the size.
    if (missing !== 0)
      throw new Error(`${read.parser}: parsed + gaps differ from the size by ${missing} bytes in ${this.#member.path}`)
    const artifact: Artifact = {
      path: this.#member.path,
      windowsPath: this.#member.windowsPath,
      ...(this.#member.recordedBy === undefined ? {} : { recordedBy: this.#member.recordedBy }),
      size: read.size,
      sha256: read.sha256,
      modified: this.#member.modified,
      parser: read.parser,
      kinds: [...this.#hours.keys()].sort(),
      parsed: read.parsed,
      events: this.#events,
      first: this.#first,
      last: this.#last,
    }
    const [devices, logons] = [this.#requests.devices.tally(), this.#requests.logons.tally()]
    if (this.#requests.devices.isLost || this.#requests.logons.isLost)
      this.#notCounted('accounts, devices and addresses')
    const sent = this.#sent.tally()
    return {
      artifact,
      gaps: this.gaps,
      hits: this.#hits,
      more: [...this.#more].sort(([a], [b]) => (a < b ? -1 : 1)).map(([rule, rest]) => ({ rule, ...rest })),
      trails: [...this.#trails].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, table]) => table.trail()),
      facts: this.#facts,
      hours: [...this.#hours].map(([kind, hours]) => [
        kind,
        [...hours].sort(([a], [b]) => a - b).map(([hour, [n, first, last]]): HourCount => [hour, n, first, last]),
      ]),
      requests: this.#requests.tallies(),
      mail: this.#mail.tally(),
      ...(sent === null ? {} : { sent }),
      ...(devices === null ? {} : { devices }),
      ...(logons === null ? {} : { logons }),
      ...(this.#cloud === null ? {} : { cloud: this.#cloud }),
      hosts: [...this.#hosts].map(([key, rows]) => {
        const [host, kind] = key.split('\0') as [string, string]
        return [host, kind, rows]
      }),
      recorded: [...this.recorded].sort(),
      said: this.#said,
      saidMore: this.#saidMore,
      ...(this.#slow.length > 0 ? { slow: this.#slow } : {}),
      ...(this.#seed === null ? {} : { seed: this.#seed }),
    }
  }

  #count(event: Event): void {
    const { time } = event
    // Selected rows, and rows without the columns that an attack shows in, cover nothing.
    const log = isWhole(event) ? event.log : PARTIAL + event.log
    if (event.host) this.#countHost(event.host, event.log, event.snippet === true)
    if (isFrontEnd(event.log)) {
      this.#requests.addRow(event.client, event.fields, time)
      this.#countDevice(event)
    }
    this.#countLogon(event)
    this.#mail.event(event)
    this.#sent.event(event)
    this.#record(event)
    if (time === null) {
      if (!this.#hours.has(log)) this.#hours.set(log, new Map())
      return
    }
    this.#countHour(log, 1, time, time)
    this.#pass(time, time)
  }

  #countDevice({ fields, client, log, time, snippet, at }: Event): void {
    if (snippet || time === null) return
    const device = deviceOf(fields, client, log)
    if (device !== null) this.#requests.addDevice(device, time, at)
  }

  #countLogon(event: Event): void {
    const logon = countedLogon(event)
    if (logon !== null) this.#requests.addLogon(logon, event.time!, event.at)
  }

  /** Entries of one hour, from the least to the greatest of their times. */
  #countHour(log: LogKind, entries: number, least: number, greatest: number): void {
    const number = hourOf(least)
    const hour = this.#hourOf(log, number)
    if (!hour) {
      let hours = this.#hours.get(log)
      if (!hours) this.#hours.set(log, (hours = new Map()))
      hours.set(number, [entries, least, greatest])
    } else {
      hour[0] += entries
      if (least < hour[1]) hour[1] = least
      if (greatest > hour[2]) hour[2] = greatest
    }
    if (this.#first === null || least < this.#first) this.#first = least
    if (this.#last === null || greatest > this.#last) this.#last = greatest
  }

  /** Rows of one log and hour mostly follow each other. */
  #hourOf(log: LogKind, number: number): HourRows | undefined {
    const last = this.#lastHour
    if (last !== null && last.number === number && last.log === log) return last.hour
    const hour = this.#hours.get(log)?.get(number)
    if (hour) this.#lastHour = { log, number, hour }
    return hour
  }

  #pass(first: number, last: number): void {
    this.#earlier = this.#latest
    this.#latest = last
    this.#endWaiting(first)
  }

  /** Gaps that were met since the last entry lie before this time. */
  #endWaiting(time: number): void {
    this.#isTimeless = false
    if (this.#losing !== null) this.#losing.before ??= time
    if (this.#dated !== null) this.#endDated(time)
    this.#marks.end(time)
    if (this.#waiting.length === 0) return
    for (const index of this.#waiting) this.gaps[index] = { ...this.gaps[index]!, before: time }
    this.#waiting = []
  }

  /** Quoted rows name hosts too, but they are not the server's own logs. */
  #countHost(host: string, log: LogKind, snippet: boolean, rows = 1): void {
    const last = this.#lastHost
    // Rows of one host and log follow each other: the key is made once for all of them.
    if (last === null || last.host !== host || last.log !== log || last.snippet !== snippet) {
      const key = `${host}\0${snippet ? 'snippet/' : ''}${log}`
      this.#lastHost = { host, log, snippet, key }
    }
    bump(this.#hosts, this.#lastHost!.key, rows)
  }

  /** What kinds of row this log was seen to record, and when the machine went down and came up. */
  #record(event: Event): void {
    if (stateKinds.has(event.log)) this.#recordState(event)
    const administration = administrationIn(event)
    if (administration !== null && this.recorded.size < 5_000) this.recorded.add(administration)
    const id = event.fields.EventID
    if (typeof id === 'number') {
      let ids = this.#ids.get(event.log)
      if (!ids) this.#ids.set(event.log, (ids = new Set()))
      if (!ids.has(id) && this.recorded.size < 5_000) {
        ids.add(id)
        this.recorded.add(`${event.log}/${id}`)
      }
      if (isUpdateOfExchange(event, id)) this.#facts.push(updateFact(event))
      if (event.log === 'windows-system' || (event.log === 'windows-security' && id === 4616))
        for (const { state, time } of powerOf(id, event)) this.#facts.push({ fact: 'power', state, time, at: event.at })
    } else if (isIisLog(event.log) && !this.recorded.has('exchange-paths')) {
      if (isMark(event.fields)) this.recorded.add('exchange-paths')
    }
  }

  #hear(event: Event): void {
    if (this.#said.length < SAID) this.#said.push(cut(event))
    else this.#saidMore++
  }

  #set(event: Event): void {
    for (const setting of settingsOf(event))
      if (this.#settings++ < SETTINGS) this.fact({ fact: 'setting', ...setting, at: event.at })
  }

  /** Which web roots, tasks, services and accounts were seen: many of them together are all that there is. */
  #recordState(event: Event): void {
    if (event.log === 'web-roots' && FOLDER_OF_EXCHANGE.test(event.target ?? '')) this.recorded.add('exchange-paths')
    if (event.snippet || event.fields.Deleted === true) return
    if (typeof event.fields.WebRoot === 'string') this.recorded.add(`web-root/${event.fields.WebRoot}`)
    const { KnownHash, TargetFilename } = event.fields
    if (KnownHash === true && typeof TargetFilename === 'string' && /\.dll$/i.test(TargetFilename))
      this.recorded.add(`known-library/${TargetFilename.toLowerCase().replaceAll('\\', '/')}`)
    const isHistorical = event.fields.Historical === 'true'
    if (!isHistorical && event.fields.Element !== undefined && this.recorded.size < 5_000)
      for (const row of configurationRows(event)) this.recorded.add(row)
    if (!isHistorical && startedKinds.has(event.log)) this.#recordPrograms(event)
    const part = event.fields[partsOfKind(event.log)?.field ?? '']
    if (typeof part === 'string' && this.recorded.size < 5_000)
      this.recorded.add(`${event.log}/${part.slice(0, 100).toLowerCase()}`)
  }

  /** Programs that a task, a service, an agent or a module runs from where Windows and products keep none, and scripts. */
  #recordPrograms({ log, fields }: Event): void {
    for (const name of ['Image', 'ImagePath', 'ServiceDll', 'Command', 'Assembly', 'Arguments', 'AppParameters'])
      for (const value of valuesIn(fields[name]))
        for (const [path] of value.slice(0, 2_000).matchAll(PROGRAM))
          if ((SCRIPT.test(path) || !isKnownProgram(path)) && this.recorded.size < 5_000)
            this.recorded.add(`runs/${log}/${path.toLowerCase().replaceAll('\\', '/')}`)
  }

  #asked(event: Event): void {
    const known = this.#known?.offset === event.at.offset ? this.#known.rules : null
    this.#known = null
    for (const { rule, matched } of known === null ? this.#ask(event) : askThese(known, event)) {
      const { id } = rule.info
      if (rule.info.requiresChain && !this.#tied) continue
      if ('trail' in rule)
        this.#trail(
          rule as EventRule,
          { ...event, identity: () => identityOf(event), request: () => requestNumbers(event) },
          trailValues(rule as EventRule, event),
        )
      const share = shareOfHit(rule.info, event)
      if (this.#room.isFullForRow(rule, event, share)) this.#countMore(id, 1, event.time, event.time)
      else this.#keep({ rule: id, matched, event }, share)
    }
  }

  /** What correlations count of a row. */
  #trail(rule: EventRule, row: CorrelationRow, values: readonly (string | null)[]): void {
    this.#trailed += this.#tableOf(rule).add(row, values, this.#trailed < TRAILED.weight)
  }

  #tableOf(rule: EventRule): CorrelationRowTable {
    let table = this.#trails.get(rule.info.id)
    if (!table) this.#trails.set(rule.info.id, (table = new CorrelationRowTable(rule)))
    return table
  }

  /** What correlations count of a record that became no event; false when only its event can tell. */
  #trailOf(trailing: readonly EventRule[], record: RecordDetails, log: KnownLogKind): boolean {
    if (!record.hasId) return false
    const trails: (string | null)[][] = []
    for (const { trail } of trailing) {
      const values: (string | null)[] = []
      for (const name of trail!) {
        const value = trailValue(record.tell(name))
        if (value === undefined) return false
        values.push(value)
      }
      trails.push(values)
    }
    let row: CorrelationRow | null = null
    for (let i = 0; i < trailing.length; i++) {
      const rule = trailing[i]!
      if (this.#trailed >= TRAILED.weight) this.#tableOf(rule).pass()
      else this.#trail(rule, (row ??= rowOfRecord(record, log)), trails[i]!)
    }
    return true
  }

  #keep(hit: Hit, share?: string): void {
    this.#room.take(hit.rule, hit.event, share)
    this.#hits.push({ ...hit, event: cut(hit.event) })
  }

  #countMore(rule: string, count: number, first: number | null, last: number | null): void {
    let more = this.#more.get(rule)
    if (!more) this.#more.set(rule, (more = { count: 0, first: null, last: null }))
    more.count += count
    if (first !== null) more.first = Math.min(more.first ?? first, first)
    if (last !== null) more.last = Math.max(more.last ?? last, last)
  }
}

/**
 * A number that the same row has in every copy of its file, and hardly any other. Below zero: no two rows of one file can
 * have it, since records are numbered.
 */
function identityOf({ fields, log, host, user, client, raw }: Event): number {
  const cloud = isOfTenant(log) ? recordIdOf(fields) : null
  if (cloud !== null) return numberOfRecord(cloud, user, client)
  const { EventRecordID: record, Channel: channel } = fields
  const isNumbered = (typeof record === 'number' || typeof record === 'string') && String(record) !== ''
  // Whoever writes a log of his own gives its records what numbers he likes: a copy says the same of the same.
  const digest = sha256Of(isNumbered ? JSON.stringify([log, host, channel, String(record), user, client]) : raw)
  const number = Number.parseInt(digest.slice(0, 13), 16)
  return isNumbered ? -1 - number : number
}

/** Folders in which only Exchange has its pages. */
const FOLDER_OF_EXCHANGE = /\\exchange server\\v1\d\\(?:frontend\\httpproxy|clientaccess)\\/i
/** States that say what is run. */
const PROGRAM = /[a-z]:\\[^"'|<>*?\r\n]{1,260}?\.(?:exe|dll|ps1|psm1|bat|cmd|vbs|js|wsf|hta)\b/gi
/** Scripts are judged by what they do, wherever they lie. */
const SCRIPT = /\.(?:bat|cmd|ps1|psm1|vbs|vbe|js|jse|wsf|hta)$/i

function valuesIn(value: FieldValue | undefined): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? value.filter((one) => typeof one === 'string') : []
}

/** A hit keeps its row, but no field of it may be huge. */
function cut(event: Event): Event {
  // A copy: raw text that is made when it is asked for would hold the bytes that it is made of.
  if (event.raw.length <= FIELD) return { ...event }
  const fields: Record<string, FieldValue> = Object.create(null) as Record<string, FieldValue>
  for (const [name, value] of Object.entries(event.fields)) {
    fields[name] = typeof value === 'string' && value.length > FIELD ? `${value.slice(0, FIELD)}…` : value
  }
  return { ...event, fields, raw: `${event.raw.slice(0, FIELD)}…` }
}

/** Does the row hold every column that its kind needs to show an attack, and does it stand in a log of its own? */
function isWhole(event: Event): boolean {
  return !event.snippet && requiredColumns(event.log).every((column) => event.fields[column] !== undefined)
}
