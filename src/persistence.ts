import { textOf, type Found } from './detection.ts'
import { isRunnable } from './parsers/file-fields.ts'
import type { LogKind, Persistence } from './model.ts'

const HOUR = 3_600_000

/** What lets them come back, with its state at the end of the evidence. */
export type Persistent = {
  readonly list: readonly Persistence[]
  readonly stillThere: readonly { readonly finding: string; readonly sure: boolean }[]
}

/** Reads persistence out of the findings: files on disk now, pages requested after they were gone, settings not taken back. */
export function persistenceOf(found: readonly Found[], lastOf: (kind: LogKind) => number | null): Persistent {
  const counted = found.filter((f) => f.counts)
  const list: Persistence[] = []
  const stillThere: { finding: string; sure: boolean }[] = []
  const onDisk = new Set<string>()

  // Files that stand in a web root at the end of the evidence.
  for (const f of counted) {
    const { finding } = f
    if (finding.persistence !== 'web-shell' || !isFileOfEvidence(f)) continue
    const path = textOf(f.hits[0]!.event, 'TargetFilename') ?? finding.target ?? finding.locators[0]!.path
    const live = textOf(f.hits[0]!.event, 'WebRoot') !== null && isRunnable(path)
    if (finding.stage !== 'shell' && !finding.proves) continue
    onDisk.add(nameOf(path))
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

  // Pages that were used, and whether they still answer.
  const pages = new Map<
    string,
    { first: string | null; last: string | null; lastOk: string | null; lastGone: string | null; ids: Set<string> }
  >()
  for (const f of counted) {
    if (f.finding.persistence !== 'web-shell' || isFileOfEvidence(f)) continue
    for (const { event } of f.hits) {
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
      if (status === 404) page.lastGone = page.lastGone === null || time > page.lastGone ? time : page.lastGone
      page.ids.add(f.finding.id)
      pages.set(stem.toLowerCase(), page)
    }
  }
  for (const [stem, page] of [...pages].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (page.lastOk === null || onDisk.has(nameOf(stem))) continue
    const gone = page.lastGone !== null && page.lastGone > page.lastOk
    list.push({
      kind: 'web-shell',
      what: stem,
      state: gone ? 'requested-after-removal' : 'was-there',
      first: page.first,
      last: page.last,
      because: [...page.ids].sort(),
    })
  }

  // Settings and accounts: set, and not seen to be taken back.
  for (const f of counted) {
    const { finding } = f
    if (
      !finding.persistence ||
      finding.persistence === 'web-shell' ||
      finding.stage === 'attempt' ||
      finding.stage === 'context'
    )
      continue
    const undone = counted.some((other) => undoes(other, f))
    list.push({
      kind: finding.persistence,
      what: [textOf(f.hits[0]!.event, 'Cmdlet') ?? finding.target ?? finding.title, identityOf(f)]
        .filter(Boolean)
        .join(' of '),
      state: undone ? 'was-there' : 'unknown',
      first: finding.first,
      last: finding.last,
      because: [finding.id],
    })
    // A row says that a directory was changed, not that it still is: only a log that goes on and shows no way back says so.
    // The other kinds stay until someone removes them.
    const goesOn = finding.time !== null && (lastOf(finding.log) ?? 0) >= Date.parse(finding.time) + HOUR
    if (
      !undone &&
      (finding.persistence === 'vdir'
        ? goesOn && finding.stage === 'write'
        : finding.level === 'high' || finding.level === 'critical')
    ) {
      stillThere.push({ finding: finding.id, sure: false })
    }
  }
  return { list, stillThere }
}

/** A later clean-up of the same thing: of the same object where both name it, else of the same story. */
function undoes(other: Found, f: Found): boolean {
  const [later, finding] = [other.finding, f.finding]
  if (later.stage !== 'cleanup' || later.time === null || finding.time === null || later.time < finding.time)
    return false
  const directory = /virtualdirectory/i.test(textOf(other.hits[0]!.event, 'Cmdlet') ?? '')
  if (later.persistence !== finding.persistence && !(finding.persistence === 'vdir' && directory)) return false
  const [a, b] = [identityOf(other), identityOf(f)]
  return a !== null && b !== null ? a === b : later.chain !== null && later.chain === finding.chain
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

function isFileOfEvidence(f: Found): boolean {
  return f.finding.log === 'web-roots' || f.finding.log === 'files' || f.finding.log === 'aspnet-temp'
}

/** `folder/name.aspx`, by which a URL and a path are the same page. */
function nameOf(path: string): string {
  return path
    .toLowerCase()
    .replaceAll('\\', '/')
    .replace(/\.enc$/, '')
    .split('/')
    .slice(-2)
    .join('/')
}
