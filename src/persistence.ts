import { rank, textOf, type Found } from './detection.ts'
import { isRunnable, webRootOf } from './parsers/file-fields.ts'
import type { CoverageMeter } from './coverage.ts'
import type { Event, Finding, LogKind, Persistence } from './model.ts'
import { stateKinds } from './parsers/kinds.ts'
import { append } from './lib/lists.ts'
import { defenderPaths, NO_REMOVALS, pageNameOf, type Removals } from './removed-pages.ts'

const HOUR = 3_600_000

/** What lets them come back, with its state at the end of the evidence. */
export type Persistent = {
  readonly list: readonly Persistence[]
  readonly stillThere: readonly { readonly finding: string; readonly sure: boolean }[]
}

/** Reads persistence out of the findings: files on disk now, pages requested after they were gone, settings not taken back. */
export function persistenceOf(
  found: readonly Found[],
  meter: Pick<CoverageMeter, 'lastOf' | 'has'>,
  removals: Removals = NO_REMOVALS,
): Persistent {
  const counted = found.filter((f) => f.counts)
  const list: Persistence[] = []
  const stillThere: { finding: string; sure: boolean }[] = []
  // By `folder/name.aspx`, as URLs are known, and by location.
  const onDisk = new Set<string>()

  // Files that stand in a web root at the end of the evidence.
  for (const f of counted) {
    const { finding } = f
    if (finding.persistence !== 'web-shell' || !isFileOfEvidence(f) || compiledPageOf(f) !== null) continue
    const path = textOf(f.hits[0]!.event, 'TargetFilename') ?? finding.target ?? finding.locators[0]!.path
    const live = textOf(f.hits[0]!.event, 'WebRoot') !== null && isRunnable(path)
    if (finding.stage !== 'shell' && !finding.proves) continue
    onDisk.add(pageNameOf(path)).add(placeOf(path))
    list.push({
      kind: 'web-shell',
      what: path,
      state: live ? 'present' : 'unknown',
      first: finding.first,
      last: finding.last,
      because: [finding.id],
    })
    const sure = finding.proves && live
    if (sure || (live && (finding.confidence !== 'low' || finding.chain !== null)))
      stillThere.push({ finding: finding.id, sure })
  }

  // Pages that only the volume's own records tell of: the change journal, entries of the $MFT that are free again.
  for (const [place, page] of pagesOfVolume(counted)) {
    if (onDisk.has(place)) continue
    // Where the web roots were given and the page is not among them it is gone, whoever removed it.
    const name = pageNameOf(page.path)
    const removed = removals.removedAt(name)
    const isRemoved = removed !== null && (page.last === null || removed >= Date.parse(page.last))
    const gone = page.gone || isRemoved || meter.has('web-roots')
    onDisk.add(name)
    list.push({
      kind: 'web-shell',
      what: page.path,
      ...stateOfRemoved(removals, name, gone, page.last),
      first: page.first,
      because: page.ids,
    })
    if (!gone)
      append(
        stillThere,
        page.ids.map((finding) => ({ finding, sure: false })),
      )
  }

  // Pages that were used, and whether they still answer.
  const pages = new Map<
    string,
    { first: string | null; last: string | null; lastOk: string | null; lastGone: string | null; ids: Set<string> }
  >()
  for (const f of counted) {
    if (f.finding.persistence !== 'web-shell' || isFileOfEvidence(f)) continue
    for (const { event, misplaced } of f.hits) {
      const stem = textOf(event, 'cs-uri-stem')
      if (!stem || event.time === null) continue
      const time = new Date(event.time).toISOString()
      const page = pages.get(stem.toLowerCase()) ?? {
        first: null,
        last: null,
        lastOk: null,
        lastGone: null,
        ids: new Set(),
      }
      page.first = page.first === null || time < page.first ? time : page.first
      page.last = page.last === null || time > page.last ? time : page.last
      const status = Number(textOf(event, 'sc-status'))
      if (status >= 200 && status < 300) page.lastOk = page.lastOk === null || time > page.lastOk ? time : page.lastOk
      if (status === 404 && !misplaced)
        page.lastGone = page.lastGone === null || time > page.lastGone ? time : page.lastGone
      page.ids.add(f.finding.id)
      pages.set(stem.toLowerCase(), page)
    }
  }
  for (const [stem, page] of [...pages].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (page.lastOk === null || onDisk.has(pageNameOf(stem))) continue
    const gone = page.lastGone !== null && page.lastGone > page.lastOk
    const name = pageNameOf(stem)
    const removed = removals.removedAt(name)
    const asked = removed === null || removed < Date.parse(page.lastOk) ? null : removals.requestedAfter(name, removed)
    list.push({
      kind: 'web-shell',
      what: stem,
      state: gone || asked !== null ? 'requested-after-removal' : 'was-there',
      first: page.first,
      last: asked === null ? page.last : new Date(asked).toISOString(),
      because: [...page.ids].sort(),
    })
  }

  // Pages that Defender took away, and of which nothing else tells.
  const used = new Set([...pages].flatMap(([stem, { lastOk }]) => (lastOk === null ? [] : pageNameOf(stem))))
  for (const [name, page] of pagesOfDefender(counted)) {
    if (onDisk.has(name) || used.has(name) || removals.removedAt(name) === null) continue
    onDisk.add(name)
    list.push({
      kind: 'web-shell',
      what: page.path,
      ...stateOfRemoved(removals, name, true, page.last),
      first: page.first,
      because: page.ids,
    })
  }

  // Pages that were compiled, and of which nothing else tells: what was compiled does not answer without its page.
  const told = new Set([
    ...onDisk,
    ...[...pages].flatMap(([stem, { lastOk }]) => (lastOk === null ? [] : pageNameOf(stem))),
  ])
  for (const [page, ids] of compiledPages(counted)) {
    if (told.has(pageNameOf(page))) continue
    list.push({
      kind: 'web-shell',
      what: page,
      state: meter.has('web-roots') ? 'was-there' : 'unknown',
      first: null,
      last: null,
      because: ids,
    })
  }

  // Settings and accounts: as they stand at the end of the evidence, … What ordinary work looks like too is a way back
  // only where somebody came in.
  const cameIn = counted.some(isIntrusion)
  const follows = intrusionsBefore(counted)
  const isUndone = cleanUps(counted)
  const states = statesNow(counted)
  const settings = counted.flatMap((f) => {
    const kind = settingOf(f.finding)
    return kind && (cameIn || f.finding.proves || f.finding.confidence !== 'low') ? [{ f, kind }] : []
  })
  for (const { f, kind } of settings.filter((one) => isState(one.f))) {
    const { finding, hits } = f
    list.push({
      kind,
      what: nameOfSetting(hits[0]!.event) ?? finding.target ?? finding.title,
      state: 'present',
      first: finding.first,
      last: finding.last,
      because: [finding.id],
    })
    if (finding.proves || isGrave(finding) || follows(finding))
      stillThere.push({ finding: finding.id, sure: finding.proves })
  }

  // … or set, and not seen to be taken back.
  for (const { f, kind } of settings.filter((one) => !isState(one.f))) {
    const { finding } = f
    // The machine's own list has the last word: it says it too, or was written later and does not hold it.
    const own = listOf(f)
    if (own !== null && states.has(settingKey(f) ?? '')) continue
    const unlisted = own !== null && meter.has(own) && isAfter(meter.lastOf(own), finding.time)
    const undone = unlisted || isFormer(f) || isUndone(f)
    list.push({
      kind,
      what: [
        textOf(f.hits[0]!.event, 'Cmdlet') ??
          (isFormer(f) ? nameOfSetting(f.hits[0]!.event) : null) ??
          finding.target ??
          finding.title,
        identityOf(f),
      ]
        .filter(Boolean)
        .join(' of '),
      state: undone ? 'was-there' : 'unknown',
      first: finding.first,
      last: finding.last,
      because: [finding.id],
    })
    // A row says that a directory was changed, not that it still is: only a log that goes on and shows no way back says so.
    // The other kinds stay until someone removes them.
    const goesOn = finding.time !== null && (meter.lastOf(finding.log) ?? 0) >= Date.parse(finding.time) + HOUR
    if (!undone && (kind === 'vdir' ? goesOn && finding.stage === 'write' : isGrave(finding) || follows(finding))) {
      stillThere.push({ finding: finding.id, sure: false })
    }
  }
  return { list, stillThere }
}

/** Was it cleaned up later: the same object where both name it, else in the same story? The last clean-up of each decides. */
function cleanUps(counted: readonly Found[]): (f: Found) => boolean {
  const last = new Map<string, string>()
  const see = (key: string, time: string): void => {
    if (time > (last.get(key) ?? '')) last.set(key, time)
  }
  for (const f of counted) {
    const { stage, time, persistence, chain } = f.finding
    // What stands where no log of this server lies takes nothing back.
    if (stage !== 'cleanup' || time === null || f.hits.every(({ misplaced }) => misplaced)) continue
    const isDirectory = /virtualdirectory/i.test(textOf(f.hits[0]!.event, 'Cmdlet') ?? '')
    const identity = identityOf(f)
    for (const kind of new Set([persistence, ...(isDirectory ? (['vdir'] as const) : [])])) {
      if (identity !== null) see(`object\0${kind}\0${identity}`, time)
      if (chain !== null) see(`story\0${kind}\0${chain}`, time)
      if (chain !== null && identity === null) see(`nameless\0${kind}\0${chain}`, time)
    }
  }
  return (f) => {
    const { persistence: kind, time, chain } = f.finding
    const identity = identityOf(f)
    const keys =
      identity === null ? [`story\0${kind}\0${chain}`] : [`object\0${kind}\0${identity}`, `nameless\0${kind}\0${chain}`]
    return time !== null && keys.some((key) => (last.get(key) ?? '') >= time)
  }
}

/** The object that a cmdlet was asked to change. */
function identityOf(f: Found): string | null {
  const { event } = f.hits[0]!
  for (const name of ['Parameters', 'CMD']) {
    const m = /[-.]Identity[\s=]+(?:"([^"]+)"|'+([^']+)'+|(\S+))/i.exec(textOf(event, name) ?? '')
    if (m) return (m[1] ?? m[2] ?? m[3])!.toLowerCase().replace(/^.*\\/, '')
  }
  return null
}

/** What lets them come back without being a page; a configuration that runs code is a setting, too. */
function settingOf({ persistence, stage, log }: Finding): Persistence['kind'] | null {
  if (!persistence || stage === 'attempt' || stage === 'context') return null
  return persistence === 'web-shell' && !configurations.has(log) ? null : persistence
}

const configurations: ReadonlySet<LogKind> = new Set(['iis-config', 'web-config'])

/** Where the machine itself keeps what an event tells the making of; null when the event tells of nothing it would. */
function listOf({ hits }: Found): LogKind | null {
  const { event } = hits[0]!
  if (textOf(event, 'ServiceName') !== null) return 'services'
  return textOf(event, 'TaskName') !== null ? 'tasks' : null
}

function isAfter(time: number | null, other: string | null): boolean {
  return time !== null && other !== null && time > Date.parse(other)
}

/** Settings that stand at the end of the evidence. */
function statesNow(counted: readonly Found[]): ReadonlySet<string> {
  return new Set(counted.filter(isState).flatMap((f) => settingKey(f) ?? []))
}

/** What a state and an event of its making have in common: which setting it is. Null where that is not said. */
function settingKey({ finding, hits }: Found): string | null {
  const name = nameOfSetting(hits[0]!.event)
  return name === null ? null : `${finding.persistence}\0${name.toLowerCase()}`
}

function isGrave({ level }: Finding): boolean {
  return level === 'high' || level === 'critical'
}

/** Is it part of a story in which somebody came in before? What ordinary work looks like too is then his. */
function intrusionsBefore(counted: readonly Found[]): (finding: Finding) => boolean {
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

/** Was it read out of what stands at the end of the evidence (a hive, a configuration), and not out of a log? */
function isState({ finding, hits }: Found): boolean {
  return stateKinds.has(finding.log) && hits.some(({ event }) => !event.snippet && event.fields.Deleted !== true)
}

/** An earlier state that the present one has no more: a copy of a configuration, a key that was deleted. */
function isFormer({ finding, hits }: Found): boolean {
  return (
    stateKinds.has(finding.log) &&
    hits.every(
      ({ event: { fields } }) => fields.Historical === 'true' || fields.Recovered === true || fields.Deleted === true,
    )
  )
}

/** Did somebody come in? */
function isIntrusion({ finding }: Found): boolean {
  const { stage, proves, confidence } = finding
  return proves && confidence !== 'low' && rank(stage) >= rank('access') && stage !== 'cleanup' && stage !== 'context'
}

/** The name by which people know a task, service, account, module, agent or directory. */
function nameOfSetting(event: Event): string | null {
  const names = ['TaskName', 'ServiceName', 'Module', 'Agent', 'Filter', 'Handler', 'UserName', 'Name', 'Identity']
  for (const name of names) {
    const value = textOf(event, name)
    if (value) return value
  }
  return null
}

/** The state of a page that is not on the disk, and its last trace: a request after it was removed is one. */
function stateOfRemoved(
  removals: Removals,
  page: string,
  gone: boolean,
  last: string | null,
): Pick<Persistence, 'state' | 'last'> {
  if (!gone) return { state: 'unknown', last }
  const removed = removals.removedAt(page)
  // An entry of the $MFT that is free again does not tell when: a refused request after its last change comes later.
  const asked =
    removed !== null
      ? removals.requestedAfter(page, removed)
      : last === null
        ? null
        : removals.requestedAfter(page, Date.parse(last), 'refused')
  return asked === null
    ? { state: 'was-there', last }
    : { state: 'requested-after-removal', last: new Date(asked).toISOString() }
}

type DefenderPage = { path: string; first: string | null; last: string | null; ids: string[] }

/** Pages in web roots that Defender found, by name. */
function pagesOfDefender(counted: readonly Found[]): Map<string, DefenderPage> {
  const pages = new Map<string, DefenderPage>()
  for (const { finding, hits } of counted) {
    if (finding.persistence !== 'web-shell') continue
    for (const { event } of hits) {
      if (event.log !== 'windows-defender') continue
      const time = event.time === null ? null : new Date(event.time).toISOString()
      for (const path of defenderPaths(textOf(event, 'Path') ?? '')) {
        if (!isRunnable(path) || webRootOf(path.replaceAll('\\', '/')) === null) continue
        const page = pages.get(pageNameOf(path)) ?? { path, first: time, last: time, ids: [] }
        if (time !== null && (page.first === null || time < page.first)) page.first = time
        if (time !== null && (page.last === null || time > page.last)) page.last = time
        if (!page.ids.includes(finding.id)) page.ids.push(finding.id)
        pages.set(pageNameOf(path), page)
      }
    }
  }
  return new Map([...pages].sort(([a], [b]) => (a < b ? -1 : 1)))
}

type VolumePage = { path: string; first: string | null; last: string | null; gone: boolean; ids: string[] }

/** Pages of which the change journal or a free entry of the $MFT tells, by location, with what happened to them last. */
function pagesOfVolume(counted: readonly Found[]): Map<string, VolumePage> {
  const pages = new Map<string, VolumePage & { at: number }>()
  for (const { finding, hits } of counted) {
    if (finding.persistence !== 'web-shell' || !(finding.log === 'ntfs-usn' || finding.log === 'ntfs-mft')) continue
    for (const { event, misplaced } of hits) {
      const path = textOf(event, 'TargetFilename')
      if (path === null || !isRunnable(path)) continue
      const time = event.time === null ? null : new Date(event.time).toISOString()
      const place = event.fields.PathKnown === false ? pageNameOf(path) : placeOf(path)
      const page = pages.get(place) ?? { path, first: time, last: time, gone: false, ids: [], at: -Infinity }
      if (time !== null && (page.first === null || time < page.first)) page.first = time
      if (time !== null && (page.last === null || time > page.last)) page.last = time
      if (!misplaced && (event.time ?? -Infinity) >= page.at) {
        page.at = event.time ?? -Infinity
        page.gone = event.fields.Deleted === true || /^(deleted|renamed-from)$/.test(textOf(event, 'Change') ?? '')
      }
      if (page.ids.at(-1) !== finding.id) page.ids.push(finding.id)
      pages.set(place, page)
    }
  }
  return new Map([...pages].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The pages of `.compiled` files, with the findings that tell of each. */
function compiledPages(counted: readonly Found[]): [page: string, ids: string[]][] {
  const pages = new Map<string, { page: string; ids: string[] }>()
  for (const f of counted) {
    const page = f.finding.persistence === 'web-shell' && isFileOfEvidence(f) ? compiledPageOf(f) : null
    if (page === null) continue
    const known = pages.get(page.toLowerCase()) ?? { page, ids: [] }
    known.ids.push(f.finding.id)
    pages.set(page.toLowerCase(), known)
  }
  return [...pages.values()].map(({ page, ids }) => [page, ids])
}

/** The page that a `.compiled` file was made of. */
function compiledPageOf({ hits }: Found): string | null {
  return textOf(hits[0]!.event, 'virtualPath')
}

function isFileOfEvidence(f: Found): boolean {
  return f.finding.log === 'web-roots' || f.finding.log === 'files' || f.finding.log === 'aspnet-temp'
}

/** The location of a page on its volume; its `folder/name.aspx` where the folders above are not known. */
function placeOf(path: string): string {
  const plain = path.replaceAll('/', '\\').toLowerCase()
  const below = /^(?:[a-z]:)?(\\(?!\\).*)$/s.exec(plain)?.[1]
  return below === undefined ? pageNameOf(path) : below.replace(/\.enc$/, '')
}
