import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { PosternError } from '../../lib/errors.ts'
import { isPublicKey, isSignedBy } from '../../lib/ed25519.ts'
import { sha256 } from '../../lib/hash.ts'
import { canonicalJson, jsonOrNull } from '../../lib/json.ts'
import { isoTime } from '../../lib/time.ts'
import { type PublicKey, keyId } from '../../lib/key-names.ts'

/**
 * A signed bundle of packs and tables in one file, for places without a network: the four roles of The Update Framework
 * (https://theupdateframework.github.io/specification/latest/) with Ed25519, and its order of checks (section 5). Root names
 * the keys; timestamp names the newest snapshot; snapshot the newest targets; targets every file by length and SHA-256.
 *
 * The file: a first line `postern-bundle/1`, then a line of JSON for each entry, its bytes as base64 of raw deflate, so that
 * antivirus takes no rule away.
 */
export const bundleMark = 'postern-bundle/1'

export const roles = ['root', 'timestamp', 'snapshot', 'targets'] as const
export type Role = (typeof roles)[number]

export type RoleKeys = { readonly keyids: readonly string[]; readonly threshold: number }
export type Signed = {
  readonly _type: Role
  readonly spec_version: string
  readonly version: number
  readonly expires: string
  readonly [more: string]: unknown
}
export type Root = Signed & {
  readonly keys: Readonly<Record<string, PublicKey>>
  readonly roles: Readonly<Record<Role, RoleKeys>>
}
/** One file of metadata: what is signed, and by which keys. */
export type Metadata<S extends Signed = Signed> = {
  readonly signed: S
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[]
}
/** Length and digest of a file, as the role above it has signed them. */
type Described = { readonly length: number; readonly sha256: string; readonly version?: number }

/** What is trusted before a bundle is read: a root, and the highest versions that were seen under it. */
export type Trusted = {
  readonly root: Metadata<Root>
  readonly versions: Readonly<Record<'timestamp' | 'snapshot' | 'targets', number>>
  /** Digest of the timestamp of that version. */
  readonly timestamp: string | null
}

/** A bundle that was found good. */
export type Verified = {
  readonly trusted: Trusted
  /** The earliest end of what its roles promise. */
  readonly expires: string
  /** Digest of the list of its files. */
  readonly sha256: string
  readonly files: ReadonlyMap<string, Buffer>
  /** Exactly what is trusted already. */
  readonly isSame: boolean
}

const MOST = { bundle: 256 << 20, entries: 50_000, metadata: 16 << 20, file: 64 << 20, all: 1 << 30, roots: 1_000 }

// ---------------------------------------------------------------- the file

/** The text of a bundle with these entries. */
export function bundleText(entries: ReadonlyMap<string, Uint8Array>): string {
  const lines = [...entries].map(([name, bytes]) =>
    canonicalJson({ data: deflateRawSync(bytes, { level: 9 }).toString('base64'), name }),
  )
  return [bundleMark, ...lines, ''].join('\n')
}

/** The entries of a bundle, still packed. Nothing of it is believed yet. */
function readEntries(bytes: Uint8Array): Map<string, Buffer> {
  if (bytes.length > MOST.bundle)
    throw refused(`too large: it has ${bytes.length} bytes, and at most ${MOST.bundle} are read`)
  const [mark, ...lines] = Buffer.from(bytes).toString('latin1').split('\n')
  if (mark !== bundleMark) throw refused(`not a bundle: its first line is not ${bundleMark}`)
  if (lines.pop() !== '') throw refused('cut off: its last line has no end')
  if (lines.length > MOST.entries) throw refused(`too large: it has more than ${MOST.entries} entries`)
  const entries = new Map<string, Buffer>()
  for (const [i, line] of lines.entries()) {
    const entry = jsonOrNull(line)
    if (
      !isMap(entry) ||
      typeof entry.name !== 'string' ||
      typeof entry.data !== 'string' ||
      Object.keys(entry).length !== 2
    )
      throw refused(`damaged: line ${i + 2} is no entry`)
    if (entries.has(entry.name)) throw refused(`ambiguous: it holds two entries named ${entry.name}`)
    entries.set(entry.name, Buffer.from(entry.data, 'base64'))
  }
  return entries
}

/** Maximum number of bytes unpacked of an entry. */
function unpack(name: string, packed: Buffer, most: number): Buffer {
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(most, 1) })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw refused(`endless data: ${name} is larger than the ${most} bytes that it may have`)
    throw refused(`damaged: ${name} cannot be unpacked`)
  }
}

// ---------------------------------------------------------------- checking

/**
 * Checks a bundle as TUF does: the intrusion of roots, then timestamp, snapshot, targets, then every file. `now` in ms. Throws
 * with the name of the attack, or of the fault, that it looks like.
 */
export function verifyBundle(bytes: Uint8Array, trusted: Trusted, now: number): Verified {
  const entries = readEntries(bytes)
  const root = newestRoot(entries, trusted.root)
  checkExpiry(root.signed, now)
  // Keys that were replaced may have signed a version of any height: what was seen under them does not count (5.3.11).
  const isRotated = (['timestamp', 'snapshot'] as const).some(
    (role) => !sameKeys(trusted.root.signed, root.signed, role),
  )
  const seen = isRotated ? { timestamp: 0, snapshot: 0, targets: 0 } : trusted.versions

  const first = metadataOf(entries, 'timestamp')
  const timestamp = checkSigned(first.bytes, 'timestamp', root.signed)
  checkVersion(timestamp.signed, seen.timestamp)
  const digest = sha256(first.bytes)
  if (timestamp.signed.version === seen.timestamp && trusted.timestamp !== null && digest !== trusted.timestamp)
    throw refused(`mix-and-match: another timestamp of version ${seen.timestamp} is installed`)
  const ofSnapshot = describedIn(timestamp.signed, 'snapshot.json', seen.snapshot)
  checkExpiry(timestamp.signed, now)

  const snapshot = checkBelow(entries, 'snapshot', ofSnapshot, root.signed)
  const ofTargets = describedIn(snapshot.signed, 'targets.json', seen.targets)
  checkExpiry(snapshot.signed, now)

  const targets = checkBelow(entries, 'targets', ofTargets, root.signed)
  checkExpiry(targets.signed, now)
  const files = filesOf(entries, targets.signed)

  const versions = {
    timestamp: timestamp.signed.version,
    snapshot: snapshot.signed.version,
    targets: targets.signed.version,
  }
  return {
    trusted: { root, versions, timestamp: digest },
    expires: [root, timestamp, snapshot, targets].map((m) => m.signed.expires).sort()[0]!,
    sha256: ofTargets.sha256,
    files,
    isSame: !isRotated && digest === trusted.timestamp,
  }
}

/** Reads a root that the user trusts by its own word: it must be signed by itself. */
export function readRoot(bytes: Uint8Array): Metadata<Root> {
  try {
    const root = asRoot(checkForm(bytes, 'root'))
    checkSignatures(root, root.signed)
    return root
  } catch (error) {
    // No bundle was looked at yet.
    if (!(error instanceof PosternError)) throw error
    throw new PosternError(error.code, error.message.replace(REFUSED, 'The root to be trusted is refused.'))
  }
}

/** Each root is signed by the one before it and by itself, and its version is one higher (5.3). */
function newestRoot(entries: ReadonlyMap<string, Buffer>, trusted: Metadata<Root>): Metadata<Root> {
  let root = trusted
  for (let step = 0; step < MOST.roots; step++) {
    const name = `metadata/${root.signed.version + 1}.root.json`
    const packed = entries.get(name)
    if (packed === undefined) return root
    const bytes = unpack(name, packed, MOST.metadata)
    const next = asRoot(checkForm(bytes, 'root'))
    checkSignatures(next, root.signed)
    checkSignatures(next, next.signed)
    if (next.signed.version !== root.signed.version + 1)
      throw refused(`rollback: ${name} says that it is version ${next.signed.version}`)
    root = next
  }
  throw refused(`endless data: it holds more than ${MOST.roots} roots`)
}

function metadataOf(entries: ReadonlyMap<string, Buffer>, role: Role): { name: string; bytes: Buffer } {
  const name = `metadata/${role}.json`
  const packed = entries.get(name)
  if (packed === undefined) throw refused(`incomplete: ${name} is missing`)
  return { name, bytes: unpack(name, packed, MOST.metadata) }
}

function checkSigned(bytes: Buffer, role: Role, root: Root): Metadata {
  const metadata = checkForm(bytes, role)
  checkSignatures(metadata, root)
  return metadata
}

/** Metadata that the role above has described: exactly these bytes, of that version. */
function checkBelow(
  entries: ReadonlyMap<string, Buffer>,
  role: 'snapshot' | 'targets',
  wanted: Described,
  root: Root,
): Metadata {
  const { name, bytes } = metadataOf(entries, role)
  if (bytes.length !== wanted.length || sha256(bytes) !== wanted.sha256)
    throw refused(`mix-and-match: ${name} is not the one that was signed together with the rest`)
  const metadata = checkSigned(bytes, role, root)
  if (metadata.signed.version !== wanted.version)
    throw refused(`mix-and-match: ${name} is version ${metadata.signed.version}, and ${wanted.version} was signed`)
  return metadata
}

function checkVersion({ _type, version }: Signed, seen: number): void {
  if (version < seen) throw refused(`rollback: its ${_type} is version ${version}, and version ${seen} was seen before`)
}

function checkExpiry({ _type, expires }: Signed, now: number): void {
  if (isoTime(expires)! <= now)
    throw refused(`freeze: its ${_type} expired at ${expires}, so newer ones may be withheld`)
}

/** What a role says of the metadata below it: no older than what was seen before. */
function describedIn(signed: Signed, name: string, seen: number): Described {
  const { meta } = signed
  const one = isMap(meta) && Object.hasOwn(meta, name) ? described(meta[name]) : null
  if (one?.version === undefined) throw refused(`damaged: its ${signed._type} does not describe ${name}`)
  if (one.version < seen)
    throw refused(
      `rollback: its ${signed._type} names version ${one.version} of ${name}, and version ${seen} was seen before`,
    )
  return one
}

function described(value: unknown): Described | null {
  if (!isMap(value) || !isMap(value.hashes)) return null
  const { length, version, hashes } = value
  const { sha256: digest } = hashes
  if (!isCount(length) || typeof digest !== 'string' || !/^[0-9a-f]{64}$/.test(digest)) return null
  if (version === undefined) return { length, sha256: digest }
  return isCount(version) && version > 0 ? { length, sha256: digest, version } : null
}

/** Every file that is signed is there as it was signed, and no other. */
function filesOf(entries: ReadonlyMap<string, Buffer>, signed: Signed): Map<string, Buffer> {
  if (!isMap(signed.targets)) throw refused('damaged: its targets describe no files')
  const files = new Map<string, Buffer>()
  const wanted = Object.entries(signed.targets).sort(([a], [b]) => (a < b ? -1 : 1))
  checkPaths(wanted.map(([path]) => path))
  let all = 0
  for (const [path, value] of wanted) {
    const one = described(value)
    if (one === null) throw refused(`damaged: its targets do not describe ${path}`)
    const packed = entries.get(`files/${path}`)
    if (packed === undefined) throw refused(`incomplete: ${path} is missing`)
    if (one.length > MOST.file || (all += one.length) > MOST.all) throw refused(`too large: with ${path}`)
    const bytes = unpack(path, packed, one.length)
    if (bytes.length !== one.length || sha256(bytes) !== one.sha256)
      throw refused(`forged: ${path} is not what was signed (SHA-256 ${sha256(bytes)}, and ${one.sha256} is signed)`)
    files.set(path, bytes)
  }
  const ofMetadata = /^metadata\/(?:[1-9]\d{0,6}\.root|timestamp|snapshot|targets)\.json$/
  for (const name of entries.keys()) {
    if (!ofMetadata.test(name) && !(name.startsWith('files/') && files.has(name.slice('files/'.length))))
      throw refused(`forged: it holds ${name.slice(0, 240)}, which is not signed`)
  }
  return files
}

/** Paths become files on a disk, whichever it is, and no two may be one file where case counts for nothing. */
export function checkPaths(paths: readonly string[]): void {
  for (const path of paths) {
    const fault = pathFault(path)
    if (fault !== null)
      throw refused(`path traversal: ${path.slice(0, 240)} is no path that a bundle may hold, ${fault}`)
  }
  const [clash] = pathClashes(paths)
  if (clash !== undefined) throw refused(`ambiguous: ${clash.says}`)
}

/** Paths that cannot lie beside the others on every disk, and why. */
export function pathClashes(paths: readonly string[]): readonly { readonly path: string; readonly says: string }[] {
  const taken = new Set<string>()
  const folders = new Set<string>()
  const clashes: { path: string; says: string }[] = []
  for (const path of paths) {
    const folded = path.toLowerCase()
    if (taken.has(folded)) clashes.push({ path, says: `two files are named ${path}, but for case` })
    taken.add(folded)
    const parts = folded.split('/')
    for (let i = 1; i < parts.length; i++) folders.add(parts.slice(0, i).join('/'))
  }
  for (const path of paths)
    if (folders.has(path.toLowerCase())) clashes.push({ path, says: `${path} is a file and a folder` })
  return clashes
}

/** Why a file of a bundle may not have this path; null where it may. */
export function pathFault(path: string): string | null {
  const parts = path.split('/')
  if (parts.length < 2 || !['packs', 'knowledge'].includes(parts[0]!))
    return 'since it lies neither below packs/ nor knowledge/'
  if (parts.some((part) => part === '' || part === '.' || part === '..')) return 'since it leads elsewhere'
  if (/[^ -~]|[<>:"\\|?*]/.test(path)) return 'since not every disk keeps its characters'
  if (parts.some((part) => /[. ]$|^ /.test(part))) return 'since a name begins or ends with what Windows drops'
  if (parts.some((part) => /^(?:con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(?: *\.|$)/i.test(part)))
    return 'since a name is that of a device of Windows'
  return parts.length > 24 || path.length > 240 ? 'since it is too long' : null
}

// ---------------------------------------------------------------- form and signatures

/** What is signed, in one form of bytes. */
export const signedBytes = (signed: Signed): Buffer => Buffer.from(canonicalJson(signed))
function checkForm(bytes: Uint8Array, role: Role): Metadata {
  const value = jsonOrNull(Buffer.from(bytes).toString('utf8'))
  const signed = isMap(value) ? value.signed : null
  if (!isMap(value) || !isMap(signed) || !Array.isArray(value.signatures))
    throw refused(`damaged: its ${role} is no metadata`)
  if (signed._type !== role)
    throw refused(`mix-and-match: its ${role} says that it is ${String(signed._type).slice(0, 40)}`)
  if (typeof signed.spec_version !== 'string' || !signed.spec_version.startsWith('1.'))
    throw refused(`unknown: its ${role} is of another version of the specification than 1`)
  if (!isCount(signed.version) || signed.version === 0) throw refused(`damaged: its ${role} has no version`)
  const { expires } = signed
  if (typeof expires !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(expires) || isoTime(expires) === null)
    throw refused(`damaged: its ${role} does not say when it expires`)
  const isSignature = (s: unknown): boolean => isMap(s) && typeof s.keyid === 'string' && typeof s.sig === 'string'
  if (!value.signatures.every(isSignature)) throw refused(`damaged: its ${role} has no signatures as they should be`)
  return value as unknown as Metadata
}

function asRoot(metadata: Metadata): Metadata<Root> {
  const { keys, roles: named } = metadata.signed
  const isKey = (key: unknown): boolean =>
    isMap(key) &&
    canonicalJson(Object.keys(key).sort()) === '["keytype","keyval","scheme"]' &&
    key.keytype === 'ed25519' &&
    key.scheme === 'ed25519' &&
    isMap(key.keyval) &&
    Object.keys(key.keyval).length === 1 &&
    isPublicKey(key.keyval.public)
  // An id that is not the key's own could make one key count twice.
  if (!isMap(keys) || !Object.entries(keys).every(([id, key]) => isKey(key) && id === keyId(key as PublicKey)))
    throw refused('damaged: its root names keys that are not Ed25519 keys under their own ids')
  const isRole = (value: unknown): boolean =>
    isMap(value) &&
    Array.isArray(value.keyids) &&
    value.keyids.every((id) => typeof id === 'string' && Object.hasOwn(keys, id)) &&
    new Set(value.keyids).size === value.keyids.length &&
    isCount(value.threshold) &&
    value.threshold > 0 &&
    value.threshold <= value.keyids.length
  if (!isMap(named) || !roles.every((role) => Object.hasOwn(named, role) && isRole(named[role])))
    throw refused('damaged: its root does not say which keys sign what')
  return metadata as Metadata<Root>
}

/** At least as many different keys of the role as its threshold have signed exactly this. */
function checkSignatures({ signed, signatures }: Metadata, root: Root): void {
  const { keyids, threshold } = root.roles[signed._type]
  const bytes = signedBytes(signed)
  const good = new Set<string>()
  for (const { keyid, sig } of signatures.slice(0, 100)) {
    if (!keyids.includes(keyid) || good.has(keyid) || !/^[0-9a-f]{128}$/.test(sig)) continue
    if (isSignedBy(root.keys[keyid]!.keyval.public, bytes, Buffer.from(sig, 'hex'))) good.add(keyid)
  }
  if (good.size < threshold)
    throw refused(`forged: ${good.size} of the ${threshold} signatures that its ${signed._type} needs are good`)
}

function sameKeys(a: Root, b: Root, role: Role): boolean {
  return canonicalJson([...a.roles[role].keyids].sort()) === canonicalJson([...b.roles[role].keyids].sort())
}

const REFUSED = 'The bundle is refused.'

function refused(why: string): PosternError {
  return new PosternError('bad-bundle', `${REFUSED} ${why[0]!.toUpperCase()}${why.slice(1)}.`)
}

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
