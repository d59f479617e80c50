import type { CoverageMeter } from './coverage/coverage.ts'
import { type FindingWithHits } from '../findings/findings.ts'
import { rank } from '../model/stages.ts'
import { fieldText, type Event } from '../model/event.ts'
import type { Finding } from '../model/finding.ts'
import type { Persistence } from '../model/persistence.ts'
import { type LogKind, configurationKinds, stateKinds } from '../model/log-kinds.ts'

const HOUR = 3_600_000

/** One way back: what the answer lists, and the findings whose way back is open at the end of the evidence. */
export type WayBack = {
  readonly entry: Persistence
  readonly stillThere: readonly { readonly finding: string; readonly sure: boolean }[]
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
): WayBack[] {
  const cameIn = counted.some(isIntrusion)
  const settings = counted.flatMap((f): Setting[] => {
    const kind = settingOf(f.finding)
    return kind && (cameIn || f.finding.proves || f.finding.confidence !== 'low') ? [{ f, kind }] : []
  })
  return [...settingsStanding(counted, settings), ...settingsMade(counted, settings, meter)]
}

/** Settings at the end of the evidence. */
function settingsStanding(counted: readonly FindingWithHits[], settings: readonly Setting[]): WayBack[] {
  const follows = intrusionsBefore(counted)
  return settings
    .filter(({ f }) => isState(f))
    .map(({ f: { finding, hits }, kind }) => ({
      entry: {
        kind,
        what: nameOfSetting(hits[0]!.event) ?? finding.target ?? finding.title,
        state: 'present',
        first: finding.first,
        last: finding.last,
        because: [finding.id],
      },
      stillThere:
        finding.proves || isGrave(finding) || follows(finding) ? [{ finding: finding.id, sure: finding.proves }] : [],
    }))
}

/** Settings that were created, unless the machine's own list contains them. */
function settingsMade(
  counted: readonly FindingWithHits[],
  settings: readonly Setting[],
  meter: Pick<CoverageMeter, 'lastOf' | 'has'>,
): WayBack[] {
  const states = statesNow(counted)
  const isUndone = cleanUps(counted)
  const follows = intrusionsBefore(counted)
  // A row says that a directory was changed, not that it still is: only a log that goes on and shows no way back says so.
  // The other kinds stay until someone removes them.
  const stays = ({ f: { finding }, kind }: Setting): boolean =>
    kind === 'vdir'
      ? goesOn(finding, meter.lastOf(finding.log)) && finding.stage === 'write'
      : isGrave(finding) || follows(finding)
  return settings
    .filter(({ f }) => !isState(f))
    .flatMap((setting): WayBack[] => {
      const { f, kind } = setting
      const { finding } = f
      // The machine's own list has the last word: it says it too, or was written later and does not hold it.
      const own = listOf(f)
      if (own !== null && states.has(settingKey(f) ?? '')) return []
      const unlisted = own !== null && meter.has(own) && isAfter(meter.lastOf(own), finding.time)
      const undone = unlisted || isFormer(f) || isUndone(f)
      return [
        {
          entry: {
            kind,
            what: nameOfMaking(f),
            state: undone ? 'was-there' : 'unknown',
            first: finding.first,
            last: finding.last,
            because: [finding.id],
          },
          stillThere: !undone && stays(setting) ? [{ finding: finding.id, sure: false }] : [],
        },
      ]
    })
}

/** What was set, as the event of its making names it, and on which object. */
function nameOfMaking(f: FindingWithHits): string {
  const { event } = f.hits[0]!
  const name = fieldText(event, 'Cmdlet') ?? (isFormer(f) ? nameOfSetting(event) : null)
  return [name ?? f.finding.target ?? f.finding.title, identityOf(f)].filter(Boolean).join(' of ')
}

/** Does its log go on for an hour or longer? */
function goesOn({ time }: Finding, lastOfLog: number | null): boolean {
  return time !== null && (lastOfLog ?? 0) >= Date.parse(time) + HOUR
}

/** Was it removed later: the same object where both name it, else in the same chain? The last clean-up of each decides. */
function cleanUps(counted: readonly FindingWithHits[]): (f: FindingWithHits) => boolean {
  const [last, custom] = [new Map<string, string>(), new Map<string, string>()]
  const see = (key: string, time: string, isCustom: boolean): void => {
    const times = isCustom ? custom : last
    if (time > (times.get(key) ?? '')) times.set(key, time)
  }
  for (const f of counted) {
    const { stage, time, persistence, chain } = f.finding
    // An entry outside the places of this server's logs removes nothing, one in a folder of one's own what stands in such a folder.
    if (stage !== 'cleanup' || time === null || f.hits.every(({ misplaced }) => misplaced)) continue
    const isCustom = f.hits.every(isDoubtful)
    const isDirectory = /virtualdirectory/i.test(fieldText(f.hits[0]!.event, 'Cmdlet') ?? '')
    const identity = identityOf(f)
    for (const kind of new Set([persistence, ...(isDirectory ? (['vdir'] as const) : [])])) {
      if (identity !== null) see(`object\0${kind}\0${identity}`, time, isCustom)
      if (chain !== null) see(`story\0${kind}\0${chain}`, time, isCustom)
      if (chain !== null && identity === null) see(`nameless\0${kind}\0${chain}`, time, isCustom)
    }
  }
  return (f) => {
    const { persistence: kind, time, chain } = f.finding
    const identity = identityOf(f)
    const keys =
      identity === null ? [`story\0${kind}\0${chain}`] : [`object\0${kind}\0${identity}`, `nameless\0${kind}\0${chain}`]
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
  for (const name of ['Parameters', 'CMD']) {
    const m = /[-.]Identity[\s=]+(?:"([^"]+)"|'+([^']+)'+|(\S+))/i.exec(fieldText(event, name) ?? '')
    if (m) return (m[1] ?? m[2] ?? m[3])!.toLowerCase().replace(/^.*\\/, '')
  }
  return null
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

function isGrave({ level }: Finding): boolean {
  return level === 'high' || level === 'critical'
}

/** Is it in a chain with earlier initial access? What fits ordinary work is then attributed to the attacker. */
function intrusionsBefore(counted: readonly FindingWithHits[]): (finding: Finding) => boolean {
  const first = new Map<string, string>()
  for (const { finding } of counted) {
    const { chain, proves, stage, time } = finding
    if (chain === null || !proves || rank(stage) < rank('access') || time === null) continue
    const before = first.get(chain)
    if (before === undefined || time < before) first.set(chain, time)
  }
  return ({ chain, time }) => {
    const began = chain === null ? undefined : first.get(chain)
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

/** Was there initial access? */
function isIntrusion({ finding }: FindingWithHits): boolean {
  const { stage, proves, confidence } = finding
  return proves && confidence !== 'low' && rank(stage) >= rank('access') && stage !== 'cleanup' && stage !== 'context'
}

/** The name by which people know a task, service, account, module, agent or directory. */
function nameOfSetting(event: Event): string | null {
  const names = ['TaskName', 'ServiceName', 'Module', 'Agent', 'Filter', 'Handler', 'UserName', 'Name', 'Identity']
  for (const name of names) {
    const value = fieldText(event, name)
    if (value) return value
  }
  return null
}
