import { type FindingWithHits } from './findings.ts'
import { fieldText, type Event } from '../model/event.ts'
import type { Scan } from '../model/scan.ts'
import { isRunnable } from '../model/file-fields.ts'
import type { TrafficTable } from '../activity/requests.ts'

/** When pages were removed, and whether they were requested afterwards. Pages go by `pageNameOf`. */
export type Removals = {
  /** The last moment at which something recorded that the page was removed. */
  removedAt(page: string): number | null
  /** The last request for the page after that moment; `refused`: only where the front end also refused some. */
  requestedAfter(page: string, time: number, refused?: 'refused'): number | null
}

export const NO_REMOVALS: Removals = { removedAt: () => null, requestedAfter: () => null }

/** `folder/name.aspx`, by which a URL and a path are the same page; one of the web site itself is `/name.aspx`. */
export function pageNameOf(path: string): string {
  return path
    .toLowerCase()
    .replaceAll('\\', '/')
    .replace(/\.enc$/, '')
    .split('/')
    .slice(-2)
    .join('/')
    .replace(/^wwwroot\//, '/')
}

/** Removals that findings and other tools record, held against all requests to the front end. */
export function removalsOf(found: readonly FindingWithHits[], scans: readonly Scan[], paths: TrafficTable): Removals {
  const removed = new Map<string, number>()
  const see = (path: string, time: number | null): void => {
    if (time === null || !isRunnable(path)) return
    const name = pageNameOf(path)
    removed.set(name, Math.max(removed.get(name) ?? -Infinity, time))
  }
  for (const { finding, hits, counts } of found) {
    if (!counts) continue
    for (const { event, misplaced } of hits)
      if (!misplaced) for (const path of pathsRemoved(event, finding.stage === 'cleanup')) see(path, event.time)
  }
  for (const event of scans.flatMap(({ said }) => said)) {
    const path = fieldText(event, 'TargetFilename')
    if (path !== null && /^(?:removed|quarantined|cleaned)$/.test(fieldText(event, 'Action') ?? ''))
      see(path, event.time)
  }
  const requests = requestsByPage(paths)
  return {
    removedAt: (page) => removed.get(page) ?? null,
    requestedAfter: (page, time, refused) => {
      const asked = requests().get(page)
      return asked !== undefined && asked.last > time && (refused === undefined || asked.refused > 0)
        ? asked.last
        : null
    },
  }
}

/** The files that an event says were removed: by Defender, by a program, by a command line, from the volume. */
export function pathsRemoved({ log, fields }: Event, isCleanUp: boolean): readonly string[] {
  const event = { fields } as Event
  if (log === 'windows-defender') return isQuarantine(event) ? defenderPaths(fieldText(event, 'Path') ?? '') : []
  const path = fieldText(event, 'TargetFilename')
  if (log === 'ntfs-usn')
    return /^(?:deleted|renamed-from)$/.test(fieldText(event, 'Change') ?? '') && path ? [path] : []
  if (!isCleanUp) return []
  if (path !== null) return [path]
  return (fieldText(event, 'CommandLine') ?? '').slice(0, 8_192).split(/[\s"',;]+/)
}

/**
 * Did Defender take the file away? Its actions have numbers whatever the language: 1 clean, 2 quarantine, 3 remove.
 * https://learn.microsoft.com/defender-endpoint/troubleshoot-microsoft-defender-antivirus (event 1117)
 */
function isQuarantine(event: Event): boolean {
  const id = fieldText(event, 'EventID')
  if (id !== '1117' && id !== '1007') return false
  const error = fieldText(event, 'Error Code')
  if (error !== null && !/^(?:0x)?0+$/.test(error)) return false
  const action = fieldText(event, 'Action ID')
  if (action !== null) return /^[123]$/.test(action)
  return /quarant|remove|clean|delete/i.test(fieldText(event, 'Action Name') ?? '')
}

/** `containerfile:_C:\\a.zip; file:_C:\\a.zip->x.aspx; file:_C:\\b.aspx`: the files, of members of an archive the archive. */
export function defenderPaths(text: string): string[] {
  return text
    .slice(0, 65_536)
    .split(/[;|]/)
    .map(
      (part) =>
        part
          .trim()
          .replace(/^[a-z]{1,40}:_/i, '')
          .split('->')[0]!,
    )
}

type Asked = { readonly last: number; readonly refused: number }

/** The requests for each page, counted when they are first wanted. */
function requestsByPage(paths: TrafficTable): () => ReadonlyMap<string, Asked> {
  let known: Map<string, Asked> | null = null
  return () => {
    if (known) return known
    known = new Map()
    for (const [number, value] of paths.values.entries()) {
      if (!isRunnable(value)) continue
      const { last, statuses } = paths.of(number)
      if (last === null) continue
      const name = pageNameOf(value)
      const before = known.get(name)
      known.set(name, {
        last: Math.max(last, before?.last ?? -Infinity),
        refused: statuses[2] + (before?.refused ?? 0),
      })
    }
    return known
  }
}
