// Over evidence that is not part of the repository, beside evtxexport of libevtx; skipped where either is not there.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { type Member, openEvidence, readMember } from '../../../src/evidence/index.ts'
import type { Event, FieldValue } from '../../../src/model/event.ts'
import { evtx } from '../../../src/parsers/windows-events/evtx/index.ts'
import { reading } from '../hostile.ts'

const data = process.env.POSTERN_DATA
const there = spawnSync('evtxexport', ['-V']).error === undefined
const skip = !data ? 'POSTERN_DATA is not set' : !there ? 'evtxexport is not installed' : false

/** Files of which the two read a different number of records, with the reason. */
const other: Readonly<Record<string, string>> = {
  'python-evtx-issue_43.evtx': 'the last record has no time in its header, and evtxexport leaves it out',
  'Security_with_size_t.evtx': 'evtxexport ends after 202 of 636 records, without a word',
  'E_ShadowCopy6_windows_system32_winevt_logs_Microsoft-Windows-CAPI2%4Operational.evtx':
    'evtxexport ends after 436 of 459 records, without a word',
}

test('as many records as evtxexport reads, with the same values', { skip, timeout: 600_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'postern-evtx-'))
  const differences: string[] = []
  let [files, records, values] = [0, 0, 0]
  try {
    for (const [name, bytes] of await logs()) {
      const file = join(folder, 'log.evtx')
      writeFileSync(file, bytes)
      const theirs = exported(file)
      const { events } = await reading(evtx, bytes, name)
      const ours = events.filter(({ log, fields }) => log !== 'evtx-integrity' && fields.Recovered !== true)
      files++
      records += ours.length
      if (theirs.length !== ours.length) {
        if (other[short(name)] === undefined)
          differences.push(`${short(name)}: ${ours.length} records, evtxexport ${theirs.length}`)
        continue
      }
      for (const [i, event] of ours.entries()) values += compared(event, theirs[i]!, short(name), differences)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  t.diagnostic(`${files} files, ${records} records, ${values} values compared`)
  assert.deepEqual(differences.slice(0, 200), [])
})

async function logs(): Promise<[string, Buffer][]> {
  const found: [string, Buffer][] = []
  for await (const member of (await openEvidence(join(data!, 'evtx'))).list()) {
    if (!('ref' in member) || !/\.evtx$/i.test(member.path)) continue
    const parts: Uint8Array[] = []
    for await (const piece of readMember((member as Member).ref)) parts.push(Buffer.from(piece))
    found.push([member.path, Buffer.concat(parts)])
  }
  return found
}

type Exported = {
  readonly id: string
  readonly event: string
  readonly time: string
  readonly values: readonly (readonly [string, string])[]
}

/** What evtxexport writes is not always well-formed: it is taken apart by its lines. */
function exported(file: string): Exported[] {
  const { stdout } = spawnSync('evtxexport', ['-f', 'xml', file], { maxBuffer: 2 ** 31 - 1, encoding: 'buffer' })
  const text = stdout.toString('utf8')
  return text
    .split(/^<Event /m)
    .slice(1)
    .map((block) => ({
      id: /<EventRecordID>(\d*)</.exec(block)?.[1] ?? '',
      event: /<EventID[^>]*>(\d*)</.exec(block)?.[1] ?? '',
      time: /SystemTime="([^"]*)"/.exec(block)?.[1] ?? '',
      values: [...block.matchAll(/<Data Name="([^"]*)"(?:\/>|>([\s\S]*?)<\/Data>)/g)].map(
        (m) => [plain(m[1]!), plain(m[2] ?? '')] as const,
      ),
    }))
}

function plain(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&')
}

/** Compares one record; the number of values that were compared. */
function compared({ fields }: Event, theirs: Exported, name: string, differences: string[]): number {
  const where = `${name} record ${theirs.id}`
  const tell = (what: string, ours: unknown, reference: string): void => {
    if (differences.length < 1_000)
      differences.push(`${where}, ${what}: ${JSON.stringify(ours)}, evtxexport ${JSON.stringify(reference)}`)
  }
  if (String(fields.EventRecordID) !== theirs.id) tell('EventRecordID', fields.EventRecordID, theirs.id)
  if (String(fields.EventID) !== theirs.event) tell('EventID', fields.EventID, theirs.event)
  if (notation(fields.SystemTime) !== notation(theirs.time)) tell('SystemTime', fields.SystemTime, theirs.time)
  const all = new Map<string, string[]>()
  for (const [key, value] of theirs.values) {
    const list = all.get(key)
    if (list) list.push(value)
    else all.set(key, [value])
  }
  for (const [key, list] of all) {
    const own = fields[`EventData_${key}`] ?? fields[key]
    const ours = (Array.isArray(own) ? own : [own]).map((one) => notation(one as FieldValue))
    const reference = list.length > 1 ? list.filter((one, i) => one !== '' || i === 0) : list
    if (ours.join('\n') !== reference.map(notation).join('\n') && !isTheirs(own, list.join('\n')))
      tell(key, own, list.join('\n'))
  }
  return theirs.values.length + 3
}

/** The two write numbers in hexadecimal, GUIDs and times in different lengths. */
function notation(value: FieldValue | undefined): string {
  if (value === null || value === undefined) return ''
  const text = String(value)
  if (/^0x[0-9a-f]{1,16}$/i.test(text)) return `0x${BigInt(text).toString(16)}`
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/.test(text) ? text.replace(/\.?0*Z$/, 'Z') : text
}

/** Differences that are the fault of evtxexport 20240504. */
function isTheirs(ours: FieldValue | undefined, theirs: string): boolean {
  // Numbers with a fraction are cut to seven digits.
  if (typeof ours === 'number' && /^-?\d\.\d{6}e[+-]\d{3}$/.test(theirs))
    return Math.abs(ours - Number(theirs)) <= Math.abs(ours) * 1e-6
  // Of a negative number the sign bit alone is taken: 90 04 07 80 is -2147023728 and is written as -459920.
  if (typeof ours === 'number' && ours < 0) return Number(theirs) === -(2 ** 31 + ours)
  // A text of white space (0a 00) is written as an empty element.
  return typeof ours === 'string' && ours.trim() === '' && theirs === ''
}

function short(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1)
}
