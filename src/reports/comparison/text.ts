import { addTo } from '../../lib/collections.ts'
import { visible } from '../../lib/terminal.ts'
import type { Cause, Diff, FindingChange, NamedDigest } from '../../model/comparison.ts'
import { isStyle, verdictStyle } from '../terminal/summary.ts'
import { TerminalPage, type TerminalLayout } from '../terminal/layout.ts'
import { counted } from '../../lib/amounts.ts'
import { bytes, isWords, questionTexts, stageTexts, utc, verdictWords } from '../../locales/en/words.ts'
import { capital } from '../../lib/amounts.ts'

/** Two assessments for a terminal: what moved and why, then what came, went and stays. */
export function diffText(diff: Diff, terminal: TerminalLayout): string {
  const page = new TerminalPage(terminal)
  verdict(page, diff)
  answers(page, diff)
  evidence(page, diff)
  knowledge(page, diff)
  findings(page, diff)
  names(page, 'Mailboxes', diff.mailboxes)
  names(page, 'Persistence', diff.persistence)
  return page.text()
}

const causes: Readonly<Record<Cause, string>> = {
  evidence: 'the evidence',
  knowledge: 'what is known (rules, tables, program)',
  options: 'the options',
  rest: 'what else was found',
}

function verdict(page: TerminalPage, { before, after, notes, verdict: v }: Diff): void {
  const name = before.server === after.server ? before.server : `${before.server} / ${after.server}`
  const words = (side: 'before' | 'after'): string => verdictWords(v[side])
  page.line(visible(name), 0, 'bold')
  page.line(
    v.moved ? `${words('before')} → ${words('after')}`.toUpperCase() : `${words('after').toUpperCase()}, as before`,
    0,
    verdictStyle[v.after.is],
  )
  for (const note of notes) page.prose(`Note: ${note}`, 2)
  if (v.moved) page.prose(`What changed it: ${v.causes.map((cause) => causes[cause]).join('; ')}.`, 2)
}

function answers(page: TerminalPage, { answers: all }: Diff): void {
  page.heading('The six questions')
  for (const { question, before, after, moved, why } of all) {
    page.item(
      questionTexts[question].short,
      moved ? `${isWords[before]} → ${isWords[after]}` : `${isWords[after]}, as before`,
      moved ? isStyle[after] : undefined,
    )
    for (const reason of why) page.bullet(capital(reason), 4)
  }
}

function evidence(page: TerminalPage, { evidence: e }: Diff): void {
  page.heading('Evidence')
  page.prose(
    `${counted(e.same, 'file')} the same, ${e.added.length} added, ${e.removed.length} gone, ${e.changed.length} changed, ${e.moved.length} elsewhere.`,
    2,
  )
  some(page, byFolder(e.added), ({ name, files }) => `added: ${name}: ${files}`)
  some(page, byFolder(e.removed), ({ name, files }) => `gone: ${name}: ${files}`)
  some(page, e.changed, (f) => `changed: ${f.path} (${short(f.before)} → ${short(f.after)})`)
  some(page, e.moved, (f) => `elsewhere: ${f.before} is now ${f.after}`)
}

/** Files of one folder in one line; a file that is alone there by its own name. */
function byFolder(files: Diff['evidence']['added']): { name: string; files: string }[] {
  const folders = new Map<string, (typeof files)[number][]>()
  for (const file of files) {
    addTo(folders, file.path.slice(0, Math.max(0, file.path.lastIndexOf('/'))), file)
  }
  return [...folders].map(([folder, list]) => {
    const size = bytes(list.reduce((sum, file) => sum + file.size, 0))
    return list.length === 1
      ? { name: list[0]!.path, files: `${size}, ${short(list[0]!.sha256)}` }
      : { name: folder, files: `${counted(list.length, 'file')}, ${size}` }
  })
}

function knowledge(page: TerminalPage, { before, after, knowledge: k }: Diff): void {
  page.heading('Knowledge')
  if (k.same) page.prose('The same packs, tables and program.', 2)
  if (k.tool) page.bullet(`program: ${before.tool} → ${after.tool}`, 2)
  some(page, k.packs, (p) => `pack ${between(p)}`)
  some(page, k.tables, (t) => `table ${between(t)}`)
  some(page, k.options, (o) => `option --${o.name}: ${o.before ?? 'not given'} → ${o.after ?? 'not given'}`)
}

function between({ name, before, after }: NamedDigest): string {
  if (before === null) return `${name}: new (${short(after!)})`
  return after === null ? `${name}: gone (it was ${short(before)})` : `${name}: ${short(before)} → ${short(after)}`
}

function findings(page: TerminalPage, { findings: f }: Diff): void {
  page.heading('Findings')
  page.prose(
    `${counted(f.stays, 'finding')} the same, ${f.new.length} new, ${f.gone.length} gone, ${f.otherwise.length} counted otherwise.`,
    2,
  )
  const words =
    (what: string) =>
    (c: FindingChange): string =>
      `${what}: ${c.title} (${c.id}, ${stageTexts[c.stage]}${c.time === null ? '' : `, ${utc(c.time)}`}): ${c.why}`
  some(page, f.new, words('new'))
  some(page, f.gone, words('gone'))
  some(page, f.otherwise, words('otherwise'))
}

function names(page: TerminalPage, heading: string, { gone, new: added }: Diff['mailboxes']): void {
  if (gone.length + added.length === 0) return
  page.heading(heading)
  some(page, added, (name) => `new: ${name}`)
  some(page, gone, (name) => `gone: ${name}`)
}

const SHOWN = 10

function some<T>(page: TerminalPage, list: readonly T[], words: (one: T) => string): void {
  for (const one of list.slice(0, SHOWN)) page.bullet(words(one), 2)
  if (list.length > SHOWN)
    page.bullet(`and ${counted(list.length - SHOWN, 'more entry', 'more entries')}, with --format json`, 2)
}

const short = (digest: string): string => (digest === '' ? 'not read' : digest.slice(0, 12))
