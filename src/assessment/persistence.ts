import { type FindingWithHits } from '../findings/findings.ts'
import { type Event, fieldText } from '../model/event.ts'
import { isInert, isRunnable, webRootOf } from '../model/file-fields.ts'
import type { CoverageMeter } from './coverage/coverage.ts'
import type { Finding } from '../model/finding.ts'
import type { Persistence } from '../model/persistence.ts'
import { Identities } from '../activity/identities.ts'
import { openAccounts } from './open-accounts.ts'
import { settingsLeft, type StillThere, stillThereOf, type WayBack } from './persistent-settings.ts'
import { defenderPaths, type Moment, NO_REMOVALS, pageNameOf, type Removals } from '../findings/removed-pages.ts'
import { isAtLeastLikely } from '../model/sign.ts'
import { filesOfCmdlet } from '../findings/put-files.ts'
import { writesPage } from '../model/reached.ts'
import { isSuccessStatus } from '../model/requests.ts'

/** Persistence, with its state at the end of the evidence. */
export type Persistent = {
  readonly list: readonly Persistence[]
  readonly stillThere: readonly StillThere[]
}

/**
 * Reads persistence out of the findings: files on disk now, pages requested after they were gone, settings not taken back.
 * `areSeveral`: the evidence is of several hosts, so that a list of services, or a web root, may be that of another.
 */
export function persistenceOf(
  found: readonly FindingWithHits[],
  meter: Pick<CoverageMeter, 'lastOf' | 'has'>,
  removals: Removals = NO_REMOVALS,
  identities: Pick<Identities, 'isSame' | 'addressOf'> = new Identities(),
  areSeveral = false,
): Persistent {
  const counted = found.filter((f) => f.counts)
  const suspicious = new Set(counted.flatMap(({ finding }) => (isSuspicious(finding) ? [finding.id] : [])))
  const ways = [
    ...pagesLeft({ counted, meter, removals, areSeveral }),
    ...settingsLeft(counted, meter, areSeveral),
  ].filter(({ entry }) => entry.because.some((id) => suspicious.has(id)))
  return {
    list: ways.map(({ entry }) => entry),
    stillThere: [...ways.flatMap(({ stillThere }) => stillThere), ...openAccounts(counted, identities)],
  }
}

/** More than a single lead, which changes no answer; in an intrusion a lead is enough. */
function isSuspicious({ is, intrusion }: Finding): boolean {
  return is !== 'nothing' && (is !== 'lead' || intrusion !== null)
}

/** What states of pages are read from. */
type Around = {
  readonly counted: readonly FindingWithHits[]
  readonly meter: Pick<CoverageMeter, 'has'>
  readonly removals: Removals
  readonly areSeveral: boolean
}

/** A web shell; `name`: `folder/name.aspx`, as in URLs; `at`: its location where the source records one, else its name. */
type PageLeft = WayBack & { readonly name: string; readonly at: string }

/** Sources of pages, the best first: a page of one source is skipped in the next ones. */
const tellers: readonly ((around: Around) => readonly PageLeft[])[] = [
  filesInWebRoots,
  pagesOnVolume,
  pagesRequested,
  pagesTakenByDefender,
  pagesCompiled,
  pagesWritten,
]

function pagesLeft(around: Around): PageLeft[] {
  const told = new Set<string>()
  return tellers.flatMap((tell) => {
    const pages = tell(around).filter(({ at }) => !told.has(at))
    for (const { name, at } of pages) told.add(name).add(at)
    return pages
  })
}

/** Files in a web root at the end of the evidence. */
function filesInWebRoots({ counted, meter }: Around): PageLeft[] {
  const files = counted.flatMap((f) => {
    const { finding } = f
    if (finding.persistence !== 'web-shell' || !isFileOfEvidence(f) || compiledPageOf(f) !== null) return []
    if (finding.stage !== 'shell' && !isAtLeastLikely(finding.is)) return []
    const { event } = f.hits[0]!
    const path = fieldText(event, 'TargetFilename') ?? finding.target ?? finding.locators[0]!.path
    // What takes passwords in a script runs in the browsers of those who log on.
    const isScript = finding.stage === 'credentials' && /\.(?:js|html?)(?:\.enc)?$/i.test(path)
    const runs = isScript || isRunnable(path) || fieldText(event, 'RunBy') !== null
    const isServed = fieldText(event, 'WebRoot') !== null
    return [{ finding, path, isServed, live: runs && isServed }]
  })
  const folders = new Set(files.flatMap(({ path, live }) => (live ? [folderOf(path)] : [])))
  return files.map(({ finding, path, isServed, live }): PageLeft => {
    // Code in a text runs where a page includes it: that a suspicious one beside it does so in other words is possible.
    // What runs besides pages says the configuration of IIS alone.
    const isOpen = folders.has(folderOf(path)) || (!meter.has('iis-config') && !isInert(path))
    const isAttackers = isAtLeastLikely(finding.is)
    const perhaps = !live && isServed && isAttackers && isOpen
    const counts = live && (isAttackers || (finding.is !== 'nothing' && finding.intrusion !== null))
    return {
      name: pageNameOf(path),
      at: placeOf(path),
      entry: {
        kind: 'web-shell',
        what: path,
        state: live ? 'present' : 'unknown',
        first: finding.first,
        last: finding.last,
        because: [finding.id],
      },
      stillThere: counts ? [stillThereOf(finding)] : perhaps ? [{ finding: finding.id, is: 'likely' }] : [],
    }
  })
}

function folderOf(path: string): string {
  const name = path.toLowerCase().replaceAll('/', '\\')
  return name.slice(0, name.lastIndexOf('\\'))
}

/** Pages that only the volume's own records contain: the change journal, freed entries of the $MFT. */
function pagesOnVolume({ counted, meter, removals, areSeveral }: Around): PageLeft[] {
  const names = new Set<string>()
  const byId = new Map(counted.map(({ finding }) => [finding.id, finding]))
  return [...pagesOfVolume(counted)].flatMap(([at, page]): PageLeft[] => {
    // A row without folders may be of a page whose location another row has.
    if (names.has(at)) return []
    const name = pageNameOf(page.path)
    names.add(name)
    // Where the web roots were given and the page is not among them, it was removed.
    const isRemoved = isRemovedSince(removals.removedAt(name), page.last) === 'yes'
    const isMissing = meter.has('web-roots')
    const gone = page.gone || isRemoved || (isMissing && !areSeveral)
    return [
      {
        name,
        at,
        entry: {
          kind: 'web-shell',
          what: page.path,
          ...stateOfRemoved(removals, name, gone, page.last),
          first: page.first,
          because: page.ids,
        },
        stillThere: gone
          ? []
          : page.ids.map((id) => (isMissing ? { finding: id, is: 'open' } : stillThereOf(byId.get(id)!))),
      },
    ]
  })
}

/** Pages that were used, and whether they still answer. */
function pagesRequested({ counted, removals }: Around): PageLeft[] {
  return [...pagesOfRequests(counted)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([stem, page]): PageLeft[] => {
      if (page.lastOk === null) return []
      const gone = page.lastGone !== null && page.lastGone > page.lastOk
      const name = pageNameOf(stem)
      const removed = removals.removedAt(name)
      const asked =
        removed === null || removed.earliest < Date.parse(page.lastOk)
          ? null
          : removals.requestedAfter(name, removed.latest)
      return [
        {
          name,
          at: name,
          entry: {
            kind: 'web-shell',
            what: stem,
            state: gone || asked !== null ? 'requested-after-removal' : 'was-there',
            first: page.first,
            last: asked === null ? page.last : new Date(asked).toISOString(),
            because: [...page.ids].sort(),
          },
          stillThere: [],
        },
      ]
    })
}

/** Pages that Defender took away. */
function pagesTakenByDefender({ counted, removals }: Around): PageLeft[] {
  return [...pagesOfDefender(counted)]
    .filter(([name]) => removals.removedAt(name) !== null)
    .map(([name, page]) => ({
      name,
      at: name,
      entry: {
        kind: 'web-shell',
        what: page.path,
        ...stateOfRemoved(removals, name, true, page.last),
        first: page.first,
        because: page.ids,
      },
      stillThere: [],
    }))
}

/** Pages that were compiled: what was compiled does not answer without its page. */
function pagesCompiled({ counted, meter, areSeveral }: Around): PageLeft[] {
  return compiledPages(counted).map(([page, ids]) => ({
    name: pageNameOf(page),
    at: pageNameOf(page),
    entry: {
      kind: 'web-shell',
      what: page,
      state: meter.has('web-roots') && !areSeveral ? 'was-there' : 'unknown',
      first: null,
      last: null,
      because: ids,
    },
    stillThere: [],
  }))
}

/** Pages of which Windows or a cmdlet recorded only that they were written. */
function pagesWritten({ counted, meter, removals, areSeveral }: Around): PageLeft[] {
  const pages = new Map<string, { readonly path: string; readonly findings: Finding[] }>()
  for (const { finding, hits } of counted) {
    const isEvent =
      finding.persistence === 'web-shell' && finding.log.startsWith('windows-') && finding.stage === 'shell'
    if (!isEvent && !writesPage(finding)) continue
    for (const path of isEvent ? [pathWritten(hits[0]!.event)] : hits.flatMap(({ event }) => filesOfCmdlet(event))) {
      if (path === null || !isRunnable(path)) continue
      const page = pages.get(pageNameOf(path)) ?? { path, findings: [] }
      if (!page.findings.includes(finding)) page.findings.push(finding)
      pages.set(pageNameOf(path), page)
    }
  }
  return [...pages].map(([name, { path, findings }]): PageLeft => {
    const isMissing = meter.has('web-roots')
    const last = findings.reduce<string | null>((most, one) => (one.last === null ? most : later(most, one.last)), null)
    const isRemoved = isRemovedSince(removals.removedAt(name), last)
    const gone = isRemoved === 'yes' || (isMissing && !areSeveral)
    const isOpen = isMissing || isRemoved === 'perhaps'
    const because = findings.map(({ id }) => id)
    return {
      name,
      at: name,
      entry: {
        kind: 'web-shell',
        what: path,
        ...stateOfRemoved(removals, name, gone, last),
        first: findings[0]!.first,
        because,
      },
      // It was written; that it is there now no record shows.
      stillThere: gone
        ? []
        : findings.map(({ id, is }) => ({ finding: id, is: isAtLeastLikely(is) && !isOpen ? 'likely' : 'open' })),
    }
  })
}

/** Was a page removed after it was last written? Of a time in an unknown zone that may be so. A removal before it is of an earlier page. */
function isRemovedSince(removed: Moment | null, last: string | null): 'yes' | 'perhaps' | 'no' {
  if (removed === null) return 'no'
  if (last === null || removed.earliest >= Date.parse(last)) return 'yes'
  return removed.latest >= Date.parse(last) ? 'perhaps' : 'no'
}

/** The file that an event of Windows records as written: its path, or that on a share of the server. */
function pathWritten(event: Event): string | null {
  const path = fieldText(event, 'TargetFilename') ?? fieldText(event, 'ObjectName')
  const name = fieldText(event, 'RelativeTargetName')
  if (path !== null || name === null) return path
  return `${(fieldText(event, 'ShareLocalPath') ?? '\\').replace(/^\\\?\?\\/, '')}${name}`
}

type RequestedPage = {
  first: string | null
  last: string | null
  lastOk: string | null
  lastGone: string | null
  ids: Set<string>
}

/** Pages that requests of findings asked for, by their path in lower case. */
function pagesOfRequests(counted: readonly FindingWithHits[]): Map<string, RequestedPage> {
  const pages = new Map<string, RequestedPage>()
  for (const f of counted) {
    if (f.finding.persistence !== 'web-shell' || isFileOfEvidence(f)) continue
    for (const { event, misplaced, custom } of f.hits) {
      const stem = fieldText(event, 'cs-uri-stem')?.toLowerCase()
      if (!stem || event.time === null) continue
      const time = new Date(event.time).toISOString()
      const page = pages.get(stem) ?? { first: null, last: null, lastOk: null, lastGone: null, ids: new Set() }
      page.first = page.first === null || time < page.first ? time : page.first
      page.last = later(page.last, time)
      const status = Number(fieldText(event, 'sc-status'))
      if (isSuccessStatus(status)) page.lastOk = later(page.lastOk, time)
      if (status === 404 && !misplaced && !custom) page.lastGone = later(page.lastGone, time)
      page.ids.add(f.finding.id)
      pages.set(stem, page)
    }
  }
  return pages
}

function later(a: string | null, b: string): string {
  return a === null || b > a ? b : a
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
  // A freed entry of the $MFT records no time of removal: a refused request after its last change comes later.
  const asked =
    removed !== null
      ? removals.requestedAfter(page, removed.latest)
      : last === null
        ? null
        : removals.requestedAfter(page, Date.parse(last), 'refused')
  return asked === null
    ? { state: 'was-there', last }
    : { state: 'requested-after-removal', last: new Date(asked).toISOString() }
}

type DefenderPage = { path: string; first: string | null; last: string | null; ids: string[] }

/** Pages in web roots that Defender found, by name. */
function pagesOfDefender(counted: readonly FindingWithHits[]): Map<string, DefenderPage> {
  const pages = new Map<string, DefenderPage>()
  for (const { finding, hits } of counted) {
    if (finding.persistence !== 'web-shell') continue
    for (const { event } of hits) {
      if (event.log !== 'windows-defender') continue
      const time = event.time === null ? null : new Date(event.time).toISOString()
      for (const path of defenderPaths(fieldText(event, 'Path') ?? '')) {
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

/** Pages in the change journal or freed entries of the $MFT, by location, with their last change. */
function pagesOfVolume(counted: readonly FindingWithHits[]): Map<string, VolumePage> {
  const pages = new Map<string, VolumePage & { at: number; isCustom: boolean }>()
  for (const { finding, hits } of counted) {
    if (finding.persistence !== 'web-shell' || !(finding.log === 'ntfs-usn' || finding.log === 'ntfs-mft')) continue
    for (const { event, misplaced, custom = false } of hits) {
      const path = fieldText(event, 'TargetFilename')
      if (path === null || !isRunnable(path)) continue
      const time = event.time === null ? null : new Date(event.time).toISOString()
      const place = event.fields.PathKnown === false ? pageNameOf(path) : placeOf(path)
      const page = pages.get(place) ?? {
        path,
        first: time,
        last: time,
        gone: false,
        ids: [],
        at: -Infinity,
        isCustom: true,
      }
      if (time !== null && (page.first === null || time < page.first)) page.first = time
      if (time !== null && (page.last === null || time > page.last)) page.last = time
      const at = event.time ?? -Infinity
      // What lies in a folder of one's own says that a page is gone only where no other record tells of it.
      const isBetter = custom === page.isCustom ? at >= page.at : page.isCustom
      if (!misplaced && isBetter) {
        page.at = at
        page.isCustom = custom
        page.gone = event.fields.Deleted === true || /^(deleted|renamed-from)$/.test(fieldText(event, 'Change') ?? '')
      }
      if (page.ids.at(-1) !== finding.id) page.ids.push(finding.id)
      pages.set(place, page)
    }
  }
  return new Map([...pages].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The pages of `.compiled` files, with the findings for each. */
function compiledPages(counted: readonly FindingWithHits[]): [page: string, ids: string[]][] {
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
function compiledPageOf({ hits }: FindingWithHits): string | null {
  return fieldText(hits[0]!.event, 'virtualPath')
}

function isFileOfEvidence(f: FindingWithHits): boolean {
  return f.finding.log === 'web-roots' || f.finding.log === 'files' || f.finding.log === 'aspnet-temp'
}

/** The location of a page on its volume; its `folder/name.aspx` where the folders above are not known. */
function placeOf(path: string): string {
  const plain = path.replaceAll('/', '\\').toLowerCase()
  const below = /^(?:[a-z]:)?(\\(?!\\).*)$/s.exec(plain)?.[1]
  return below === undefined ? pageNameOf(path) : below.replace(/\.enc$/, '')
}
