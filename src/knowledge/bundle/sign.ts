import {
  bundleText,
  checkPaths,
  type Metadata,
  type Role,
  type Root,
  type RoleKeys,
  type Signed,
  signedBytes,
} from './verify.ts'
import { type PublicKey, namedKey } from '../../lib/key-names.ts'
import { counted } from '../../lib/amounts.ts'
import { PosternError } from '../../lib/errors.ts'
import { secretKeyOf, type SecretKey, signWith } from '../../lib/ed25519.ts'
import { sha256 } from '../../lib/hash.ts'
import { canonicalJson } from '../../lib/json.ts'

const SPEC = '1.0.34'

/** A private key, with its public half as metadata name it. */
export type Signer = SecretKey & { readonly id: string; readonly key: PublicKey }

/** A signer of a private key in PEM (PKCS #8). */
export function signerOf(pem: string): Signer {
  const key = secretKeyOf(pem)
  if ('is' in key) throw new PosternError('usage', `The key is ${key.is}. Expected an Ed25519 private key in PEM.`)
  return { ...key, ...namedKey(key.public) }
}

/** The root that follows another one (or is the first), with these keys for each role, signed by the old keys and the new. */
export function nextRoot(
  before: Metadata<Root> | null,
  keys: Readonly<Record<Role, readonly Signer[]>>,
  threshold: number,
  expires: string,
  signers: readonly Signer[],
): Metadata<Root> {
  const all = Object.values(keys).flat()
  const signed: Root = {
    _type: 'root',
    spec_version: SPEC,
    version: (before?.signed.version ?? 0) + 1,
    expires,
    consistent_snapshot: false,
    keys: Object.fromEntries(all.map((signer) => [signer.id, signer.key])),
    roles: {
      root: roleOf(keys.root, threshold),
      timestamp: roleOf(keys.timestamp, 1),
      snapshot: roleOf(keys.snapshot, 1),
      targets: roleOf(keys.targets, 1),
    },
  }
  const old = before?.signed.roles.root.keyids ?? []
  const by = [...signers, ...all].filter(({ id }) => old.includes(id) || signed.roles.root.keyids.includes(id))
  return signedBy(signed, by)
}

const roleOf = (signers: readonly Signer[], threshold: number): RoleKeys => ({
  keyids: signers.map(({ id }) => id).sort(),
  threshold,
})

/** What a bundle is made of. `roots` is the whole chain, the newest last. */
export type Contents = {
  readonly roots: readonly Metadata<Root>[]
  readonly version: number
  readonly expires: string
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly signers: readonly Signer[]
}

/** The text of a signed bundle. Keys that root names for a role sign it; too few are the user's mistake. */
export function makeBundle({ roots, version, expires, files, signers }: Contents): string {
  checkPaths([...files.keys()])
  const root = roots.at(-1)!.signed
  const made = (role: Role, more: object): Buffer => {
    const { keyids, threshold } = root.roles[role]
    const by = signers.filter(({ id }) => keyids.includes(id))
    if (by.length < threshold)
      throw new PosternError(
        'usage',
        `The role ${role} needs ${counted(threshold, 'key')}, and ${by.length} were given.`,
      )
    return metadataBytes(signedBy({ _type: role, spec_version: SPEC, version, expires, ...more }, by))
  }
  const described = (bytes: Uint8Array) => ({ length: bytes.length, hashes: { sha256: sha256(bytes) } })
  const targets = made('targets', {
    targets: Object.fromEntries([...files].map(([path, bytes]) => [path, described(bytes)])),
  })
  const snapshot = made('snapshot', { meta: { 'targets.json': { ...described(targets), version } } })
  const timestamp = made('timestamp', { meta: { 'snapshot.json': { ...described(snapshot), version } } })
  return bundleText(
    new Map<string, Uint8Array>([
      ...roots.map((one): [string, Buffer] => [`metadata/${one.signed.version}.root.json`, metadataBytes(one)]),
      ['metadata/timestamp.json', timestamp],
      ['metadata/snapshot.json', snapshot],
      ['metadata/targets.json', targets],
      ...[...files].map(([path, bytes]): [string, Uint8Array] => [`files/${path}`, bytes]),
    ]),
  )
}

/** Metadata as it lies in a file. */
export const metadataBytes = (metadata: Metadata): Buffer => Buffer.from(`${canonicalJson(metadata, 1)}\n`)

export function signedBy<S extends Signed>(signed: S, signers: readonly Signer[]): Metadata<S> {
  const unique = new Map(signers.map((signer) => [signer.id, signer]))
  const bytes = signedBytes(signed)
  return {
    signed,
    signatures: [...unique.values()].map((signer) => ({
      keyid: signer.id,
      sig: signWith(signer, bytes).toString('hex'),
    })),
  }
}
