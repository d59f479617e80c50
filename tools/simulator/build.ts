import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { background } from './background.ts'
import { encode, sensitive } from './encoded.ts'
import type { EvtxRecord } from '../writers/evtx.ts'
import { eventLog, machineFiles } from './machine.ts'
import { Pen } from './pen.ts'
import type { Layout, ServerSpec } from './spec.ts'
import { take } from './steps.ts'
import { zipOf } from '../writers/zip.ts'

/** One file of a miniature server: its Windows path, its bytes, and its time of change. */
export type ServerFile = {
  readonly windowsPath: string
  readonly bytes: Buffer
  readonly modified: number
  readonly log: boolean
}

/** Writes the evidence of a server into a folder that does not hold any yet. */
export async function materialise(spec: ServerSpec, folder: string, layout: Layout = 'ctree'): Promise<void> {
  const files = evidenceFiles(spec, layout)
  mkdirSync(folder, { recursive: true })
  if (layout === 'zip' || layout === 'velociraptor-zip') {
    writeFileSync(
      join(folder, `${layout === 'zip' ? spec.name : `Collection-${spec.name}-2021-03-21`}.zip`),
      zipOf(files.map(({ path, bytes, modified }) => ({ name: path, content: bytes, method: 8, modified }))),
    )
    return
  }
  const made = new Set<string>()
  for (const file of files) {
    const path = join(folder, ...file.path.split('/'))
    if (!made.has(dirname(path))) mkdirSync(dirname(path), { recursive: true })
    made.add(dirname(path))
    writeFileSync(path, file.bytes)
    utimesSync(path, file.modified / 1000, file.modified / 1000)
  }
}

/** The files of the evidence as somebody gathered it. */
export function evidenceFiles(spec: ServerSpec, layout: Layout): EvidenceFile[] {
  return serverFiles(spec).map((file) => placed(file, spec, layout))
}

/** Every file of the server in the order of its paths: the same specification gives the same bytes. */
export function serverFiles(spec: ServerSpec): ServerFile[] {
  const pen = new Pen(spec)
  background(pen)
  for (const step of spec.steps ?? []) take(pen, step)
  const binary = [...pen.logs].flatMap(([path, { rows }]) => {
    if (!path.endsWith('.evtx')) return []
    const records = rows
      .sort(([a], [b]) => a - b)
      .map(([, row], i): EvtxRecord => ({ ...(JSON.parse(row) as EvtxRecord), recordId: 41_000 + i }))
    return [{ path, bytes: eventLog(records), modified: rows.at(-1)![0], log: true }]
  })
  const logs = [...pen.logs]
    .filter(([path]) => !path.endsWith('.evtx'))
    .flatMap(([path, { head, rows }]) => {
      // A stable sort: rows of the same moment stay in the order in which they were written.
      const lines = rows.sort(([a], [b]) => a - b)
      if (path.endsWith('.jsonl')) number(lines)
      const modified = lines.at(-1)![0]
      return parts(
        spec,
        path,
        lines.map(([, line]) => line),
      ).map(([name, text]) => ({ path: name, text: head + text, modified, log: true }))
    })
  const others = [...pen.files].map(([path, text]) => ({
    path,
    text,
    modified: pen.modified.get(path) ?? pen.from,
    log: false,
  }))
  const machine = machineFiles(pen, others).map((file) => ({ ...file, log: false }))
  return [...logs, ...others, ...binary, ...machine]
    .filter(({ path }) => !spec.missing?.some((folder) => path.startsWith(folder)))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .flatMap((file) => {
      const { path, modified, log } = file
      const [name, bytes] = 'text' in file ? encoded(spec, path, file.text) : [path, file.bytes]
      const damaged = damage(spec, path, bytes)
      return damaged ? [{ windowsPath: name, bytes: damaged, modified, log }] : []
    })
}

/** Records of an event log are numbered in the order in which they were written. */
function number(lines: [time: number, row: string][]): void {
  for (const [i, line] of lines.entries()) line[1] = line[1].replace('"record"', String(41_000 + i))
}

/** `HttpProxy_2021030300-1.LOG` in so many parts, without those that were lost. */
function parts(spec: ServerSpec, path: string, lines: readonly string[]): [path: string, text: string][] {
  const rotate = spec.rotate?.find(({ file }) => path.endsWith(file))
  if (!rotate) return [[path, lines.join('')]]
  const size = Math.ceil(lines.length / rotate.parts)
  return Array.from({ length: rotate.parts }, (_, i): [string, string] => [
    path.replace(/-1(\.log)$/i, `-${i + 1}$1`),
    lines.slice(i * size, (i + 1) * size).join(''),
  ]).filter((_, i) => !rotate.lost.includes(i + 1))
}

function encoded(spec: ServerSpec, path: string, text: string): [path: string, bytes: Buffer] {
  // Windows keeps tasks as UTF-16.
  if (text.startsWith('\ufeff')) return [path, Buffer.from(text, 'utf16le')]
  const rule = spec.encodings?.find(({ file }) => path.includes(file))
  const name = rule?.name ? path.replace(/[^\\]+$/, (base) => base.replace(/^u_ex/, rule.name!)) : path
  if (rule?.encoding === 'utf-16')
    return [name, Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])]
  if (rule?.encoding === 'utf-8-bom') return [name, Buffer.from(`\ufeff${text}`)]
  if (rule?.encoding === 'windows-1252') return [name, Buffer.from(text, 'latin1')]
  return [name, Buffer.from(text)]
}

/** A file as a crash, a full disk or a deletion left it; null when it is gone. */
function damage(spec: ServerSpec, path: string, bytes: Buffer): Buffer | null {
  const rule = spec.damage?.find(({ file }) => path.endsWith(file))
  if (!rule) return bytes
  if (rule.lost) return null
  if (rule.headless) return Buffer.from(bytes.toString('utf8').replace(/^#.*\r?\n/gm, ''))
  if (rule.cut !== undefined) return bytes.subarray(0, Math.max(0, bytes.length - rule.cut))
  return Buffer.concat([bytes, Buffer.alloc(rule.nulTail ?? 0)])
}

/** One file where it lies in the evidence. */
export type EvidenceFile = { readonly path: string; readonly bytes: Buffer; readonly modified: number }

/** Where a file lies in the evidence, by who gathered it and how. */
function placed(file: ServerFile, spec: ServerSpec, layout: Layout): EvidenceFile {
  const slashed = file.windowsPath.replaceAll('\\', '/')
  const [drive, below] = [slashed.slice(0, 1), slashed.slice(3)]
  // What a virus scanner would take for live stands encoded; Postern reads it in memory.
  const hidden = sensitive(file.bytes.toString('utf8')) || sensitive(file.bytes.toString('utf16le'))
  const bytes = hidden ? Buffer.from(encode(file.bytes)) : file.bytes
  const suffix = hidden ? '.enc' : ''
  const at = (path: string): EvidenceFile => ({ path: `${path}${suffix}`, bytes, modified: file.modified })
  switch (layout) {
    case 'ctree':
    case 'zip':
      return at(`${drive}/${below}`)
    case 'encoded':
      return at(`${drive}%3A/${below}`)
    case 'kape':
      return at(`${spec.name}/${drive}/${below}`)
    case 'velociraptor':
    case 'velociraptor-zip':
      return at(`uploads/auto/${drive}%3A/${below}`)
    case 'flat':
      // Logs of different folders have the same names, so whoever flattens them puts the folder's before.
      return at(file.log ? slashed.split('/').slice(-2).join('_') : slashed.split('/').at(-1)!)
    case 'gz':
      return file.log && !hidden
        ? { path: `${drive}/${below}.gz`, bytes: gzipSync(file.bytes, { level: 6 }), modified: file.modified }
        : at(`${drive}/${below}`)
  }
}
