import { splitCsv } from '../lib/csv.ts'
import { jsonOrNull } from '../lib/json.ts'
import { firstReached } from '../lib/collections.ts'
import { decodeText } from '../lib/text.ts'
import type { EvidenceLimits, Member } from './container.ts'
import { noneOpens } from './passwords.ts'
import { decodeOnce, isBelowLayout, pathInName } from './windows-paths.ts'

// What collectors write down about the files that they took: where each was, and how much of it they have. Their words
// restore paths and make notes; they never decide what is read. Whoever could write a file on the server could write a
// list there, or name a file like a path: so words count only where no folder around them says where they were, and never
// against such a folder. What they say instead is kept as a claim.

/** Reads a file of the collection, up to `most` bytes. */
export type ReadFile = (member: Member, most: number) => Promise<Buffer>

/** Members with what their collection says of them. */
export async function withOrigins(
  members: readonly Member[],
  read: ReadFile,
  passwords: EvidenceLimits['passwords'],
  /** What the name of the evidence itself says: `aspnet_client/`, or nothing. */
  within = '',
): Promise<Member[]> {
  const changed = new Map<Member, Member>()
  const now = (member: Member): Member => changed.get(member) ?? member
  for (const { list, folder, around } of listsAmong(members)) {
    if (around === null) {
      changed.set(list, added(now(list), { note: BEYOND }))
      continue
    }
    const text = decodeText(await read(list, most))
    const words = collectors[nameOf(list).toLowerCase()]!
    const isOfServer = isLaid(list, within)
    const all = [...words(text, folder, around, passwords)]
    // Of a collection at least half of the files are in its list.
    if (!isOfServer && nameOf(list).toLowerCase() === 'getthis.csv' && all.length * 2 < around.length - 1) continue
    for (const [member, told] of all)
      changed.set(member, isOfServer ? claimed(now(member), told, within) : added(now(member), told, within))
  }
  const cap = capOf(members)
  if (cap !== null) changed.set(cap.first, added(now(cap.first), { cut: cap.told }))
  return members.map(now)
}

/**
 * Files of a flattened collection, whose names hold their paths: most of their folder are named so, and no folder around
 * them says where they were. Below a folder of the server such a name is a claim, and among others it says nothing.
 */
export function withNamedPaths(members: readonly Member[], within = ''): readonly Member[] {
  const named = new Map<Member, string>()
  const folders = new Map<string, { files: number; named: number }>()
  for (const member of members) {
    const name = nameOf(member)
    const folder = member.path.slice(0, member.path.length - name.length)
    let counts = folders.get(folder)
    if (!counts) folders.set(folder, (counts = { files: 0, named: 0 }))
    counts.files++
    const path = pathInName(name)
    if (path === null) continue
    named.set(member, path)
    counts.named++
  }
  if (named.size === 0) return members
  return members.map((member) => {
    const path = named.get(member)
    if (path === undefined) return member
    const { files, named: those } = folders.get(member.path.slice(0, member.path.length - nameOf(member).length))!
    if (isLaid(member, within)) return { ...member, claim: { path, by: 'name' } }
    return those > 1 && those * 2 >= files ? { ...member, windowsPath: path, recordedBy: 'name' } : member
  })
}

/** Does a folder around it say where it lay on the server, if only from some folder on? */
function isLaid(member: Member, within: string): boolean {
  return (member.windowsPath !== null && member.recordedBy === undefined) || isBelowLayout(within + member.path)
}

const most = 64 * 2 ** 20
/**
 * So many bytes of lists are read of one evidence, and so many files are looked for in them besides each of them twice: in
 * folders of lists every list is asked for the same files.
 */
const together = { bytes: 256 * 2 ** 20, files: 500_000 }
const BEYOND = 'not used as the list of a collector: there are more of these than one evidence may have'

/** A list, and what lies in its folder; null where it is one too many. */
type List = { readonly list: Member; readonly folder: string; readonly around: readonly Member[] | null }

/** Lists by their names, in the order of the members; those that are least deep count first: a collector writes beside what it took. */
function listsAmong(members: readonly Member[]): readonly List[] {
  const named = new Map<string, Member>()
  for (const member of members)
    if (!member.refused && collectors[nameOf(member).toLowerCase()] !== undefined && !named.has(member.path))
      named.set(member.path, member)
  if (named.size === 0) return []
  const sorted = [...members].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  const lists = [...named.values()]
  const depths = new Map(lists.map((list) => [list, list.path.split('/').length]))
  const left = { bytes: together.bytes, files: together.files + 2 * members.length }
  const found = new Map<Member, List>()
  for (const list of lists.toSorted((a, b) => depths.get(a)! - depths.get(b)!)) {
    const folder = list.path.slice(0, list.path.length - nameOf(list).length)
    const bytes = Math.min(list.size ?? most, most)
    const around = bytes <= left.bytes ? below(sorted, folder, left.files) : null
    if (around !== null) {
      left.bytes -= bytes
      left.files -= around.length
    }
    found.set(list, { list, folder, around })
  }
  return lists.map((list) => found.get(list)!)
}

/** Those whose paths begin with `folder`, of members in the order of their paths; null where they are more than `room`. */
function below(sorted: readonly Member[], folder: string, room: number): readonly Member[] | null {
  const from = firstReached(sorted.length, (at) => sorted[at]!.path >= folder)
  let end = from
  while (end < sorted.length && end - from <= room && sorted[end]!.path.startsWith(folder)) end++
  return end - from > room ? null : sorted.slice(from, end)
}

/** What is told of one member. */
type Told = {
  readonly windowsPath?: string
  readonly note?: string
  readonly cut?: string
  readonly locked?: string
}
type Words = (
  text: string,
  folder: string,
  members: readonly Member[],
  passwords: EvidenceLimits['passwords'],
) => Iterable<readonly [Member, Told]>

const collectors: Readonly<Record<string, Words | undefined>> = Object.assign(
  Object.create(null) as Record<string, Words | undefined>,
  { 'uploads.json': velociraptorUploads, 'metadata.json': velociraptorLock, 'getthis.csv': orcSamples },
)

/** Of a list that lay on the server itself only what it says against the place of a file is kept. */
function claimed(member: Member, { windowsPath: path }: Told, within: string): Member {
  if (path === undefined || member.claim !== undefined || isSame(path, member.windowsPath)) return member
  if (!isLaid(member, within)) return member
  return { ...member, claim: { path, by: 'list' } }
}

function isSame(a: string, b: string | null): boolean {
  return a.toLowerCase() === b?.toLowerCase()
}

function added(was: Member, { windowsPath, note, cut, locked }: Told, within = ''): Member {
  const member = windowsPath === undefined || was.windowsPath === null ? was : claimed(was, { windowsPath }, within)
  const notes = [member.note, note].filter((part) => part !== undefined).join('; ')
  const cuts = [member.cut, cut].filter((part) => part !== undefined).join('; ')
  return {
    ...member,
    ...(windowsPath !== undefined &&
      !isLaid(member, within) &&
      member.windowsPath === null && { windowsPath, recordedBy: 'list' as const }),
    ...(notes !== '' && { note: notes }),
    ...(cuts !== '' && { cut: cuts }),
    ...(locked !== undefined && member.refused && { refused: { ...member.refused, detail: locked } }),
  }
}

function nameOf(member: Member): string {
  return member.path.slice(member.path.lastIndexOf('/') + 1)
}

// ---------------------------------------------------------------- Velociraptor

type Upload = { readonly path: string; readonly size: number | null; readonly stored: number | null }

/** `uploads.json`: a line of JSON for each file (https://docs.velociraptor.app/docs/file_collection/). */
function* velociraptorUploads(
  text: string,
  folder: string,
  members: readonly Member[],
): Generator<readonly [Member, Told]> {
  const uploads = uploadsIn(text)
  const where = `${folder}uploads/`
  for (const member of members) {
    if (!member.path.startsWith(where) || member.path.endsWith('.idx')) continue
    const names = member.path.slice(folder.length).split('/').map(decodeOnce)
    const upload = uploads.get(names.join('\0'))
    if (upload === undefined) continue
    const path = drivePath(upload.path)
    yield [member, { ...uploadTold(upload, member), ...(path !== null && { windowsPath: path }) }]
  }
}

function uploadsIn(text: string): Map<string, Upload> {
  const uploads = new Map<string, Upload>()
  for (const line of text.split('\n')) {
    const row = objectOf(line)
    const names = row?.['_Components']
    // The index of a sparse file goes by the name of the file.
    if (row === null || row['Type'] === 'idx' || !Array.isArray(names)) continue
    uploads.set(names.map(String).join('\0'), {
      path: typeof row['vfs_path'] === 'string' ? row['vfs_path'] : '',
      size: countOf(row['file_size']),
      stored: countOf(row['uploaded_size'] ?? row['stored_size']),
    })
  }
  return uploads
}

/** How much of it is here: of a sparse file the data is all there is. */
function uploadTold({ size, stored }: Upload, member: Member): Told {
  const less = size !== null && stored !== null && stored < size
  const lost = stored !== null && member.size !== null && member.size < stored
  const isSparse = member.note?.includes('sparse') === true
  const cuts = [
    ...(less && !isSparse ? [`the collector took ${stored} of ${size} bytes (or it is sparse, without an index)`] : []),
    ...(lost ? [`the collector took ${stored} bytes, ${member.size} are here`] : []),
  ]
  return {
    ...(less && isSparse && { note: `${size} bytes long on the server, ${stored} of them data` }),
    ...(cuts.length > 0 && { cut: cuts.join('; ') }),
  }
}

/** `\\.\C:\Windows\…` as `C:\Windows\…`; null for what is no path of a drive. */
function drivePath(path: string): string | null {
  const plain = path.replace(/^\\\\[.?]\\(?=[A-Za-z]:)/, '')
  return /^[A-Za-z]:\\/.test(plain) ? plain.slice(0, 1).toUpperCase() + plain.slice(1) : null
}

/** `metadata.json` of an encrypted collection: which key its password was encrypted with. */
function* velociraptorLock(
  text: string,
  folder: string,
  members: readonly Member[],
  passwords: EvidenceLimits['passwords'],
): Generator<readonly [Member, Told]> {
  const data = members.find((member) => member.path === `${folder}data.zip` && member.refused?.reason === 'encrypted')
  const rows = data === undefined ? null : jsonOrNull(text)
  const row: unknown = Array.isArray(rows) ? rows[0] : rows
  if (data === undefined || typeof row !== 'object' || row === null || !('Scheme' in row)) return
  const scheme = String(row.Scheme).slice(0, 40)
  const tried = passwords.length === 0 ? '' : ` (${noneOpens(passwords.length)})`
  const locked = `Velociraptor collection encrypted by the scheme ${scheme}: its password is encrypted for the server's key. Decrypt it there first (velociraptor --config server.config.yaml unzip)${tried}`
  yield [data, { locked }]
}

// ---------------------------------------------------------------- DFIR-ORC

/** `GetThis.csv`: what each sample of the archive was called (https://dfir-orc.github.io/). */
function* orcSamples(text: string, folder: string, members: readonly Member[]): Generator<readonly [Member, Told]> {
  const samples = samplesIn(text)
  if (samples.size === 0) return
  for (const member of members) {
    const sample = samples.get(member.path.slice(folder.length).toLowerCase())
    if (sample === undefined) continue
    const short = sample.size !== null && member.size !== null && member.size < sample.size
    const cut = `the collector took ${member.size} of ${sample.size} bytes`
    yield [member, { windowsPath: sample.path, ...(short && { cut }) }]
  }
}

function samplesIn(text: string): Map<string, { path: string; size: number | null }> {
  const samples = new Map<string, { path: string; size: number | null }>()
  const [header = '', ...lines] = text.replace(/^\ufeff/, '').split(/\r?\n/)
  const columns = splitCsv(header).values.map((name) => name.trim().toLowerCase())
  const [full, sample, size, snapshot] = ['fullname', 'samplename', 'sizeinbytes', 'snapshotid'].map((name) =>
    columns.indexOf(name),
  ) as [number, number, number, number]
  if (full < 0 || sample < 0) return samples
  for (const line of lines) {
    const { values } = splitCsv(line)
    const [path, name] = [values[full] ?? '', (values[sample] ?? '').replaceAll('\\', '/').toLowerCase()]
    if (path === '' || name === '' || samples.has(name)) continue
    samples.set(name, { path: volumePath(path, values[snapshot] ?? ''), size: countOf(values[size]) })
  }
  return samples
}

/** Paths begin at the root of their volume; that of the system is meant where no letter is said. */
function volumePath(path: string, snapshot: string): string {
  if (/^[A-Za-z]:\\/.test(path) || path.startsWith('\\\\')) return path
  const below = path.replace(/^\\/, '')
  if (snapshot === '' || /^\{?[0-]+\}?$/.test(snapshot)) return `C:\\${below}`
  return `\\\\?\\GLOBALROOT\\Device\\HarddiskVolumeShadowCopy${snapshot}\\${below}`
}

// ---------------------------------------------------------------- cut files

/** Files of one round size that none exceeds: a collector with a limit leaves these. Database logs are made that way. */
function capOf(members: readonly Member[]): { first: Member; told: string } | null {
  let largest = 0
  for (const { size, refused } of members) if (!refused && (size ?? 0) > largest) largest = size ?? 0
  if (largest < 1_000_000 || (largest % 2 ** 20 !== 0 && largest % 1_000_000 !== 0)) return null
  const cut = members.filter(
    (m) =>
      m.size === largest &&
      !m.refused &&
      !/\.(?:jrs|etl|edb|vhdx?|blf|regtrans-ms)$|(?:^|\/)(?:e\d\d|edb|v01|srs)[^/]*\.log$|\.evtx?$/i.test(m.path),
  )
  if (cut.length < 3) return null
  const told = `${cut.length} files of the evidence are exactly ${largest} bytes long, and none is longer: the collector may have cut them there`
  return { first: cut[0]!, told }
}

// ---------------------------------------------------------------- values

function objectOf(line: string): Readonly<Record<string, unknown>> | null {
  const value = line.startsWith('{') ? jsonOrNull(line) : null
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null
}

function countOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number >= 0 ? number : null
}
