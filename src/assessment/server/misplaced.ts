import { formatCount, formatList } from '../../lib/amounts.ts'
import { type Scan, SECTION } from '../../model/scan.ts'
import type { Fact } from '../../model/event.ts'
import { type LogKind, MISPLACED } from '../../model/log-kinds.ts'
import { logsThatExplainNothing } from '../../findings/second-series.ts'
import { webRootOf } from '../../model/file-fields.ts'
import {
  isConfigOfApplication,
  isInOwnWebRoot,
  type Standing,
  standingOf,
  isMisplaced,
} from '../../model/own-places.ts'

/**
 * Logs and states that lie where their product never keeps them: below a web root, in a folder for temporary files, in an
 * archive there. Whoever got in may have put them there, to fill a hole, to name another host or to show an update that
 * never was. What their rows show still counts; that nothing else happened they cannot show. So they cover no hours, name no
 * host and settle nothing about the server.
 */
export function withoutMisplaced(scans: readonly Scan[]): { scans: readonly Scan[]; notes: readonly string[] } {
  const settled = factsThatCount(scans)
  const found: string[] = []
  const kept = scans.map((scan) => {
    const facts = settled(scan)
    if (!isMisplaced(scan)) {
      const recorded = recordedBy(scan)
      return facts === scan.facts && recorded === scan.recorded ? scan : { ...scan, facts, recorded }
    }
    found.push(scan.artifact.path)
    return {
      ...scan,
      facts,
      hours: scan.hours.map(([kind, hours]) => [stateOrLog(kind), hours] as const),
      hosts: [],
      recorded: handlersIn(scan),
    }
  })
  return { scans: kept, notes: found.length === 0 ? [] : [noteOf(found)] }
}

/**
 * A list of files that somebody may have put there names web roots; the folder that a file itself lies in is there, and is a
 * web root where IIS has one.
 */
function recordedBy({ artifact, recorded }: Scan): readonly string[] {
  if (recorded.length === 0) return recorded
  const standing = standingOf(artifact)
  const root = webRootOf((artifact.windowsPath ?? artifact.path).replaceAll('\\', '/'))
  const isServed = root !== null && isInOwnWebRoot(artifact)
  const isKept = (row: string): boolean =>
    row.startsWith('web-root/') && root !== null ? isServed && row === `web-root/${root}` : standing !== 'elsewhere'
  const handlers = handlersIn({ artifact, recorded })
  const kept = recorded.filter((row) => isKept(row) || handlers.includes(row) || /^(?:site-)?includes\//.test(row))
  return kept.length === recorded.length ? recorded : kept
}

/** IIS follows a web.config wherever it serves files from: what it makes run beyond the defaults, and sections in other files. */
function handlersIn({ artifact, recorded }: Pick<Scan, 'artifact' | 'recorded'>): readonly string[] {
  return artifact.parser === 'web-config'
    ? recorded.filter((row) => row.startsWith('handler/') || row.startsWith(SECTION))
    : []
}

/** The file itself is there, whatever it holds. */
function stateOrLog(kind: LogKind): LogKind {
  return kind === 'files' || kind === 'web-roots' ? kind : `${MISPLACED}${kind}`
}

/** Facts that describe the evidence and not the server. */
const harmless: ReadonlySet<Fact['fact']> = new Set(['page', 'note', 'tenant'])

/** Of a server whose files lie in their folders, a folder of one's own says something only where no other file does. */
function factsThatCount(scans: readonly Scan[]): (scan: Scan) => readonly Fact[] {
  const better = new Set<Fact['fact']>()
  const standings = new Map<Scan, Standing>()
  for (const scan of scans) {
    if (scan.facts.length === 0) continue
    const standing = standingOf(scan.artifact)
    standings.set(scan, standing)
    if (standing === 'own' || standing === 'loose') for (const { fact } of scan.facts) better.add(fact)
  }
  const doubted = logsThatExplainNothing(scans)
  const counts = ({ artifact }: Scan, standing: Standing, { fact }: Fact): boolean => {
    // An update explains what changed in its hour.
    if (fact === 'update' && (standing === 'custom' || doubted.has(artifact))) return false
    if (harmless.has(fact) || (fact === 'setting' && isConfigOfApplication(artifact))) return true
    return standing !== 'elsewhere' && (standing !== 'custom' || !better.has(fact))
  }
  return (scan) => {
    const standing = standings.get(scan)
    if (standing === undefined || scan.facts.every((fact) => counts(scan, standing, fact))) return scan.facts
    return scan.facts.filter((fact) => counts(scan, standing, fact))
  }
}

function noteOf(paths: readonly string[]): string {
  const one = paths.length === 1
  const names = formatList(paths, 3, 'log')
  return `${one ? 'A log lies' : `${formatCount(paths.length)} logs lie`} outside ${one ? 'its' : 'their'} own place (${names}): ${one ? 'its' : 'their'} entries are searched, but cover no hours and say nothing about the server itself. If you put ${one ? 'it' : 'them'} there, give ${one ? 'it' : 'them'} as evidence by ${one ? 'itself' : 'themselves'}.`
}
