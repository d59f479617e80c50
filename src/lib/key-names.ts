import { sha256 } from './hash.ts'
import { canonicalJson } from './json.ts'

export type PublicKey = {
  readonly keytype: 'ed25519'
  readonly scheme: 'ed25519'
  readonly keyval: { readonly public: string }
}

export const keyId = (key: PublicKey): string => sha256(canonicalJson(key))

/** A public key in hex as metadata hold it, and its id: the digest of that. */
export function namedKey(hex: string): { readonly id: string; readonly key: PublicKey } {
  const key: PublicKey = { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: hex } }
  return { id: keyId(key), key }
}
