import type { CoverageMeter } from './coverage/coverage.ts'
import { type FindingWithHits } from '../findings/findings.ts'
import { isIntrusion } from '../findings/serious.ts'
import { fieldText, type Event } from '../model/event.ts'
import type { Finding } from '../model/finding.ts'
import type { Persistence } from '../model/persistence.ts'
import { withoutDomain } from '../model/account-names.ts'
import { parameterOf } from '../model/cmdlet-parameters.ts'
import { type LogKind, configurationKinds, stateKinds } from '../model/log-kinds.ts'
import { isAtLeastLikely } from '../model/sign.ts'
import { HOUR } from '../lib/time.ts'

/** One way back: what the answer lists, and the findings whose way back is open at the end of the evidence. */
export type WayBack = {
  readonly entry: Persistence
  readonly stillThere: readonly StillThere[]
}

/** A finding whose way back stands at the end of the evidence, or may; `open`: whether it is an attacker's is not settled. */
export type StillThere = {
  readonly finding: string
  readonly is: 'yes' | 'likely' | 'open'
  /** The compromised account that nothing in the evidence closed. */
  readonly account?: string
}

/** A finding about a setting or an account, with its kind. */
type Setting = { readonly f: FindingWithHits; readonly kind: Persistence['kind'] }

/**
 * Settings and accounts: as they stand at the end of the evidence, then those that were set, and whether they were taken
 * back. What ordinary work looks like too is a way back only where somebody came in.
 */
export function settingsLeft(
  counted: readonly FindingWithHits[],
  meter: Pick<CoverageMeter, 'lastOf' | 'has'>,
  areSeveral = false,
): WayBack[] {
  const follows = intrusionsBefore(counted)
  const settings = counted.flatMap((f): Setting[] => {
    const kind = settingOf(f.finding)
    const { is } = f.finding
    const isListed = isAtLeastLikely(f.finding.is) || is === 'open-lead' || (is === 'lead' && follows(f.finding))
    return kind && isListed ? [{ f, kind }] : []
  })
  return [...settingsStanding(settings), ...settingsMade(counted, settings, meter, areSeveral)]
}

/** Settings at the end of the evidence; one of which several rules speak is one. */
function settingsStanding(settings: readonly Setting[]): WayBack[] {
  const standing = settings.filter(({ f }) => isState(f))
  const bySetting = Map.groupBy(standing, ({ f, kind }) => {
    const { event } = f.hits[0]!
    return [kind, event.log, event.at.path, whatStands(f)].join('\0')
  })
  return [...bySetting.values()].map((same) => {
    const [{ f, kind }] = same as [Setting, ...Setting[]]
    const findings = same.map((one) => one.f.finding)
    const [first, ...others] = findings as [Finding, ...Finding[]]
    return {
      entry: {
        kind,
        what: whatStands(f),
        state: 'present',
        first: others.reduce((time, one) => leastText(time, one.first), first.first),
        last: others.reduce((time, one) => greatestText(time, one.last), first.last),
        because: findings.map(({ id }) => id),
      },
      stillThere: findings.map(stillThereOf),
    }
  })
}

function whatStands({ finding, hits }: FindingWithHits): string {
  return nameOfSetting(hits[0]!.event) ?? finding.target ?? finding.title
}

/**
 * Settings that were created, unless the machine's own list contains them. Where logs of several hosts are assessed together, what a list
 * lacks may be on another of them: whether it is still there is open.
 */
function settingsMade(
  counted: readonly FindingWithHits[],
  settings: readonly Setting[],
  meter: Pick<CoverageMeter, 'lastOf' | 'has'>,
  areSeveral: boolean,
): WayBack[] {
  const states = statesNow(counted)
  const isUndone = cleanUps(counted)
  // A row says that a directory was changed, not that it still is: only a log that goes on and shows no way back says so.
  // The other kinds stay until someone removes them.
  const stays = ({ f: { finding }, kind }: Setting): boolean =>
    kind !== 'vdir' || (goesOn(finding, meter.lastOf(finding.log)) && finding.stage === 'write')
  const made = settings
    .filter(({ f }) => !isState(f))
    .flatMap((setting): (WayBack & { readonly f: FindingWithHits })[] => {
      const { f, kind } = setting
      const { finding } = f
      // The machine's own list has the last word: it says it too, or was written later and does not hold it.
      const own = listOf(f)
      if (own !== null && states.has(settingKey(f) ?? '')) return []
      const unlisted = own !== null && meter.has(own) && isAfter(meter.lastOf(own), finding.time)
      const undone = (unlisted && !areSeveral) || isFormer(f) || isUndone(f)
      return [
        {
          f,
          entry: {
            kind,
            what: nameOfMaking(f),
            state: undone ? 'was-there' : 'unknown',
            first: finding.first,
            last: finding.last,
            because: [finding.id],
          },
          stillThere:
            !undone && stays(setting)
              ? [{ finding: finding.id, is: isAtLeastLikely(finding.is) && !unlisted ? 'likely' : 'open' }]
              : [],
        },
      ]
    })
  return onceEach(made)
}

/** Two logs stamp one act so far apart at most (ms). */
const SAME_ACT = 5_000

/** What two rules say of one entry, or two logs of one act, is one act of persistence. */
function onceEach(made: readonly (WayBack & { readonly f: FindingWithHits })[]): WayBack[] {
  const kept: { entry: Persistence; stillThere: readonly StillThere[]; readonly of: FindingWithHits[] }[] = []
  for (const { f, entry, stillThere } of made) {
    const same = kept.find(
      (one) =>
        one.entry.kind === entry.kind &&
        one.entry.what === entry.what &&
        one.entry.state === entry.state &&
        one.of.some((other) => isSameAct(other, f)),
    )
    if (same === undefined) {
      kept.push({ entry, stillThere, of: [f] })
      continue
    }
    same.of.push(f)
    same.stillThere = [...same.stillThere, ...stillThere]
    same.entry = {
      ...same.entry,
      first: leastText(same.entry.first, entry.first),
      last: greatestText(same.entry.last, entry.last),
      because: [...same.entry.because, ...entry.because],
    }
  }
  return kept.map(({ entry, stillThere }) => ({ entry, stillThere }))
}

/** Are they of the same rows, or of the same moment in two logs? */
function isSameAct(a: FindingWithHits, b: FindingWithHits): boolean {
  const placesOf = ({ hits }: FindingWithHits): string[] =>
    hits.map(({ event: { at } }) => `${at.path}\0${at.offset}\0${at.record ?? ''}`)
  const places = new Set(placesOf(a))
  const own = placesOf(b)
  if (own.length === places.size && own.every((place) => places.has(place))) return true
  const [first, other] = [a.finding.time, b.finding.time]
  if (a.finding.log === b.finding.log || first === null || other === null) return false
  const users = [a, b].map(({ finding: { user } }) => withoutDomain(user ?? ''))
  return a.hits.length === b.hits.length && users[0] === users[1] && apart(first, other) <= SAME_ACT
}

function apart(a: string, b: string): number {
  return Math.abs(Date.parse(a) - Date.parse(b))
}

function leastText(a: string | null, b: string | null): string | null {
  return a === null || (b !== null && b < a) ? b : a
}

function greatestText(a: string | null, b: string | null): string | null {
  return a === null || (b !== null && b > a) ? b : a
}

/** The application that a change of the tenant's directory is about, where it names one. */
function applicationIn({ fields }: Event): string | null {
  const changed = fields.ModifiedProperties
  const lines = Array.isArray(changed) ? changed : [changed]
  for (const line of lines) {
    const name = /^ServicePrincipal\.DisplayName: (\S.{0,200})$/.exec(typeof line === 'string' ? line : '')?.[1]
    if (name !== undefined) return name
  }
  return null
}

/** What was set, as the event of its making names it, and on which object. */
function nameOfMaking(f: FindingWithHits): string {
  const { event } = f.hits[0]!
  const name =
    fieldText(event, 'Cmdlet') ??
    valueSetBy(event) ??
    madeBy(event) ??
    applicationIn(event) ??
    (isFormer(f) ? nameOfSetting(event) : null)
  return [name ?? f.finding.target ?? f.finding.title, identityOf(f)].filter(Boolean).join(' of ')
}

/** The account, service or task that a command makes: the program that ran it says nothing. */
function madeBy(event: Event): string | null {
  const line = (fieldText(event, 'CommandLine') ?? fieldText(event, 'ScriptBlockText') ?? '').slice(0, 4_000)
  for (const command of MAKING) {
    const made = command.exec(line)
    const name = made === null ? null : NAME.exec(line.slice(made.index + made[0].length))
    if (name) return name.slice(1).find((one) => one !== undefined)!
  }
  return null
}

/** Commands that make an account, put it into a group, or make a service, a task, a module or an agent, up to the name. */
const MAKING: readonly RegExp[] = [
  /\bnet1?(?:\.exe)?["']?\s{1,4}user\s{1,4}(?=[^\r\n&|]{1,320}\/add\b)/i,
  /\bnet1?(?:\.exe)?["']?\s{1,4}(?:local)?group\s{1,4}(?:"[^"]{1,120}"|[^\s"]{1,120})\s{1,4}(?=[^\r\n&|]{1,320}\/add\b)/i,
  /\bsc(?:\.exe)?["']?\s{1,4}(?:\\\\[\w.-]{1,80}\s{1,4})?create\s{1,4}/i,
  /\bschtasks(?:\.exe)?["']?\s[^\r\n]{0,400}?\/tn\s{1,4}/i,
  /\b(?:new-(?:service|localuser|aduser|web(?:global|managed)module)|install-transportagent)\s[^\r\n;|]{0,200}?-name\s{1,4}/i,
  /\bappcmd(?:\.exe)?["']?\s[^\r\n]{0,400}?\/(?:module\.)?name:/i,
]
const NAME = /^(?:"([^"\r\n]{1,120})"|'([^'\r\n]{1,120})'|([^\s"'/&|;-][^\s"'&|;]{0,120}))/

/** A value of the registry with its data, which a command sets: the program that ran it says nothing. */
function valueSetBy(event: Event): string | null {
  const line = fieldText(event, 'CommandLine') ?? fieldText(event, 'ScriptBlockText') ?? ''
  const [, flag, ...names] =
    /(?:\breg(?:\.exe)?["']?\s{1,4}add\s[^\r\n]{1,400}?\s(\/)v|-name)\s{1,4}(?:"([^"]{1,80})"|'([^']{1,80})'|([^\s"']{1,80}))/i.exec(
      line.slice(0, 4_000),
    ) ?? []
  const name = names.find((one) => one !== undefined)
  if (name === undefined || (flag === undefined && !/\b(?:new|set)-itemproperty\b/i.test(line))) return null
  const data = /(?:\/d|-value)\s{1,4}(?:"([^"]{1,200})"|'([^']{1,200})'|([^\s"']{1,200}))/i.exec(line.slice(0, 4_000))
  return [name, ...(data ?? []).slice(1)].filter(Boolean).join(' = ')
}

/** Does its log go on for an hour or longer? */
function goesOn({ time }: Finding, lastOfLog: number | null): boolean {
  return time !== null && (lastOfLog ?? 0) >= Date.parse(time) + HOUR
}

/** Was it removed later: the same object where both name it, else in the same intrusion? The last clean-up of each decides. */
function cleanUps(counted: readonly FindingWithHits[]): (f: FindingWithHits) => boolean {
  const [last, custom] = [new Map<string, string>(), new Map<string, string>()]
  const see = (key: string, time: string, isCustom: boolean): void => {
    const times = isCustom ? custom : last
    if (time > (times.get(key) ?? '')) times.set(key, time)
  }
  for (const f of counted) {
    const { stage, time, persistence, intrusion } = f.finding
    // An entry outside the places of this server's logs removes nothing, one in a folder of one's own what stands in such a folder.
    if (stage !== 'cleanup' || time === null || f.hits.every(({ misplaced }) => misplaced)) continue
    const isCustom = f.hits.every(isDoubtful)
    const isDirectory = /virtualdirectory/i.test(fieldText(f.hits[0]!.event, 'Cmdlet') ?? '')
    const identity = identityOf(f)
    // A rule that forwarded and one that hid mail are removed by the same cmdlet.
    const more = isDirectory ? (['vdir'] as const) : persistence === 'inbox-rule' ? (['forwarding'] as const) : []
    for (const kind of new Set([persistence, ...more])) {
      if (identity !== null) see(`object\0${kind}\0${identity}`, time, isCustom)
      if (intrusion !== null) see(`story\0${kind}\0${intrusion}`, time, isCustom)
      if (intrusion !== null && identity === null) see(`nameless\0${kind}\0${intrusion}`, time, isCustom)
    }
  }
  return (f) => {
    const { persistence: kind, time, intrusion } = f.finding
    const identity = identityOf(f)
    const keys =
      identity === null
        ? [`story\0${kind}\0${intrusion}`]
        : [`object\0${kind}\0${identity}`, `nameless\0${kind}\0${intrusion}`]
    const places = f.hits.every(isDoubtful) ? [last, custom] : [last]
    return time !== null && places.some((times) => keys.some((key) => (times.get(key) ?? '') >= time))
  }
}

/** Does it stand in a log that lies outside its own place, or in a folder of one's own? */
function isDoubtful({ misplaced, custom }: FindingWithHits['hits'][number]): boolean {
  return misplaced === true || custom === true
}

/** The object that a cmdlet was asked to change. */
function identityOf(f: FindingWithHits): string | null {
  const { event } = f.hits[0]!
  if (RULE_CMDLET.test(commandOf(event))) return ruleIn(event)
  for (const name of ['Parameters', 'CMD']) {
    const m = /[-.]Identity[\s=]+(?:"([^"]+)"|'+([^']+)'+|(\S+))/i.exec(fieldText(event, name) ?? '')
    if (m) return (m[1] ?? m[2] ?? m[3])!.toLowerCase().replace(/^.*\\/, '')
  }
  return null
}

const RULE_CMDLET = /-(?:inbox|transport|journal)rule$/i

function commandOf(event: Event): string {
  return fieldText(event, 'Cmdlet') ?? fieldText(event, 'Operation') ?? ''
}

/** The rule that a cmdlet is about: an inbox rule has the name of its mailbox before its own. */
function ruleIn(event: Event): string | null {
  const written = parameterOf(event, 'Identity') ?? parameterOf(event, 'Name')
  if (written === null) return null
  const at = written.lastIndexOf('\\')
  const name = written.slice(at + 1).toLowerCase()
  if (!/inboxrule$/i.test(commandOf(event))) return name
  const mailbox = at > 0 ? written.slice(0, at) : (parameterOf(event, 'Mailbox') ?? event.user ?? '')
  return `${withoutDomain(mailbox)}\\${name}`
}

/** Persistence other than pages; a configuration that runs code is a setting, too. */
function settingOf({ persistence, stage, log }: Finding): Persistence['kind'] | null {
  if (!persistence || stage === 'attempt' || stage === 'context') return null
  return persistence === 'web-shell' && !configurationKinds.has(log) ? null : persistence
}

/** Where the machine keeps what an event created; null when it keeps no such thing. */
function listOf({ hits }: FindingWithHits): LogKind | null {
  const { event } = hits[0]!
  if (fieldText(event, 'ServiceName') !== null) return 'services'
  return fieldText(event, 'TaskName') !== null ? 'tasks' : null
}

function isAfter(time: number | null, other: string | null): boolean {
  return time !== null && other !== null && time > Date.parse(other)
}

/** Settings that are present at the end of the evidence. */
function statesNow(counted: readonly FindingWithHits[]): ReadonlySet<string> {
  return new Set(counted.filter(isState).flatMap((f) => settingKey(f) ?? []))
}

/** What a state and an event of its making have in common: which setting it is. Null where that is not said. */
function settingKey({ finding, hits }: FindingWithHits): string | null {
  const name = nameOfSetting(hits[0]!.event)
  return name === null ? null : `${finding.persistence}\0${name.toLowerCase()}`
}

/** How sure it is that a way back which stands is an attacker's. */
export function stillThereOf({ id, is }: Finding): StillThere {
  return { finding: id, is: isAtLeastLikely(is) ? is : 'open' }
}

/** Is it in an intrusion with earlier initial access? What fits ordinary work is then attributed to the attacker. */
function intrusionsBefore(counted: readonly FindingWithHits[]): (finding: Finding) => boolean {
  const first = new Map<string, string>()
  for (const { finding } of counted) {
    const { intrusion, time } = finding
    if (intrusion === null || !isIntrusion(finding) || time === null) continue
    const before = first.get(intrusion)
    if (before === undefined || time < before) first.set(intrusion, time)
  }
  return ({ intrusion, time }) => {
    const began = intrusion === null ? undefined : first.get(intrusion)
    return began !== undefined && (time === null || began <= time)
  }
}

/** Was it read from a state at the end of the evidence (a hive, a configuration), and not from a log? */
function isState({ finding, hits }: FindingWithHits): boolean {
  return stateKinds.has(finding.log) && hits.some(({ event }) => !event.snippet && event.fields.Deleted !== true)
}

/** An earlier state that the present one has no more: a copy of a configuration, a key that was deleted. */
function isFormer({ finding, hits }: FindingWithHits): boolean {
  return (
    stateKinds.has(finding.log) &&
    hits.every(
      ({ event: { fields } }) => fields.Historical === 'true' || fields.Recovered === true || fields.Deleted === true,
    )
  )
}

/** The name of a task, service, module, account and so on, as an entry about it has it. */
export function nameOfSetting(event: Event): string | null {
  const names = ['TaskName', 'ServiceName', 'Module', 'Agent', 'Filter', 'Handler', 'UserName', 'Name', 'Identity']
  for (const name of names) {
    const value = fieldText(event, name)
    if (value) return value
  }
  return null
}
