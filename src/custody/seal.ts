import { namedKey } from '../lib/key-names.ts'
import { evidenceBetween } from '../comparison/compare.ts'
import { counted } from '../lib/amounts.ts'
import { PosternError } from '../lib/errors.ts'
import { isPublicKey, isSignedBy, type SecretKey, signWith } from '../lib/ed25519.ts'
import { canonicalJson, jsonOrNull } from '../lib/json.ts'
import { isoTime } from '../lib/time.ts'

/**
 * A seal: the names and digests of all files of a run's results, and of all evidence that they were made of, signed. It is an
 * in-toto statement (https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md) in an envelope of DSSE
 * (https://github.com/secure-systems-lab/dsse/blob/master/protocol.md), signed with Ed25519. What is signed are the bytes
 * of the payload as they stand, so that nothing depends on how JSON is written.
 */
export type Seal = {
  /** When it was made, as the signer says (ISO, UTC). */
  readonly sealed: string
  readonly tool: string
  /** The public half, in hex, of the key that the signer says to have used. */
  readonly key: string
  readonly results: readonly SealedFile[]
  readonly servers: readonly SealedServer[]
}

/** A file by its path with `/`, its size, and its SHA-256; empty where it could not be read. */
export type SealedFile = { readonly path: string; readonly size: number; readonly sha256: string }

export type SealedServer = {
  /** The folder of its results, relative to what was sealed; `.` where it is that itself. */
  readonly folder: string
  /** Names of the folders and archives that were its evidence. */
  readonly evidence: readonly string[]
  /** Are names of people in these paths pseudonyms? Then files are known by their digests alone. */
  readonly masked: boolean
  readonly files: readonly SealedFile[]
}

/** A seal that was found good. */
export type Opened = {
  readonly seal: Seal
  /** Id of the key whose signature was good: the one that was asked for, or else the one that the seal names. */
  readonly by: string
  /** Number of further signatures, which were not checked. */
  readonly more: number
}

export const payloadType = 'application/vnd.in-toto+json'
const statementType = 'https://in-toto.io/Statement/v1'
const predicateType = 'urn:postern:seal:1'
/** Maximum length of a seal's lists and text; maximum of signatures tried. */
export const MOST = { list: 280 << 20, text: 400 << 20, signatures: 100 }

/** The id of a public key in hex: the same as in the metadata of bundles, and in in-toto's own tools. */
export const keyIdOf = (hex: string): string => namedKey(hex).id

/** What a signature is of (DSSE, “PAE”): type and body with their lengths, so that neither can pass for the other. */
export function preAuthEncoding(type: string, body: Uint8Array): Buffer {
  const name = Buffer.from(type)
  return Buffer.concat([Buffer.from(`DSSEv1 ${name.length} `), name, Buffer.from(` ${body.length} `), body])
}

// ---------------------------------------------------------------- making

/** The text of a seal: one line of JSON. */
export function sealText(seal: Omit<Seal, 'key'>, key: SecretKey): string {
  const files = [seal.results, ...seal.servers.map((server) => server.files)].flat()
  // Name and digest of each file, and the text around them.
  const length = files.reduce((sum, { path }) => sum + JSON.stringify(path).length + 160, 0)
  if (length > MOST.list)
    throw new PosternError(
      'usage',
      `The results have ${counted(files.length, 'file')}, more than one seal can contain. Seal the servers one by one.`,
    )
  const text = canonicalJson(statementOf({ ...seal, key: key.public }))
  const body = Buffer.from(text)
  const sig = signWith(key, preAuthEncoding(payloadType, body)).toString('base64')
  const signatures = [{ keyid: keyIdOf(key.public), sig }]
  return `${canonicalJson({ payload: body.toString('base64'), payloadType, signatures })}\n`
}

function statementOf({ sealed, tool, key, results, servers }: Seal): unknown {
  return {
    _type: statementType,
    subject: results.map(described),
    predicateType,
    predicate: {
      sealed,
      tool,
      key: { keytype: 'ed25519', public: key },
      servers: servers.map(({ folder, evidence, masked, files }) => ({
        folder,
        evidence,
        masked,
        resolvedDependencies: files.filter(isRead).map(described),
        // A descriptor must have a digest: what was not read has none.
        unread: files.filter((file) => !isRead(file)).map(({ path, size }) => ({ name: path, annotations: { size } })),
      })),
    },
  }
}

const isRead = ({ sha256 }: SealedFile): boolean => sha256 !== ''
const described = ({ path, size, sha256 }: SealedFile) => ({ name: path, digest: { sha256 }, annotations: { size } })

// ---------------------------------------------------------------- opening

/**
 * Opens a seal. `key`: the public key, in hex, whose signature it must bear; where none is asked for, the key that the seal
 * names for itself, which shows that it is whole and not who made it.
 */
export function openSeal(text: string, key: string | null): Opened {
  const envelope = jsonOrNull(text)
  if (!isMap(envelope) || typeof envelope.payload !== 'string' || typeof envelope.payloadType !== 'string')
    throw refused('damaged: it is no envelope of DSSE')
  const signatures = Array.isArray(envelope.signatures) ? envelope.signatures.slice(0, MOST.signatures) : []
  if (!signatures.every((s) => isMap(s) && typeof s.sig === 'string')) throw refused('damaged: its signatures are none')
  const body = Buffer.from(envelope.payload, 'base64')
  const bytes = preAuthEncoding(envelope.payloadType, body)
  const isGood = (hex: string): boolean =>
    signatures.some(({ sig }: { sig: string }) => isSig.test(sig) && isSignedBy(hex, bytes, Buffer.from(sig, 'base64')))

  // What a key was asked for is believed only when that key has signed it; then it is read.
  if (key !== null && !isGood(key))
    throw refused(
      `forged: none of its ${signatures.length} signatures is one of the key ${keyIdOf(key)} of what it holds`,
    )
  if (envelope.payloadType !== payloadType)
    throw refused(`unknown: its payload is ${envelope.payloadType.slice(0, 80)}, and ${payloadType} is wanted`)
  const seal = readStatement(jsonOrNull(body.toString('utf8')))
  if (key === null && !isGood(seal.key))
    throw refused('forged: the signature is not one of the key that it names, of what it holds')
  return { seal, by: keyIdOf(key ?? seal.key), more: signatures.length - 1 }
}

function readStatement(value: unknown): Seal {
  if (!isMap(value) || value._type !== statementType) throw refused(`unknown: it holds no statement of in-toto`)
  if (value.predicateType !== predicateType)
    throw refused(`unknown: it is a statement about something else (${String(value.predicateType).slice(0, 80)})`)
  const { subject, predicate } = value
  if (!isMap(predicate) || !Array.isArray(predicate.servers)) throw refused('damaged: it says nothing of any evidence')
  const { sealed, tool, key } = predicate
  if (typeof sealed !== 'string' || isoTime(sealed) === null || typeof tool !== 'string')
    throw refused('damaged: it does not say when and with what it was made')
  if (!isMap(key) || key.keytype !== 'ed25519' || !isPublicKey(key.public)) throw refused('damaged: it names no key')
  const results = filesOf(subject, true)
  // Names of results are compared with names in a folder: one that leads elsewhere was not made by Postern.
  const wrong = results.find(({ path }) => !isInside(path))
  if (wrong) throw refused(`path traversal: it names ${wrong.path.slice(0, 240)}, which is no file below a folder`)
  const names = new Set(results.map(({ path }) => path))
  if (names.size < results.length) throw refused('ambiguous: it names one file twice')
  return { sealed, tool, key: key.public, results, servers: predicate.servers.map(serverOf) }
}

function serverOf(value: unknown): SealedServer {
  if (!isMap(value)) throw refused('damaged: it does not say what it says of the evidence')
  const { folder, evidence, masked, resolvedDependencies, unread } = value
  const isNames = Array.isArray(evidence) && evidence.every((name) => typeof name === 'string')
  if (typeof folder !== 'string' || !isNames || typeof masked !== 'boolean')
    throw refused('damaged: it does not say what the evidence was')
  return { folder, evidence, masked, files: [...filesOf(resolvedDependencies, true), ...filesOf(unread, false)] }
}

function filesOf(list: unknown, read: boolean): SealedFile[] {
  if (!Array.isArray(list)) throw refused('damaged: it lists no files')
  return list.map((one: unknown) => {
    const size = isMap(one) && isMap(one.annotations) ? one.annotations.size : undefined
    const sha256 = isMap(one) && isMap(one.digest) ? one.digest.sha256 : read ? undefined : ''
    const isFile = isMap(one) && typeof one.name === 'string' && Number.isSafeInteger(size)
    if (!isFile || typeof sha256 !== 'string' || !(read ? /^[0-9a-f]{64}$/ : /^$/).test(sha256))
      throw refused('damaged: it does not describe its files as it should')
    return { path: one.name as string, size: size as number, sha256 }
  })
}

/** A path below a folder, with `/`. */
const isInside = (path: string): boolean =>
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..') && !/[\\\0]|^[A-Za-z]:/.test(path)

// ---------------------------------------------------------------- comparing

/** What lies between the files that were sealed and those that are there. */
export type SealChanges = {
  readonly same: number
  readonly changed: readonly string[]
  readonly missing: readonly string[]
  readonly added: readonly string[]
  /** The same bytes at another path. */
  readonly moved: readonly { readonly before: string; readonly after: string }[]
  /** Not read when they were sealed: there is no digest to hold them against. */
  readonly unknown: readonly string[]
}

/** Holds what is there against what was sealed: file by file, or by digests alone where the names are pseudonyms. */
export function changesBetween(
  sealed: readonly SealedFile[],
  found: readonly SealedFile[],
  masked = false,
): SealChanges {
  const [known, unknown] = [sealed.filter(isRead), sealed.filter((file) => !isRead(file)).map(({ path }) => path)]
  const without = new Set(masked ? [] : unknown)
  const there = masked ? found.filter(isRead) : found.filter(({ path }) => !without.has(path))
  const { same, added, removed, changed, moved } = evidenceBetween(known, there)
  const gone = unknown.filter((path) => !masked && !found.some((file) => file.path === path))
  const changes = {
    changed: changed.map(({ path }) => path),
    missing: [...removed.map(({ path }) => path), ...gone],
    added: added.map(({ path }) => path),
    unknown: unknown.filter((path) => !gone.includes(path)),
  }
  // Where names are pseudonyms, another name is nothing new.
  if (masked) return { ...changes, same: same + moved.length, moved: [] }
  return { ...changes, same, moved: moved.map(({ before, after }) => ({ before, after })) }
}

export const isSame = ({ changed, missing, added, moved }: SealChanges): boolean =>
  changed.length + missing.length + added.length + moved.length === 0

/** 64 bytes in base64 of either alphabet. */
const isSig = /^[\w+/-]{86}(?:==)?$/
const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

function refused(why: string): PosternError {
  return new PosternError('bad-seal', `The seal is refused. ${why[0]!.toUpperCase()}${why.slice(1)}.`)
}
