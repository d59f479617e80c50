import { addTo } from '../../../lib/collections.ts'
import type { FindingWithHits } from '../../../findings/findings.ts'
import { type Event, fieldText } from '../../../model/event.ts'
import { isSuccessStatus } from '../../../model/requests.ts'
import type { Explain } from './explanation.ts'

/** How many names a client asks for within which time. */
const [NAMES, WITHIN] = [5, 60_000]

/**
 * A folder that answers whatever name is asked for, as behind a proxy with a page of its own for what does not exist: within a minute
 * one client asked for five pages that Exchange does not have, all were served, and none was ever refused there. A page that was only
 * looked at says little then. An intruder who planted five pages and looked at all of them is still seen by their use.
 */
export const anyName: Explain = ({ subject, found }, { all }) => {
  if (subject.kind !== 'page' || all === undefined) return null
  const own = found.flatMap(({ hits }) => hits.map(({ event }) => event))
  const folders = new Set(own.map(folderOf))
  const [folder = null] = folders
  if (folder === null || folders.size > 1 || !own.every(isLook)) return null
  if (!answeringAll(all).has(folder)) return null
  return {
    by: 'any-name',
    strength: 'weak',
    answers: ['name'],
    statement: 'Its folder answered every name that a client asked for within a minute, and refused none.',
  }
}

const foldersOf = new WeakMap<readonly FindingWithHits[], ReadonlySet<string>>()

/** Folders whose requests are known, where each name is served: made once a case. */
function answeringAll(all: readonly FindingWithHits[]): ReadonlySet<string> {
  const known = foldersOf.get(all)
  if (known) return known
  const asked = new Map<string, Event[]>()
  const refusing = new Set<string>()
  for (const { finding, hits } of all) {
    if (finding.sign.subject !== 'page') continue
    for (const { event } of hits) {
      const folder = folderOf(event)
      if (folder === null) continue
      if (!isSuccessStatus(event.fields['sc-status'])) refusing.add(folder)
      else if (event.client !== null && event.time !== null) addTo(asked, folder, event)
    }
  }
  const folders = new Set([...asked].flatMap(([folder, events]) => (isTried(events) ? [folder] : [])))
  for (const folder of refusing) folders.delete(folder)
  foldersOf.set(all, folders)
  return folders
}

/** Did one client ask for that number of names, one after another? */
function isTried(events: readonly Event[]): boolean {
  const sorted = [...events].sort((a, b) => a.time! - b.time!)
  const last = new Map<string, Map<string, number>>()
  return sorted.some(({ client, time, target }) => {
    const names = last.get(client!) ?? new Map<string, number>()
    last.set(client!, names)
    names.delete(target!)
    names.set(target!, time!)
    for (const [name, at] of names) if (at < time! - WITHIN) names.delete(name)
    return names.size >= NAMES
  })
}

function folderOf(event: Event): string | null {
  const stem = fieldText(event, 'cs-uri-stem')
  return stem === null || event.target === null ? null : stem.slice(0, stem.lastIndexOf('/')).toLowerCase()
}

function isLook(event: Event): boolean {
  return /^(?:GET|HEAD|OPTIONS)$/i.test(fieldText(event, 'cs-method') ?? '')
}
