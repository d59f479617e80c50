import { addTo } from '../lib/collections.ts'
import { logNameOf } from '../model/log-names.ts'
import type { Artifact } from '../model/evidence.ts'
import { hasOwnPlace } from '../model/own-places.ts'
import type { Scan } from '../model/scan.ts'
import { DAY, HOUR } from '../lib/time.ts'

/**
 * Logs beside those that the server wrote: a second series of a kind, in another folder, of hours for which the first one, which
 * has most hours, has entries, too; a file whose entries are of another time than its name; and a second file of the same time. A
 * service writes one series, each file in its time; added files form others.
 */
export function logsBeside(scans: readonly Scan[]): ReadonlySet<Artifact> {
  const beside = new Set<Artifact>()
  const kinds = new Map<string, Map<string, Scan[]>>()
  const byTime = new Map<string, Artifact[]>()
  for (const scan of scans) {
    const { artifact } = scan
    const log = scan.hours.find(([, hours]) => hours.length > 0)?.[0]
    if (log === undefined || artifact.parser === null || !series.has(artifact.parser) || !hasOwnPlace(artifact))
      continue
    if (isOfAnotherTime(artifact)) beside.add(artifact)
    addTo(byTime, timeKey(artifact), artifact)
    const path = (artifact.windowsPath ?? artifact.path).toLowerCase().replaceAll('\\', '/')
    const site = /\/(w3svc\d{1,12})\//.exec(path)?.[1] ?? ''
    const folders = kinds.get(`${log}\0${site}`) ?? new Map<string, Scan[]>()
    kinds.set(`${log}\0${site}`, folders)
    const folder = path.slice(0, path.lastIndexOf('/'))
    const own = folders.get(folder)
    if (own) own.push(scan)
    else folders.set(folder, [scan])
  }
  for (const folders of kinds.values()) {
    if (folders.size < 2) continue
    const [first, ...others] = [...folders.values()].map((own) => ({ own, hours: hoursIn(own) })).sort(byHours)
    for (const { own } of others) for (const scan of own) if (hasAny(scan, first!.hours)) beside.add(scan.artifact)
  }
  for (const [key, files] of byTime)
    if (key !== '' && files.length > 1) for (const one of together(files)) beside.add(one)
  return beside
}

/** The series and the time that the name of a log says; empty where it says none. */
function timeKey({ path }: Artifact): string {
  const name = logNameOf(path)
  return name === null ? '' : `${name.series.toLowerCase()}\0${name.from}`
}

/** Of files of one series and time those with entries of the same hours as a larger one: what rotates goes on where the last one ends. */
function together(files: readonly Artifact[]): Artifact[] {
  const sorted = [...files].sort((a, b) => b.events - a.events)
  return sorted.filter((file, i) =>
    sorted.slice(0, i).some((other) => other.sha256 !== file.sha256 && overlap(file, other) > HOUR),
  )
}

function overlap(a: Artifact, b: Artifact): number {
  if (a.first === null || a.last === null || b.first === null || b.last === null) return 0
  return Math.min(a.last, b.last) - Math.max(a.first, b.first)
}

/** Parsers of logs of which a service writes a series. */
const series: ReadonlySet<string> = new Set(['iis', 'exchange-csv', 'httperr'])

/** A log of a day, or of a week that is named by a number, ends soon after the time of its name. */
function isOfAnotherTime({ path, first, last }: Artifact): boolean {
  const named = logNameOf(path)
  if (named === null || first === null || last === null) return false
  return first < named.from * HOUR - 2 * DAY || last > named.to * HOUR + 8 * DAY
}

function hoursIn(scans: readonly Scan[]): ReadonlySet<number> {
  return new Set(scans.flatMap(({ hours }) => hours.flatMap(([, list]) => list.map(([hour]) => hour))))
}

function hasAny({ hours }: Scan, known: ReadonlySet<number>): boolean {
  return hours.some(([, list]) => list.some(([hour]) => known.has(hour)))
}

function byHours(a: { readonly hours: ReadonlySet<number> }, b: { readonly hours: ReadonlySet<number> }): number {
  return b.hours.size - a.hours.size
}
