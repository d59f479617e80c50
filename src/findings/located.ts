import { append } from '../lib/collections.ts'
import type { Artifact } from '../model/evidence.ts'
import type { Scan } from '../model/scan.ts'
import type { Hit, RuleInfo } from '../model/rule.ts'
import { fieldText } from '../model/event.ts'
import { isOfTenant, kindsAboutFiles, isBackEnd } from '../model/log-kinds.ts'
import { isMisplaced, standingOf } from '../model/own-places.ts'
import { logsThatExplainNothing } from './second-series.ts'

/** A hit with its artifact and its rule. */
export type Located = Hit & {
  readonly sha256: string
  readonly info: RuleInfo
  readonly joined: readonly string[]
  /** Where the file lies, of a fact about a file in its location; null of rows, which say the same in every copy of a log. */
  readonly place?: string | null
  /** It is in a log whose location anyone could have written to: it takes nothing back that other logs show. */
  readonly misplaced?: true
  /** It is in a log outside its place or beside the series: it cannot explain what the log at its own place shows. */
  readonly custom?: true
  /** The server of the case in whose evidence it stands, where that is another one. */
  readonly evidenceOf?: string
}

/**
 * All hits with their artifact and rule. Rows of two copies of one log are the same rows and count once. A file counts once
 * in each location: the same bytes in four folders of the server are four files, one folder in two collections is one.
 */
export function located(scans: readonly Scan[], infos: ReadonlyMap<string, RuleInfo>): Located[] {
  const rows = new Map<string, number>()
  const all: Located[] = []
  for (const { certainty, ...found } of hitsOf(scans, infos, false)) {
    const { own } = keysOf({ ...found, certainty })
    const before = rows.get(own)
    if (found.sha256 && before !== undefined) {
      // Of two copies the one at its own place counts: nobody takes weight from a log by a copy elsewhere.
      if (doubtOfHit(found) < doubtOfHit(all[before]!)) all[before] = found
      continue
    }
    rows.set(own, all.push(found) - 1)
  }
  append(all, filesOf(hitsOf(byCertainty(scans), infos, true)))
  return all
}

/** How much speaks against the place of the log that a row stands in. */
function doubtOfHit({ misplaced, custom }: Located): number {
  return misplaced ? 2 : custom ? 1 : 0
}

/** Facts about files, each location once; those of known locations come first. */
function filesOf(hits: Iterable<WithPlace>): Located[] {
  const seen = new Map<string, Located>()
  const all: Located[] = []
  for (const { certainty, ...found } of hits) {
    const { own, inShadow, anywhere } = keysOf({ ...found, certainty })
    const elsewhere = certainty === 'none' ? seen.get(anywhere) : undefined
    const isCopy = seen.has(own) || (elsewhere !== undefined && reach(elsewhere) >= reach(found))
    if (found.sha256 && isCopy) continue
    all.push(found)
    seen.set(own, found)
    if (certainty === 'none') continue
    seen.set(inShadow, found)
    if (reach(found) >= reach(seen.get(anywhere) ?? found)) seen.set(anywhere, found)
  }
  return all
}

type WithPlace = Located & { readonly certainty: Certainty }

/** The hits of all scans with their rules: those about a file in its location, or all others. */
function* hitsOf(scans: readonly Scan[], infos: ReadonlyMap<string, RuleInfo>, placed: boolean): Generator<WithPlace> {
  const beside = placed ? new Set<Artifact>() : logsThatExplainNothing(scans)
  const areOfTenant = areAllOfTenant(scans)
  for (const scan of scans) {
    const misplaced = scan.hits.length > 0 && isMisplaced(scan) ? { misplaced: true as const } : {}
    const isCustom = beside.has(scan.artifact) || (!areOfTenant && standingOf(scan.artifact) === 'custom')
    const custom = scan.hits.length > 0 && isCustom ? { custom: true as const } : {}
    const place = placed ? placeOf(scan.artifact) : null
    for (const hit of scan.hits) {
      const info = infos.get(hit.rule)
      if (!info || kindsAboutFiles.has(hit.event.log) !== placed) continue
      const { sha256: digest } = scan.artifact
      yield {
        ...hit,
        sha256: digest,
        info,
        joined: [],
        place,
        certainty: certaintyOf(scan.artifact),
        ...misplaced,
        ...custom,
      }
    }
  }
}

/** Exports of a tenant lie where they were saved; beside a server, its intruder may have put them there. */
export function areAllOfTenant(scans: readonly Scan[]): boolean {
  return scans.every(({ artifact }) => artifact.kinds.every((kind) => kind === 'files' || isOfTenant(kind)))
}

type FileOf = Pick<Scan['artifact'], 'path' | 'windowsPath'>

/** Where a file lies on the server; where nothing says so, where it lies in its container. */
function placeOf({ path, windowsPath }: FileOf): string {
  return (windowsPath ?? path.slice(path.lastIndexOf('!/') + 1)).replaceAll('/', '\\').toLowerCase()
}

/** How well the location of a file is known: in a shadow copy all but the drive. */
type Certainty = 'full' | 'shadow' | 'none'

function certaintyOf({ windowsPath }: FileOf): Certainty {
  if (windowsPath === null) return 'none'
  return shadow.test(windowsPath) ? 'shadow' : 'full'
}

const shadow = /^\\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy\d{1,9}\\/i

/** Files of known locations first, so that copies of which less is known can be compared with them. */
function byCertainty(scans: readonly Scan[]): readonly Scan[] {
  const groups = Map.groupBy(scans, ({ artifact }) => certaintyOf(artifact))
  return (['full', 'shadow', 'none'] as const).flatMap((certainty) => groups.get(certainty) ?? [])
}

/** What makes a hit the same as another, and the same as its copies in a shadow copy and where no location is known. */
function keysOf({ event, rule, match, sha256: digest, place, certainty }: WithPlace): {
  readonly own: string
  readonly inShadow: string
  readonly anywhere: string
} {
  // A copy of a log that lies among those of the back end stands for no row of the front end.
  const side = isBackEnd(event.log) ? 'back' : ''
  const key = (at: string): string =>
    [digest, event.at.offset, event.at.length, rule, side, match?.key ?? '', at].join('\0')
  const inShadow = key(`shadow ${(place ?? '').replace(shadow, '').replace(/^[a-z]:\\/, '')}`)
  const own = certainty === 'shadow' && place ? inShadow : key(place ?? '')
  return { own, inShadow, anywhere: key('anywhere') }
}

/** What a file can do where it lies. */
function reach({ event }: Located): number {
  if (event.log !== 'web-roots') return 0
  return fieldText(event, 'WebRoot') === 'unknown' ? 1 : 2
}
