import { fitsWildcards } from '../lib/wildcards.ts'
import { fieldText, type Event } from '../model/event.ts'
import type { FindingWithHits } from './findings.ts'
import { anyPath, commandsIn, copies, targetOfCommand } from './put-files.ts'

/** Paths of one run. */
const MOST = 500

/** Where a mailbox was exported to, or what was packed of it: the path on a drive of the server, and the findings that wrote it. */
type Stored = { readonly path: string; readonly since: number; readonly by: readonly number[] }

/**
 * Exports, and the commands that packed, copied or sent their files: a share of a drive and the drive are the same place. The numbers of
 * the findings that belong together, the export first.
 */
export function storedFilesMoved(found: readonly FindingWithHits[]): readonly number[][] {
  const stored = exported(found)
  if (stored.length === 0) return []
  const commands = found
    .flatMap(({ counts, hits }, i) =>
      counts
        ? hits.slice(0, 200).flatMap(({ event }) => commandsOf(event).map((command) => ({ i, event, command })))
        : [],
    )
    .sort((a, b) => (a.event.time ?? Infinity) - (b.event.time ?? Infinity))
  const ties: number[][] = []
  for (const { i, event, command } of commands) {
    const target = archives.test(command) || copies.test(command) ? targetOfCommand(command) : null
    const place = target === null ? null : localPath(target, event)
    const named = pathsIn(command, event).filter((path) => path !== place)
    const time = event.time ?? Infinity
    const files = stored.filter(({ path, since }) => since <= time + SAME_ACT && named.some((one) => isOf(path, one)))
    if (files.length === 0) continue
    const by = [...new Set(files.flatMap((file) => file.by))]
    // Commands that only explain are a step between two others.
    const members = found[i]!.finding.stage === 'context' ? by : [...by, i]
    if (members.length > by.length) ties.push(members)
    if (place !== null && stored.length < MOST) stored.push({ path: place, since: time, by: members })
  }
  return ties
}

/** What packs; curl and the like may send an archive that they name. */
const archives = /(?:^|[\s"'\\/(])(?:7za?|7zr|rar|winrar|makecab|tar|compress-archive)(?:\.exe)?["'\s]/i

/** Two logs stamp one act so far apart at most (ms). */
const SAME_ACT = 5_000

function exported(found: readonly FindingWithHits[]): Stored[] {
  const stored: Stored[] = []
  for (const [i, { counts, finding, hits }] of found.entries()) {
    if (!counts || finding.sign.subject !== 'export' || finding.stage === 'context' || finding.stage === 'attempt')
      continue
    for (const { event } of hits.slice(0, 200))
      for (const text of [fieldText(event, 'FilePath') ?? '', writtenIn(event)]) {
        const path = localPath(text, event)
        if (path !== null && stored.length < MOST) stored.push({ path, since: event.time ?? -Infinity, by: [i] })
      }
  }
  return stored
}

/** `-FilePath "\\\\localhost\\c$\\…"` of a cmdlet or of a script. */
function writtenIn(event: Event): string {
  const written = ['Parameters', 'CommandLine', 'ScriptBlockText']
    .map((name) => (fieldText(event, name) ?? '').slice(0, LONGEST))
    .find((text) => FILE_PATH.test(text))
  return FILE_PATH.exec(written ?? '')?.[1] ?? ''
}

const LONGEST = 8_192
const FILE_PATH = /\bFilePath[\s=:]{1,4}["']{0,2}([^"']{4,300}?)["'\s]/i

function commandsOf(event: Event): readonly string[] {
  return fieldText(event, 'Cmdlet') === null ? commandsIn(event) : []
}

function pathsIn(command: string, event: Event): readonly string[] {
  return [...command.matchAll(anyPath)].slice(0, 50).flatMap(([path]) => localPath(path, event) ?? [])
}

/** A path on a drive of this server in lower case, also where it is written by a share of the drive; null of any other. */
function localPath(path: string, { host }: Event): string | null {
  const plain = path
    .replaceAll('"', '')
    .toLowerCase()
    .replace(/\\{1,4}$/, '')
  const [, server = '', drive = '', rest = ''] = /^\\\\([^\\]{1,120})\\([a-z])\$(\\.{1,300})$/.exec(plain) ?? []
  if (server !== '') return isSelf(server, host) ? `${drive}:${rest}` : null
  return /^[a-z]:\\./.test(plain) ? plain : null
}

/** Is it a name of the server itself? */
function isSelf(server: string, host: string | null): boolean {
  const own = host?.toLowerCase().split('.', 1)[0]
  return (
    /^(?:localhost|127(?:\.\d{1,3}){3}|::1|\.)$/.test(server) || (own !== undefined && server.split('.', 1)[0] === own)
  )
}

/** Is a file meant by a path: its own, one with wildcards, or that of a folder above it? */
function isOf(file: string, path: string): boolean {
  if (path.includes('*') || path.includes('?')) return fitsWildcards(file, path, /[*?]/)
  return file === path || file.startsWith(`${path}\\`)
}
