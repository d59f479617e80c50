import { processNumbers } from './processes.ts'
import { addTo } from '../lib/collections.ts'
import { MINUTE } from '../lib/time.ts'
import { type Event, fieldText } from '../model/event.ts'
import type { Hit } from '../model/rule.ts'
import type { Scan } from '../model/scan.ts'
import { isWorker } from '../model/worker-processes.ts'
import { askAll } from '../rules/match.ts'
import type { EventRule } from '../rules/rule.ts'

// A worker of IIS mostly starts a command shell, and this what it was told to start. An entry names only the parent of a program, so that
// rules on children of workers do not see what is below the shell.

const SHELL = /(?:^|[\\/])(?:cmd|powershell|pwsh|wscript|cscript)\.exe$/i
/** Windows uses the number of a process again. */
const WITHIN = 30 * MINUTE
/** Shells below one another, and programs below them that are looked at. */
const [DEPTH, MOST] = [4, 2_000]
/** What changes the server or takes passwords: any program may ask about the host in a script of an application. */
const STAGES: ReadonlySet<string> = new Set(['persistence', 'credentials'])

type Shell = { readonly time: number; readonly parent: string; readonly line: string | null }

/** The same scans, with what rules on children of workers say of programs that a shell of a worker started. */
export function withBelowWorkers(scans: readonly Scan[], rules: readonly EventRule[]): readonly Scan[] {
  const starts = scans.flatMap(({ hits }) => hits.flatMap(({ event }) => (isStart(event) ? [event] : [])))
  if (!starts.some(isShellOfWorker)) return scans
  const shells = new Map<string, Shell[]>()
  for (const event of starts) if (isShellOfWorker(event)) addShell(shells, event, event)
  // Shells below shells, in any order of the files.
  for (let i = 0; i < DEPTH; i++)
    for (const event of starts) {
      const above = isShell(event) && !isShellOfWorker(event) ? aboveOf(event, shells) : null
      if (above !== null) addShell(shells, event, below(event, above))
    }
  const ask = askAll(rules.filter(({ info }) => STAGES.has(info.stage) && isMore(info.sign.strength)))
  const asked = new Map<Event, readonly Hit[]>()
  const moreOf = (event: Event): readonly Hit[] => {
    const known = asked.get(event)
    const above = known !== undefined || asked.size >= MOST || !isStart(event) ? null : aboveOf(event, shells)
    if (above === null) return []
    const own = below(event, above)
    const before = new Set(ask(event).map(({ rule }) => rule.info.id))
    const hits = ask(own).flatMap(({ rule, matched }) =>
      before.has(rule.info.id) ? [] : [{ rule: rule.info.id, matched, event: own }],
    )
    asked.set(event, hits)
    return hits
  }
  return scans.map((scan) => {
    const more = scan.hits.flatMap(({ event }) => moreOf(event))
    return more.length === 0 ? scan : { ...scan, hits: [...scan.hits, ...more] }
  })
}

function isStart({ sources, time }: Event): boolean {
  return time !== null && sources.some(({ category }) => category === 'process_creation')
}

function isShell(event: Event): boolean {
  return SHELL.test(fieldText(event, 'Image') ?? '')
}

function isShellOfWorker(event: Event): boolean {
  return isShell(event) && isWorker(fieldText(event, 'ParentImage') ?? '')
}

function isMore(strength: string): boolean {
  return strength === 'strong' || strength === 'decisive'
}

function addShell(shells: Map<string, Shell[]>, event: Event, { fields }: Event): void {
  const { own } = processNumbers(event)
  if (own === null) return
  if (shells.get(own)?.some(({ time }) => time === event.time)) return
  const line = typeof fields.ParentCommandLine === 'string' ? fields.ParentCommandLine : null
  addTo(shells, own, { time: event.time!, parent: String(fields.ParentImage), line })
}

/** The worker above the shell that started a program; null where it is below none. */
function aboveOf(event: Event, shells: ReadonlyMap<string, readonly Shell[]>): Shell | null {
  const { parent } = processNumbers(event)
  if (parent === null || !SHELL.test(fieldText(event, 'ParentImage') ?? '')) return null
  return shells.get(parent)?.find(({ time }) => event.time! >= time && event.time! - time <= WITHIN) ?? null
}

/** As if the worker had started it. */
function below(event: Event, { parent, line }: Shell): Event {
  return { ...event, fields: { ...event.fields, ParentImage: parent, ParentCommandLine: line } }
}
