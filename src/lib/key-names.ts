import { sha256 } from './hash.ts'
import { canonicalJson } from './json.ts'

export type Key = {
  readonly keytype: 'ed25519'
  readonly scheme: 'ed25519'
  readonly keyval: { readonly public: string }
}

export const keyId = (key: Key): string => sha256(canonicalJson(key))

/** A public key in hex as metadata hold it, and its id: the digest of that. */
export function named(hex: string): { readonly id: string; readonly key: Key } {
  const key: Key = { keytype: 'ed25519', scheme: 'ed25519', keyval: { public: hex } }
  return { id: keyId(key), key }
}
